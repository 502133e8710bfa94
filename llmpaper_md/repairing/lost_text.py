"""Text of which nothing is left: 锟斤拷, and signs where characters were.

U+FFFD stands for bytes that were no text in the encoding they were read in. Saved as UTF-8 and read
as GBK, two of them are three ideographs. A ``?`` is what programs write for a character that the
encoding of a file does not have. Either way what was there cannot be read any more: it is reported
and left.
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
    """A stretch that nothing can be read from."""

    start: int
    end: int
    channel: str


def find_lost(text: str) -> list[LostRun]:
    """Find what cannot be restored in a line.

    Args:
        text: the line, code blanked out.

    Returns:
        The stretches, from left to right.

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
