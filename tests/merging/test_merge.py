"""Two lists joined: what is added, filled, kept, and what cannot be told silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from llmpaper_md import (
    Document,
    FormatOptions,
    MergeResult,
    ProofError,
    compare,
    format_text,
    merge,
    parse,
    read,
    render,
    repair,
)
from llmpaper_md.lists.identity import paper_key, title_key
from llmpaper_md.lists.matching import KnownEntries, match_entries, paper_entries
from llmpaper_md.merging import joining, writing
from tests.builders import LONG, X, Y, of
from tests.strategies import PAPER_LISTS, TEXTS

FIXTURES = Path(__file__).parents[2] / "fixtures"
B = "| 7 | [B](http://b.org) | b |"


def joined(a: str, b: str) -> MergeResult:
    """The lists joined; joining once more adds nothing."""
    done = merge(parse(a), parse(b))
    again = merge(parse(done.text), parse(b))
    assert (again.text, again.added, again.filled) == (done.text, (), ())
    return done


def told(done: MergeResult) -> list[str]:
    """What is said of the cells filled and of conflicts."""
    lines = [f"filled {one.field}: {one.text}" for one in done.filled]
    return lines + [f"{one.kind} {one.field}: {one.ours}/{one.theirs}" for one in done.conflicts]


ALONE = {
    "a list and itself": (of(X, Y), of(X, Y)),
    "a list that has all of it": (of(X, Y), of(Y)),
    "nothing": (of(X, Y), ""),
    "a text without tables": (of(X, Y), "# Other\n\ntext\n"),
    "another address of a paper": (of(X), of(X.replace("abs/1706.03762", "pdf/1706.03762v2"))),
    "another order, other IDs": (of(X, Y), of(Y.replace("2", "1", 1), X.replace("1", "2", 1))),
    "an empty cell beside a full one": (of(X), of(X.replace("first", ""))),
    "no stars beside some": (of(X.replace("1 |", "1★ |", 1)), of(X)),
    "a group that both have": (of("| **G** |||", X), of("| **G** | | |", X)),
    "the header once more": (of(X), of(X, "| ID | Paper | Notes |")),
    "a link defined elsewhere": (
        of("| 1 | [A](http://a.org) | [n](http://n.org) |"),
        of("| 1 | [A][] | [n][1] |") + "\n[a]: http://a.org\n[1]: http://n.org\n",
    ),
    "a paper in two sections of the other list": (of(X), of(X) + of(X, above="## B")),
    "a column of links that lead where the title does": (
        of(X),
        of(
            "| Attention | [pdf](https://arxiv.org/pdf/1706.03762) | first |",
            header="| Title | Link | Notes |",
        ),
    ),
    "a table that lists no papers": (of(X), of("| 1 | 2 | 3 |", header="| GPU | Size | Time |")),
}


@pytest.mark.parametrize(("a", "b"), ALONE.values(), ids=ALONE.keys())
def test_leaves_alone(a: str, b: str) -> None:
    done = joined(a, b)
    assert done.text == a
    assert (done.added, told(done)) == ((), [])


STARS = "| Stars | Paper |"
CASES: dict[str, tuple[str, str, str, list[str]]] = {
    "a row, with the next ID": (of(X, Y), of(B), of(X, Y, B.replace("7", "3")), []),
    "a row, with the next ID of one": (of(X), of(B), of(X, B.replace("7", "2")), []),
    "no ID where the papers have none": (
        of("| | [A](http://a.org) | |"),
        of(B),
        of("| | [A](http://a.org) | |", "| | [B](http://b.org) | b |"),
        [],
    ),
    "IDs with zeros": (
        of(X.replace("1", "01", 1), Y.replace("2", "02", 1)),
        of(B),
        of(X.replace("1", "01", 1), Y.replace("2", "02", 1), B.replace("7", "03")),
        [],
    ),
    "an ID that is no number": (
        of(X),
        of(B.replace("7", "x")),
        of(X, B.replace("7", "2")),
        ["no-column id: /x"],
    ),
    "in the section of the same title": (
        of(X) + of(Y, above="## 2. Other"),
        of(B, above="# Mine\n## other"),
        of(X) + of(Y, B.replace("7", "3"), above="## 2. Other"),
        [],
    ),
    "in a list without a title": (of(X), of(B, above="# A"), of(X, B.replace("7", "2")), []),
    "to a list without headings": (of(X, above=""), of(B, above=""), of(X, B.replace("7", "2"), above=""), []),
    "in other columns": (
        of("| n | [A](http://a.org) |", header="| Notes | Title |"),
        of(B),
        of("| n | [A](http://a.org) |", "| b | [B](http://b.org) |", header="| Notes | Title |"),
        [],
    ),
    "in a column of the same name": (
        of("| [A](http://a.org) | 1 |", header="| Title | GPU |"),
        of("| 8 | [B](http://b.org) |", header="| gpu | Title |"),
        of("| [A](http://a.org) | 1 |", "| [B](http://b.org) | 8 |", header="| Title | GPU |"),
        [],
    ),
    "what has no column": (
        of("| [A](http://a.org) |", header="| Title |"),
        of("| 7★ | [B](http://b.org) | b | more |"),
        of("| [A](http://a.org) |", "| [B](http://b.org) |", header="| Title |"),
        ["no-column introduction: /b", "no-column surplus: /more", "no-column stars: /★"],
    ),
    "a title that a column of links leads from": (
        of(X),
        of("| B [x] | [pdf](http://b.org/x_(y)) |", header="| Title | Link |"),
        of(X, r"| 2 | [B [x]](http://b.org/x_(y)) | |"),
        [],
    ),
    "stars as the table writes them, in a column": (
        of("| ⭐ | [A](http://a.org) |", header=STARS),
        of("| 7★★ | [B](http://b.org) | |"),
        of("| ⭐ | [A](http://a.org) |", "| ⭐⭐ | [B](http://b.org) |", header=STARS),
        [],
    ),
    "stars as numbers": (
        of("| 3 | [A](http://a.org) |", header=STARS),
        of("| 7★★ | [B](http://b.org) | |"),
        of("| 3 | [A](http://a.org) |", "| 2 | [B](http://b.org) |", header=STARS),
        [],
    ),
    "stars behind the ID": (
        of("| 1✡ | [A](http://a.org) | |"),
        of("| ⭐⭐ | [B](http://b.org) |", header=STARS),
        of("| 1✡ | [A](http://a.org) | |", "| 2✡✡ | [B](http://b.org) | |"),
        [],
    ),
    "not to GitHub's counts of stars": (
        of("| 12k | [A](http://a.org) |", header=STARS),
        of("| ⭐⭐ | [B](http://b.org) |", header=STARS),
        of("| 12k | [A](http://a.org) |", "| | [B](http://b.org) |", header=STARS),
        ["no-column stars: /⭐⭐"],
    ),
    "links that are defined elsewhere, pipes, escapes": (
        of(X),
        of(r"| 1 | [B *b*][] | a\|b [c][C] `\|` ![i][2] \[x\] |") + "\n[b *b*]: <http://b.org/a b> 'T \"t\"'\n[c]: http://c.org/\\(\n[2]: i.png\n",
        of(X, r'| 2 | [B *b*](<http://b.org/a b> "T \"t\"") | a\|b [c](<http://c.org/(>) `\|` ![i](i.png) \[x\] |'),
        [],
    ),
    "words in brackets that the list defines": (
        of(X) + "\n[1]: http://one.org\n",
        of("| 1 | [B](http://b.org) | see [1], [1][1] ![1] |"),
        of(X, r"| 2 | [B](http://b.org) | see \[1], \[1]\[1] !\[1] |") + "\n[1]: http://one.org\n",
        [],
    ),
    "an empty cell, and a missing one": (
        of("| 1 | [A](http://a.org) | |", "|2|[C](http://c.org)"),
        of("| 1 | [A](http://a.org) | n |", "| 2 | [C](http://c.org) | m |"),
        of("| 1 | [A](http://a.org) | n |", "|2| [C](http://c.org) | m |"),
        ["filled introduction: n", "filled introduction: m"],
    ),
    "no cell of a row that is known by its cells only": (
        of("| | [n](m.n) | |", header="| Paper | Size | GPU |"),
        of("| | | [n](m.n) |", header="| Paper | Size | GPU |"),
        of("| | [n](m.n) | |", header="| Paper | Size | GPU |"),
        ["differs GPU: /[n](m.n)"],
    ),
    "no stars yet": (
        of("| | [A](http://a.org) |", header=STARS),
        of("| ★★ | [A](http://a.org) |", header=STARS),
        of("| ★★ | [A](http://a.org) |", header=STARS),
        ["filled stars: ★★"],
    ),
    "what differs": (
        of("| 1★ | [A](http://a.org) | n |"),
        of("| 1★★ | [a](http://a.org) | [n](http://n.org) |"),
        of("| 1★ | [A](http://a.org) | n |"),
        [
            "differs title: [A](http://a.org)/[a](http://a.org)",
            "differs introduction: n/[n](http://n.org)",
            "differs stars: ★/★★",
        ],
    ),
    "one title at two addresses": (
        of(f"| 1 | [{LONG}](http://a.org) | |"),
        of(f"| 1 | [{LONG}](http://b.org) | |"),
        of(f"| 1 | [{LONG}](http://a.org) | |"),
        [f"differs url: [{LONG}](http://a.org)/[{LONG}](http://b.org)"],
    ),
    "one title of two papers": (
        of(f"| 1 | [{LONG}](https://arxiv.org/abs/1706.03762) | |"),
        of(f"| 1 | [{LONG}](https://arxiv.org/abs/1706.03763) | |"),
        of(
            f"| 1 | [{LONG}](https://arxiv.org/abs/1706.03762) | |",
            f"| 2 | [{LONG}](https://arxiv.org/abs/1706.03763) | |",
        ),
        [],
    ),
    "the first of two texts for an empty cell": (
        of(X.replace("first", "")),
        of(X, X.replace("first", "other")),
        of(X),
        ["filled introduction: first", "differs introduction: first/other"],
    ),
    "models of one page": (
        of("| 1 | [M-1](https://github.com/a/m) | |"),
        of("| 1 | [M-2](https://github.com/a/m) | |", "| 2 | [M-1](https://github.com/a/m) | |"),
        of("| 1 | [M-1](https://github.com/a/m) | |", "| 2 | [M-2](https://github.com/a/m) | |"),
        [],
    ),
    "a group that only the other list has": (of(X), of("| **G** |||", X), of(X), ["left-out row: /**G**"]),
    "above text right below the table": (
        of(X) + "text\n",
        of(B),
        of(X, B.replace("7", "2")) + "text\n",
        [],
    ),
    "in a quote": (
        "> | Paper |\n> |---|\n> | [A](http://a.org) |",
        "| Paper |\n|---|\n| [B](http://b.org) |",
        "> | Paper |\n> |---|\n> | [A](http://a.org) |\n> | [B](http://b.org) |",
        [],
    ),
    "in a list item, Windows line ends": (
        "- | Paper |\r\n  |---|\r\n",
        "| Paper |\n|---|\n| [B](http://b.org) |",
        "- | Paper |\r\n  |---|\r\n  | [B](http://b.org) |\r\n",
        [],
    ),
    "new sections, under the headings of the other list": (
        "# Mine\n\n## A\n\n" + of(X, above=""),
        "# Yours\n\n# B\n\n" + of(Y, above="## 1.2 [C][1]") + of(B, above="## D ##") + "\n[1]: http://c.org\n",
        "# Mine\n\n## A\n\n" + of(X, above="") + "\n## B\n\n### 1.2 [C](http://c.org)\n\n| ID | Paper | Notes |\n| --- | --- | --- |\n" + Y.replace("2", "1", 1) + "\n\n### D\n\n| ID | Paper | Notes |\n| --- | --- | --- |\n" + B.replace("7", "1") + "\n",
        [],
    ),
    "a row and a section, behind a line without an end": (
        of(X).rstrip("\n"),
        of(B) + of(Y, above="## B"),
        of(X, B.replace("7", "2")) + "\n## B\n\n| ID | Paper | Notes |\n| --- | --- | --- |\n" + Y.replace("2", "1", 1) + "\n",
        [],
    ),
    "everything, to an empty file": (
        "",
        of(X, Y, header="| ID | Paper | Notes |"),
        "## A\n\n| ID | Paper | Notes |\n| --- | --- | --- |\n" + f"{X}\n{Y}\n",
        [],
    ),
    "a new section, behind a line without an end": (
        "# A\n\ntext",
        of("| [B](http://b.org) |", header="| Paper |", above="# B"),
        "# A\n\ntext\n\n## B\n\n| Paper |\n| --- |\n| [B](http://b.org) |\n",
        [],
    ),
    "IDs of a new table that counts down": (
        "# A\n",
        of("| 2 | [B](http://b.org) | |", "| 1 | [C](http://c.org) | |", above="# B"),
        "# A\n\n## B\n\n| ID | Paper | Notes |\n| --- | --- | --- |\n| 2 | [B](http://b.org) | |\n| 1 | [C](http://c.org) | |\n",
        [],
    ),
    "no place behind a fence that is never closed": (
        "```\ncode\n",
        of(B),
        "```\ncode\n",
        ["left-out row: /7 | [B](http://b.org) | b"],
    ),
    "rows that make a table list no papers": (
        of("| [A](https://arxiv.org/abs/1706.03762) |", header="| What |"),
        of("| B |", "| C |", header="| Paper |"),
        of("| [A](https://arxiv.org/abs/1706.03762) |", header="| What |"),
        ["left-out row: /B", "left-out row: /C"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("a", "b", "expected", "said"), CASES.values(), ids=CASES.keys())
def test_joins(a: str, b: str, expected: str, said: list[str]) -> None:
    done = joined(a, b)
    assert done.text == expected
    assert told(done) == said


STYLES = {
    "aligned": """\
