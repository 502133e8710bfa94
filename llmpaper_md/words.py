"""Parts of messages: numbers with nouns, and quotations."""

from __future__ import annotations

import re

from .source import SPACES

_LINE_END = re.compile(rf"[{SPACES}]*[\r\n]+[{SPACES}]*")


def quoted(text: str, width: int = 40) -> str:
    """The text in quotation marks on one line, truncated if it is long.

    >>> quoted("the quick brown fox", 9)
    '"the quick…"'
    """
    line = _LINE_END.sub(" ", text[:width])
    return f'"{line.rstrip(SPACES)}…"' if len(text) > width else f'"{line}"'


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "character"), counted(1255, "character")
    ('1 character', '1,255 characters')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
