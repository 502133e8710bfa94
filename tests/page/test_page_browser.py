"""The page in a real browser: search, filters, sorting, keyboard, accessibility, speed."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from llmpaper_md import LintOptions, parse, read
from llmpaper_md.linting.checking import check
from llmpaper_md.page.html import to_html
from llmpaper_md.repairing import repair
from llmpaper_md.source import Source

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = [
    *([] if CHROMIUM else ["chromium"]),
    *([] if DRIVER else ["chromedriver"]),
    *([] if importlib.util.find_spec("selenium") else ["pip install 'llmpaper-md[browser]'"]),
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(MISSING), reason=f"the browser tests need {', '.join(MISSING)}"),
]

FIXTURES = Path(__file__).parents[2] / "fixtures"
FLAGS = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
    --disable-background-networking --disable-component-update --hide-scrollbars
""".split()
SIZES = {"desk": (1280, 900), "telephone": (390, 844)}


class Browser:
    """Chromium with a page open, and what a person does there."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def look(self, scheme: str = "light", size: str = "desk") -> None:
        width, height = SIZES[size]
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def js(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        script = "return Array.from(document.querySelectorAll(arguments[0]), e => e.textContent)"
        found: list[str] = self.js(script, selector)
        return [text.strip() for text in found]

    def choose(self, name: str, value: str) -> None:
        self.find(f"select[name={name}] option[value='{value}']").click()

    def type(self, text: str) -> None:
        self.find("input[name=query]").send_keys(text)

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    @property
    def status(self) -> str:
        return self.texts("#status")[0]

    def wait_for(self, status: str) -> bool:
        """Until the browser has done what it does after an event."""
        from selenium.webdriver.support.wait import WebDriverWait

        wait = WebDriverWait(self.driver, 10)
        return bool(wait.until(lambda _: self.status == status))

    @property
    def ids(self) -> list[str]:
        return self.texts("td.id")


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    profile = tmp_path_factory.mktemp("profile")
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield running
    finally:
        running.quit()


Open = Callable[[str], Browser]


@pytest.fixture
def open_(driver: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page; at the end nothing may stand in the browser's console."""
    browser = Browser(driver)
    browser.look()

    def open_page(html: str) -> Browser:
        (tmp_path / "papers.html").write_text(html, "utf-8")
        driver.get((tmp_path / "papers.html").as_uri())
        return browser

    yield open_page
    assert driver.get_log("browser") == []


@pytest.fixture(scope="module")
def garbled() -> str:
    """The page of the garbled list."""
    source = read(FIXTURES / "README.garbled.md")
    done = repair(source.text)
    document = parse(Source.of(done.text, source.name))
    return to_html(document, findings=check(document, LintOptions()), repair=done)


@pytest.fixture(scope="module")
def repaired() -> str:
    document = parse(read(FIXTURES / "README.repaired.md"))
    return to_html(document, findings=check(document, LintOptions()))


@pytest.mark.parametrize(
    ("typed", "papers"),
    [
        ("attention is all", 2),
        ("ATTENTION", 20),
        ("涌现能力", 3),  # ⼒ in the list
        ("大语言模型 google", 2),  # ⼤ and ⾔ in the list; both words, in any order
        ("ａｔｔｅｎｔｉｏｎ", 20),
        ("duplicate-paper", 1),
        ("no such thing", 0),
    ],
)
def test_searches_as_one_types(open_: Open, repaired: str, typed: str, papers: int) -> None:
    browser = open_(repaired)
    assert browser.status == "120 papers"
    browser.type(typed)
    assert browser.status == f"{papers} of 120 papers"
    assert len(browser.ids) == papers
    assert browser.find("#none").is_displayed() == (not papers)
    browser.find("button[type=reset]").click()
    assert browser.wait_for("120 papers")


