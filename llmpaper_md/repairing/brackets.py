"""Brackets and quotation marks come in pairs: an intact 「 makes a 」 more likely.

A language model of four characters does not see brackets that were opened further back. So a line
with an unmatched bracket is filled twice: first to find how likely each hole is the other half,
then given that one of them is. If hole *i* had the odds *o(i)*, its probability is
*o(i) / (o(1) + … + o(n) + o(none))*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .inversion import HOLE
from .lattice_hole import Hole
from .result import Candidate

PAIRS: Final = {
    "「": "」", "『": "』", "【": "】", "《": "》", "〈": "〉", "〔": "〕", "〖": "〗",
    "“": "”", "‘": "’", "〝": "〞", "（": "）", "［": "］", "｛": "｝",
}  # fmt: skip
"""Opening brackets with the closing one of each."""
OPENING: Final = {closing: opening for opening, closing in PAIRS.items()}
BRACKETS: Final = frozenset({*PAIRS, *OPENING})

_OUT_OF_PLACE: Final = 0.02
"""The factor of a bracket that nothing in the line matches."""
_NONE: Final = 1e-4
"""The odds that the author left a bracket unmatched."""


@dataclass(frozen=True, slots=True)
class Demand:
    """An unmatched bracket.

    Attributes:
        bracket: its other half.
        holes: the numbers of the line's holes that may be the other half.
    """

    bracket: str
    holes: tuple[int, ...]


def penalize_unpaired(symbols: str, holes: Sequence[Hole]) -> list[Hole]:
    """Make brackets less likely that nothing in the line matches.

    Args:
        symbols: the line's symbols, `HOLE` for each hole.
        holes: the holes, from left to right.

    Returns:
        The holes, those with brackets among their candidates with new weights.
    """
    last_read = {char: place for place, char in enumerate(symbols) if char in OPENING}
    last_offer = {char: number for number, hole in enumerate(holes) for char in hole.brackets}
    weighed: list[Hole] = []
    opened: set[str] = set()
    for place, char in enumerate(symbols):
        if char in PAIRS:
            opened.add(char)
        elif char == HOLE:
            number = len(weighed)
            hole = holes[number]
            if hole.brackets:
                alone = {
                    bracket: _OUT_OF_PLACE
                    for bracket in hole.brackets
                    if (
                        OPENING[bracket] not in opened
                        if bracket in OPENING
                        else last_read.get(PAIRS[bracket], -1) < place
                        and last_offer.get(PAIRS[bracket], -1) <= number
                    )
                }
                opened.update(bracket for bracket in hole.brackets if bracket in PAIRS)
                hole = hole.with_weights(alone)
            weighed.append(hole)
    return weighed


def unmatched_brackets(symbols: str, holes: Sequence[Hole]) -> list[Demand]:
    """Find the unmatched brackets.

    Args:
        symbols: the line's symbols, `HOLE` for each hole.
        holes: the holes, from left to right.

    Returns:
        One demand for each such bracket whose other half may be one of the holes.
    """
    found: list[tuple[str, int, int]] = []
    opened: dict[str, int] = {}
    since: dict[str, int] = {}
    count = 0
    for char in symbols:
        if char == HOLE:
            count += 1
        elif char in PAIRS:
            # One that is still open when another of its kind opens was closed in between.
            if char in opened:
                found.append((PAIRS[char], opened.pop(char), count))
            opened[char] = count
        elif char in OPENING:
            if opened.pop(OPENING[char], None) is None:
                found.append((OPENING[char], since.get(char, 0), count))
            since[char] = count
    found += [(PAIRS[char], first, len(holes)) for char, first in opened.items()]
    made = []
    for bracket, first, end in found:
        able = tuple(n for n in range(first, end) if bracket in holes[n].brackets)
        if able:
            made.append(Demand(bracket, able))
    return made


def apply_pairing(
    holes: Sequence[Hole], asked: Sequence[Demand], filled: Sequence[tuple[Candidate, ...]]
) -> list[Hole]:
    """Weight the holes that may be the other half of an unmatched bracket.

    Args:
        holes: the holes of a line.
        asked: the unmatched brackets.
        filled: for each hole its candidates of the first time.

    Returns:
        The holes, those that may be the other half of a bracket with new weights.
    """
    weighed = list(holes)
    for demand in asked:
        odds = {}
        for number in demand.holes:
            probability = next(c.probability for c in filled[number] if c.text == demand.bracket)
            odds[number] = probability / max(1e-9, 1 - probability)
        total = sum(odds.values()) + _NONE * max(odds.values())
        for number, own in odds.items():
            factor = 1 / max(1e-9, total - own)
            weighed[number] = weighed[number].with_weights({demand.bracket: factor})
    return weighed
