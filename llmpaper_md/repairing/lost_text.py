"""Text of which nothing is left: 锟斤拷, and signs in place of characters.

U+FFFD replaces bytes that are invalid in the encoding they were read in. Saved as UTF-8 and read as
GBK, two of them are three ideographs. Programs write ``?`` for a character that the encoding of a
file does not have. In both cases the text cannot be restored, only reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_KUN: Final = re.compile("(?:锟斤拷)+(?:锟斤?)?")
_MARKS: Final = re.compile(
    r"(?<![\w?!])\?{4,}(?![\w?!])|(?<!\w)\?{2,}(?:[ ,.:;，。、]+\?{2,}){2,}(?!\w)"
)
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
    return sorted(found, key=lambda run: run.start)
