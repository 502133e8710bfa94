"""Full-width digits: next to １ there is ０ or ．, and hardly ever ！.

All of these leave the same two bytes. The texts of the language model have next to no full-width
digits but many ASCII ones. So in a line with full-width digits, these and the signs of numbers are
read as if they were ASCII.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from .inversion import HOLE
from .lattice_hole import Hole

NARROW: Final = {"－": "-", "．": ".", "／": "/", **dict.fromkeys("０１２３４５６７８９", "0")}
"""Full-width digits and signs of numbers, and the symbols that the model knows them by."""

_ASCII: Final = {ord(wide): ascii_ for wide, ascii_ in NARROW.items()}
_DIGITS: Final = re.compile("[０-９]+")
_IN_NUMBER: Final = "０１２３４５６７８９" + HOLE
_DIGITS_AFTER: Final = re.compile(f"[０-９]+(?:{HOLE}{{1,3}}(?=[０-９％‰万亿年点元])[０-９]*)*")
_LONGEST: Final = 12
"""How many characters of a number are read before a damaged one."""
_ROW: Final = re.compile(f"{HOLE}+")
_FACTORS: Final[dict[tuple[bool, bool], Mapping[str, float]]] = {
    (True, True): {"０": 700.0, "．": 300.0, "！": 0.01},
    (True, False): {"０": 150.0, "！": 0.1},
    (False, True): {"０": 20.0, "！": 0.1},
}
"""Corrections of the model, by whether a digit precedes and whether one follows. For the model a
run of digits is one symbol, so that no digit follows another, and it has no n-grams of only digits
and points."""
_UNITS: Final = {"％": 0, "‰": 0, "点": 0, "万": 1, "亿": 1, "年": 3, "多": 3, "人": 3}
_POINT: Final = (
    # %, points       万, 亿             others            年
    ((5.0, 2.0, 1.0), (1.0, 0.2, 0.3), (0.2, 0.12, 0.1), (0.02, 0.01, 0.01)),  # one digit before
    ((12.0, 4.0, 1.0), (0.45, 1.5, 0.5), (0.06, 0.6, 0.3), (0.02, 0.02, 0.02)),  # two
    ((4.0, 5.0, 3.0), (4.0, 5.0, 1.0), (0.2, 2.0, 1.0), (0.05, 0.05, 0.05)),  # more
)
"""The odds of ． against ０ between digits, which the model does not know (a run of digits is one
symbol, with or without spaces): by the number of digits before it, by the unit after the number,
and by whether one, two or more digits follow. Roughly, as counted in a newspaper of 1998 (not in
the part that measures the repair)."""


_NOUGHT: Final = 0.1
"""The odds of ． where a number begins with damaged signs, all but the last."""
_CLOSING: Final = ("”", "’", "」", "』", HOLE)
_NOUGHT_AFTER: Final = 0.4
"""The factor where the digit after the point would be ０: less often than the one before it."""


def has_wide_digits(symbols: str) -> bool:
    """Whether a line has full-width digits.

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
    """Next to full-width digits, read candidates as ASCII and make ０ more likely.

    Args:
        symbols: the line's symbols, `HOLE` for each hole.
        holes: the holes, from left to right.
        numbers: the model's ids of the characters in `NARROW`, and of their symbols.

    Returns:
        The holes, those in a row of holes next to a digit with new weights.
    """
    weighed: list[Hole] = []
    for row in _ROW.finditer(symbols):
        start, end = row.span()
        these = holes[len(weighed) : len(weighed) + end - start]
        after = _DIGITS.match(symbols[start - 1 : start]) is not None
        factors = _FACTORS.get((after, _DIGITS.match(symbols, end) is not None))
        if factors:
            # All but the first are between signs of a number.
            inner = _FACTORS[True, True] if _DIGITS.match(symbols, end) else factors
            these = [
                hole.with_weights(inner if at else factors).renumbered(numbers)
                for at, hole in enumerate(these)
            ]
            if points := _points(symbols, start, end):
                these = [_as_one(hole, odds) for hole, odds in zip(these, points, strict=True)]
        weighed += these
    return weighed


def _as_one(hole: Hole, odds: float) -> Hole:
    """The same hole with ０ and ． as one symbol, between which the model does not choose."""
    held = {text: number for number, texts in hole.members.items() for text, _ in texts}
    zero, point = held.get("０"), held.get("．")
    if zero is None or point is None or len(hole.members[zero]) + len(hole.members[point]) > 2:
        return hole
    at = hole.numbers.index(point)
    members = {number: texts for number, texts in hole.members.items() if number != point}
    members[zero] = (("０", 1 / (1 + odds)), ("．", odds / (1 + odds)))
    return replace(
        hole,
        numbers=hole.numbers[:at] + hole.numbers[at + 1 :],
        weights=hole.weights[:at] + hole.weights[at + 1 :],
        members=members,
    )


def _digits_before(symbols: str, end: int) -> str:
    """The digits that end there with the holes between them, or an empty text."""
    nearby = symbols[max(0, end - _LONGEST) : end]
    number = nearby[len(nearby.rstrip(_IN_NUMBER)) :].lstrip(HOLE)
    return "" if number.endswith(HOLE) else number


def _points(symbols: str, start: int, end: int) -> list[float]:
    """The odds of ． for each of the holes between digits; none where the number is not read."""
    before = _digits_before(symbols, start)
    after = _DIGITS_AFTER.match(symbols, end)
    if not before and after is not None and end - start > 1:
        # 0.16; a name such as “007” is quoted.
        quoted = symbols[after.end() : after.end() + 1] in _CLOSING
        return [_NOUGHT] * (end - start - 1) + [_NOUGHT if quoted else 1 / _NOUGHT]
    if not before or after is None or symbols[after.end() : after.end() + 1] == HOLE:
        return []
    unit = _UNITS.get(symbols[after.end() : after.end() + 1], 2)
    odds = []
    for hole in range(start, end):
        digits_before = min(len(before) + hole - start, 3)
        digits_after = min(len(after[0]) + end - hole - 1, 3)
        odds.append(_POINT[digits_before - 1][unit][digits_after - 1])
        if hole < end - 1:
            odds[-1] *= _NOUGHT_AFTER
    # A number has one point at most.
    return [own / (1 + sum(odds) - own) for own in odds]