def test_filters_together(open_: Open, repaired: str) -> None:
    browser = open_(repaired)
    counts = {}
    for name in ("section", "stars", "year", "kind", "check"):
        options = browser.texts(f"select[name={name}] option")
        counts[name] = len(options)
    assert counts == {"section": 11, "stars": 6, "year": 12, "kind": 6, "check": 3}
    # What an option says is how many papers it leaves.
    for name in counts:
        for option in browser.driver.find_elements("css selector", f"select[name={name}] option"):
            option.click()
            said = option.text.rpartition("(")[2].rstrip(")") if "(" in option.text else ""
            expected = f"{said} of 120 papers" if said not in ("", "120") else "120 papers"
            assert browser.status == expected, option.text
        browser.choose(name, "")
    browser.choose("stars", "5")
    assert browser.status == "5 of 120 papers"
    browser.choose("year", "2021")
    browser.choose("kind", "arxiv")
    assert browser.status == "1 of 120 papers"
    assert browser.texts(".name") == ["LORA: LOW-RANK ADAPTATION OF LARGE LANGUAGE MODELS"]
    heights = "return Array.from(document.querySelectorAll('[data-chart=year] .now'), bar => +bar.getAttribute('height') > 0)"
    assert browser.js(heights).count(True) == 1


def test_sorts_by_any_column(open_: Open, repaired: str) -> None:
    browser = open_(repaired)
    browser.js("document.getElementById('more').click()")
    in_order = browser.texts("td.line")
    for column in ("id", "stars", "title", "intro", "year", "section", "line"):
        button = browser.find(f"th.{column} button")
        heading = browser.find(f"th.{column}")
        cells = f"td.{column}"
        orders = []
        for direction in ("ascending", "descending", None):
            button.click()
            browser.js("document.getElementById('more').click()")
            assert heading.get_attribute("aria-sort") == direction
            assert len(browser.driver.find_elements("css selector", "th[aria-sort]")) == (
                1 if direction else 0
            )
            orders.append([text for text in browser.texts(cells) if text])
        up, down, _ = orders
        assert browser.texts("td.line") == in_order
        if column in ("id", "year", "line"):
            assert [int(text) for text in up] == sorted(map(int, up))
            assert [int(text) for text in down] == sorted(map(int, down), reverse=True)
        elif column == "stars":
            assert (up[0], up[-1]) == ("★", "★★★★★")
        assert sorted(up) == sorted(down)
        if column != "line":
            assert browser.texts("td.line") == in_order


def test_links_lead_to_the_paper_and_to_its_row(open_: Open, repaired: str) -> None:
    browser = open_(repaired)
    row = "#L30 "
    assert browser.find(row + ".name a").get_attribute("href") == "https://arxiv.org/pdf/1706.03762"
    source = browser.find(row + "td.line a").get_attribute("href")
    assert source.endswith("/README.repaired.md#L30")
    browser.find(row + "summary").click()
    assert browser.find(row + "details code").text == "cjk-radical"
    assert browser.js("return !document.getElementById('L192')")
    # An address with a line shows a row that was not drawn before.
    browser.js("location.hash = '#L192'")
    assert browser.js("return !!document.getElementById('L192')")


