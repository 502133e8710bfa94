from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading.blocks import read_blocks
from llmpaper_md.reading.inline import cell_excerpt
from llmpaper_md.reading.tables import Cell, Grid, count_delimiters, split_row
from llmpaper_md.source import Source, Span

ROWS = {
    "": [],
    "\f": ["\f"],
    "|": [],
    "| ": [],
    "||": [""],
    "| |": [""],
    "a": ["a"],
    "a | b": ["a", "b"],
    "| a | b |": ["a", "b"],
    "|a|b| ": ["a", "b"],
    "| a || c | surplus |": ["a", "", "c", "surplus"],
    r"| a \| b |": [r"a \| b"],
    r"| a \\| b |": [r"a \\| b"],
    r"| `a|b` |": ["`a", "b`"],
    "|\ta\t|\u00a0b\u00a0|": ["a", "\u00a0b\u00a0"],
    "| \u0085 | \u2028 | \u00ad |": ["\u0085", "\u2028", "\u00ad"],
}


@pytest.mark.parametrize(("line", "expected"), ROWS.items())
def test_splits_a_row(line: str, expected: list[str]) -> None:
    assert [cell.raw for cell in split_row(line, 0, len(line))] == expected


@given(st.text(alphabet="| \\`ab\t文\u00a0"))
def test_no_character_but_blanks_and_pipes_is_outside_the_cells(line: str) -> None:
    line = line.strip(" \t")
    cells = split_row(line, 0, len(line))
    for cell in cells:
        assert cell.span.cut(line) == cell.raw
        assert cell.raw == cell.raw.strip(" \t")
    spans = [cell.span for cell in cells]
    assert spans == sorted(spans, key=lambda span: span.start)
    outside = line
    for span in reversed(spans):
        outside = outside[: span.start] + outside[span.end :]
    assert set(outside) <= set("| \t")


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("---", 0),
        ("- | -", 0),
        ("|", 0),
        ("| : |", 0),
        ("|-||-|", 0),
        ("| -x |", 0),
        ("|-|", 1),
        (":-:", 1),
        ("--|--", 2),
        ("| :-- | --: |:-:| ", 3),
    ],
)
def test_counts_the_columns_of_a_delimiter_row(line: str, columns: int) -> None:
    assert count_delimiters(line, 0, len(line)) == columns


@given(st.text(alphabet="a\\|"), st.integers(0, 9))
def test_an_excerpt_of_a_cell_says_where_each_character_stands(raw: str, start: int) -> None:
    excerpt = cell_excerpt(Cell(raw, Span(start, start + len(raw))))
    assert excerpt.text == raw.replace("\\|", "|")
    for offset, character in enumerate(excerpt.text):
        span = excerpt.span(offset, offset + 1)
        assert raw[span.start - start : span.end - start] == character


NESTED = """\
\ufeff# A

> - x
>
>   | a | b |
>   |---|:-:|
>   | 1 | 2 | 3 |

1. y
\t| c |
\t| - |
\t| \\| |
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_spans_are_exact_wherever_the_table_stands(end: str) -> None:
    source = Source.of(NESTED.replace("\n", end))
    tables = [block for block in read_blocks(source).blocks if isinstance(block, Grid)]
    assert [table.line for table in tables] == [5, 10]
    assert [[c.raw for c in table.rows[0].cells] for table in tables] == [["1", "2", "3"], [r"\|"]]
    for table in tables:
        for row in (table.header, table.delimiter, *table.rows):
            assert row.span.cut(source.text).startswith("|")
            assert row.span.cut(source.text) == source.line(row.line).lstrip("> \t")
            for cell in row.cells:
                assert cell.span.cut(source.text) == cell.raw
                assert source.position(cell.span.start).line == row.line
    assert tables[0].alignments == (None, "center")
    assert tables[0].span.cut(source.text).endswith("| 3 |")


def test_a_list_deeper_than_the_interpreter_recurses_loses_nothing() -> None:
    text = "- " * 2000 + "x\n\n| a |\n| - |\n| b |\n"
    assert len(read_blocks(Source.of(text)).blocks) == 1


def test_the_texts_of_paragraphs_and_headings_have_exact_places() -> None:
    text = "> a *b*\n>   c\n> d #\n\n- # *e* ##\n\n  f\n===\n- \tg\n"
    texts = read_blocks(Source.of(text)).texts
    assert [excerpt.text for excerpt in texts] == ["a *b*\nc\nd #", "*e*", "f\n===", "g"]
    for excerpt in texts:
        for offset, character in enumerate(excerpt.text):
            span = excerpt.span(offset, offset + 1)
            if character != "\n":
                assert span.cut(text) == character


def test_an_empty_cell_stands_one_blank_behind_its_pipe_where_there_is_one() -> None:
    cells = split_row("|a||  | |", 0, 9)
    assert [(cell.raw, *cell.span) for cell in cells] == [
        ("a", 1, 2),
        ("", 3, 3),
        ("", 5, 5),
        ("", 8, 8),
    ]


def test_a_table_says_how_its_columns_are_aligned_and_where_it_ends() -> None:
    text = "text\n\n| a | b | c | d |\n| :- | -: | :-: | - |\n| 1 |\n| 2 |\n"
    (table,) = (block for block in read_blocks(Source.of(text)).blocks if isinstance(block, Grid))
    assert table.alignments == ("left", "right", "center", None)
    assert table.span.cut(text) == text.removeprefix("text\n\n").rstrip("\n")
    assert (table.line, [row.line for row in table.rows]) == (3, [5, 6])


@pytest.mark.parametrize("line", ["a | b", "", "> |-|", "x", "--", "- -"])
def test_no_delimiter_row_has_no_columns(line: str) -> None:
    assert count_delimiters(line, 0, len(line)) == 0
