"""The normal form against ``format/NAME.md``, and what must hold of it for any text.

A file has two halves, ``# leaves alone`` before ``# changes``. A case is a title, a line with a
dot, the Markdown and a dot; in the second half the Markdown in normal form and a dot follow. A
comment in the title line, ``{sort = "id"}``, sets options. The cases of a file with the name of a
style are formatted in it. ``␍`` is a carriage return.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, strategies as st

from llmpaper_md import FormatOptions, format_text, merge, normalize, parse, repair
from llmpaper_md.choices import TABLE_STYLES
from llmpaper_md.errors import ProofError
from llmpaper_md.formatting import normal_form
from llmpaper_md.formatting.proof import prove, prove_stable
from llmpaper_md.source import Source
from tests import github, strategies
from tests.builders import SHARED
from tests.strategies import DOCUMENTS, TEXTS

FIXTURES = Path(__file__).parents[2] / "fixtures"
HERE = Path(__file__).parent / "cases"
_CASE = re.compile(
    r"^(?P<title>[^\n#.{|][^\n{]*)(?P<options>\{[^\n]*\})?\n\.\n"
    r"(?P<text>.*?)^\.\n(?:(?P<formatted>(?!\n).*?)^\.\n)?",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    name: str
    options: FormatOptions
    text: str
    formatted: str


def _cases(half: int) -> Iterator[Case]:
    for path in sorted(HERE.glob("*.md")):
        content = path.read_text("utf-8").split("# changes\n")[half].replace("␍", "\r")
        style = {"table_style": path.stem} if path.stem in TABLE_STYLES else {}
        for match in _CASE.finditer(content):
            options: dict[str, Any] = tomllib.loads("x = " + (match["options"] or "{}"))["x"]
            options = style | options
            name = f"{path.stem}: {match['title'].strip(' ')}"
            text = match["text"]
            yield Case(name, FormatOptions(**options), text, match["formatted"] or text)


@pytest.mark.parametrize("case", list(_cases(0)), ids=lambda case: case.name)
def test_leaves_alone(case: Case) -> None:
    assert case.text == case.formatted
    assert format_text(case.text, case.options) == case.text


@pytest.mark.parametrize("case", list(_cases(1)), ids=lambda case: case.name)
def test_changes(case: Case) -> None:
    assert case.text != case.formatted
    assert format_text(case.text, case.options) == case.formatted
    assert format_text(case.formatted, case.options) == case.formatted


ENDS = {
    "empty": ("", ""),
    "a byte order mark and nothing else": ("\ufeff", "\ufeff"),
    "blank lines": ("\n\r\n", "\n"),
    "hundreds of blank lines": ("\n" * 300, "\n"),
    "no line end": ("text", "text\n"),
    "no line end behind a row": ("|a|\n|-|\n|b", "|a|\n|-|\n|b|\n"),
    "blanks in the last line": ("text\n  \n\n", "text\n  \n"),
    "a fence that is not closed, and what is in it": ("```\ncode\n\n\n", "```\ncode\n\n\n"),
    "the same, with one blank line": ("```\ncode\n\n", "```\ncode\n\n"),
    "the same, without a line end": ("```\ncode", "```\ncode\n"),
    "a fence that is closed": ("```\ncode\n```\n\n\n", "```\ncode\n```\n"),
    "a fence further up": ("```\ncode\n```\n\ntext\n\n\n", "```\ncode\n```\n\ntext\n"),
    "a new line before the last one": ("|a|\n|-|\n# b", "|a|\n|-|\n\n# b\n"),
    "a new line behind an old Mac one": ("x\na\r|b|\r|-|\r", "x\na\r\r|b|\r|-|\n"),
    "the same in a quote": (
        "x\n> a\r> |b|\r> |-|\r",
        "x\n> a\r>\n> |b|\r> |-|\n",
    ),
    "a new line below a table of them": ("x\n|b|\r|-|\r# c", "x\n\n|b|\r|-|\r\r# c\n"),
    "old Mac line ends": ("a\r|b|\r|-|", "a\r\r|b|\r|-|\r"),
}


@pytest.mark.parametrize(("text", "formatted"), ENDS.values(), ids=ENDS.keys())
def test_ends_with_one_line_end(text: str, formatted: str) -> None:
    assert format_text(text) == formatted


STYLES = [
    FormatOptions(),
    FormatOptions("compact"),
    FormatOptions("aligned", max_table_width=30),
]


# One kind of line end, or a mixture.
LINE_ENDS = st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=3)


@given(TEXTS, LINE_ENDS, st.sampled_from(STYLES))
def test_is_shown_by_github_as_before_and_formats_to_itself(
    text: str, ends: list[str], options: FormatOptions
) -> None:
    r"""`format_text(format_text(x)) == format_text(x)`.

    What the proof compares besides, GitHub must show as before. (A ``\|`` above a table is shown
    in another way the nearer it is: left out here.)
    """
    assume(r"\|" not in text)
    first, *others = text.split("\n")
    text = first + "".join(end + line for end, line in zip(cycle(ends), others, strict=False))
    formatted = format_text(text, options)
    assert github.html(formatted) == github.html(text)
    assert format_text(formatted, options) == formatted


@given(DOCUMENTS, st.sampled_from(STYLES))
def test_nothing_is_shown_otherwise_whatever_a_table_touches(
    text: str, options: FormatOptions
) -> None:
    """Formatting changes nothing that GitHub shows."""
    formatted = format_text(text, options)
    assert github.html(formatted) == github.html(text)
    assert format_text(formatted, options) == formatted


TOUCHED = [*strategies.BLOCKS, *strategies.TABLES]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "after a byte order mark"])
@pytest.mark.parametrize("block", TOUCHED)
def test_no_block_is_another_one_beside_a_table(block: str, mark: str) -> None:
    table = "|a|\n|-|\n|b|"
    for text in (
        f"{mark}{block}\n{table}\n{block}",
        f"{mark}{table}\n{block}\n{table}",
        f"{mark}{block}\n\n{table}\n\n{block}",
        f"{mark}{table}\n{block}\n- c",
    ):
        formatted = format_text(text)
        assert github.html(formatted) == github.html(text)
        assert normalize(text).text.startswith(mark)
        assert merge(parse(text), parse("| Paper |\n| - |\n| A |")).text.startswith(mark)


@pytest.mark.parametrize("options", STYLES)
@pytest.mark.parametrize("name", ["README.repaired.md", "README.garbled.md"])
def test_the_source_readme(name: str, options: FormatOptions) -> None:
    text = FIXTURES.joinpath(name).read_bytes().decode()
    formatted = format_text(text, options)
    assert github.html(formatted) == github.html(text)
    assert format_text(formatted, options) == formatted
    # The no-break space at the end of a cell may be all that is left of a character.
    assert formatted.count("\xa0") == text.count("\xa0")
    if options.table_style == "compact":
        assert len(formatted) < len(text)
    if options.table_style == "keep":
        assert formatted == text + "\n"
    if "garbled" in name:
        repaired = repair(formatted).text
        if options.table_style == "aligned":
            repaired = format_text(repaired, options)  # garbled text is wider
        assert repaired == format_text(repair(text).text, options)


def test_other_peoples_texts() -> None:
    if not SHARED.is_dir():
        pytest.skip("other people's texts are not here")
    files = sorted(SHARED.glob("**/*.md"))
    texts = [file.read_bytes().decode() for file in files]
    texts += [
        part + "\n"
        for part in (SHARED / "third-party/markdown-it-py/tables.md").read_text().split("\n.\n")
    ]
    assert len(texts) > 40
    for text in texts:
        for options in STYLES:
            formatted = format_text(text, options)
            assert github.html(formatted) == github.html(text)
            assert format_text(formatted, options) == formatted


LOST = {
    "a cell": ("| b | c |", "| b | |", "a row of the table on line 3 was ('b', 'c') and would be"),
    "a row": ("| b | c |\n", "", "a table was (1, ('a', 'c'), "),
    "a heading": ("# A\n", "A\n", "a heading was (1, None, 'A', ('A',)) and would be None"),
    "text": ("text", "tex", "a line outside tables was 'text' and would be 'tex'"),
    "a blank line": ("text\n\nmore", "text\nmore", "a line outside tables was '' and would be"),
    "a link": ("[x](https://a.org)", "[x](https://b.org)", "a row of the table on line 11 was"),
}
LIST = """# A

