"""Changes to a text in several passes, and where each of them came from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..source import Span
from .result import Guess, Kind, Run


@dataclass(frozen=True, slots=True)
class Part:
    """A damaged part of an edit.

    Attributes:
        start: its first code point in the text that is edited.
        end: the code point after its last.
        made: its place in the text of the edit.
        channel: how it was damaged, in words.
        kind: what became of it.
        evidence: the evidence for that, in words.
        proved: whether damaging the result gives the text before.
    """

    start: int
    end: int
    made: Span
    channel: str
    kind: Kind
    evidence: str = ""
    proved: bool = True


@dataclass(slots=True)
class Edit:
    """A line or a part of one, and what it becomes."""

    start: int
    end: int
    text: str
    guesses: list[Guess] = field(default_factory=list)  # spans within the text of the edit
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class _Kept:
    """A run during the repair: its present place, and its original text."""

    start: int
    end: int
    before: str
    channel: str
    kind: Kind
    evidence: str
    proved: bool


class Progress:
    """A text that is repaired in passes.

    Attributes:
        text: the present text.
        guesses: the guesses in it, from left to right.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.guesses: tuple[Guess, ...] = ()
        self._runs: list[_Kept] = []

    def apply(self, edits: Iterable[Edit | None]) -> bool:
        """Apply edits from left to right; guesses elsewhere move along, those within are dropped.

        Returns:
            Whether the text changed.
        """
        done = [edit for edit in edits if edit is not None]
        before = self.text
        self._move_runs(done)
        self.text, self.guesses = _apply(self.text, self.guesses, done)
        return self.text != before

    def runs(self) -> tuple[Run, ...]:
        """The runs, with their places in the damaged text and in the repaired one."""
        made: list[Run] = []
        shift = 0
        for run in self._runs:
            start = run.start + shift
            original = Span(start, start + len(run.before))
            shift += len(run.before) - (run.end - run.start)
            made.append(
                Run(
                    original, Span(run.start, run.end), run.before, run.channel, run.kind,
                    run.evidence, run.proved and run.kind in ("exact", "guessed"),
                )
            )  # fmt: skip
        return tuple(made)

    def free(self, start: int, end: int) -> bool:
        """Whether there is no run in a part of the present text."""
        return not self._overlapping([run.start for run in self._runs], start, end)

    def _move_runs(self, edits: list[Edit]) -> None:
        """Add the parts of edits, and move the other runs along."""
        fresh: list[_Kept] = []
        shifts: list[tuple[int, int]] = []  # from this offset on, by so much
        spans: list[tuple[int, int]] = []
        shift = 0
        starts = [run.start for run in self._runs]
        for edit in edits:
            for part in edit.parts:
                here = edit.start + shift
                inside = self._overlapping(starts, part.start, part.end)
                low = min([part.start, *(run.start for run in inside)])
                high = max([part.end, *(run.end for run in inside)])
                spans.append((low, high))
                fresh.append(
                    _Kept(
                        here + part.made.start - (part.start - low),
                        here + part.made.end + (high - part.end),
                        self._before(inside, low, high),
                        part.channel,
                        part.kind,
                        part.evidence,
                        part.proved and all(run.proved for run in inside),
                    )
                )
            shift += len(edit.text) - (edit.end - edit.start)
            shifts.append((edit.end, shift))
        moved: list[_Kept] = []
        number = position = shift = 0
        for run in self._runs:
            while number < len(shifts) and shifts[number][0] <= run.start:
                shift = shifts[number][1]
                number += 1
            while position < len(spans) and spans[position][1] <= run.start:
                position += 1
            if position < len(spans) and spans[position][0] < run.end:
                continue  # it is part of a new one
            moved.append(replace(run, start=run.start + shift, end=run.end + shift))
        self._runs = sorted([*fresh, *moved], key=lambda run: (run.start, run.end))

    def _overlapping(self, starts: list[int], start: int, end: int) -> list[_Kept]:
        first = bisect_right(starts, start)
        while first and self._runs[first - 1].end > start:
            first -= 1
        return self._runs[first : bisect_left(starts, end)]

    def _before(self, inside: list[_Kept], start: int, end: int) -> str:
        """The original text of a part of the present one."""
        made: list[str] = []
        for run in inside:
            made += (self.text[start : run.start], run.before)
            start = run.end
        return "".join((*made, self.text[start:end]))


def _apply(
    text: str, guesses: tuple[Guess, ...], edits: Iterable[Edit | None]
) -> tuple[str, tuple[Guess, ...]]:
    made: list[str] = []
    moved: list[Guess] = []
    older = iter(guesses)
    waiting = next(older, None)
    position = length = 0
    for edit in edits:
        if edit is None:
            continue
        kept = text[position : edit.start]
        while waiting is not None and waiting.span.start < edit.end:
            if waiting.span.end <= edit.start:
                moved.append(shifted(waiting, length - position))
            waiting = next(older, None)
        made += (kept, edit.text)
        length += len(kept)
        moved += [shifted(guess, length) for guess in edit.guesses]
        length += len(edit.text)
        position = edit.end
    while waiting is not None:
        moved.append(shifted(waiting, length - position))
        waiting = next(older, None)
    made.append(text[position:])
    return "".join(made), tuple(moved)


def shifted(guess: Guess, by: int) -> Guess:
    """The same guess at another place."""
    span = Span(guess.span.start + by, guess.span.end + by)
    return Guess(span, guess.chosen, guess.probability, guess.candidates)
