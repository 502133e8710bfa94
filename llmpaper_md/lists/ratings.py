"""The stars of the papers of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.columns import Field
from ..source import Span
from ..reading.stars import EMPTY, FILLED, read_stars
from ..reading.tables import Cell
from ..linting.context import Context, PaperRow
from .paper_rows import listed, place

STAR = re.compile(f"(?P<glyph>{'|'.join((*FILLED, *EMPTY))})\ufe0f?")

# What GitHub shows for a shortcode is the glyph itself.
_SAME = {":star:": "⭐", ":star2:": "🌟"}
_FIELDS: tuple[Field, ...] = ("stars", "id")


@dataclass(frozen=True, slots=True)
class Rating:
    """A paper's stars: how many, in which glyph (None: no stars), and the cell they stand in.

    ``stars`` are the glyph, as readers see it, and the place of each, empty ones included.
    """

    row: PaperRow
    count: int
    glyph: str | None
    cell: Cell | None
    stars: tuple[tuple[str, Span], ...] = ()

    @property
    def span(self) -> Span:
        """Where the stars stand, or should."""
        return self.cell.span if self.cell else place(self.row, "id", "title")


def shown(glyph: str) -> str:
    """The glyph that a reader sees."""
    return _SAME.get(glyph, glyph)


def all_ratings(context: Context) -> list[list[Rating]]:
    """The stars of the papers of each table that has a scale of stars.

    A column in which no paper has more than one star marks papers and does not rate them.
    """
    tables = []
    for table, papers in context.once(listed):
        if any(row.paper.star_glyph for row in table.rows):
            ratings = [_read(row) for row in papers]
            if any(rating.count > 1 or rating.glyph in EMPTY for rating in ratings):
                tables.append(ratings)
    return tables


def _read(row: PaperRow) -> Rating:
    asterisks = row.paper.star_glyph == "*"
    for field in _FIELDS:
        if inline := row.inline(field):
            read = read_stars(inline.text, asterisks=asterisks)
            if read.glyph:
                cell = row.cell(field)
                return Rating(row, read.count, shown(read.glyph), cell, _stars(cell))
    return Rating(row, 0, None, None)


def _stars(cell: Cell | None) -> tuple[tuple[str, Span], ...]:
    if not cell:
        return ()
    start = cell.span.start
    return tuple(
        (shown(match["glyph"]), Span(start + match.start(), start + match.end()))
        for match in STAR.finditer(cell.raw)
    )