| a | c |
| --- | --- |
| b | c |

text

more

| Paper |
| --- |
| [x](https://a.org) |
"""


@pytest.mark.parametrize(("old", "new", "message"), LOST.values(), ids=LOST.keys())
def test_the_proof_sees_what_is_lost(old: str, new: str, message: str) -> None:
    prove(parse(LIST), parse(LIST.replace("more\n", "more\n\n", 1)))
    with pytest.raises(ProofError) as error:
        prove(parse(Source.of(LIST, "list.md")), parse(LIST.replace(old, new, 1)))
    assert str(error.value).startswith("list.md: not written: ")
    assert message in str(error.value)


def test_the_proof_leaves_the_order_of_rows_to_the_one_who_sorts() -> None:
    one, two, three = (f"| {number} | [A](https://a.org/{number}) |\n" for number in "123")
    table = "| ID | Paper |\n| --- | --- |\n"
    before, after = parse(table + one + two), parse(table + two + one)
    prove(before, after, sorted_by="id")
    with pytest.raises(ProofError, match="a row of the table on line 1 was"):
        prove(before, after)
    with pytest.raises(ProofError, match="a row of the table on line 1 was"):
        prove(before, parse(table + two + three), sorted_by="id")


def test_the_proof_shows_no_more_than_eighty_characters() -> None:
    for length, shown in ((78, "'" + 78 * "x" + "'"), (79, "'" + 78 * "x" + "…")):
        assert len(shown) == 80
        with pytest.raises(ProofError) as error:
            prove(parse("x" * length), parse(""))
        assert f" was {shown} and would be None." in str(error.value)


AGAIN = {
    "the last line": ("a\nb\nc", "a\nb\nd", "was 'c' and would be 'd'."),
    "less": ("a\nb\n", "a\n", r"was 'b\n' and would be ''."),
    "more": ("a\n", "a\nb\n", r"was '' and would be 'b\n'."),
    "another line end": ("a\r\nb\n", "a\nb\n", r"was 'a\r\n' and would be 'a\n'."),
}


@pytest.mark.parametrize(("once", "again", "message"), AGAIN.values(), ids=AGAIN.keys())
def test_a_form_that_is_not_its_own_is_seen(once: str, again: str, message: str) -> None:
    prove_stable(parse(once), once)
    with pytest.raises(ProofError) as error:
        prove_stable(parse(Source.of(once, "list.md")), again)
    assert f"list.md: not written: a line, formatted again, {message}" in str(error.value)


def test_what_is_not_proven_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = normal_form.normal_form
    monkeypatch.setattr(
        normal_form, "normal_form", lambda *arguments: whole(*arguments).replace("text", "")
    )
    with pytest.raises(ProofError, match="please report"):
        format_text(LIST)
    monkeypatch.setattr(
        normal_form,
        "normal_form",
        lambda document, *options: whole(document, *options) + "\n" * len(document.source.text),
    )
    with pytest.raises(ProofError, match="formatted again"):
        format_text(LIST)
