"""The page of a list: what is in it, and that no text of a list does anything there."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import LintOptions, parse, read
from llmpaper_md.linting.checking import check
from llmpaper_md.page.html import to_html
from llmpaper_md.page.page_rows import link_url
from llmpaper_md.page.runs import read_runs
from llmpaper_md.reading.inline import cell_excerpt, read_inline
from llmpaper_md.reading.tables import split_row
from llmpaper_md.repairing import Candidate, Guess, Repair
from llmpaper_md.source import Span
from tests.page.builders import HOSTILE, LIST, REPAIRED, Page

LISTS = Path(__file__).parents[1] / "reading" / "lists"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_list_does_anything(text: str) -> None:
    row = f"| {text} | {text} | {text} | {text} |\n"
    source = (
        f"# {text}\n\n| ID | Paper | Introduction | {text} |\n|-|-|-|-|\n{row}\n| {text} |\n|-|\n"
    )
    document = parse(source)
    found = Page(to_html(document, findings=check(document, LintOptions(strict=True))))
    plain = Page(
        to_html(parse("# a\n\n| ID | Paper | Introduction | b |\n|-|-|-|-|\n| a | a | a | b |\n"))
    )
    kinds = {"details", "summary", "ul", "li", "b", "code", "h2", "label", "select", "option"}
    assert {tag for tag, _ in found.elements} - kinds <= {tag for tag, _ in plain.elements} | {"a"}
    assert (len(found.all("script")), len(found.all("style"))) == (1, 1)
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert "src" not in attributes
    assert all(re.match(r"https?://|%3Cstring%3E", link) for link in found.links)


def test_hostile_text_is_shown_as_it_is() -> None:
    html = to_html(parse(LIST + '| 1 | `<b>x</b>` & "y" | {{ 7 * 7 }} |\n'))
    assert "&lt;b&gt;x&lt;/b&gt; &amp; &#34;y&#34;" in html
    assert "{{ 7 * 7 }}" in html


def test_only_http_and_https_become_links() -> None:
    rows = "| 1 | [A](https://a.org/x) | [B](http://b.org) [C](ftp://c.org) [D](d.pdf) [E](mailto:e@f.g) |\n"
    found = Page(to_html(parse(LIST + rows)))
    assert found.links == {"%3Cstring%3E", "%3Cstring%3E#L5", "https://a.org/x", "http://b.org"}


def test_the_policy_allows_the_own_script_and_style_and_no_others() -> None:
    html = to_html(parse(read(REPAIRED)))
    (policy,) = [meta["content"] for meta in Page(html).all("meta") if "http-equiv" in meta]
    hashes = []
    for tag in ("script", "style"):
        ((text),) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        hashes.append(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # What stands before the policy is not subject to it.
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script>")


def test_nothing_is_loaded() -> None:
    html = to_html(parse(read(REPAIRED)))
    found = Page(html)
    loading = {"img", "link", "iframe", "object", "embed", "audio", "video", "source", "base"}
    assert not loading & {tag for tag, _ in found.elements}
    assert not [a for _, a in found.elements if {"src", "srcset", "data", "style", "ping"} & set(a)]
    assert not re.search(r"@import|url\(", "".join(found.texts["style"]))
    assert not re.search(r"fetch|XMLHttp|import\(|innerHTML|eval", "".join(found.texts["script"]))


def test_every_paper_of_the_source_readme_is_in_it() -> None:
    document = parse(read(REPAIRED))
    found = Page(to_html(document))
    rows = [row for row in found.all("tr") if "data-stars" in row]
    assert [row["id"] for row in rows] == [f"L{paper.line}" for paper in document.papers]
    assert found.texts["h1"] == ["LLM_Paper_Reading"]
    assert "120 papers in 10 tables" in found.texts["span"]
    labels = [svg["aria-label"] for svg in found.all("svg")]
    assert labels == [
        "Papers by year: 2013: 2; 2014: 3; 2015: 1; 2016: 2; 2017: 4; 2018: 2; 2019: 7; 2020: 8; "
        "2021: 20; 2022: 29; 2023: 26",
        "Papers by stars: 0: 5; 1: 57; 2: 30; 3: 17; 4: 6; 5: 5",
    ]
    assert {"README.repaired.md#L18", "https://arxiv.org/abs/2005.14165"} <= found.links
    # Each link that a page may link to is there, in its text or below the title.
    urls = {link.url for paper in document.papers for link in paper.links if link.kind != "image"}
    assert {url for url in urls if url.startswith("http")} <= found.links


def test_findings_stand_in_their_row_and_others_by_themselves() -> None:
    document = parse(LIST + "| 1 | [A](https://arxiv.org/abs/1706.03762) | x |\n| | | |\n")
    findings = check(document, LintOptions(select=("empty-row", "missing-id")))
    html = to_html(document, findings=findings)
    assert [finding.rule for finding in findings] == ["empty-row"]
    row, _, rest = html.partition("</tbody>")
    assert "empty-row" not in row
    assert re.search(r'line <a href="[^"]*#L6".*<code>empty-row</code>', rest)
    document = parse(LIST + "| 1 | A | x |\n| 1 | B | y |\n")
    findings = check(document, LintOptions(select=("duplicate-id",)))
    row = to_html(document, findings=findings).partition('id="L6"')[2].partition("</tr>")[0]
    assert 'data-check="error"' in row
    assert "<summary>1 error</summary>" in row
    assert "<code>duplicate-id</code>" in row


def _guess(text: str, chosen: str, probability: float) -> Guess:
    start = text.index(chosen)
    candidates = (Candidate(chosen, probability), Candidate("果", 1 - probability))
    return Guess(Span(start, start + 1), chosen, probability, candidates)


def test_restored_characters_are_marked_where_they_stand() -> None:
    text = f"乙{LIST}| 甲 | [题目丙](https://a.org/丁) | **戊**己 &amp; [庚](https://b.org) |\n"
    sure, unsure = 0.999, 0.8
    guesses = [_guess(text, c, sure if c == "己" else unsure) for c in "乙甲丙丁戊己庚"]
    html = to_html(parse(text), repair=Repair(text, None, tuple(guesses), ()))
    said = "{} restored, 80.0% sure; or 果 20.0%"
    assert f'>题目<mark title="{said.format("丙")}">丙</mark></a>' in html
    assert f'<mark tabindex="0" title="{said.format("戊")}">戊</mark>' in html
    assert '<span class="restored" title="己 restored, 99.90% sure; or 果 0.1%">己</span>' in html
    assert f'<a href="https://b.org"><mark title="{said.format("庚")}">庚</mark></a>' in html
    # What no text shows is listed in the row, what stands in no row behind the table.
    more = html.partition("2 more restored characters")[2].partition("</ul>")[0]
    assert [c for c in "乙甲丙丁戊己庚" if said.format(c) in more] == ["甲", "丁"]
    assert f'<mark tabindex="0" title="{said.format("乙")}">乙</mark># 列表' in html
    assert "7 restored characters, 6 of them uncertain" in html


def test_the_document_must_be_that_of_the_repair() -> None:
    with pytest.raises(ValueError, match="repaired text"):
        to_html(parse(LIST), repair=Repair("other", None, (), ()))


def test_the_same_list_gives_the_same_page() -> None:
    assert to_html(parse(read(REPAIRED))) == to_html(parse(read(REPAIRED)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "0 papers in 0 tables"),
        (LIST, "0 papers in 1 table"),
        ("| Paper |\n| - |\n| \ud800 |\n", "\ufffd"),
        ("| 年份 | 标题 | 作者 |\n|-|-|-|\n| 1998 | A | B \\| C |\n", "B | C"),
        ("| Paper |\n| - |\n| A | beyond |\n", "beyond the header"),
        ("| Paper |\n| - |\n| [A](https://arxiv.org/abs/cs/9605103) |\n", ">1996</td>"),
        ("| Paper |\n| - |\n| Title<br>Authors [pdf](https://a.org/1.pdf) |\n", "Authors "),
    ],
)
def test_lists_of_other_kinds(text: str, expected: str) -> None:
    html = to_html(parse(text))
    assert expected in html
    html.encode()


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_title_and_link_is_there(path: Path) -> None:
    document = parse(read(path))
    html = to_html(document, findings=check(document, LintOptions(strict=True)))
    found = Page(html)
    rows = [row["id"] for row in found.all("tr") if "data-stars" in row]
    assert rows == [f"L{paper.line}" for paper in document.papers]
    names = re.findall(r'<div class="name".*?</div>', html, re.DOTALL)
    shown = [unescape(re.sub("<[^>]*>", "", name)) for name in names]
    assert shown == [
        paper.title or link_url(paper.url or "") or "(no title)" for paper in document.papers
    ]
    links = [link for paper in document.papers for link in paper.links if link.kind != "image"]
    assert {link.url for link in links if link_url(link.url)} <= found.links


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *"甲乙 *_`[]()<>&;!\\|字a:",
            "**",
            "](http://a.b)",
            "<br>",
            "&amp;",
            "www.c.d",
            "![",
            "[d]",
        ]
    )
).map("".join)


@given(MARKDOWN, st.lists(st.integers(0, 40)))
def test_runs_are_the_text_of_the_cell(markdown: str, offsets: list[int]) -> None:
    references = parse("[d]: http://e.f\n").blocks.references
    for cell in split_row(markdown, 0, len(markdown)):
        inline = read_inline(cell_excerpt(cell), references)
        places = sorted({cell.span.start + o for o in offsets if o < len(cell.raw)})
        guesses = [Guess(Span(o, o + 1), markdown[o], 0.5, ()) for o in places]
        runs = read_runs(cell, inline, references, guesses)
        assert runs.text == inline.text
        located = [run.guess for run in runs.runs if run.guess]
        assert sorted([*located, *runs.guesses], key=lambda guess: guess.span) == guesses
        assert all(run.text == run.guess.chosen for run in runs.runs if run.guess)
        urls = [run.url for run in runs.runs if run.url]
        assert {*urls, *(link.url for link in runs.links)} == {link.url for link in inline.links}
