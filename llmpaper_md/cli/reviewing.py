"""``repair --interactive``: ask about the unsure characters in the terminal, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

TYPE_CHECKING = False  # like typing.TYPE_CHECKING, without importing typing
if TYPE_CHECKING:
    from ..repairing import Guess, Repair
    from ..source import Source

_SHOWN: Final = 9
_BESIDE: Final = 2
"""How many characters to either side make a context the same."""
_HELP: Final = """\
number: choose; enter: choose 1; u: undo; s: skip; q: save and quit
"""


@dataclass(slots=True)
class Sitting:
    """The questions of one sitting and the answers to them.

    Attributes:
        done: the repair.
        source: the text that was repaired.
        waiting: the numbers of the guesses to be asked about, the least sure first.
        total: how many there are with those that were decided before.
        answers: what was decided, by the number of the guess.
    """

    done: Repair
    source: Source
    waiting: list[int]
    total: int
    answers: dict[int, str] = field(default_factory=dict)
    history: list[list[int]] = field(default_factory=list)

    def run(self, ask: Callable[[str], str], show: Callable[[str], None]) -> bool:
        """Ask until all is decided, or the person leaves.

        Args:
            ask: shows a prompt and gives the answer; EOFError where there is none any more.
            show: shows some lines.

        Returns:
            Whether everything was asked about.
        """
        show(_HELP)
        place = 0
        while place < len(self.waiting):
            number = self.waiting[place]
            if number in self.answers:
                place += 1
                continue
            guess = self.done.guesses[number]
            candidates = [candidate.text for candidate in guess.candidates[:_SHOWN]]
            show(self._question(number))
            try:
                answer = ask("> ").strip(" \t\r\n")
            except (EOFError, KeyboardInterrupt):
                return False
            if answer == "q":
                return False
            if answer == "u":
                place = self._undo(place, show)
                continue
            if answer == "s":
                place += 1
                continue
            if answer == "":
                answer = "1"
            if not (answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(candidates)):
                show(f"unknown answer {answer!r}; {_HELP}")
                continue
            self._decide(number, candidates[int(answer) - 1], ask, show)
            place += 1
        return all(number in self.answers for number in self.waiting)

    def _decide(
        self, number: int, text: str, ask: Callable[[str], str], show: Callable[[str], None]
    ) -> None:
        made = [number]
        alike = [
            other
            for other in self.waiting
            if other != number
            and other not in self.answers
            and self._context(other) == self._context(number)
        ]
        if alike:
            try:
                answer = ask(f"also in {len(alike)} more places with the same context? [y/N] ")
            except (EOFError, KeyboardInterrupt):
                answer = ""
            if answer.strip(" \t\r\n").lower() in ("y", "yes"):
                made += alike
        for each in made:
            self.answers[each] = text
        self.history.append(made)

    def _undo(self, place: int, show: Callable[[str], None]) -> int:
        if not self.history:
            show("nothing to undo\n")
            return place
        undone = self.history.pop()
        for number in undone:
            del self.answers[number]
        return self.waiting.index(undone[0])

    def _question(self, number: int) -> str:
        guess = self.done.guesses[number]
        text = self.done.text
        from ..repairing import sentence
        from ..source import Source

        around = sentence(text, guess.span)
        position = Source.of(text).position(guess.span.start)
        said = (
            f"{text[around.start : guess.span.start]}⟦{guess.chosen}⟧"
            f"{text[guess.span.end : around.end]}"
        )
        said = "".join(char if char.isprintable() else " " for char in said)
        choices = "   ".join(
            f"{place} {_visible(candidate.text)} {candidate.probability:.4f}"
            for place, candidate in enumerate(guess.candidates[:_SHOWN], 1)
        )
        decided = self.total - len(self.waiting) + len(self.answers)
        return (
            f"\n{decided:,} of {self.total:,} decided\n"
            f"{self.source.name}:{position.line}:{position.column}: {said}\n  {choices}\n"
        )

    def _context(self, number: int) -> tuple[str, str, tuple[str, ...]]:
        guess = self.done.guesses[number]
        start, end = guess.span
        text = self.done.text
        return (
            text[max(0, start - _BESIDE) : start],
            text[end : end + _BESIDE],
            tuple(sorted(candidate.text for candidate in guess.candidates)),
        )


def _visible(text: str) -> str:
    return text if text.isprintable() and text.strip(" ") else repr(text)


def least_sure_first(guesses: tuple[Guess, ...], below: float, decided: set[int]) -> list[int]:
    """The numbers of the guesses that are to be asked about."""
    numbers = [
        number
        for number, guess in enumerate(guesses)
        if guess.candidates[0].probability < below and number not in decided
    ]
    return sorted(numbers, key=lambda number: guesses[number].candidates[0].probability)
