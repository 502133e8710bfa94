"""Papers in list items and paragraphs: which are found, in which shapes, and what is none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import Document, Paper, format_text, parse, to_json
from tests.builders import of

SHAPES = Path(__file__).parent / "shapes"
RECORDS: list[dict[str, Any]] = json.loads(SHAPES.joinpath("items.json").read_text("utf-8"))
ARXIV = "https://arxiv.org/abs/2301.0000"


def titles(text: str) -> list[str | None]:
    return [paper.title for paper in parse(text).papers]


# --- the shapes of six public lists, with invented papers --------------------------------------


@pytest.fixture(scope="module")
def shapes() -> Document:
    return parse(SHAPES.joinpath("items.md").read_text("utf-8"))


def _plain(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text).strip().rstrip(".") if text else None


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"line {record['line']}")
def test_every_item_of_the_shapes(shapes: Document, record: dict[str, Any]) -> None:
    found = [paper for paper in shapes.papers if paper.line == record["line"]]
    if record["is_paper"] == "either":
        return
    assert len(found) == record["is_paper"]
    if not found:
        return
    (paper,) = found
    assert _plain(paper.title) in map(_plain, [record["title"], *record.get("title_also", ())])
    assert paper.name == record.get("name")
    assert paper.url in record.get("paper_urls", [None])
    assert (paper.arxiv_id, paper.doi, paper.openreview_id) == (
        record.get("arxiv_id"), record.get("doi"), record.get("openreview_id"),
    )  # fmt: skip
    assert _plain(paper.authors) == _plain(record.get("authors"))
    assert _plain(paper.venue) == _plain(record.get("venue"))
    assert (paper.year if paper.year_from == "entry" else None) == record.get("year")
    if "heading_year" in record and "year" not in record:
        assert (paper.year, paper.year_from) == (record["heading_year"], "heading")
    assert sorted(paper.code) == sorted(record.get("code", ()))
    assert paper.stars == record.get("stars")


# --- what is no paper --------------------------------------------------------------------------

NO_PAPERS = {
    "a table of contents": "- [Pebble nets of all kinds](#nets)\n  - [Older pebble nets](#older)\n",
    "tools": (
        "- [Pebble](https://github.com/a/pebble) - A library that counts pebbles\n"
        "- [Stones and more stones](https://stones.org) - Another library\n"
    ),
    "posts": (
        "- [How we count our pebbles](https://blog.example.com/pebbles)\n"
        "- [Why your stones are late](https://medium.com/a/stones)\n"
    ),
    "courses": "- [Pebble Course 2017](https://github.com/a/course) [[web](http://a.org)]\n",
    "news": (
        f"- [2023/05] We released the code, see [our paper]({ARXIV}1).\n"
        "- [2023/04] The repository is there.\n- [2023/03] First commit.\n"
    ),
    "news in Chinese": (
        f"- [美国的研究人员]({ARXIV}1)发现卵石的数量每年都在增加。\n"
        "- [一家公司](https://a.org)开始出售卵石。\n- [另一家](https://b.org)不再出售。\n"
    ),
    "headings of news": "**一句话新闻**\n\n* [卵石](https://www.nature.com/articles/d41586-1)涨价。\n",
    "a changelog": (
        "- fix counting of pebbles ([#12](https://github.com/a/b/pull/12) by [@c](https://github.com/c))\n"
        "- drop stones ([#13](https://github.com/a/b/pull/13))\n"
    ),
    "a template in a fence": f"```\n- **Title of the paper** [[paper]({ARXIV}1)]\n```\n",
    "a template in a comment": f"<!--\n- **Title of the paper** [[paper]({ARXIV}1)]\n-->\n",
    "raw HTML": f'<ul>\n<li><a href="{ARXIV}1">Nets of pebbles</a></li>\n</ul>\n',
    "prose with a link": f"We count pebbles as [Ames et al.]({ARXIV}1) do, and stones as others do.\n",
    "prose in a list": f"- We count pebbles as [Ames et al.]({ARXIV}1) do.\n- Stones are not counted.\n",
    "how to cite": f"If you use it, please cite [our paper]({ARXIV}1):\n\n```\n@misc{{a}}\n```\n",
    "badges": f"[![arXiv](https://img.shields.io/a.svg)]({ARXIV}1) [![x](y.svg)](https://a.org)\n",
    "labels alone": f"- [Paper]({ARXIV}1)\n- [Code](https://github.com/a/b)\n",
}


@pytest.mark.parametrize("text", NO_PAPERS.values(), ids=NO_PAPERS.keys())
def test_leaves_alone(text: str) -> None:
    assert titles(text) == []


# --- what is one -------------------------------------------------------------------------------

NETS, DROPS, STONES = "Nets of pebbles", "Drops of drops", "Stones by night"
SHAPES_OF_ITEMS = {
    "linked titles": f"- [{NETS}]({ARXIV}1)\n- [{DROPS}]({ARXIV}2)\n- [{STONES}]({ARXIV}3)\n",
    "bold titles": f"* **{NETS}** [[pdf]]({ARXIV}1)\n* **{DROPS}** [[pdf]]({ARXIV}2)\n* **{STONES}** [[pdf]]({ARXIV}3)",
    "quoted titles": f'1. "{NETS}" [[pdf]({ARXIV}1)]\n1. "{DROPS}" [[pdf]({ARXIV}2)]\n1. "{STONES}" [[pdf]({ARXIV}3)]',
    "plain titles": f"- {NETS} [[pdf]]({ARXIV}1)\n- {DROPS} [[pdf]]({ARXIV}2)\n- {STONES} [[pdf]]({ARXIV}3)",
    "italic titles after authors": (
        f"- Ann Ames, *{NETS}*, NIPS 2015 [[pdf]({ARXIV}1)]\n- Ben Berg, *{DROPS}* [[pdf]({ARXIV}2)]\n"
        f"- A. Ames and B. Berg, *{STONES}* [[pdf]({ARXIV}3)]"
    ),
    "names in brackets": "".join(
        f"- **[Net]** {title} | **[CVPR' 14]** | [`[pdf]`]({ARXIV}1)\n" for title in (NETS, DROPS, STONES)
    ),
    "titles in the item of the authors": "".join(
        f"- Oxford [[Paper]({ARXIV}1)]\n  - Ann Ames and Ben Berg, *{title}*, ICML 2015\n"
        for title in (NETS, DROPS, STONES)
    ),
    "plain titles in the item of the authors": "".join(
        f"- Oxford [[Paper]({ARXIV}1)]\n  - Ann Ames, Ben Berg, {title}, ICML, 2015.\n" for title in (NETS, DROPS, STONES)
    ),
    "authors in nested items": "".join(
        f"- [{title}]({ARXIV}1)\n  - Ann Ames, Ben Berg\n  - Keyword: pebbles\n" for title in (NETS, DROPS, STONES)
    ),
    "authors in another paragraph": "".join(
        f"1. **[{title}]({ARXIV}1)**\n\n    *Ann Ames, Ben Berg.* ACL'23\n\n" for title in (NETS, DROPS, STONES)
    ),
    "links in nested items": "".join(
        f"- **{title}**\n  - Paper: {ARXIV}1\n  - Code: https://github.com/a/b\n" for title in (NETS, DROPS, STONES)
    ),
    "groups": f"- 2023\n  - [{NETS}]({ARXIV}1)\n  - [{DROPS}]({ARXIV}2)\n- 2022\n  - [{STONES}]({ARXIV}3)\n",
    "a quote": f"> - [{NETS}]({ARXIV}1)\n> - [{DROPS}]({ARXIV}2)\n> - [{STONES}]({ARXIV}3)\n",
    "details": (
        f"<details>\n<summary>Papers</summary>\n\n- [{NETS}]({ARXIV}1)\n- [{DROPS}]({ARXIV}2)\n"
        f"- [{STONES}]({ARXIV}3)\n\n</details>\n"
    ),
    "line breaks": "".join(f"* [{title}]({ARXIV}1)<br>:star:[code](https://github.com/a/b)\n" for title in (NETS, DROPS, STONES)),
    "paragraphs": "".join(
        f"**{title}**<br>\n*Ann Ames, Ben Berg*<br>\nICML 2023. [[Paper]({ARXIV}1)]\n\n" for title in (NETS, DROPS, STONES)
    ),
    "bold in HTML": "".join(f"<b>{title} (2016)</b> [[Paper]]({ARXIV}1)\n\n" for title in (NETS, DROPS, STONES)),
    "bold titles above links": "".join(
        f"**{title}**\n\n[{ARXIV}1]({ARXIV}1)\n\n" for title in (NETS, DROPS, STONES)
    ),
    "titles above lists of links": "".join(
        f"### {title}\n\n- Paper: {ARXIV}1\n- Code: https://github.com/a/b\n\n" for title in (NETS, DROPS, STONES)
    ),
    "bold titles above lists of links": "".join(
        f"**{title}**\n\n- Paper: {ARXIV}1\n- Code: https://github.com/a/b\n\n" for title in (NETS, DROPS, STONES)
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", SHAPES_OF_ITEMS.values(), ids=SHAPES_OF_ITEMS.keys())
def test_finds(text: str) -> None:
    assert titles(text) == [NETS, DROPS, STONES]


@pytest.mark.parametrize("text", SHAPES_OF_ITEMS.values(), ids=SHAPES_OF_ITEMS.keys())
def test_what_is_found_is_also_found_below_a_table(text: str) -> None:
    table = of(f"| 1 | [Attention]({ARXIV}9) | |")
    document = parse(f"{table}\n## Others\n\n{text}")
    assert [paper.title for paper in document.papers] == ["Attention", NETS, DROPS, STONES]
    assert [paper.kind == "row" for paper in document.papers] == [True, False, False, False]


def paper(text: str) -> Paper:
    (found,) = parse(text).papers
    return found


def test_groups_join_the_section_path() -> None:
    document = parse(f"# List\n## A\n- 卵石：\n  - [{NETS}]({ARXIV}1)\n  - [{DROPS}]({ARXIV}2)\n")
    assert [paper.section for paper in document.papers] == [("List", "A", "卵石")] * 2
    assert [entry.section_path for entry in document.entries] == [("A", "卵石")] * 2


def test_a_group_may_link_to_a_paper_of_its_own() -> None:
    text = f"- [A survey of pebbles]({ARXIV}0)\n  - [{NETS}]({ARXIV}1)\n  - [{DROPS}]({ARXIV}2)\n"
    assert titles(text) == ["A survey of pebbles", NETS, DROPS]


def test_the_parts_of_a_nested_paper() -> None:
    found = paper(
        f"- [{NETS}]({ARXIV}1) (PNet)\n  - Ann Ames, Ben Berg\n  - Publisher: ICML 2024\n"
        "  - Keyword: Sorting, Safety\n  - Code: [Official](https://github.com/a/b/blob/main/x.py)\n"
    )
    assert (found.authors, found.venue, found.year) == ("Ann Ames, Ben Berg", "ICML", 2024)
    assert found.extra == {"Keyword": "Sorting, Safety"}
    assert found.code == ("https://github.com/a/b",)
    assert found.url == f"{ARXIV}1"


def test_what_is_labelled_as_a_paper_is_its_url() -> None:
    found = paper(f"- **{NETS}** [[Web](http://a.org/nets)] [[Paper](http://b.org/n1.pdf)]\n")
    assert found.url == "http://b.org/n1.pdf"
    assert [link.text for link in found.links] == ["Web", "Paper"]


def test_papers_without_a_link_between_others() -> None:
    text = f"- {NETS} (2016), A. Ames et al. [[pdf]]({ARXIV}1)\n- {DROPS} (2016), B. Berg et al. [[pdf]]({ARXIV}2)\n"
    assert titles(f"{text}- {STONES}, C. Chu et al.\n") == [NETS, DROPS, STONES]


def test_a_title_that_cannot_be_told_is_no_paper_but_counted() -> None:
    document = parse(f"- see [this]({ARXIV}1)\n- and that\n")
    assert document.papers == ()
    assert [span.cut(document.source.text) for span in document.skipped] == [
        f"- see [this]({ARXIV}1)"
    ]


def test_lists_are_numbered_and_know_their_section() -> None:
    text = f"# A\n- [{NETS}]({ARXIV}1)\n- [{DROPS}]({ARXIV}2)\n\n# B\n1. [{STONES}]({ARXIV}3)\n"
    document = parse(text)
    assert [entry.container.number for entry in document.entries] == [1, 1, 2]
    assert [entry.section and entry.section.title for entry in document.entries] == ["A", "A", "B"]
    assert [(paper.kind, paper.list, paper.table) for paper in document.papers] == [
        ("item", 1, None), ("item", 1, None), ("item", 2, None),
    ]  # fmt: skip


def test_entries_are_in_the_order_of_the_file() -> None:
    text = f"- [{NETS}]({ARXIV}1)\n\n{of('| 1 | Attention | |')}\n- [{DROPS}]({ARXIV}2)\n"
    assert titles(text) == [NETS, "Attention", DROPS]


@pytest.mark.parametrize(("read", "found"), [
    (["tables"], ["Attention"]), (["items"], [NETS]), (["paragraphs"], [DROPS]),
    (["items", "tables"], ["Attention", NETS]), ([], []),
])  # fmt: skip
def test_papers_are_read_where_it_is_asked_for(read: list[Any], found: list[str]) -> None:
    paragraphs = SHAPES_OF_ITEMS["paragraphs"].replace(NETS, DROPS).replace(STONES, DROPS)
    text = f"{of('| 1 | Attention | |')}\n- [{NETS}]({ARXIV}1)\n\n# More\n\n{paragraphs}"
    assert list(dict.fromkeys(paper.title for paper in parse(text, read=read).papers)) == found


# --- promises ----------------------------------------------------------------------------------

LINES = st.sampled_from([
    f"- [{NETS}]({ARXIV}1)", f"* **Net**: “{DROPS}” [[pdf]({ARXIV}2)]", f"1. {STONES} (2016), A. Ames et al. [[pdf]]({ARXIV}3)",
    "  - Ann Ames, Ben Berg", "  - Keyword: a, b", "    *Ann Ames.* ICML 2023", "  - Code: [x](https://github.com/a/b)", "- group",
    f"  - [{DROPS}]({ARXIV}4) ⭐⭐", f"- Oxford [[Paper]({ARXIV}5)]", f"  - Ann Ames and Ben Berg, *{STONES}*, NIPS", "", "", "text",
    f"**{NETS}**  ", f"[[Paper]({ARXIV}6)]", "> - quoted", f"> - [{NETS}][1]", f"[1]: {ARXIV}7", "# heading", "## 2023", "```",
    "<details>", "</details>", "| Paper | Notes |", "| - | - |", f"| [{NETS}]({ARXIV}8) | a |", "---", "  a  ", "\t- b", "- ",
    "-", "<b>", f"<b>{NETS} (2016)</b> [[Paper]]({ARXIV}1)", "\\", f"* [{NETS}]({ARXIV}1)<br>[code](https://github.com/a/b)卵石",
])  # fmt: skip
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


@given(TEXTS)
def test_any_mixture_is_read_and_its_parts_are_in_the_text(text: str) -> None:
    document = parse(text)
    place = -1
    for entry in document.entries:
        assert place < entry.span.start <= entry.span.end <= len(text)
        place = entry.span.start
        assert document.source.position(entry.span.start).line == entry.line
        for part in entry.parts:
            assert part.raw == part.span.cut(text)
            assert entry.span.start <= part.span.start <= part.span.end <= entry.span.end
    spans = [*(entry.span for entry in document.entries), *document.skipped]
    assert len({span.start for span in spans}) == len(spans)
    to_json(document)


@given(TEXTS)
def test_formatting_leaves_the_records_as_they_are(text: str) -> None:
    def records(text: str) -> list[object]:
        return [
            (
                paper.title,
                paper.url,
                paper.authors,
                paper.venue,
                paper.year,
                paper.name,
                paper.stars,
                paper.section,
                paper.kind,
            )
            for paper in parse(text).papers
        ]

    formatted = format_text(text)
    assert records(formatted) == records(text)
    assert format_text(formatted) == formatted


@given(st.lists(LINES.filter(lambda line: "://" not in line), max_size=14).map("\n".join))
def test_a_file_without_links_in_its_text_is_read_as_before(text: str) -> None:
    text = f"{of(f'| 1 | [{NETS}]({ARXIV}8) | a |')}\n{text}"
    assert to_json(parse(text)) == to_json(parse(text, read=["tables"]))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    parse(text)
