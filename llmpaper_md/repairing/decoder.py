"""Fill the holes of a line by their context.

The lattice of a line has one column for each symbol: one node where the symbol was read, one for
each candidate where there is a hole. A 4-gram model makes a path's probability, so the state is the
last three symbols, and the forward-backward algorithm (L. R. Rabiner, A tutorial on hidden Markov
models, Proceedings of the IEEE 77(2), 1989) gives each candidate its posterior probability: the sum
over all ways to fill the other holes. Chinese text with damaged bytes was first restored by a
language model over such a lattice by W. Chang (CLCLP 3(2), 1998), by its best path; the candidate
with the highest posterior is the better choice where single characters count.

Holes further apart than the model looks are independent: a line is divided into islands, each
solved on its own. This is exact, except for states that the beam leaves out: those less than
`_BEAM` times as likely as the best, and those beyond the `_WIDTH` or `_HOLE_WIDTH` best.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log
from operator import is_
from typing import Final

from .brackets import BRACKETS, apply_pairing, penalize_unpaired, unmatched_brackets
from .candidates import Option, options
from .channel import Channel
from .emoji import IN_BOXES, USUAL
from .fullwidth_digits import NARROW, beside_digits, has_wide_digits, narrow
from .inversion import HOLE
from .lattice_hole import Hole
from .model import LanguageModel
from .normalise import BOUNDARY, symbol
from .result import Candidate

_RARE: Final = -13.2
"""The logarithm of the probability below which a character hardly has n-grams of its own: it is
one symbol with the characters that the model does not know, at its own share of them."""
_RADICAL_SHARE: Final = 1e-3
"""How often an ideograph is written as the radical that looks like it, roughly."""
_REACH: Final = 3
"""The number of previous symbols that the model looks at."""
_BEAM: Final = 1e-4
"""States less likely than this, relative to the best, are dropped."""
_WIDTH: Final = 16
_HOLE_WIDTH: Final = 32
"""How many states are kept, after a symbol that was read and after a hole."""
_SURPRISE: Final = 1e-6
_MOST_SURPRISE: Final = 8e-3
"""Text differs from what the model has read: however certain it is, each of n candidates keeps a
probability of n times the first, together at most the second. So the more candidates there are, the
less certain any can be; measured errors grow with their number in about this way."""
_SURPRISE_OF_EMOJI: Final = 0.05
"""The same where several usual emoji leave these bytes: what is around them says little of which
one it was, so none is sure."""
_TRUST: Final = 0.8
"""How far the second pass is trusted, the exponent of its probabilities: the document and the model
are not independent. Fitted together with the numbers of `adaptation`."""
_CACHE: Final = 1 << 12
"""How many prepared holes are cached."""
_UNKNOWN_WEIGHT: Final = 30_000.0
"""The sum of `class_weight` over the characters that a model does not know, roughly."""

State = tuple[int, int, int]
_Edge = tuple[State, State, float, int]


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A line with its damaged characters filled.

    Attributes:
        symbols: its symbols as the model saw them, with `HOLE` for each damaged character.
        holes: the damaged characters as they were given.
        weighed: the same with the weights of brackets and digits, as they were filled.
        fillings: for each its candidates, the most probable first.
    """

    symbols: str
    holes: Sequence[Hole]
    weighed: Sequence[Hole]
    fillings: list[tuple[Candidate, ...]]


