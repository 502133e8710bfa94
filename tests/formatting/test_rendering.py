"""Lists written from records say what the records say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import Paper, from_json, parse, render, to_json
from llmpaper_md.cli import main
from llmpaper_md.errors import BlockError, ProofError, RecordError
from llmpaper_md.formatting.marked_blocks import fill_block
from llmpaper_md.reading.links import ArxivId, Link
from llmpaper_md.source import Source, Span
from tests import github
from tests.strategies import LISTS as ANY_LISTS

ROOT = Path(__file__).parents[2]
LISTS = sorted((ROOT / "tests" / "lists").glob("*.md"))
Out = pytest.CaptureFixture[str]
URL = "https://arxiv.org/abs/1706.03762"


def _link(text: str, url: str, cell: str | None = None) -> Link:
    return Link(text, url, "inline", Span(0, 0), cell)


ROWS: dict[str, tuple[Paper, str]] = {
    "a title alone": (Paper(title="A"), "| A |"),
    "a title and its link": (Paper(title="A", url=URL), f"| [A]({URL}) |"),
    "pipes, brackets, backticks, backslashes": (
        Paper(title=r"a [b|c] `d` \e", url=URL),
        rf"| [a \[b\|c\] \`d\` \\e]({URL}) |",
    ),
    "what looks like emphasis, HTML, an entity": (
        Paper(title="*a* _b_ c_d <br> &amp; ~~e~~ #f"),
        r"| \*a\* \_b\_ c_d \<br> \&amp; \~\~e\~\~ #f |",
    ),
    "what looks like a URL": (Paper(title="see http://a.org"), r"| see http\://a.org |"),
    "a line end": (Paper(title="a\r\nb", authors="c\nd"), "| a b | c<br>d |"),
    "a line end after a backslash": (Paper(title="A", introduction="b\\\nc"), "| A | b\\ <br>c |"),
    "line ends with spaces between them": (
        Paper(title="a\r\n \nb", introduction="c \n\t\r d"),
        "| a  b | c<br><br>d |",
    ),
    "a URL with blanks, parentheses and a pipe": (
        Paper(title="A", url="https://a.org/b (c)|d"),
        r"| [A](<https://a.org/b (c)\|d>) |",
    ),
    "stars": (Paper(id=7, stars=3, title="A"), "| 7 | ★★★ | A |"),
    "stars in the glyph of the list": (Paper(stars=2, star_glyph="🌟", title="A"), "| 🌟🌟 | A |"),
    "no stars where papers are rated": (Paper(stars=0, title="A"), "| 0 | A |"),
    "an ID as it was written": (Paper(id=1, id_text="01", title="A"), "| 01 | A |"),
    "an identifier that the link does not name": (
        Paper(title="A", url="https://a.org", arxiv=ArxivId("1706.03762", 2), doi="10.1145/1"),
        "| [A](https://a.org) | [arXiv](https://arxiv.org/abs/1706.03762v2) "
        "[DOI](https://doi.org/10.1145/1) |",
    ),
    "a link without a title": (Paper(url=URL), f"| | [link]({URL}) |"),
    "code": (
        Paper(title="A", code=("https://github.com/a/b",)),
        "| A | [code](https://github.com/a/b) |",
    ),
    "code that the introduction links to": (
        Paper(
            title="A", code=("https://github.com/a/b",), introduction="[c](https://github.com/a/b)"
        ),
        "| A | [c](https://github.com/a/b) |",
    ),
    "Markdown stays Markdown": (
        Paper(title="A", introduction=r"**b** \| c | d", extra={"Task": "`x`"}),
        r"| A | **b** \| c \| d | `x` |",
    ),
    "plain text becomes Markdown": (Paper(title="A", introduction_text="*b*"), r"| A | \*b\* |"),
    "an extra column called like one of ours": (
        Paper(title="A", stars=1, extra={"Stars": "1.2k"}),
        "| ★ | A | 1.2k |",
    ),
    "a link that leads nowhere": (
        Paper(title="A", url="", links=(_link("A", ""),)),
        "| [A]() |",
    ),
    "another link that leads nowhere": (
        Paper(title="A", url=URL, links=(_link("code", ""),)),
        f"| [A]({URL}) | [code]() |",
    ),
    "a link among the authors": (
        Paper(title="A!", authors="B! C, D", links=(_link("C", "https://c.org", "Authors"),)),
        "| A! | B! [C](https://c.org), D |",
    ),
    "a link right after an exclamation mark": (
        Paper(title="A", authors="B!C", links=(_link("C", "https://c.org", "Authors"),)),
        r"| A | B\![C](https://c.org) |",
    ),
    "a link without words among the authors": (
        Paper(title="A", authors="B", links=(_link("", "https://c.org", "Authors"),)),
        "| A | B [](https://c.org) |",
    ),
    "a title that is a word for a link": (
        Paper(title="PDF", url=URL, extra={"Model": "B"}),
        f"| PDF | [link]({URL}) | B |",
    ),
    "code under two addresses": (
        Paper(
            title="A",
            url=URL,
            code=("https://github.com/a/b",),
            links=(_link("x", "https://github.com/a/b.git"), _link("y", "https://github.com/a/b")),
        ),
        f"| [A]({URL}) | [x](https://github.com/a/b.git) | [code](https://github.com/a/b) |",
    ),
    "an address that begins another one": (
        Paper(
            title="A",
            url=URL,
            introduction="[x](https://a.org/b)",
            links=(_link("y", "https://a.org"),),
        ),
        f"| [A]({URL}) | [y](https://a.org) | [x](https://a.org/b) |",
    ),
    "cells beyond the last column": (Paper(title="A", surplus=("b", "c")), "| A | b | c |"),
}


@pytest.mark.parametrize(("paper", "row"), ROWS.values(), ids=ROWS.keys())
def test_writes_a_row(paper: Paper, row: str) -> None:
    text = render([paper])
    assert text.splitlines()[2] == row
    assert render(parse(text)) == text


HEADERS = {
    "a column that is called as another is": (
        "| Introduction | Paper | Notes |\n| --- | --- | --- |\n| | A | b |\n",
        "| Paper | Introduction | Notes |\n| --- | --- | --- |\n| A | | b |\n",
    ),
    "a column of numbers beside one of IDs": (
        "| ID | Paper | No. |\n| --- | --- | --- |\n| | A | 7 |\n",
        "| ID | Paper | No. |\n| --- | --- | --- |\n| | A | 7 |\n",
    ),
    "a column that only holds stars": (
        "| Stars | Paper | Task |\n| --- | --- | --- |\n| | A | ★★ |\n",
        "| Stars | Paper | Task |\n| --- | --- | --- |\n| | A | ★★ |\n",
    ),
    "columns of one name": (
        "| Paper | Task | Task |\n| --- | --- | --- |\n| A | b | c |\n",
        "| Paper | Task | Task (2) |\n| --- | --- | --- |\n| A | b | c |\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), HEADERS.values(), ids=HEADERS.keys())
def test_a_column_is_read_as_what_it_was(text: str, expected: str) -> None:
    for records in (parse(text), from_json(to_json(parse(text)))):
        assert render(records) == expected
    assert render(parse(expected)) == expected


def test_a_record_that_says_nothing_is_left_out_with_a_word() -> None:
    said: list[str] = []
    records = from_json('[{"title": "A"}, {"code": []}]')
    assert render(records, left_out=said.append) == "| Paper |\n| --- |\n| A |\n"
    assert said == ["record 2: left out, as it has no text and no link: give it a title"]


@given(ANY_LISTS)
def test_a_list_survives_the_round_trip(text: str) -> None:
    """`render(parse(render(x))) == render(x)`, of a list and of its records in JSON; `render`
    itself compares what is read again with the records.
    """
    document = parse(text)
    for records in (document, from_json(to_json(document))):
        written = render(records)
        assert render(parse(written)) == written


def test_references_find_their_definitions_again() -> None:
    text = (
        "| Paper | Introduction |\n| --- | --- |\n| A | [b][c] [d] |\n\n"
        "[c]: https://c.org\n[d]: https://d.org\n"
    )
    for records in (parse(text), from_json(to_json(parse(text)))):
        assert render(records) == text


REFERENCES = {
    "words in bold": "[**b**][c]",
    "an image": "![b][c]",
    "a pipe in the label": "[b][c\\|d]",
    "a link to nowhere": "[nowhere]",
    "one label, twice": "[b][c] [C]",
}


@pytest.mark.parametrize("cell", REFERENCES.values(), ids=REFERENCES.keys())
def test_references_stay_references(cell: str) -> None:
    text = f"| Paper | Introduction |\n| --- | --- |\n| A | {cell} |\n"
    text += "\n[c]: https://c.org\n[c|d]: https://d.org\n[nowhere]: <>\n[unused]: https://u.org\n"
    document = parse(text)
    for records in (document, from_json(to_json(document))):
        written = parse(render(records))
        assert written.papers[0].introduction == cell
        if not cell.startswith("!"):  # of a record's image, nothing is kept but its text
            assert [own.url for own in written.papers[0].links] == [
                own.url for own in document.papers[0].links
            ]
    assert "u.org" not in render(document)
    assert [own.url for own in parse(render(document)).papers[0].links] == [
        own.url for own in document.papers[0].links
    ]


def test_records_of_several_lists_keep_their_own_links() -> None:
    head = "| Paper | Introduction |\n| --- | --- |\n"
    one = f"{head}| A | [x][1] |\n\n[1]: https://one.org\n"
    two = f"{head}| B | [x][1] [y] |\n\n[1]: https://two.org\n"
    three = f"{head}| C | [1] [y] |\n\n[y]: https://y.org\n"
    text = to_json([parse(one), parse(two), parse(three)])
    assert render(from_json(text)) == (
        f"{head}| A | [x][1] |\n| B | [x](https://two.org) \\[y] |\n| C | \\[1] [y](https://y.org) |\n\n"
        "[1]: https://one.org\n[y]: https://y.org\n"
    )


def test_writes_headings_and_tables() -> None:
    papers = [
        Paper(title="A", section=("One | two", "C #")),
        Paper(title="B", section=("One | two", "C #"), table=2),
        Paper(title="C"),
        Paper(title="D", section=("One | two",)),
    ]
    assert render(papers, level=2) == (
        "| Paper |\n| --- |\n| C |\n\n## One | two\n\n### C \\#\n\n"
        "| Paper |\n| --- |\n| A |\n\n| Paper |\n| --- |\n| B |\n\n## One | two\n\n"
        "| Paper |\n| --- |\n| D |\n"
    )
    assert render([]) == ""


IMPOSSIBLE = {
    "a column that is another one": Paper(title="A", extra={"Paper": "x"}),
    "an identifier of another form": Paper(title="A", arxiv=ArxivId("x")),
}


@pytest.mark.parametrize("paper", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_cannot_be_written_is_an_error_that_names_the_paper(paper: Paper) -> None:
    with pytest.raises(ProofError, match=r"^not written: the \w+ of paper 1 \(A\) cannot be"):
        render([paper])


_PIECES = [
    *"|[]()`*_~<>\\&#!:-/. \t",
    "a",
    "B",
    "论文",
    "⽂",
    "🎉",
    "👨‍👩‍👧",
    "שלום",
    "\u202e",
    "http://",
]
_PIECES += [
    "www.",
    "&amp;",
    "<br>",
    "\u00a0",
    "é",
    "$",
    "1",
    "**",
    "](",
    "\u0085",
    "\u2028",
    "\r\n",
]
TITLES = (
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=9)
    .map("".join)
    .filter(lambda title: any(map(str.isalnum, title)))
)
URLS = ["https://a.org/x_(y)", "https://a.org/a|b c", "https://a.org/\\x&copy;", URL, None]
SECTIONS = ["A", "B|C", "论文 [x]", "C #", "2.2 CoT", "*a*", "`x` & &lt;"]
PAPERS = st.builds(
    Paper,
    id=st.none() | st.integers(0, 999),
    stars=st.none() | st.integers(0, 5),
    title=TITLES,
    url=st.sampled_from(URLS),
    authors=st.none() | TITLES,
    introduction_text=st.none() | TITLES,
    section=st.lists(st.sampled_from(SECTIONS), max_size=2).map(tuple),
    extra=st.dictionaries(st.sampled_from(["Task", "规模"]), TITLES, max_size=1),
)


@given(st.lists(PAPERS, min_size=1, max_size=3))
def test_any_title_is_read_again_as_it_was(papers: list[Paper]) -> None:
    """`parse(render(x))` has the same records as `x`: `render` itself compares the two."""
    text = render(papers)
    assert render(parse(text)) == text
    shown = [cell for table in github.tables(text) for row in table[1:] for cell in row]
    for paper in parse(text).papers:
        # GitHub shows a title with a link to an address in it where the title is no link.
        assert paper.title in shown


@pytest.mark.parametrize("path", [*LISTS, *(ROOT / "fixtures").glob("*.md")], ids=lambda p: p.stem)
def test_a_list_can_be_written_from_its_records(path: Path) -> None:
    document = parse(path.read_bytes().decode())
    for text in (render(document), render(from_json(to_json(document)))):
        after = parse(text)
        for old, new in zip(document.papers, after.papers, strict=True):
            for name in ("id", "title", "url", "arxiv", "doi", "code", "authors", "section"):
                # An identifier in the text becomes a link, if that is all there is.
                if name != "url" or old.url:
                    assert (name, getattr(new, name)) == (name, getattr(old, name))
            assert (new.stars or 0) == (old.stars or 0)
            assert new.introduction_text == old.introduction_text
    sections = [(section.level, section.number, section.title) for section in document.sections]
    written = parse(render(document)).sections
    assert [(section.level, section.number, section.title) for section in written] == sections


# --- JSON --------------------------------------------------------------------------------------

WRONG: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "x: not valid JSON: "),
    "no JSON in a line": ('{"title": "a"}\n{\n', "x:2: not valid JSON: "),
    "no object": ("[1]", "x: record 1: expected an object"),
    "a field that is none": (
        '[{"titel": "a"}]',
        "x: record 1: titel: unknown field; known fields are",
    ),
    "a number for a text": ('[{"title": 1}]', "x: record 1: title: expected text or null"),
    "a text for a number": ('[{"id": "1"}]', "x: record 1: id: expected a whole number or null"),
    "true for a number": ('[{"id": true}]', "x: record 1: id: expected a whole number or null"),
    "too many stars": ('[{"stars": 1001}]', "x: record 1: stars: expected 0 to 1,000"),
    "numbers in a list": ('[{"section": [1]}]', "x: record 1: section: expected text in it"),
    "a link that is none": ('[{"links": [{}]}]', "x: record 1: links: expected objects with url"),
    "a deep one": ("[" * 100_000, "x: not valid JSON: "),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_says_which_record_is_none(text: str, message: str) -> None:
    with pytest.raises(RecordError) as error:
        from_json(text, "x")
    assert str(error.value).startswith(message)


def test_reads_documents_arrays_and_lines() -> None:
    document = to_json(parse("|Paper|\n|-|\n|A|\n"))
    several = to_json([parse("|Paper|\n|-|\n|A|\n")] * 2)
    lines = '\ufeff{"title": "A"}\r\n\n{"title": "B", "url": null}\n'
    titles = [[paper.title for paper in from_json(text)] for text in (document, several, lines)]
    assert titles == [["A"], ["A", "A"], ["A", "B"]]
    assert from_json("[]") == []


# --- blocks and the command --------------------------------------------------------------------

FILE = (
    "# List\r\n\r\n<!-- llmpaper-md: begin papers -->\r\nold\r\n"
    "<!-- llmpaper-md: end papers -->\r\n\r\nThe end."
)
FILLED = FILE.replace("old", "\r\n| Paper |\r\n| --- |\r\n| A |\r\n")
BROKEN = {
    "no marker": ("text", "x: no block papers: add <!-- llmpaper-md: begin papers --> and"),
    "no end": ("\n<!-- llmpaper-md: begin papers -->", "x:2: the block papers needs one begin"),
    "two blocks": (FILE + "\n" + FILE, "x:12: the block papers needs one begin and one end"),
    "another name": (FILE.replace("papers", "other"), "x: no block papers"),
}


_MARKERS = "<!-- llmpaper-md: begin papers -->\nold\n<!-- llmpaper-md: end papers -->\n"
NO_MARKERS = {
    "in a fence": f"```markdown\n{_MARKERS}```\n",
    "in a fence of tildes": f"~~~\n{_MARKERS}~~~\n",
    "in a fence that is never closed": f"```\n{_MARKERS}",
    "in a fence of a list item": "- ```\n  " + _MARKERS.replace("\n", "\n  ") + "```\n",
    "in a fence in a quote": "> ```\n> " + _MARKERS.replace("\n", "\n> ") + "```\n",
    "in indented code": "    " + _MARKERS.replace("\n", "\n    ") + "\n",
    "in code with a tab": "\t" + _MARKERS.replace("\n", "\n\t") + "\n",
    "in inline code": "`" + _MARKERS.replace("\n", "`\n`"),
    "in inline code of several lines": "x `\n      " + _MARKERS.replace("\n", "\n      ") + "`\n",
    "in a comment": f"<!--\n{_MARKERS}",
    "in a comment after something": f"<!-- put\n{_MARKERS}",
    "in a comment in HTML": f"<div>\n<!-- like\n{_MARKERS}</div>\n",
    "in preformatted text": f"<pre>\n{_MARKERS}</pre>\n",
    "in front matter": f"---\n{_MARKERS}---\n",
    "in a script": f"<script>\n{_MARKERS}</script>\n",
}


@pytest.mark.parametrize("text", NO_MARKERS.values(), ids=NO_MARKERS.keys())
def test_no_marker_in_code_or_in_a_comment(text: str) -> None:
    with pytest.raises(BlockError, match="no block papers"):
        fill_block(Source.of(text), "papers", "new\n")
    if not text.startswith("---"):
        filled = fill_block(Source.of(f"{_MARKERS}\n{text}"), "papers", "new\n")
        assert filled == _MARKERS.replace("old", "\nnew\n") + f"\n{text}"


MARKERS_IN = {
    "in a list item": "- x\n\n  " + _MARKERS.replace("\n", "\n  "),
    "in a block of HTML": f"<details>\n{_MARKERS}</details>\n",
    "after a comment": f"<!-- x -->\n{_MARKERS}",
    "after a comment of several lines": f"<!--\nx\n-->\n{_MARKERS}",
    "right below text": f"text\n{_MARKERS}",
    "in the first line, after a byte order mark": f"\ufeff{_MARKERS}",
    "with old Mac line ends": _MARKERS.replace("\n", "\r"),
}


@pytest.mark.parametrize("text", MARKERS_IN.values(), ids=MARKERS_IN.keys())
def test_markers_elsewhere(text: str) -> None:
    filled = fill_block(Source.of(text), "papers", "new\n")
    assert "old" not in filled
    assert "new" in filled


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_block_has_a_begin_and_an_end(text: str, message: str) -> None:
    with pytest.raises(BlockError) as error:
        fill_block(Source.of(text, "x"), "papers", "")
    assert str(error.value).startswith(message)


def test_the_command_fills_a_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("papers.json").write_text(json.dumps([{"title": "A"}]))
    Path("list.md").write_bytes(FILE.encode())
    into = ["render", "papers.json", "--into", "list.md"]
    assert main([*into, "--check"]) == 1
    assert main([*into, "--diff"]) == 1
    assert Path("list.md").read_bytes() == FILE.encode()
    assert main(into) == 0
    assert Path("list.md").read_bytes() == FILLED.encode()
    assert main([*into, "--check"]) == 0
    assert main(into) == 0
    out, err = capsys.readouterr()
    assert "+| A |" in out
    assert err == "list.md: would change\nlist.md: written\n"
    assert main(["lint", "--strict", "--select", "unused-ignore", "list.md"]) == 0


def test_the_command_prints_and_writes_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("papers.json").write_text(json.dumps([{"title": "A"}]))
    assert main(["render", "papers.json"]) == 0
    assert capsys.readouterr().out == "| Paper |\n| --- |\n| A |\n"
    assert main(["render", "papers.json", "-o", "new.md"]) == 0
    assert Path("new.md").read_text() == "| Paper |\n| --- |\n| A |\n"
    Path("bad.json").write_text("[1]")
    assert main(["render", "bad.json", "-o", "new.md"]) == 2
    assert main(["render", "papers.json", "--into", "new.md"]) == 2
    assert capsys.readouterr().err.startswith("llmpaper-md: bad.json: record 1: expected an object")
    assert Path("new.md").read_text() == "| Paper |\n| --- |\n| A |\n"


def test_the_command_reads_the_settings_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("papers.json").write_text(json.dumps([{"title": "A long one"}]))
    Path("llmpaper-md.toml").write_text('table-style = "compact"')
    Path("other.toml").write_text('table-style = "aligned"')
    assert main(["render", "papers.json"]) == 0
    assert main(["render", "--config", "other.toml", "papers.json"]) == 0
    compact, aligned = ("| Paper |\n| --- |\n", "| Paper      |\n| ---------- |\n")
    assert capsys.readouterr().out == "| A long one |\n".join([compact, aligned, ""])
    assert main(["render", "--config", "none.toml", "papers.json"]) == 2


def test_the_records_are_not_written_over(folder: Path, capsys: Out) -> None:
    records = json.dumps([{"title": "A"}])
    Path("papers.json").write_text(records)
    assert main(["render", "papers.json", "-o", "./papers.json"]) == 2
    assert (
        "./papers.json: is also an input file; choose another output file"
        in capsys.readouterr().err
    )
    assert Path("papers.json").read_text() == records
