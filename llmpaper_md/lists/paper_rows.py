"""The rows of a file that list a paper, and where to point at in a row."""

from __future__ import annotations

from ..reading.columns import Field
from ..reading.group_rows import lists_paper
from ..source import Source, Span
from ..linting.context import Context, PaperRow, PaperTable


def listed(context: Context) -> list[tuple[PaperTable, list[PaperRow]]]:
    """The tables of papers, each with the rows that list a paper."""
    return [(table, _papers(table, context.source)) for table in context.tables]


def _papers(table: PaperTable, source: Source) -> list[PaperRow]:
    """The rows of a table that list a paper: those with a title, less groups and text."""
    return [
        row
        for row in table.rows
        if _has_title(row) and lists_paper(row.row, row.table, row.paper, source)
    ]


def _has_title(row: PaperRow) -> bool:
    """Whether the cell of the title says anything: a dash says that there is none."""
    title = row.inline("title")
    return title is not None and (bool(title.links) or any(map(str.isalnum, title.text)))


def place(row: PaperRow, *fields: Field) -> Span:
    """Where to point at in a row: its first cell of these fields that holds anything, or all."""
    cells = (row.cell(field) for field in fields)
    return next((cell.span for cell in cells if cell and cell.raw), row.row.span)