class Decoder:
    """Fills holes with a language model.

    Args:
        model: the model.
        channel: how the text was damaged.

    Attributes:
        model: the model.
    """

    def __init__(self, model: LanguageModel, channel: Channel) -> None:
        self.model = model
        self._channel = channel
        self._holes: dict[bytes, Hole] = {}
        self._unknown = model.logprob(0, 0, 0, 0)
        self._boundary = model.ids(BOUNDARY)[0]
        wide, ascii_ = model.ids("".join(NARROW)), model.ids("".join(NARROW.values()))
        self._narrow = {w: n for w, n in zip(wide, ascii_, strict=True) if w and n}

    def hole(self, group: bytes) -> Hole:
        """Prepare a hole.

        Args:
            group: the bytes left of a damaged character, see `candidates.options`.

        Returns:
            The hole; without any members if no character leaves these bytes.
        """
        hole = self._holes.get(group)
        if hole is None:
            if len(self._holes) > _CACHE:
                self._holes.clear()
            hole = self._holes[group] = self._prepare(options(group, self._channel))
        return hole

    def _prepare(self, choices: Sequence[Option]) -> Hole:
        members: dict[int, list[tuple[str, float]]] = {}
        unseen: list[tuple[str, float]] = []
        for option in choices:
            char = option.text[0]
            seen = symbol(char)
            if not seen:
                unseen.append((option.text, option.factor * option.weight / _UNKNOWN_WEIGHT))
                continue
            number = self.model.ids(seen)[0]
            weight = option.factor * IN_BOXES.get(char, 1.0)
            if not number:
                weight *= option.weight / _UNKNOWN_WEIGHT
            elif seen != char:
                weight *= _RADICAL_SHARE
            if number and (alone := self.model.logprob(0, 0, 0, number)) < _RARE:
                weight *= exp(alone - self._unknown)
                number = 0
            members.setdefault(number, []).append((option.text, weight))
        weights = tuple(log(sum(weight for _, weight in texts)) for texts in members.values())
        numbers = tuple(members)
        if unseen:
            members[-1] = unseen
        rest = min(_SURPRISE * len(choices), _MOST_SURPRISE / max(1, len(choices)))
        if sum(option.text in USUAL for option in choices) > 1:
            rest = _SURPRISE_OF_EMOJI / len(choices)
        rest /= 1 + rest * len(choices)
        return Hole(
            numbers,
            weights,
            sum(weight for _, weight in unseen),
            {number: _shares(texts) for number, texts in members.items()},
            tuple(o.text for o in choices if o.text in BRACKETS),
            tuple(Candidate(option.text, rest) for option in choices),
        )

    def fill(self, symbols: str, holes: Sequence[Hole]) -> list[tuple[Candidate, ...]]:
        """Fill all holes of one line.

        Args:
            symbols: the line's symbols, with `HOLE` for each hole.
            holes: the holes, from left to right.

        Returns:
            For each hole its candidates, the most probable first.
        """
        return self.fill_line(symbols, holes).fillings

    def fill_line(self, symbols: str, holes: Sequence[Hole]) -> FilledLine:
        """Fill all holes of one line, and keep what is needed to do it again.

        Args:
            symbols: the line's symbols, with `HOLE` for each hole.
            holes: the holes, from left to right.

        Returns:
            The line.
        """
        given = holes
        if has_wide_digits(symbols):
            holes = beside_digits(symbols, holes, self._narrow)
            symbols = narrow(symbols)
        places = [place for place, char in enumerate(symbols) if char == HOLE]
        ids = self.model.ids(symbols)
        if not any(hole.brackets for hole in holes):
            return FilledLine(symbols, given, holes, self._pass(ids, places, holes))
        holes = penalize_unpaired(symbols, holes)
        filled = self._pass(ids, places, holes)
        asked = unmatched_brackets(symbols, holes)
        if not asked:
            return FilledLine(symbols, given, holes, filled)
        weighed = apply_pairing(holes, asked, filled)
        filled = self._pass(ids, places, weighed, (holes, filled))
        return FilledLine(symbols, given, weighed, filled)

    def fill_again(self, line: FilledLine, weighed: Sequence[Hole]) -> FilledLine:
        """Fill a line again where its holes have other weights.

        Args:
            line: the filled line.
            weighed: its `FilledLine.weighed`, some of them with other weights.

        Returns:
            The line; islands in which every hole is the same object stay as they are.
        """
        if all(map(is_, weighed, line.weighed)):
            return line
        ids = self.model.ids(line.symbols)
        places = [place for place, char in enumerate(line.symbols) if char == HOLE]
        fillings = self._pass(ids, places, weighed, (line.weighed, line.fillings), _TRUST)
        return replace(line, weighed=weighed, fillings=fillings)

    def _pass(
        self,
        ids: list[int],
        places: Sequence[int],
        holes: Sequence[Hole],
        before: tuple[Sequence[Hole], list[tuple[Candidate, ...]]] | None = None,
        trust: float = 1.0,
    ) -> list[tuple[Candidate, ...]]:
        """Fill the islands of a line one after the other, those as before as they were."""
        edge = [self._boundary] * _REACH
        line = [*edge, *ids, *edge]
        places = [place + _REACH for place in places]
        fillings: list[tuple[Candidate, ...]] = []
        first = 0
        while first < len(holes):
            last = first
            while last + 1 < len(holes) and places[last + 1] - places[last] <= _REACH:
                last += 1
            here = slice(first, last + 1)
            if before is not None and all(map(is_, holes[here], before[0][here])):
                fillings += before[1][here]
            else:
                fillings += self._island(line, places[here], holes[here], trust)
            first = last + 1
        return fillings

    def _island(
        self, line: Sequence[int], places: Sequence[int], columns: Sequence[Hole], trust: float
    ) -> list[tuple[Candidate, ...]]:
        """The forward-backward algorithm over one island."""
        logprob = self.model.logprob
        start = places[0]
        by_place = dict(zip(places, columns, strict=True))
        ahead: dict[State, float] = {(line[start - 3], line[start - 2], line[start - 1]): 1.0}
        # For each column its forward masses and its edges: from, to, probability, symbol.
        lattice: list[tuple[dict[State, float], list[_Edge], Hole | None]] = []
        for place in range(start, places[-1] + _REACH + 1):
            column = by_place.get(place)
            following: dict[State, float] = {}
            edges: list[_Edge] = []
            if column is None:
                one = line[place]
                if len(ahead) == 1:
                    # Nothing to tell apart: the probability would only scale the one path.
                    state = next(iter(ahead))
                    ahead_of = (state[1], state[2], one)
                    lattice.append((ahead, [(state, ahead_of, 1.0, one)], None))
                    ahead = {ahead_of: 1.0}
                    continue
                for state, mass in ahead.items():
                    a, b, c = state
                    step = exp(logprob(a, b, c, one))
                    target = (b, c, one)
                    edges.append((state, target, step, one))
                    following[target] = following.get(target, 0.0) + mass * step
            else:
                numbers, weights = column.numbers, column.weights
                floor = 0.0
                for state, mass in ahead.items():
                    a, b, c = state
                    answers = self.model.logprobs(a, b, c, numbers)
                    for number, weight, answer in zip(numbers, weights, answers, strict=True):
                        step = exp(answer + weight)
                        through = mass * step
                        if through > floor:
                            if through * _BEAM > floor:
                                floor = through * _BEAM
                            target = (b, c, number)
                            edges.append((state, target, step, number))
                            following[target] = following.get(target, 0.0) + through
                    if column.unseen:
                        edges.append((state, state, column.unseen, -1))
                        following[state] = following.get(state, 0.0) + mass * column.unseen
            lattice.append((ahead, edges, column))
            ahead = _kept(following, _WIDTH if column is None else _HOLE_WIDTH)
        behind = dict.fromkeys(ahead, 1.0)
        fillings: list[tuple[Candidate, ...]] = []
        for forward, edges, column in reversed(lattice):
            earlier: dict[State, float] = {}
            masses: dict[int, float] = {}
            for state, target, step, number in edges:
                after = behind.get(target)
                if after is not None:
                    through = step * after
                    earlier[state] = earlier.get(state, 0.0) + through
                    if column is not None:
                        masses[number] = masses.get(number, 0.0) + through * forward[state]
            if column is not None:
                fillings.append(column.ranked(masses, trust))
            top = max(earlier.values())
            behind = {state: mass / top for state, mass in earlier.items()}
        fillings.reverse()
        return fillings


def _kept(masses: dict[State, float], width: int) -> dict[State, float]:
    """The states worth going on from, scaled so that the best has mass 1."""
    top = max(masses.values())
    floor = top * _BEAM
    if len(masses) > width:
        floor = max(floor, sorted(masses.values())[-width])
    return {state: mass / top for state, mass in masses.items() if mass >= floor}


def _shares(texts: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    total = sum(weight for _, weight in texts)
    return tuple((text, weight / total) for text, weight in texts)
