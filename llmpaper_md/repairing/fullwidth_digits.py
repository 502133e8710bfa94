"""Full-width digits: beside １ stands ０ or ．, and hardly ever ！.

All of these leave the same two bytes behind. The text that was counted for the language model has
next to no full-width digits but any number of others. So a line that has some is read as if they
and the signs of numbers were ASCII.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .inversion import HOLE
from .lattice_hole import Hole

NARROW: Final = {"－": "-", "．": ".", "／": "/", **dict.fromkeys("０１２３４５６７８９", "0")}
"""Full-width digits and signs of numbers, and the symbols that the model knows them by."""

_ASCII: Final = {ord(wide): ascii_ for wide, ascii_ in NARROW.items()}
_DIGITS: Final = re.compile("[０-９]+")
_ROW: Final = re.compile(f"{HOLE}+")
_FACTORS: Final[dict[tuple[bool, bool], Mapping[str, float]]] = {
    (True, True): {"０": 700.0, "．": 300.0, "！": 0.01},
    (True, False): {"０": 150.0, "！": 0.1},
    (False, True): {"０": 20.0, "！": 0.1},
}
"""What the model is wrong by, by whether a digit stands before and whether one follows. It knows a
run of digits as one, so to it none ever follows another; and n-grams of digits and points alone are
not among those it keeps."""


def has_wide_digits(symbols: str) -> bool:
    """Whether full-width digits were read in a line.

    Example:
        >>> has_wide_digits("第１届"), has_wide_digits("第1届")
        (True, False)
    """
    return _DIGITS.search(symbols) is not None


def narrow(symbols: str) -> str:
    """The symbols with each run of full-width digits as one ASCII digit, signs of numbers too.

    Example:
        >>> narrow("第１２．５届")
        '第0.0届'
    """
    return _DIGITS.sub("0", symbols).translate(_ASCII)


def beside_digits(symbols: str, holes: Sequence[Hole], numbers: Mapping[int, int]) -> list[Hole]:
    """Read candidates as ASCII, and make ０ likelier, beside full-width digits.

    Args:
        symbols: the line's symbols, `HOLE` for each hole.
        holes: the holes, from left to right.
        numbers: the model's ids of what `NARROW` has, and of what each stands for.

    Returns:
        The holes, those in a row of holes that a digit begins or ends weighed anew.
    """
    weighed: list[Hole] = []
    for row in _ROW.finditer(symbols):
        start, end = row.span()
        these = holes[len(weighed) : len(weighed) + end - start]
        after = _DIGITS.match(symbols[start - 1 : start]) is not None
        factors = _FACTORS.get((after, _DIGITS.match(symbols, end) is not None))
        if factors:
            these = [hole.with_weights(factors).renumbered(numbers) for hole in these]
        weighed += these
    return weighed
