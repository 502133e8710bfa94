"""The stars of the papers of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..columns import Field
from ..source import Source, Span
from ..stars import EMPTY, FILLED, read_stars
from ..tables import Cell
from .context import PaperRow, PaperTable
from .rows import papers, place

STAR = re.compile(f"(?P<glyph>{'|'.join((*FILLED, *EMPTY))})\ufe0f?")

# What GitHub shows for a shortcode is the glyph itself.
_SAME = {":star:": "⭐", ":star2:": "🌟"}
_FIELDS: tuple[Field, ...] = ("stars", "id")


@dataclass(frozen=True, slots=True)
class Rating:
    """A paper's stars: how many, in which glyph (None: no stars), and the cell they stand in."""

    row: PaperRow
    count: int
    glyph: str | None
    cell: Cell | None

    @property
    def span(self) -> Span:
        """Where the stars stand, or should."""
        return self.cell.span if self.cell else place(self.row, "id", "title")

    def stars(self) -> list[tuple[str, Span]]:
        """Each star's glyph and place."""
        if not self.cell:
            return []
        start = self.cell.span.start
        return [
            (shown(match["glyph"]), Span(start + match.start(), start + match.end()))
            for match in STAR.finditer(self.cell.raw)
        ]


def shown(glyph: str) -> str:
    """The glyph that a reader sees."""
    return _SAME.get(glyph, glyph)


def read_ratings(table: PaperTable, source: Source) -> list[Rating]:
    """The stars of a table's papers; none where the table has no scale of stars.

    A column in which no paper has more than one star marks papers and does not rate them.
    """
    if not any(row.paper.star_glyph for row in table.rows):
        return []
    ratings = [_read(row) for row in papers(table, source)]
    is_scale = any(rating.count > 1 or rating.glyph in EMPTY for rating in ratings)
    return ratings if is_scale else []


def _read(row: PaperRow) -> Rating:
    asterisks = row.paper.star_glyph == "*"
    for field in _FIELDS:
        if inline := row.inline(field):
            read = read_stars(inline.text, asterisks=asterisks)
            if read.glyph:
                return Rating(row, read.count, shown(read.glyph), row.cell(field))
    return Rating(row, 0, None, None)
