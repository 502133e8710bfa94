"""The numbered series of a list, each with the fix that numbers it again."""

from __future__ import annotations

from ..lists.numbering import Series, all_series
from ..reading.document import Document
from .findings import Fix


def renumbered_series(document: Document) -> list[tuple[Series, Fix | None]]:
    """The series of all tables of papers; the findings in one share its fix."""
    return [(series, _fix(series)) for series in all_series(document)]


def _fix(series: Series) -> Fix | None:
    edits = series.renumbering
    if not edits:
        return None
    direction = "down to" if series.is_descending else "from"
    return Fix(f"Number the table again {direction} {series.first_number}", edits, "unsafe")
