"""Two lists compared: which papers came, went and changed."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import Document, compare, format_text, parse, read, repair
from llmpaper_md.export.markdown_comparison import comparison_markdown, escape_markdown
from llmpaper_md.lists.matching import paper_entries
from tests import github
from tests.builders import LONG, X, Y, of
from tests.strategies import PAPER_LISTS, TEXTS

FIXTURES = Path(__file__).parents[2] / "fixtures"
REPAIRED = FIXTURES / "README.repaired.md"


def told(before: str, after: str, *, only_papers: bool = False) -> list[str]:
    """What is said of two lists, a line for each paper that came or went, and for each change."""
    done = compare(parse(before), parse(after), only_papers=only_papers)
    lines = [f"+ {paper.title}" for paper in done.added]
    lines += [f"- {paper.title}" for paper in done.removed]
    for one in done.changed:
        lines += [f"{c.field}: {c.before!r} -> {c.after!r}" for c in one.changes]
    assert done.is_same == (not lines)
    return lines


BASE = of(X, Y)
SAME = {
    "a list and itself": (BASE, BASE),
    "nothing and nothing": ("", "text"),
    "another order of rows": (BASE, of(Y, X)),
    "another form of the table": (BASE, format_text(BASE)),
    "text outside tables": (BASE, BASE.replace("## A", "text\n\n## A") + "\nmore\n"),
    "another order of columns": (
        of("| 1 | [A](http://a.org) | n |"),
        of("| n | [A](http://a.org) | 1 |", header="| Notes | Title | No. |"),
    ),
    "numbers of sections": (BASE, BASE.replace("## A", "## 2.1 A")),
    "the title of the list": (BASE, BASE.replace("# List", "# Another list")),
    "a link that is defined elsewhere": (
        of("| 1 | [A](http://a.org) | [n](http://n.org) |"),
        of("| 1 | [A][] | [n][1] |") + "\n[a]: http://a.org\n[1]: http://n.org\n",
    ),
    "another glyph of stars": (
        of("| 1★★ | [A](http://a.org) | n |"),
        of("| 1⭐⭐ | [A](http://a.org) | n |"),
    ),
    "a row that names a group": (BASE, of("| **2017** | | |", X, Y)),
    "rows of one paper, in two sections": (
        of(X) + of(X, above="## B"),
        of(X) + of(X, above="## B"),
    ),
    "rows without links, titles or anything but a note": (
        of("| 1 | GPT-4 | a |", "| 2 | | a |", "| 3 | - | |"),
        of("| 1 | GPT-4 | a |", "| 2 | | a |", "| 3 | - | |"),
    ),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME.keys())
def test_leaves_alone(before: str, after: str) -> None:
    assert told(before, after) == []


CHANGES = {
    "a paper that came": (of(X), BASE, ["+ Few-Shot"]),
    "a paper that went": (BASE, of(X), ["- Few-Shot"]),
    "a title": (BASE, BASE.replace("Few", "No"), ["title: 'Few-Shot' -> 'No-Shot'"]),
    "a note": (BASE, BASE.replace("first", "new"), ["introduction: 'first' -> 'new'"]),
    "a note that is gone": (BASE, BASE.replace("first", ""), ["introduction: 'first' -> None"]),
    "an ID": (BASE, BASE.replace("| 2 ", "| 3 "), ["id: '2' -> '3'"]),
    "stars": (of(X.replace("1 |", "1★ |", 1)), of(X.replace("1 |", "1★★ |", 1)), ["stars: 1 -> 2"]),
    "a section": (BASE, BASE.replace("## A", "## B"), ["section: ('A',) -> ('B',)"] * 2),
    "a row moved to another section": (
        of(X, Y) + of(above="## B"),
        of(X) + of(Y, above="## B"),
        ["section: ('A',) -> ('B',)"],
    ),
    "the same paper at another address": (
        BASE,
        BASE.replace("abs/1706.03762", "pdf/1706.03762v3"),
        [
            "url: 'https://arxiv.org/abs/1706.03762' -> 'https://arxiv.org/pdf/1706.03762v3'",
        ],
    ),
    "the same title at another address": (
        of(f"| 1 | [{LONG}](https://arxiv.org/abs/1706.03762) | |"),
        of(f"| 1 | [{LONG}](https://doi.org/10.1000/1) | |"),
        ["url: 'https://arxiv.org/abs/1706.03762' -> 'https://doi.org/10.1000/1'"],
    ),
    "a short title at another address is another paper": (
        of("| 1 | [GPT](http://a.org/1) | |"),
        of("| 1 | [GPT](http://b.org/2) | |"),
        ["+ GPT", "- GPT"],
    ),
    "a link for a title without one": (
        of(f"| 1 | {LONG} | |"),
        of(f"| 1 | [{LONG}](http://a.org) | |"),
        ["url: None -> 'http://a.org'"],
    ),
    "venue, year, authors": (
        of("| [A](http://a.org) | B | ACL | 2020 |", header="| Paper | Authors | Venue | Year |"),
        of("| [A](http://a.org) | C | EMNLP | 2021 |", header="| Paper | Authors | Venue | Year |"),
        ["authors: 'B' -> 'C'", "year: 2020 -> 2021", "venue: 'ACL' -> 'EMNLP'"],
    ),
    "one of several models of a page, by its title": (
        of("| 1 | [M-1](https://github.com/a/m) | |", "| 2 | [M-2](https://github.com/a/m) | |"),
        of("| 2 | [M-2](https://github.com/a/m) | |"),
        ["- M-1"],
    ),
    "one of two rows of a paper, by its section": (
        of(X) + of(X, above="## B"),
        of(above="## A") + of(X, above="## B"),
        ["- Attention"],
    ),
    "one more row of a paper": (of(X), of(X, X), ["+ Attention"]),
    "a garbled section, a restored one": (BASE, BASE.replace("## A", "## 论文"), ["section: ('A',) -> ('论文',)"] * 2),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_finds(before: str, after: str, expected: list[str]) -> None:
    assert told(before, after) == expected


def test_translations_hold_the_same_papers() -> None:
    chinese = of(
        "| 2 | [少样本](https://arxiv.org/pdf/2005.14165) | 第二 |",
        "| 1 | [注意力](https://arxiv.org/pdf/1706.03762) | 第一 |",
        header="| 序号 | 论文 | 简介 |",
        above="# 列表\n## 甲",
    )
    assert told(BASE, chinese, only_papers=True) == []
    assert told(BASE, chinese + of("| 1 | [B](http://b.org) | |"), only_papers=True) == ["+ B"]
    assert len(told(BASE, chinese)) == 8


def test_the_source_readme() -> None:
    """Of the repaired README only the texts differ in which the repair guesses wrong."""
    right = parse(read(REPAIRED))
    assert compare(right, right).is_same
    done = compare(parse(repair(read(FIXTURES / "README.garbled.md").text).text), right)
    assert (done.added, done.removed) == ((), ())
    assert {change.field for one in done.changed for change in one.changes} == {"introduction"}
    assert len(done.changed) == 6
    for one in done.changed:
        (change,) = one.changes
        assert isinstance(change.before, str)
        assert isinstance(change.after, str)
        assert len(change.before) == len(change.after)
        assert sum(a != b for a, b in zip(change.before, change.after, strict=True)) <= 3


@given(PAPER_LISTS, PAPER_LISTS)
def test_what_came_one_way_went_the_other(a: Document, b: Document) -> None:
    there, back = compare(a, b), compare(b, a)
    assert len(there.changed) == len(back.changed)
    assert Counter(map(repr, there.added)) == Counter(map(repr, back.removed))
    # No paper is lost: each is new, gone, changed or the same.
    assert len(paper_entries(a)) - len(there.removed) == len(paper_entries(b)) - len(there.added)


@given(st.one_of(PAPER_LISTS, TEXTS.map(parse)))
def test_a_list_is_the_same_as_itself(document: Document) -> None:
    assert compare(document, document).is_same
    again = compare(document, parse(format_text(document.source.text)))
    assert again.is_same


def test_many_papers_of_one_title() -> None:
    """Nothing is quadratic: ten thousand rows that could be one another take a moment."""
    rows = [f"| {n} | [{LONG}](https://arxiv.org/abs/23{n:02}.{n:05}) | |" for n in range(3000)]
    others = [row.replace("/23", "/17") for row in rows]
    done = compare(parse(of(*rows)), parse(of(*others)))
    assert (len(done.changed), len(done.added), len(done.removed)) == (3000, 0, 0)


_MARKUP = (
    r"\ ` * _ [ ] ( ) < > & | ~ $ @ # : - + = 1 . ! a www. http://a.b &amp; <br> :star: GH-1 #1"
    r" @a a@b.cc **b** <!-- --> \` ftp://a.b"
)


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
        st.lists(st.sampled_from(_MARKUP.split(" ")), min_size=1).map("".join),
    )
)
def test_a_title_in_markdown_shows_just_the_title(title: str) -> None:
    rendered = github.html(
        f"- {escape_markdown(title)}\n- [{escape_markdown(title)}](<http://x.org>)\n"
    )
    plain, linked = re.findall(r"<li>(.*?)</li>", rendered, re.DOTALL)
    linked = linked.removeprefix('<a href="http://x.org">').removesuffix("</a>")
    for shown in (plain, linked):
        assert unescape(shown.replace("<!-- -->", "")) == title


def test_markdown_for_a_pull_request() -> None:
    before = of(X, Y, "| 3 | [C](http://c.org) | |", "| 4 | [D](d.pdf) | |")
    after = of(
        "| 1 | [New *@you*](<http://n.org/a b?x=1&y=2>) | |",
        X.replace("| 1 ", "| 2 ").replace("first", "1st: #12"),
        "| 3 | [C](http://c.org) | |",
        "| 5 | [D](d.pdf) | |",
    )
    text = comparison_markdown(compare(parse(before), parse(after)))
    assert text == (
        "### Added\n\n- [New @<!-- -->you](http://n.org/a%20b?x=1&y=2), List / A\n\n"
        "### Removed\n\n- [Few-Shot](https://arxiv.org/abs/2005.14165), List / A\n\n"
        "### Changed\n\n- [Attention](https://arxiv.org/abs/1706.03762)\n"
        "  - id: 1 → 2\n  - introduction: first → 1st: #<!-- -->12\n- only the ID: 1 paper\n"
    )
