r"""Chinese written as escapes: ``\u4e2d\u6587`` and ``&#x4e2d;&#x6587;`` in plain text.

Nothing was lost: a program wrote its text for another program. A single escape is probably
intentional, as in ``[\u4e00-\u9fff]``; at least two in a row that are Chinese to the language model
are not. Only ideographs, their punctuation, kana and emoji are read: an escaped ``|``
stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .glance import ESCAPES
from .multibyte_runs import Scorer

_ONE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|&#x([0-9A-Fa-f]{4,6});|&#([0-9]{5,7});")
_READ: Final = re.compile(
    "[\u2014\u2018-\u201d\u2026\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e\U0001f300-\U0001faff]+"
)
_HANZI: Final = re.compile("[\u4e00-\u9fff]")
_LEAST: Final = -9.0


@dataclass(frozen=True, slots=True)
class EscapeRun:
    """Escapes in a row, and their text."""

    start: int
    end: int
    text: str
    channel: str


def find_escapes(text: str, scorer: Scorer) -> list[EscapeRun]:
    r"""Find the escapes in a line that are Chinese.

    Args:
        text: the line, with code replaced by spaces.
        scorer: the language model.

    Returns:
        The runs, from left to right.
    """
    found = []
    for match in ESCAPES.finditer(text):
        codes = [int(a or b, 16) if a or b else int(c) for a, b, c in _ONE.findall(match[0])]
        if max(codes) > 0x10FFFF:
            continue
        # Two surrogates are one character.
        units = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass")
        decoded = units.decode("utf-16-le", "replace")
        if not _READ.fullmatch(decoded) or len(_HANZI.findall(decoded)) < 2:
            continue
        scores = scorer.scores(decoded)
        if sum(scores) >= _LEAST * len(scores):
            kind = "\\u escapes" if match[0][0] == "\\" else "character references"
            found.append(EscapeRun(*match.span(), decoded, kind))
    return found
