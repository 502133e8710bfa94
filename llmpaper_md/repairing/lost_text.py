"""Text of which nothing is left: 锟斤拷, and signs in place of characters.

U+FFFD replaces bytes that are invalid in the encoding they were read in: in a cell full of it, only
fragments are left. Saved as UTF-8 and read as GBK, two of them are three ideographs. Programs write
``?`` for a character that the encoding of a file does not have. In all cases the text cannot be
restored, only reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .multibyte import REPLACEMENT

REPLACED: Final = "bytes replaced by U+FFFD"
_KUN: Final = re.compile("(?:锟斤拷)+(?:锟斤?)?")
_MARKS: Final = re.compile(
    r"(?<![\w?!])\?{4,}(?![\w?!])|(?<!\w)\?{2,}(?:[ ,.:;，。、]+\?{2,}){2,}(?!\w)"
)
_CELLS: Final = re.compile("[^|]*+")
_ENOUGH: Final = 4
_MANY: Final = 0.15
"""From so many U+FFFD in a cell on, and this share of what is not ASCII, too little is left."""
_CELL: Final = re.compile(r"\|[ \t]*+(\?{3,}+(?: \?++)*+)[ \t]*+(?=\|)")


@dataclass(frozen=True, slots=True)
class LostRun:
    """A part of a line that cannot be restored."""

    start: int
    end: int
    channel: str


def find_lost(text: str) -> list[LostRun]:
    """Find what cannot be restored in a line.

    Args:
        text: the line, with code replaced by spaces.

    Returns:
        The parts, from left to right.

    Example:
        >>> [run.channel for run in find_lost("| 锟斤拷锟斤拷 | ????? |")]
        ['U+FFFD read as GBK', 'characters replaced by ?']
        >>> find_lost("Really??? Yes!!! 为什么???")
        []
    """
    found = [LostRun(*match.span(), "U+FFFD read as GBK") for match in _KUN.finditer(text)]
    if "???" in text or "?? " in text:
        spans = [match.span() for match in _MARKS.finditer(text)]
        spans += [match.span(1) for match in _CELL.finditer(text)]
        end = -1
        for start, stop in sorted(set(spans)):
            if start >= end:
                found.append(LostRun(start, stop, "characters replaced by ?"))
                end = stop
    if text.count(REPLACEMENT) >= _ENOUGH:
        found += _replaced(text)
    return sorted(found, key=lambda run: run.start)


def _replaced(text: str) -> Iterator[LostRun]:
    """The cells in which most is U+FFFD, or what was beside it when it was made."""
    for match in _CELLS.finditer(text):
        cell = match[0]
        signs = cell.count(REPLACEMENT)
        if signs >= _ENOUGH and signs >= _MANY * (len(cell) - len(cell.encode("ascii", "ignore"))):
            beyond = [place for place, char in enumerate(cell) if char > "\x7f"]
            start = match.start()
            yield LostRun(start + beyond[0], start + beyond[-1] + 1, REPLACED)
