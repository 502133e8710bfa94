"""What a table that keeps its style promises, and what becomes of one whose cells are changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st
from wcwidth import wcswidth

from llmpaper_md import format_text, normalize, parse
from llmpaper_md.formatting.padding import padding_of

CELLS = st.sampled_from(["", "1", "BERT", "[A](b)", "注意力", "`a\\|b`", "★★", "Attention Is All"])
SPACES = st.sampled_from(["", " ", "  ", "\t", " \t "])
STYLES = ["tight", "compact", "aligned"]


def _written(rows: Sequence[Sequence[str]], style: str, right: Sequence[bool]) -> list[str]:
    """A table in a style, each line without what is around it."""
    dashes = ["--:" if is_right else "---" for is_right in right]
    if style == "tight":
        lines = ["|" + "|".join(row) + "|" for row in (rows[0], dashes, *rows[1:])]
    elif style == "compact":
        lines = [
            "|" + "".join(f" {cell} |" if cell else " |" for cell in row)
            for row in (rows[0], dashes, *rows[1:])
        ]
    else:
        widths = [
            max(3, *(wcswidth(cell) for cell in column)) for column in zip(*rows, strict=True)
        ]
        dashes = ["-" * (width - 1) + line[-1] for width, line in zip(widths, dashes, strict=True)]
        lines = []
        for row in (rows[0], dashes, *rows[1:]):
            padded = [
                " " * (width - wcswidth(cell)) + cell
                if is_right
                else cell + " " * (width - wcswidth(cell))
                for cell, width, is_right in zip(row, widths, right, strict=True)
            ]
            lines.append("| " + " | ".join(padded) + " |")
    return lines


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], list[bool]]:
    """The cells of a table, header first, and the columns that are aligned to the right."""
    width = draw(st.integers(2, 4))
    cells = st.lists(CELLS, min_size=width, max_size=width)
    rows = draw(st.lists(cells, min_size=1, max_size=4))
    # Every column has a cell with more spaces after it than it needs, and one with fewer.
    rows = [["Long header"] * width, ["Short"] * width, ["x"] * width, *rows]
    return rows, draw(st.lists(st.booleans(), min_size=width, max_size=width))


@given(st.lists(st.lists(st.tuples(SPACES, CELLS, SPACES), min_size=2, max_size=2), min_size=1))
def test_a_table_with_all_its_pipes_and_cells_is_left_alone(
    rows: list[list[tuple[str, str, str]]],
) -> None:
    lines = ["|" + "".join(f"{a}{cell}{b}|" for a, cell, b in row) for row in rows]
    text = "\n".join([lines[0], "|-|:-:|", *lines[1:], ""])
    assert format_text(text) == text


@given(tables(), st.sampled_from(STYLES), st.data())
def test_what_a_row_lacks_is_written_as_it_would_have_been(
    table: tuple[list[list[str]], list[bool]], style: str, data: st.DataObject
) -> None:
    """Only the row that is broken changes, and it gets the padding that its neighbours have."""
    rows, right = table
    index = data.draw(st.integers(3, len(rows) - 1)) if len(rows) > 3 else 2
    if data.draw(st.booleans()):
        rows[index][-1] = ""
    rows[index][0] = "7"  # or the first pipe is needed
    lines = _written(rows, style, right)
    whole = "\n".join([*lines, ""])
    assert format_text(whole) == whole
    line = lines[index + 1].rstrip("|").rstrip(" ")
    if not rows[index][-1]:
        line += "|" * (not line.endswith("|") and data.draw(st.booleans()))
    if "|" in line[1:] and data.draw(st.booleans()):
        line = line.removeprefix("|").lstrip(" ")
    lines[index + 1] = line
    broken = "\n".join([*lines, ""])
    assert parse(broken).tables[0].grid.lines[-1].line == len(lines)
    assert format_text(broken) == whole


ALIGNED = """\
| ID  | Paper                                           | Code |
| --- | ----------------------------------------------- | ---- |
| 1   | [A long title here](https://example.org/long/1) | c    |
"""
CHANGED = {
    "a cell becomes shorter": (
        ALIGNED + "| 2   | [B ](https://example.org/b)                     | c    |\n",
        ALIGNED + "| 2   | [B](https://example.org/b)                      | c    |\n",
    ),
    "the widest cell becomes shorter, and its column does not": (
        ALIGNED.replace("here]", "her ]"),
        ALIGNED.replace("here]", "her]").replace("1) |", "1)  |"),
    ),
    "a cell becomes longer": (
        ALIGNED + "| 2   | [B](http://arxiv.org/abs/1706.03762)            | c    |\n",
        ALIGNED + "| 2   | [B](https://arxiv.org/abs/1706.03762)           | c    |\n",
    ),
    "a cell becomes longer than its column": (
        ALIGNED + "| 2   | [A long title](http://arxiv.org/abs/1706.03762) | c    |\n",
        ALIGNED + "| 2   | [A long title](https://arxiv.org/abs/1706.03762) | c    |\n",
    ),
    "a garbled cell": (
        ALIGNED + "| 2   | è®ºæ–‡                                          | c    |\n",
        ALIGNED + "| 2   | 论文                                            | c    |\n",
    ),
    "a row that was not aligned": (
        ALIGNED + "| 2 | [B ](https://example.org/b) | c |\n",
        ALIGNED + "| 2 | [B](https://example.org/b) | c |\n",
    ),
    "a table that is not aligned": (
        "|ID|Paper|\n|-|-|\n|1 | [B ](https://example.org/b)|\n",
        "|ID|Paper|\n|-|-|\n|1 | [B](https://example.org/b)|\n",
    ),
}


@pytest.mark.parametrize(("text", "normalized"), CHANGED.values(), ids=CHANGED.keys())
def test_normalize_keeps_the_width_of_columns(text: str, normalized: str) -> None:
    assert normalize(text).text == normalized
    assert normalize(normalized).text == normalized


def test_a_table_that_lacks_more_cells_than_there_is_room_for_is_left_alone() -> None:
    for rows, is_changed in ((100, True), (200, False)):
        text = "|a" * 400 + "|\n" + "|-" * 400 + "|\n" + "|b|\n" * rows
        assert (format_text(text) != text) is is_changed


def test_format_does_not_align_rows() -> None:
    text = ALIGNED + "| 2 | [B](https://example.org/b) | c |\n"
    assert format_text(text) == text


ROWS = {
    "without spaces": ("|ID|Paper|\n|-|-|\n|1|A|\n", "|2||"),
    "one space": ("| ID | Paper |\n| - | - |\n| 1 | A |\n", "| 2 | |"),
    "aligned": ("| ID  | Paper |\n| --- | ----- |\n| 1   | A     |\n", "| 2   |       |"),
    "on the right": ("|  ID | Paper |\n| --: | ----: |\n|   1 |     A |\n", "|   2 |       |"),
    "on the left, whatever the colons say": (
        "| ID  | Paper |\n| --: | ----- |\n| 1   | A     |\n",
        "| 2   |       |",
    ),
    "without outer pipes": ("ID | Paper\n-- | -----\n1 | A\n", "| 2 | |"),
    "nothing but a header": ("|ID|Paper|\n|-|-|\n", "|2||"),
    "empty cells only": ("| | |\n|-|-|\n| | |\n", "|2| |"),
}


@pytest.mark.parametrize(("text", "row"), ROWS.values(), ids=ROWS.keys())
def test_a_new_row_is_padded_as_the_others_are(text: str, row: str) -> None:
    assert padding_of(parse(text).tables[0].grid, text).row(["2", ""]) == row
