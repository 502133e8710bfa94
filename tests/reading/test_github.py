"""Tables stand where GitHub's own parser finds them, row for row and cell for cell."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given

from llmpaper_md.reading.blocks import read_blocks
from llmpaper_md.reading.inline import cell_excerpt, read_inline
from llmpaper_md.reading.tables import Grid
from llmpaper_md.source import Source
from tests import github
from tests.builders import SHARED
from tests.strategies import DOCUMENTS, TEXTS

FIXTURES = Path(__file__).parents[2] / "fixtures"


def our_tables(text: str) -> list[list[list[str]]]:
    """As `github.tables`: surplus cells dropped and missing ones added, as renderers do."""
    blocks = read_blocks(Source.of(text))
    found = []
    for block in blocks.blocks:
        if isinstance(block, Grid):
            width = len(block.header.cells)
            rows = []
            for row in (block.header, *block.rows):
                cells = [
                    read_inline(cell_excerpt(cell), blocks.references).text
                    for cell in row.cells[:width]
                ]
                cells = [cell.strip(" \t\n\v\f\r") for cell in cells]
                rows.append(cells + [""] * (width - len(cells)))
            found.append(rows)
    return found


PLACES = {
    "the underline of a heading is no delimiter row": "|a|\n---\n",
    "a delimiter row of another width makes no table": "| a | b |\n|---|\n",
    "a paragraph has one try at a delimiter row": "| a | b |\n|---|\n| c |\n|---|\n",
    "not in a fence": "```\n| a |\n| - |\n```\n",
    "not in a comment": "<!--\n| a |\n| - |\n-->\n",
    "not in an HTML block": "<div>\n| a |\n| - |\n</div>\n",
    "not in indented code": "    | a |\n    | - |\n",
    "a list item is no delimiter row": "a | b\n- | -\n",
    "a lone pipe ends a table": "|a|\n|-|\n|b|\n|\n|c|\n",
    "an HTML tag on a line of its own ends a table": "|a|\n|-|\n|b|\n<br>\n|c|\n",
    "a comment between rows ends a table": "|a|\n|-|\n|b|\n<!-- x -->\n|c|\n",
    "a heading ends a table": "|a|\n|-|\n# b\n|c|\n",
    "a list item ends a table, whatever its number": "|a|\n|-|\n2. b\n",
    "a quote ends a table": "|a|\n|-|\n> b\n",
    "a rule ends a table": "|a|\n|-|\n---\n|c|\n",
    "a lazy line of a quote is no row": "> |a|\n> |-|\n|b|\n",
    "in a quote": "> | a |\n> | - |\n> | b |\n",
    "a lazy line of a list item in the first line is no row": "- |--\n|a|\n|-|",
    "a lazy line is a header where the delimiter row is not lazy": "- x\n|a|\n  |-|\n  |b|\n",
    "likewise in a quote": "> x\n|a|\n> |-|\n> |b|\n",
    "a header that is indented like code": "x\n      |a|\n|-|\n|b|\n",
    "not in a lazy line of a footnote": "[^1]: x\n|a|\n|-|\n\n[^1]\n",
    "a footnote ends a table": "|a|\n|-|\n|b|\n[^1]: x\n\n[^1]\n",
    "in a footnote": "[^1]\n\n[^1]: x\n\n    |a|\n    |-|\n    |b|\n",
    "the box of a task is none of the header": "- [ ] |a|\n  |-|\n  |b|\n",
    "in a list item": "- x\n\n  | a |\n  | - |\n  | b |\n",
    "behind a heading in a list item": "1. # x\n\n| a |\n| - |\n| b |\n",
    "right below a heading in a list item": "1. # x\n| a |\n| - |\n| b |\n",
    "thirty lists deep": "- " * 30 + "x\n\n| a |\n| - |\n| b |\n",
    "at the end of a paragraph": "text\n| a |\n| - |\n| b |\n",
    "a column without any pipe": "a\n:-\nb\n",
    "rows without pipes": "a | b\n- | -\n\na | b\n--|--\nc\n",
    "fewer cells, more cells, none": "|a|b|\n|-|-|\n|1|\n|1|2|3|\n||\n| |\n",
    "an escaped pipe": "|a\\|b|\n|-|\n|`c\\|d`|\n",
    "two backslashes escape a pipe too": "|a\\\\|b|\n|-|\n",
    "a pipe in a code span splits": "|a|b|\n|-|-|\n|`c|d`|\n",
    "no-break space and U+0085 are text": "|a|\n|-|\n|\u00a0|\n|\u0085b|\n",
    "after a byte order mark": "\ufeff| a |\n| - |\n| b |\n",
    "with Windows line ends": "| a |\r\n| - |\r\n| b |\r\n",
    "with old Mac line ends": "| a |\r| - |\r| b |\r",
    "bold ends behind a radical": "|a|\n|-|\n|**原始论⽂**GPT|\n",
    "bold does not end behind punctuation": "|a|\n|-|\n|**论文：**字|\n",
    "entities, code, strikethrough, nested emphasis": "|a|\n|-|\n|&lt;*x **y** z*&amp; `*` ~~w~~|\n",
    "one tilde": "|a|\n|-|\n|~x~ 1~2，3~4 ~~5~ ~~~6~~~|\n",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES.keys())
def test_finds_the_tables_that_github_finds(text: str) -> None:
    assert our_tables(text) == github.tables(text)


@pytest.mark.parametrize("name", ["README.repaired.md", "README.garbled.md"])
def test_reads_the_source_readme_as_github_does(name: str) -> None:
    text = FIXTURES.joinpath(name).read_text("utf-8")
    ours, theirs = our_tables(text), github.tables(text)
    assert len(ours) == 10
    assert [len(table) for table in ours] == [len(table) for table in theirs]
    different = [
        (ours_cell, theirs_cell)
        for ours_table, theirs_table in zip(ours, theirs, strict=True)
        for ours_row, theirs_row in zip(ours_table, theirs_table, strict=True)
        for ours_cell, theirs_cell in zip(ours_row, theirs_row, strict=True)
        if ours_cell != theirs_cell
    ]
    # To GitHub a bare URL runs on into a link that follows it; here it ends where it ends.
    assert len(different) == 1
    assert "https://github.com/microsoft/LMOps[" in different[0][1]


@given(TEXTS)
@example("a\n    | b |\n    | - |")
def test_agrees_with_github_on_any_text_with_tables(text: str) -> None:
    """Tables stand where GitHub's parser finds them, row for row."""
    assert our_tables(text) == github.tables(text)


