"""A hole in the lattice: its candidates, sorted by what the language model can tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log
from typing import Final

from .result import Candidate

_NEGLIGIBLE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole as the lattice sees it: candidates that look the same to the model are one symbol.

    Attributes:
        numbers: the ids of its symbols, each once.
        weights: for each symbol the logarithm of its factor.
        unseen: the factor of the candidates that the model does not see at all, such as spaces.
        members: by symbol the texts it stands for, each with its share; the unseen by -1.
        brackets: the texts that are opening or closing brackets.
        least: every candidate with the least probability that any has, by code points.
    """

    numbers: tuple[int, ...]
    weights: tuple[float, ...]
    unseen: float
    members: dict[int, tuple[tuple[str, float], ...]]
    brackets: tuple[str, ...]
    least: tuple[Candidate, ...]

    def with_weights(self, factors: Mapping[str, float]) -> "Hole":
        """The same hole with the weights of some texts multiplied."""
        weights = list(self.weights)
        members = dict(self.members)
        for place, number in enumerate(self.numbers):
            texts = members[number]
            if len(texts) == 1:  # as nearly all have
                if (factor := factors.get(texts[0][0])) is not None:
                    weights[place] += log(factor)
                continue
            shares = [(text, share * factors.get(text, 1.0)) for text, share in texts]
            total = sum(share for _, share in shares)
            weights[place] += log(total)
            members[number] = tuple((text, share / total) for text, share in shares)
        return replace(self, weights=tuple(weights), members=members)

    def renumbered(self, numbers: Mapping[int, int]) -> "Hole":
        """The same hole with other symbols for some of its own; as it is where two would be one."""
        changed = tuple(numbers.get(number, number) for number in self.numbers)
        if changed == self.numbers or len(set(changed)) < len(changed):
            return self
        members = {numbers.get(number, number): texts for number, texts in self.members.items()}
        return replace(self, numbers=changed, members=members)

    def ranked(self, masses: Mapping[int, float], trust: float = 1.0) -> tuple[Candidate, ...]:
        """The candidates, the most probable first.

        Args:
            masses: the posterior of each symbol, up to a common factor.
            trust: the exponent of the posteriors; below 1 it makes all of them less sure.

        Returns:
            Every candidate of the hole with its probability. Each keeps the least, however sure the
            model is.
        """
        if trust != 1.0:
            top = max(masses.values())
            masses = {number: (mass / top) ** trust for number, mass in masses.items()}
        total = sum(masses.values())
        rest = self.least[0].probability
        scale = 1 - rest * len(self.least)
        found: list[tuple[float, str]] = []
        for number, mass in masses.items():
            share_of_all = mass / total * scale
            if share_of_all > _NEGLIGIBLE:
                for text, share in self.members[number]:
                    if (probability := share_of_all * share) > _NEGLIGIBLE:
                        found.append((-probability, text))
        found.sort()
        texts = {text for _, text in found}
        return (
            *(Candidate(text, rest - negative) for negative, text in found),
            *(candidate for candidate in self.least if candidate.text not in texts),
        )
