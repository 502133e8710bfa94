"""The second pass: damaged characters of a document help to restore one another.

A channel always does the same to a character, so in a damaged text a character is damaged wherever
it appears, with the same candidates each time. A clear place (盐 in 食盐) makes the same choice
more likely in unclear ones. The first pass of the decoder gives each damaged character the
probabilities of its candidates; summed up over the document, they are expected counts. Three such
counts correct the model, which knows only how frequent a character is in Chinese:

- of the candidate in the document;
- of the candidate after the symbol that is before it here;
- of the candidate before the symbol that is after it here.

Each count is smoothed: the first by the shares of the candidates in Chinese, the others by the
shares in this document, so that a short text changes little. A place does not count for itself, and
a repeated phrase counts once, since repetition adds no evidence (R. Kuhn and
R. De Mori, *A Cache-Based Natural Language Model for Speech Recognition*, PAMI 12(6), 1990, count
what was read before; here it is what was guessed, in the whole document). Full-width digits and
signs of numbers are left alone: numbers are independent of one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from typing import Final

from .fullwidth_digits import NARROW
from .inversion import HOLE
from .lattice_hole import Hole
from .model import LanguageModel
from .normalise import BOUNDARY
from .result import Candidate

_SURE: Final = 0.99
"""Damaged characters with at least this probability, which most have, are hardly ever wrong, and
are left as they are."""
_COUNTED: Final = 1e-3
"""Candidates less likely than this are not counted."""
_WEIGHED: Final = 1e-5
"""Candidates less likely than this are not weighed."""
_PRIOR: Final = 10.0
"""The weight of the shares in Chinese of a kind's candidates, in damaged characters."""
_PRIOR_BESIDE: Final = 1.5
"""The weight of the shares in the document next to one symbol, in damaged characters."""
_RAREST: Final = 1e-6
"""The smallest share in Chinese: the model is not exact for the rarest characters."""
_ANYWHERE: Final = 0.63
_AFTER: Final = 0.45
_BEFORE: Final = 0.6
"""How far each count is trusted: the exponent of its factor. Together with the numbers above, they
maximize the likelihood of texts of several fields; the maximum is flat."""
_REACH: Final = 3
"""Two places are the same if so many symbols on both sides are."""

_DIGITS: Final = frozenset("0０")
"""Digits as symbols of a line, and as candidates."""

Filling = tuple[Candidate, ...]


class Adaptation:
    """Counts what damaged characters probably are, and weights candidates by these counts.

    Args:
        model: the model that filled them, to know how frequent characters are in Chinese.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._places: set[str] = set()
        self._anywhere: dict[str, float] = {}
        self._after: dict[tuple[str, str], float] = {}
        self._before: dict[tuple[str, str], float] = {}
        self._holes: dict[int, Hole] = {}
        self._kinds: dict[int, tuple[dict[str, float], float]] = {}

    def learn(self, symbols: str, holes: Sequence[Hole], fillings: Sequence[Filling]) -> None:
        """Count the damaged characters of one line. All lines are learned before any is weighed.

        Args:
            symbols: the line's symbols, with `HOLE` for each damaged character.
            holes: the damaged characters, from left to right, weighed by nothing yet.
            fillings: for each of them its candidates, the most probable first.
        """
        line = _filled(symbols, fillings)
        for at, hole, filling in zip(_places(symbols), holes, fillings, strict=True):
            # Those of one kind share this tuple, whatever they were weighed by since.
            self._holes.setdefault(id(hole.least), hole)
            left, right = line[at - 1], line[at + 1]
            place = line[at - _REACH : at + _REACH + 1]
            if place in self._places or _in_number(left, filling, right):
                continue
            self._places.add(place)
            for candidate in filling:
                text, probability = candidate.text, candidate.probability
                if probability < _COUNTED:
                    break
                self._anywhere[text] = self._anywhere.get(text, 0.0) + probability
                after, before = (left, text), (text, right)
                self._after[after] = self._after.get(after, 0.0) + probability
                self._before[before] = self._before.get(before, 0.0) + probability

    def weighed(
        self, symbols: str, holes: Sequence[Hole], fillings: Sequence[Filling]
    ) -> list[Hole]:
        """Weight the candidates of one line by what was learned.

        Args:
            symbols: the line's symbols, with `HOLE` for each damaged character.
            holes: the damaged characters, from left to right.
            fillings: for each of them its candidates, the most probable first.

        Returns:
            The damaged characters, uncertain ones with other weights; the others are the same
            objects.
        """
        if all(filling[0].probability >= _SURE for filling in fillings):
            return list(holes)
        line = _filled(symbols, fillings)
        weighed: list[Hole] = []
        for at, hole, filling in zip(_places(symbols), holes, fillings, strict=True):
            left, right = line[at - 1], line[at + 1]
            if filling[0].probability < _SURE and not _in_number(left, filling, right):
                factors = self._factors(hole, filling, left, right)
                if factors:
                    hole = hole.with_weights(factors)
            weighed.append(hole)
        return weighed

    def _factors(self, hole: Hole, filling: Filling, left: str, right: str) -> dict[str, float]:
        """The factors of candidates; the others have 1, for only the ratios matter."""
        shares, total = self._kind(hole)
        factors: dict[str, float] = {}
        for candidate in filling:
            text, probability = candidate.text, candidate.probability
            if probability < _WEIGHED:
                break
            own = probability if probability >= _COUNTED else 0.0
            anywhere = self._anywhere.get(text, 0.0) - own
            if anywhere <= 0.0:
                continue
            prior = _PRIOR * max(shares.get(text, 0.0), _RAREST)
            factor = float((anywhere / prior + 1) ** _ANYWHERE)
            beside = _PRIOR_BESIDE * (anywhere + prior) / (total + _PRIOR)
            after = self._after.get((left, text), 0.0) - own
            if after > 0.0:
                factor *= (after / beside + 1) ** _AFTER
            before = self._before.get((text, right), 0.0) - own
            if before > 0.0:
                factor *= (before / beside + 1) ** _BEFORE
            factors[text] = factor
        return factors

    def _kind(self, hole: Hole) -> tuple[dict[str, float], float]:
        """The shares of the candidates in Chinese, and their total count in the document."""
        known = self._kinds.get(id(hole.least))
        if known is None:
            hole = self._holes[id(hole.least)]
            shares: dict[str, float] = {}
            for number, weight in zip(hole.numbers, hole.weights, strict=True):
                likely = exp(self._model.logprob(0, 0, 0, number) + weight)
                for text, share in hole.members[number]:
                    shares[text] = likely * share
            whole = sum(shares.values()) or 1.0
            shares = {text: share / whole for text, share in shares.items()}
            total = sum(self._anywhere.get(text, 0.0) for text in shares)
            known = self._kinds[id(hole.least)] = (shares, total)
        return known


def _filled(symbols: str, fillings: Sequence[Filling]) -> str:
    """The symbols of a line with the most probable candidates, between boundaries."""
    first, *others = symbols.split(HOLE)
    edge = BOUNDARY * _REACH
    parts = [edge, first]
    for filling, other in zip(fillings, others, strict=True):
        parts += (filling[0].text[0], other)
    return "".join((*parts, edge))


def _in_number(left: str, filling: Filling, right: str) -> bool:
    """Whether a damaged character is probably within a full-width number."""
    return filling[0].text in NARROW and not _DIGITS.isdisjoint((left, right))


def _places(symbols: str) -> Iterator[int]:
    """Where the damaged characters are in what `_filled` makes."""
    return (at for at, char in enumerate(symbols, _REACH) if char == HOLE)