def test_what_a_restored_character_can_be_is_shown_on_focus_and_hover(
    open_: Open, garbled: str
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser = open_(garbled)
    tip = browser.find("#tip")
    assert not tip.is_displayed()
    browser.js("document.querySelector('#L21 details summary').focus()")
    browser.press(Keys.TAB)
    focused = browser.driver.switch_to.active_element
    assert focused.tag_name == "mark"
    unsure = rf"{focused.text} restored, \d+(\.\d+)?% sure; or \S \d+(\.\d+)?%.*"
    assert re.fullmatch(unsure, tip.text)
    assert focused.get_attribute("aria-describedby") == "tip"
    browser.press(Keys.ESCAPE)
    assert not tip.is_displayed()
    restored = browser.find("#L21 .restored")
    ActionChains(browser.driver).move_to_element(restored).perform()
    assert re.fullmatch(rf"{restored.text} restored, \d+(\.\d+)?% sure", tip.text)
    ActionChains(browser.driver).move_to_element(browser.find("h1")).perform()
    assert not tip.is_displayed()
    # In a link, the link tells.
    link = browser.find("td a:has(mark)")
    browser.js("arguments[0].focus()", link)
    assert " restored, " in tip.text
    browser.choose("check", "unsure")
    shown = browser.js("return document.querySelectorAll('tbody tr:not(:has(mark))').length")
    assert shown == 0


def test_the_whole_page_can_be_worked_by_keyboard(open_: Open, repaired: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser = open_(repaired)
    browser.js("document.querySelector('input').focus()")
    browser.press("GPT-4", Keys.ENTER)
    assert browser.status.endswith(" of 120 papers")
    names = []
    for _ in range(14):
        browser.press(Keys.TAB)
        script = "const e = document.activeElement; return e.name || e.textContent"
        names.append(browser.js(script))
    assert names[:5] == ["section", "stars", "year", "kind", "check"]
    assert names[5:13] == [
        "Reset",
        "ID",
        "Stars",
        "Paper",
        "Introduction",
        "Year",
        "Section",
        "Line",
    ]


@pytest.mark.skipif("AXE_SCRIPT" not in os.environ, reason="AXE_SCRIPT names no axe.min.js")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_: Open, garbled: str, scheme: str, size: str) -> None:
    browser = open_(garbled)
    browser.look(scheme, size)
    assert browser.js("return matchMedia('(prefers-color-scheme: dark)').matches") == (
        scheme == "dark"
    )
    assert browser.js("return document.documentElement.scrollWidth") <= SIZES[size][0]
    browser.choose("section", "1")  # all rows are alike, and axe takes its time for each
    browser.js("for (const e of document.querySelectorAll('details')) e.open = true")
    browser.find("th.stars button").click()
    browser.js("document.querySelector('mark').focus()")
    browser.js(Path(os.environ["AXE_SCRIPT"]).read_text("utf-8"))
    result = browser.driver.execute_async_script("axe.run().then(arguments[0])")
    violations = [
        (violation["id"], [node["html"][:200] for node in violation["nodes"]][:3])
        for violation in result["violations"]
    ]
    assert violations == []
    assert {"color-contrast", "label", "document-title"} <= {
        rule["id"] for rule in result["passes"]
    }


def test_hostile_text_does_nothing(open_: Open) -> None:
    from tests.page.builders import HOSTILE

    rows = "".join(f"| 1 | {text} | {text} |\n" for text in HOSTILE)
    browser = open_(
        to_html(parse(f"# {HOSTILE[0]}\n\n| ID | Paper | Introduction |\n|-|-|-|\n{rows}"))
    )
    assert browser.status == f"{len(HOSTILE)} papers"
    assert browser.js("return document.scripts.length") == 1
    assert browser.js("return performance.getEntriesByType('resource').length") == 0
    for link in browser.js("return Array.from(document.links, link => link.protocol)"):
        assert link in ("http:", "https:", "file:")


def test_ten_thousand_papers_are_filtered_quickly(
    open_: Open, record_property: Callable[[str, object], None]
) -> None:
    rows = "".join(
        f"| {i}{'★' * (i % 6)} | [Paper {i} on {'attention' if i % 10 else 'vision'}]"
        f"(https://arxiv.org/abs/{10 + i % 14}{1 + i % 12:02}.{i:05}) | 关于大模型的第{i}篇论文，{i * 7919} |\n"
        for i in range(10_000)
    )
    browser = open_(to_html(parse(f"# 论文\n\n| ID | Paper | Introduction |\n|-|-|-|\n{rows}")))
    assert browser.status == "10,000 papers"
    timed = """
        const [query, text, heading] = [document.querySelector("input"), ...arguments];
        const start = performance.now();
        if (heading) document.querySelector(heading).click();
        query.value = text;
        query.dispatchEvent(new Event("input", {bubbles: true}));
        document.body.offsetHeight;
        return performance.now() - start;
    """
    times = {text: round(browser.js(timed, text)) for text in ("a", "vision", "大模型 999", "")}
    browser.js(timed, "vision")
    assert browser.status == "1,000 of 10,000 papers"
    times["sorted"] = round(browser.js(timed, "", "th.intro button"))
    times["loaded"] = round(
        browser.js("return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    )
    record_property("milliseconds", json.dumps(times, ensure_ascii=False))
    print("milliseconds:", times)
    assert max(times["a"], times["vision"], times["大模型 999"]) < 2000
