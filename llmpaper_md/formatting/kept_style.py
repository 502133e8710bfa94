"""Tables that keep their style: only what is broken is written again.

Broken is a line without an outer pipe that the header or the delimiter row has, and a row with
fewer cells than the header. Such a line is padded as the lines around it are. A table without outer
pipes has none afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..reading.document import Table
from ..reading.group_rows import is_stray_text
from ..reading.tables import Grid, Row, split_row
from ..source import Source

if TYPE_CHECKING:
    from .padding import Padding

_ROW_BLANKS = " \t\v\f"
# Rows of a very wide table, each of a few characters, may lack more cells than there is room for.
_MOST_CELLS = 50_000


def rows_again(
    named: Table, source: Source, known: Collection[str] | None = None
) -> dict[int, str]:
    """The rows of a table that have to be written again, by line.

    A line of text that GitHub takes into the table, and a row that is broken over two lines, are
    left to a person, as `lint` reports them: as whole rows, nobody would find them.

    Args:
        named: the table.
        source: the text that it is in.
        known: what was between pipes before something changed the list; new cells are padded to
            the width of their columns, where these are aligned.
    """
    text = source.text
    width = len(named.grid.header.cells)
    rows = named.grid.lines
    odd = [row for row in rows if not _is_whole(row, text, width)]
    new = set()
    if known is not None:
        from .padding import is_known

        new = {row.line for row in rows if not is_known(row.span.cut(text), known)}
    missing = sum(max(width - len(row.cells), 0) for row in odd)
    if not (odd or new) or missing > _MOST_CELLS:
        return {}
    apart = set(_apart(named, source))
    odd = [row for row in odd if row.line not in apart]
    leads, closes = _outer_pipes(named.grid, text)
    broken = [
        row
        for row in odd
        if len(row.cells) < width
        or (leads and not _is_led(row, text))
        or (closes and not _is_closed(row, text, width))
    ]
    again = {row.line: row for row in broken}
    again.update((row.line, row) for row in rows if row.line in new - apart)
    if not again:
        return {}
    from .padding import padding_of  # few lists have anything broken

    padding = padding_of(named.grid, text, new | apart)
    lines = {}
    for number, row in again.items():
        is_aligned = leads and closes and row is not named.grid.delimiter
        old = known if number in new else None
        if is_aligned and padding.aligns(row, text, old):
            line = padding.row_again(row, text, known=old)
        else:
            line = _completed(row, text, width, padding, leads=leads, closes=closes)
        if line != row.span.cut(text):
            lines[number] = line
    return lines


def _is_led(row: Row, text: str) -> bool:
    return text.startswith("|", row.span.start)


def _is_closed(row: Row, text: str, width: int) -> bool:
    """Whether a pipe is after the last cell that belongs to a column.

    Lists have comments after it, such as ``| [//]: #06/12``, that no renderer shows.
    """
    line = row.span.cut(text).rstrip(_ROW_BLANKS)
    return len(row.cells) > width or (len(line) > 1 and line[-1] == "|" and line[-2] != "\\")


def _is_whole(row: Row, text: str, width: int) -> bool:
    return len(row.cells) >= width and _is_led(row, text) and _is_closed(row, text, width)


def _outer_pipes(table: Grid, text: str) -> tuple[bool, bool]:
    """Whether a table has a pipe before the first cell of a line, and one after the last.

    Next to an empty cell there has to be one in any table.
    """
    lines = (table.header, table.delimiter)
    width = len(table.header.cells)
    leads = any(_is_led(row, text) for row in lines if row.cells[0].raw)
    closes = any(_is_closed(row, text, width) for row in lines if row.cells[-1].raw)
    return leads, closes


def _apart(named: Table, source: Source) -> Iterator[int]:
    """The lines that may be none of the rows: text, and the parts of a broken row."""
    text = source.text
    width = len(named.grid.header.cells)
    if width == 1:
        return
    for row in named.grid.rows:
        if is_stray_text(row, named, source):
            yield row.line
    for row, following in pairwise(named.grid.rows):
        if _is_closed(row, text, width) and _is_led(following, text):
            continue
        joint = f"{row.span.cut(text)} {following.span.cut(text)}"
        if len(split_row(joint, 0, len(joint))) == width:
            yield from (row.line, following.line)


def _completed(
    row: Row, text: str, width: int, padding: Padding, *, leads: bool, closes: bool
) -> str:
    """A row with the pipes and cells that it lacks, and otherwise as it is."""
    cells: Sequence[str] = row.texts(width)
    line = row.span.cut(text)
    missing = range(len(row.cells), width)
    if not _is_closed(row, text, width) and (closes or missing):
        last = len(row.cells) - 1
        line = line[: row.cells[-1].span.end - row.span.start].rstrip(" \t")
        line += _after(padding, cells[last]) + "|"
    if missing:
        line = line.rstrip(_ROW_BLANKS) + "".join(f"{padding.empty}|" for _ in missing)
    if leads and not _is_led(row, text):
        line = f"|{padding.margins[0]}{line}"
    return line


def _after(padding: Padding, cell: str) -> str:
    return " " if cell.endswith("\\") else padding.margins[1]
