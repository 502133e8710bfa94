"""How the papers of a table are numbered, and how they would be numbered anew.

Not every column called No. numbers its rows: it may hold sizes, or numbers given elsewhere. Only
where most rows have a number and most steps are by one is a table judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..source import Edit, Span
from .context import Context, PaperRow, PaperTable
from .findings import Fix


@dataclass(frozen=True, slots=True)
class Series:
    """Rows that are numbered together: those of a table, or of a part of it that starts anew."""

    rows: tuple[PaperRow, ...]

    @property
    def numbers(self) -> list[int]:
        """The numbers in order, of the rows that have one."""
        return [row.paper.id for row in self.rows if row.paper.id is not None]

    @property
    def ascends(self) -> bool:
        """Whether the numbers go up, nearly all by one."""
        steps = [b - a for a, b in pairwise(self.numbers)]
        return len(steps) < 2 or sum(0 <= step <= 1 for step in steps) * 5 >= len(steps) * 4


def read_series(context: Context) -> Iterator[Series]:
    """The numbered rows of the tables of papers."""
    for table in context.tables:
        if table.has("id") and _is_numbered(table):
            yield from _series(table)


def _is_numbered(table: PaperTable) -> bool:
    numbers = [row.paper.id for row in table.rows if row.paper.id is not None]
    if len(numbers) * 2 <= len(table.rows):
        return False
    steps = [b - a for a, b in pairwise(numbers) if a != b]
    if not steps:
        return numbers[0] <= len(table.rows)
    return sum(abs(step) == 1 for step in steps) * 2 >= len(steps)


def _series(table: PaperTable) -> Iterator[Series]:
    """The rows of a table, cut where its numbers begin anew with 1."""
    rows: list[PaperRow] = []
    last, step = 0, -1
    for row in table.rows:
        number = row.paper.id
        counts_down = last == 2 and step == -1
        if number == 1 and last > 1 and not counts_down:
            yield Series(tuple(rows))
            rows, last = [], 0
        rows.append(row)
        if number is not None:
            step = number - last if last else -1
            last = number
    if rows:
        yield Series(tuple(rows))


def id_span(row: PaperRow) -> Span:
    """Where the ID of a row stands, or the row where it has none."""
    cell = row.cell("id")
    return cell.span if cell and cell.raw else row.row.span


def renumbered(series: Series) -> Fix | None:
    """The fix that numbers the rows one after the other, from the first number on.

    None where the numbers go down, or a row has no cell for its number.
    """
    if not series.ascends or not series.numbers:
        return None
    edits = []
    for number, row in enumerate(series.rows, series.numbers[0]):
        cell = row.cell("id")
        if cell is None:
            return None
        old = row.paper.id_text or ""
        if row.paper.id is None and cell.raw:
            return None
        if row.paper.id == number:
            continue
        new = str(number).zfill(len(old) if old.startswith("0") else 0)
        offset = cell.raw.find(old)
        start = cell.span.start + max(offset, 0)
        edits.append(Edit(Span(start, start + len(old)), new))
    return Fix(tuple(edits), "unsafe") if edits else None
