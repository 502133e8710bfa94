"""The papers of a table in another order."""

from __future__ import annotations

from typing import Any, Literal

from ..reading.document import Document, NamedTable, Paper
from ..reading.group_rows import lists_paper
from ..reading.tables import Row

SortKey = Literal["id", "stars", "year", "title"]


def sorted_rows(named: NamedTable, document: Document, by: SortKey) -> list[Row]:
    """The rows of a table, its papers sorted: by ID or title upwards, by stars or year downwards.

    A paper that lacks what is sorted by comes last. Papers that are equal in it stay in their
    order, and so do rows that list no paper: the papers between two of them are sorted.
    """
    papers = {paper.line: paper for paper in document.papers if paper.table == named.number}
    rows: list[Row] = []
    stretch: list[tuple[Paper, Row]] = []
    for row in (*named.table.rows, None):
        paper = papers.get(row.line) if row else None
        if row and paper and lists_paper(row, named, paper, document.source):
            stretch.append((paper, row))
            continue
        rows += (own for _, own in sorted(stretch, key=lambda pair: _key(pair[0], by)))
        stretch = []
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
