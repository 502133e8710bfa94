"""Which rows of a table list a paper, and which only name a group, or are text."""

from __future__ import annotations

from .document import NamedTable, Paper
from ..source import Source
from .tables import Row


def lists_paper(row: Row, table: NamedTable, paper: Paper, source: Source) -> bool:
    """Whether a row lists the paper that was read from it: it names no group and is no text."""
    return not (is_group(row, table, paper) or is_text(row, table, source))


def is_text(row: Row, table: NamedTable, source: Source) -> bool:
    """Whether a line without a pipe stands below a header that begins with one: text, no row."""
    return (
        len(row.cells) == 1 < len(table.table.header.cells)
        and source.text.startswith("|", table.table.header.span.start)
        and source.text.find("|", row.span.start, row.span.end) < 0
    )


def is_group(row: Row, table: NamedTable, paper: Paper) -> bool:
    """Whether a row only says what the rows below it are.

    It does with one cell of words and no link, and where it repeats the header.
    """
    header = table.table.header.cells
    if all(cell.raw == own.raw for cell, own in zip(header, row.cells, strict=False)):
        return True
    filled = sum(bool(cell.raw) for cell in row.cells)
    return filled == 1 < len(table.names) and not paper.links
