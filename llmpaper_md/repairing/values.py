"""What a repair hands on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..source import Span
from .channel import Channel

SURE: Final = 0.99
"""From this probability on a restored character counts as sure."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One character that a damaged one can have been.

    Attributes:
        text: the character; rarely with the ``?`` or blank after it, where it is not known whether
            that was one of its bytes.
        probability: its posterior probability, 0 to 1.
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Guess:
    """One restored character.

    Attributes:
        span: where it stands in the repaired text, in code points.
        chosen: what was put there.
        probability: the posterior probability of that.
        candidates: all it can have been, the most probable first.
    """

    span: Span
    chosen: str
    probability: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text and what was done to it.

    Attributes:
        text: the repaired text; the text itself where nothing was wrong.
        channel: how it was damaged; None where no bytes were found misread throughout.
        guesses: one for each character that had lost bytes, from left to right.
        steps: what was done, in words, in the order in which it was done.
    """

    text: str
    channel: Channel | None
    guesses: tuple[Guess, ...]
    steps: tuple[str, ...]

    def marked(self, below: float = SURE) -> str:
        """The text with each character that is less sure than ``below`` as ⟦this⟧.

        Example:
            >>> Repair("一字", None, (Guess(Span(1, 2), "字", 0.8, ()),), ()).marked()
            '一⟦字⟧'
        """
        parts: list[str] = []
        position = 0
        for guess in self.guesses:
            if guess.probability < below:
                parts += (self.text[position : guess.span.start], f"⟦{guess.chosen}⟧")
                position = guess.span.end
        return "".join((*parts, self.text[position:]))


@dataclass(frozen=True, slots=True)
class Question:
    """An unsure character as it is put to a caller's ``choose``.

    Attributes:
        before: the repaired text of its line up to it.
        after: the repaired text of its line after it.
        chosen: what the language model would put there.
        candidates: all it can have been, the most probable first.
    """

    before: str
    after: str
    chosen: str
    candidates: tuple[Candidate, ...]


Chooser = Callable[[Question], str | None]
"""Answers with the text of one candidate, or None to leave the choice as it is."""
