"""Holes for tests: what each candidate of one was multiplied by can be read off again."""

from math import exp

from llmpaper_md.repairing.brackets import BRACKETS
from llmpaper_md.repairing.lattice_hole import Hole
from llmpaper_md.repairing.result import Candidate


def hole(texts: str) -> Hole:
    """A hole with these candidates, each a symbol of its own and as likely as the others."""
    return Hole(
        tuple(map(ord, texts)),
        (0.0,) * len(texts),
        0.0,
        {ord(text): ((text, 1.0),) for text in texts},
        tuple(text for text in texts if text in BRACKETS),
        tuple(Candidate(text, 1e-6) for text in texts),
    )


def factors(weighed: Hole) -> dict[str, float]:
    """By what each candidate of such a hole was multiplied."""
    return {chr(n): exp(w) for n, w in zip(weighed.numbers, weighed.weights, strict=True)}
