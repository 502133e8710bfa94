"""Ratings: the stars of the papers in a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.columns import Field
from ..reading.document import Document, Part, RowEntry
from ..reading.stars import EMPTY, FILLED, read_stars
from ..source import Span
from .paper_rows import highlight_span, titled_entries

STAR = re.compile(f"(?P<glyph>{'|'.join((*FILLED, *EMPTY))})\ufe0f?")

# What GitHub shows for a shortcode is the glyph itself.
_SAME = {":star:": "⭐", ":star2:": "🌟"}
_FIELDS: tuple[Field, ...] = ("stars", "id")


@dataclass(frozen=True, slots=True)
class Rating:
    """A paper's stars: their number, their glyph (None: no stars), and the part they are in.

    ``stars`` has the glyph as readers see it and the span of each star, including empty ones.
    """

    entry: RowEntry
    count: int
    glyph: str | None
    part: Part | None
    stars: tuple[tuple[str, Span], ...] = ()

    @property
    def span(self) -> Span:
        """Where the stars are, or should be."""
        return self.part.span if self.part else highlight_span(self.entry, "id", "title")


def shown(glyph: str) -> str:
    """The glyph that a reader sees."""
    return _SAME.get(glyph, glyph)


def all_ratings(document: Document) -> list[list[Rating]]:
    """The ratings of the papers in each table that rates them with stars.

    A table in which no paper has more than one star marks papers rather than rating them.
    """
    tables = []
    for entries, titled in zip(document.siblings, titled_entries(document), strict=True):
        if any(entry.paper.star_glyph for entry in entries):
            ratings = [_read(entry) for entry in titled]
            if any(rating.count > 1 or rating.glyph in EMPTY for rating in ratings):
                tables.append(ratings)
    return tables


def _read(entry: RowEntry) -> Rating:
    asterisks = entry.paper.star_glyph == "*"
    for field in _FIELDS:
        if part := entry.part(field):
            read = read_stars(part.inline.text, asterisks=asterisks)
            if read.glyph:
                return Rating(entry, read.count, shown(read.glyph), part, _stars(part))
    return Rating(entry, 0, None, None)


def _stars(part: Part) -> tuple[tuple[str, Span], ...]:
    start = part.span.start
    return tuple(
        (shown(match["glyph"]), Span(start + match.start(), start + match.end()))
        for match in STAR.finditer(part.raw)
    )
