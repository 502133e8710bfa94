"""Star ratings: parsing and counting."""

from __future__ import annotations

import re
from dataclasses import dataclass

FILLED = ("⭐", "★", "✡", "🌟", ":star2:", ":star:")
EMPTY = ("☆",)
MAX_STARS = 5
"""How many stars a scale has where nothing else is set."""

# What code pages 1252 and 1254 make of the UTF-8 of those that they read whole: a garbled list
# can be counted before it is repaired.
GARBLED = {"â˜…": "★", "âœ¡": "✡", "ðŸŒŸ": "🌟", "ğŸŒŸ": "🌟", "â˜†": "☆"}
_STAR = re.compile(f"({'|'.join((*FILLED, *EMPTY, *GARBLED))})\ufe0f?")
_COUNTED = re.compile(r"[^\w*]*(?:\d+[.)]?)?[ \t]*(\**)")


@dataclass(frozen=True, slots=True)
class Stars:
    """The number of stars in a cell, the glyph used, and the cell's text without them."""

    count: int
    glyph: str | None
    rest: str


def read_stars(text: str, *, asterisks: bool = False) -> Stars:
    """Count the stars in a cell's plain text.

    Args:
        text: the plain text of the cell.
        asterisks: whether ``*`` is a star too (see `counts_in_asterisks`).

    >>> read_stars("12★★☆")
    Stars(count=2, glyph='★', rest='12')
    >>> read_stars("3**", asterisks=True)
    Stars(count=2, glyph='*', rest='3')

    """
    glyphs = _STAR.findall(text)
    rest = text.replace("*", "") if asterisks else text
    if not glyphs:
        count = len(text) - len(rest)
        return Stars(count, "*" if count else None, rest)
    filled = [glyph for glyph in glyphs if GARBLED.get(glyph, glyph) in FILLED]
    return Stars(len(filled), (filled or glyphs)[0], _STAR.sub("", rest))


def counts_in_asterisks(texts: list[str]) -> bool:
    """Whether the cells of a column count in asterisks.

    They do where every cell that holds anything is a number, asterisks or both, and one has
    two or more. A lone ``1*`` is a footnote.

    >>> counts_in_asterisks(["1***", "2*", "3"]), counts_in_asterisks(["1", "2*", "3"])
    (True, False)
    """
    matches = [_COUNTED.fullmatch(text) for text in texts if text]
    return all(matches) and any(match and len(match[1]) > 1 for match in matches)
