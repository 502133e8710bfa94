"""Sorting the papers of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..choices import SortKey
from ..reading.document import Document, Paper, RowEntry, Table
from ..reading.group_rows import is_paper_row
from ..reading.tables import Row


def sorted_rows(document: Document, by: SortKey) -> dict[int, list[Row]]:
    """The rows of each table of papers, by table number, with its papers sorted.

    ID and title are sorted ascending, stars and year descending; papers without the value come
    last. The sort is stable. Rows that are not papers stay where they are, and the papers between
    two of them are sorted.
    """
    return {
        entries[0].container.number: _sorted(entries[0].container, entries, document, by)
        for entries in document.siblings
    }


def _sorted(
    table: Table, entries: Sequence[RowEntry], document: Document, by: SortKey
) -> list[Row]:
    papers = {entry.line: entry for entry in entries if is_paper_row(entry, document.source)}
    rows: list[Row] = []
    run: list[RowEntry] = []
    for row in (*table.grid.rows, None):
        if row and row.line in papers:
            run.append(papers[row.line])
            continue
        rows += (entry.row for entry in sorted(run, key=lambda entry: _key(entry.paper, by)))
        run = []
        if row:
            rows.append(row)
    return rows


def _key(paper: Paper, by: SortKey) -> tuple[bool, Any]:
    value: Any = getattr(paper, by)
    if value is None:
        return True, 0
    if by == "title":
        return False, value.casefold()
    return False, value if by == "id" else -value
