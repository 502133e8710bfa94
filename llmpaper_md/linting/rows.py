"""Which rows of a table of papers list a paper, and which only name a group or are text."""

from __future__ import annotations

from ..columns import Field
from ..document import NamedTable
from ..source import Source, Span
from ..tables import Row
from .context import Context, PaperRow, PaperTable


def is_text(row: Row, table: NamedTable, source: Source) -> bool:
    """Whether a line without a pipe stands below a header that begins with one: text, no row."""
    return (
        len(row.cells) == 1 < len(table.table.header.cells)
        and source.text.startswith("|", table.table.header.span.start)
        and source.text.find("|", row.span.start, row.span.end) < 0
    )


def is_group(row: PaperRow) -> bool:
    """Whether a row only says what the rows below it are.

    It does with one cell of words and no link, and where it repeats the header.
    """
    header = row.table.table.header.cells
    if all(cell.raw == own.raw for cell, own in zip(header, row.row.cells, strict=False)):
        return True
    filled = sum(bool(cell.raw) for cell in row.row.cells)
    return filled == 1 < len(row.table.names) and not row.paper.links


def listed(context: Context) -> list[tuple[PaperTable, list[PaperRow]]]:
    """The tables of papers, each with the rows that list a paper."""
    return [(table, _papers(table, context.source)) for table in context.tables]


def _papers(table: PaperTable, source: Source) -> list[PaperRow]:
    """The rows of a table that list a paper: those with a title, less groups and text."""
    return [
        row
        for row in table.rows
        if _has_title(row) and not is_group(row) and not is_text(row.row, table.named, source)
    ]


def _has_title(row: PaperRow) -> bool:
    """Whether the cell of the title says anything: a dash says that there is none."""
    title = row.inline("title")
    return title is not None and (bool(title.links) or any(map(str.isalnum, title.text)))


def place(row: PaperRow, *fields: Field) -> Span:
    """Where to point at in a row: its first cell of these fields that holds anything, or all."""
    cells = (row.cell(field) for field in fields)
    return next((cell.span for cell in cells if cell and cell.raw), row.row.span)
