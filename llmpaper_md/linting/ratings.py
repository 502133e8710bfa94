"""Where the stars of a paper stand."""

from __future__ import annotations

import re

from ..stars import EMPTY, FILLED, GARBLED
from ..tables import Cell
from .context import PaperRow

STAR = re.compile(f"({'|'.join(map(re.escape, (*FILLED, *GARBLED)))})\ufe0f?")
"""A filled star, as group 1, in any of its glyphs."""
ANY_STAR = re.compile(f"(?:{'|'.join(map(re.escape, (*FILLED, *EMPTY, *GARBLED)))})\ufe0f?")
"""A star, filled or empty."""


def star_cell(row: PaperRow) -> Cell | None:
    """The cell that holds the stars of a row: that of the column of stars, or the ID."""
    for cell in (row.cell("stars"), row.cell("id")):
        if cell is not None and ANY_STAR.search(cell.raw):
            return cell
    return row.cell("stars") or row.cell("id")