| ID  | Paper             | Notes |
| --- | ----------------- | ----- |
| 1   | [A](http://a.org) |{}|
""",
    "without spaces": """\
|ID|Paper|Notes|
|--|-----|-----|
|1|[A](http://a.org)|{}|
""",
}
ADDED = {
    "aligned": (" " * 7, " n     ", "| 2   | [C](http://c.org) | m     |\n"),
    "without spaces": ("", "n", "|2|[C](http://c.org)|m|\n"),
}


@pytest.mark.parametrize("style", STYLES)
def test_what_is_added_is_padded_as_its_table_is(style: str) -> None:
    empty, filled, row = ADDED[style]
    theirs = of("| 1 | [A](http://a.org) | n |", "| 2 | [C](http://c.org) | m |", above="")
    done = joined(STYLES[style].format(empty), theirs)
    assert done.text == STYLES[style].format(filled) + row


def test_names_the_lines() -> None:
    done = merge(parse(of(X)), parse(of(B, X.replace("first", "1st"), "| **G** |||")))
    assert [paper.line for paper in done.added] == [5]
    assert [(one.line, one.other_line) for one in done.conflicts] == [(5, 6), (None, 7)]
    done = merge(parse(of(X.replace("first", ""))), parse(of(B, X)))
    assert [(one.line, one.other_line) for one in done.filled] == [(5, 6)]


def test_the_source_readme() -> None:
    right = parse(read(FIXTURES / "README.repaired.md"))
    assert merge(right, right) == MergeResult(right, (), (), ())
    guessed = parse(repair(read(FIXTURES / "README.garbled.md").text).text)
    done = merge(right, guessed)
    assert (done.text, done.added, done.filled) == (right.source.text, (), ())
    assert {(one.kind, one.field) for one in done.conflicts} == {("differs", "introduction")}
    assert len(done.conflicts) == 6
    whole = merge(parse(""), right)
    assert len(whole.added) == len(paper_entries(right))
    assert not whole.filled
    assert compare(parse(whole.text), right, only_papers=True).is_same


def test_many_papers() -> None:
    """Nothing is quadratic."""
    rows = [f"| {n} | [Paper {n}](https://arxiv.org/abs/2301.{n:05}) | |" for n in range(1, 3001)]
    done = merge(parse(of(*rows[:2000])), parse(of(*rows[1000:])))
    assert len(done.added) == 1000
    assert done.text == of(*rows)


_HEADERS = st.sampled_from(
    ["|ID|Paper|Notes|", "|Paper|Stars|GPU|", "|Title|Link|Notes|", "|Notes|No.|Name|", "|Paper|"]
)
_CELLS = st.sampled_from(
    [
        *("", "", "1", "2★", "★★", "n", "*m*", "[r]", "[r][s]", r"a\|b", "A", LONG, "3", "-"),
        *("[A](http://a.org)", "[B](https://arxiv.org/abs/1706.03762)", f"[{LONG}](//c.org)"),
        *("[pdf](https://arxiv.org/pdf/1706.03762v2)", "https://arxiv.org/abs/2005.14165", "[s]"),
        *("[M](https://github.com/a/m)", f"{LONG} [code](https://github.com/a/m)", "`x", "\\"),
    ]
)
_TABLES = st.builds(
    lambda above, header, rows, below: (
        f"{above}\n\n{header}\n{'|-' * header.count('|')}\n".replace("|-\n", "|\n")
        + "".join(f"| {' | '.join(row)} |\n" for row in rows)
        + below
    ),
    st.sampled_from(["", "# L", "## A", "## 1. A", "### B", "# C", "> q", "1. # A"]),
    _HEADERS,
    st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=5),
    st.sampled_from(
        ["", "\n", "\ntext", "text", "\n[r]: http://r.org 't'\n\n[s]: <http://s.org>\n"]
    ),
)
MIXED = st.lists(_TABLES, max_size=3).map("\n".join).map(parse)
ANY = st.one_of(PAPER_LISTS, MIXED, TEXTS.map(parse))


@given(ANY)
def test_a_list_joined_with_itself_is_itself(document: Document) -> None:
    assert merge(document, document) == MergeResult(document, (), (), ())


def _names_each_once(document: Document) -> bool:
    papers = [entry.paper for entry in paper_entries(document)]
    titles = [title_key(paper.title or "") for paper in papers]
    return all(len(set(names)) == len(papers) for names in (titles, map(paper_key, papers)))


@given(ANY, ANY)
def test_joining_once_more_adds_nothing(a: Document, b: Document) -> None:
    done = merge(a, b)
    again = merge(parse(done.text), b)
    assert again.added == ()
    if _names_each_once(b):  # of two rows of one paper, either can fill a cell first
        assert (again.text, again.filled) == (done.text, ())
    # Nothing of the second list is missing, unless that is said.
    refused = {one.other_line for one in done.conflicts if one.kind == "left-out"}
    joint = paper_entries(parse(done.text))
    missing = match_entries(joint, paper_entries(b), strict=True).only_b
    known = KnownEntries(joint)
    assert {e.line for e in missing if known.find(e) is None} <= refused


@given(PAPER_LISTS, PAPER_LISTS)
def test_the_first_list_is_kept(a: Document, b: Document) -> None:
    done = merge(a, b)
    gone = compare(a, parse(done.text), only_papers=True).removed
    assert gone == ()
    assume(not done.filled)
    lines = iter(done.text.split("\n"))
    assert all(line in lines for line in a.source.text.split("\n"))


LOST = {
    "a row": (f"{X}\n", "", "a row or cell would change"),
    "a cell": ("first", "1st", "a row or cell would change"),
    "a heading": ("## A", "## B", "a heading would change"),
    "text": ("text", "tex", "a line outside tables would change"),
    "an alignment": ("|-|-|", "|:-|-|", "the table on line 4 would change"),
    "a definition": ("http://d.org", "http://e.org", "a line outside tables would change"),
}


@pytest.mark.parametrize(("old", "new", "what"), LOST.values(), ids=LOST.keys())
def test_what_is_not_proven_is_not_returned(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, what: str
) -> None:
    whole = writing.write

    def losing(*arguments: Any) -> writing.MergedText:
        joint = whole(*arguments)
        return joint._replace(text=joint.text.replace(old, new, 1))

    a = of(X.replace("first", "[first]"), above="## A\n\ntext").replace("[first]", "first")
    a += "\n[d]: http://d.org\n"
    monkeypatch.setattr(joining, "write", losing)
    with pytest.raises(ProofError, match=f"^<string>: not merged: {what}.*please report"):
        merge(parse(a), parse(of(B)))


def test_the_joint_list_is_read_as_the_first_one_was() -> None:
    ours = of(X).replace("Paper", "Arbeit")
    a = parse(ours, columns={"title": ["Arbeit"]}, max_stars=9)
    done = merge(a, of(X, Y))
    assert done.text == done.document.source.text
    assert (done.document.columns, done.document.max_stars) == (a.columns, 9)
    assert len(done.document.papers) == 2


SIX_TO_TEN = "| Stars | Paper |\n| --- | --- |\n| ★ | [B](https://b.org/b.pdf) |\n"


def test_more_stars_than_five_are_neither_lost_nor_confused() -> None:
    row = "| {} | [A](https://arxiv.org/abs/1706.03762) |\n"
    ours, theirs = SIX_TO_TEN + row.format(""), SIX_TO_TEN + row.format("★" * 8)
    assert merge(parse(ours), parse(theirs)).text == theirs
    assert [
        change.before
        for changed in compare(parse(theirs), parse(SIX_TO_TEN + row.format("★" * 7))).changed
        for change in changed.changes
    ] == [8]
    assert "★" * 8 in render(parse(theirs))
    sorted_ = format_text(SIX_TO_TEN + row.format("★" * 8), FormatOptions(sort="stars"))
    assert sorted_.split("\n")[2].startswith("| ★★★★★★★★ |")