def _our_shape(text: str) -> list[tuple[int, ...]]:
    """The level of each heading, and the numbers of columns and rows of each table."""
    return [
        (len(block.header.cells), len(block.rows)) if isinstance(block, Grid) else (block.level,)
        for block in read_blocks(Source.of(text)).blocks
    ]


_BLOCK = re.compile(r"<h([1-6])>|<table>(.*?)</table>", re.DOTALL)


def _shape(html: str) -> list[tuple[int, ...]]:
    return [
        (int(match[1]),)
        if match[1]
        else (len(re.findall("<th[ >]", match[2])), match[2].count("<tr>") - 1)
        for match in _BLOCK.finditer(html)
    ]


@given(DOCUMENTS)
def test_headings_and_tables_are_those_of_github_beside_any_block(text: str) -> None:
    # Raw HTML may hold tables of its own, and cmark-gfm knows no front matter. It shows footnotes
    # last.
    assume("<table" not in text and "[^" not in text and not text.startswith("---"))
    assert _our_shape(text) == _shape(github.html(text))


DEFINITIONS = {
    "two, and a title on a line of its own": "[1]: https://a.org\n'a\nb'\n[2]:\n<https://b.org>\n",
    "in a quote": "> [1]: https://a.org\n",
    "in an item of a list, before text": "- [1]: https://a.org\n  text\n",
    "before the underline of a heading": "[1]: https://a.org\nTitle\n===\n",
    "not above a table": "[1]: https://a.org\n|a|\n|-|\n",
    "not indented like code": "    [1]: https://a.org\n",
    "not after text": "text\n[1]: https://a.org\n",
    "not with more behind the title": "[1]: https://a.org 'a' b\n",
    "not without a destination": "[1]:\n",
    "with parentheses": "[1]: https://a.org/(b)\n",
    "a lazy line": "> [1]:\nhttps://a.org\n",
    "the first one counts": "[1]: https://a.org\n[1]: https://b.org\n",
}


@pytest.mark.parametrize("text", DEFINITIONS.values(), ids=DEFINITIONS.keys())
def test_link_definitions_are_those_of_github(text: str) -> None:
    text += "\n[1] [2]\n"
    blocks = read_blocks(Source.of(text))
    ours = [link.url for link in read_inline(blocks.texts[-1], blocks.references).links]
    assert ours == re.findall('<a href="([^"]*)"', github.html(text).rpartition("<p>")[2])


# Raw HTML that GitHub filters, or that makes tables of its own.
_RAW_HTML = re.compile(r"<(?:table|script|style|title|[!?])", re.IGNORECASE)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the specification's examples are not here")
def test_agrees_with_github_on_the_examples_of_the_gfm_specification() -> None:
    examples = json.loads(SHARED.joinpath("third-party/gfm/gfm_spec.json").read_text("utf-8"))
    texts = [example["markdown"] for example in examples]
    texts = [text for text in texts if not _RAW_HTML.search(text)]
    assert len(texts) > 600
    texts += [f"| a |\n| - |\n| {' '.join(text.split())} |\n" for text in texts if "|" not in text]
    assert [text for text in texts if our_tables(text) != github.tables(text)] == []
