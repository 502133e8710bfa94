"""``repair`` of one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..config import Config
from ..reading.conflicts import refuse_conflicts
from ..repairing import Repair, apply_choices, repair
from ..source import Source


@dataclass(frozen=True, slots=True)
class Repaired:
    """What is made of one file.

    Attributes:
        text: the repaired text.
        said: what was done, a line each.
        unsure: whether characters are left that a person should look over.
        json: the repair as JSON, where it was asked for.
        review: the unsure characters as TOML, where they were asked for.
    """

    text: str
    said: tuple[str, ...]
    unsure: bool
    json: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True)
class RepairTask:
    """What is asked for: see the arguments of ``llmpaper-md repair``."""

    channel: str | None
    below: float
    fold_radicals: bool
    corrections: Source | None = None
    wants_json: bool = False
    wants_review: bool = False

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> Repaired:
        """Repair one file.

        Raises:
            ConflictError: it has an unresolved merge conflict.
        """
        refuse_conflicts(source)
        done = repair(
            source.text,
            channel=self.channel,
            below=self.below,
            fold_radicals=self.fold_radicals,
            progress=progress,
        )
        review = json = None
        if self.wants_review:
            from ..export.json_repairs import write_review

            review = write_review(done, source.name, self.below)
        if self.corrections:
            done = corrected(done, self.corrections)
        if self.wants_json:
            from ..export.json_repairs import to_json

            json = to_json(done, source.name)
        unsure = any(guess.probability < self.below for guess in done.guesses)
        return Repaired(done.text, report(source, done, self.below), unsure, json, review)


def corrected(done: Repair, corrections: Source) -> Repair:
    """The repair with what a person chose.

    Raises:
        CorrectionError: a choice does not fit.
    """
    from ..export.json_repairs import read_corrections

    choices = read_corrections(corrections.text, corrections.name, done.text)
    return apply_choices(done, choices)


def report(source: Source, done: Repair, below: float) -> tuple[str, ...]:
    """A few lines on what was repaired, and how much of it is less sure than ``below``."""
    if done.text == source.text:
        return (f"{source.name}: nothing to repair",)
    said = [f"{source.name}: {step}" for step in done.steps]
    if done.guesses:
        unsure = sum(guess.probability < below for guess in done.guesses)
        said.append(
            f"{source.name}: {len(done.guesses):,} characters had lost bytes and were restored, "
            f"{unsure:,} of them less sure than {below:g}"
        )
    return tuple(said)
