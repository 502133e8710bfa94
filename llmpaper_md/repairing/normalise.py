"""Text as symbols of the language model, as when its counts were made.

The steps and their order are those of the corpus: URLs become one letter, radicals their
ideographs, a run of Latin letters one ``a``, a run of digits one ``0``; Markdown signs and spaces
of any kind are removed. Holes stay, in the same number and order.
"""

import re
from typing import Final

from .radicals import UNIFIED

BOUNDARY: Final = "\n"
"""The symbol before the first and after the last character of a line."""

_ADDRESS: Final = re.compile(r"(?:https?|ftp)://[!-'*-;=?-Z^_a-z~]+")
_RADICAL: Final = re.compile("[\u2e80-\u2fdf]")
_SIGNS: Final = re.compile(r"[*_`#|>\[\]\\]+")
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_DIGITS: Final = re.compile(r"[0-9]+")
_SPACES: Final = re.compile("[ \t\r\v\f\u3000\u00a0\u00ad\u200b\ufeff]+")


def normalise(line: str) -> str:
    """Turn a line into the symbols of the language model, one character each.

    Args:
        line: one line without its end, in which `HOLE` may stand for damaged characters.

    Returns:
        Its symbols, the holes among them in the same order.

    Example:
        >>> normalise("| 3 | **GPT-4** 的[论⽂](https://a.example/b) |")
        '0a-0的论文(a)'
    """
    line = _ADDRESS.sub("a", line)
    if _RADICAL.search(line):
        line = line.translate(UNIFIED)
    line = _SIGNS.sub("", line)
    line = _LETTERS.sub("a", line)
    line = _DIGITS.sub("0", line)
    return _SPACES.sub("", line)


def symbol(char: str) -> str:
    """The symbol of one character outside ASCII; empty for one that the model does not see.

    Example:
        >>> symbol("⽂"), symbol("\u3000")
        ('文', '')
    """
    return _SPACES.sub("", char.translate(UNIFIED))
