"""Rows of a table of papers that list no paper: names of groups, and text below the table."""

from __future__ import annotations

from ..source import Source
from .document import Entry, RowEntry, Table
from .tables import Row


def is_paper_row(entry: Entry, source: Source) -> bool:
    """Whether an entry lists a paper, and is neither the name of a group nor text."""
    if not isinstance(entry, RowEntry):
        return True
    return not (is_group_row(entry) or is_stray_text(entry.row, entry.container, source))


def is_stray_text(row: Row, table: Table, source: Source) -> bool:
    """Whether a row is text that GitHub takes into the table: it has no pipe, the header does."""
    return (
        len(row.cells) == 1 < len(table.grid.header.cells)
        and source.text.startswith("|", table.grid.header.span.start)
        and source.text.find("|", row.span.start, row.span.end) < 0
    )


def is_group_row(entry: RowEntry) -> bool:
    """Whether a row only names the group of the rows below it.

    It does with one cell of words and no link, and where it repeats the header.
    """
    header, cells = entry.container.grid.header.cells, entry.row.cells
    if all(cell.raw == own.raw for cell, own in zip(header, cells, strict=False)):
        return True
    filled = sum(bool(cell.raw) for cell in cells)
    return filled == 1 < len(entry.container.names) and not entry.paper.links
