"""``repair`` for one file, and the messages about a repair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..config import Config
from ..reading.conflicts import refuse_conflicts
from ..repairing import Repair, apply_choices, repair
from ..source import Source
from ..words import counted


@dataclass(frozen=True, slots=True)
class RepairOutcome:
    """The result for one file.

    Attributes:
        text: the repaired text.
        messages: what was done, one line each.
        unsure: whether any characters should be reviewed by a person.
        json: the repair as JSON, if requested.
        review: the uncertain characters as TOML, if requested.
    """

    text: str
    messages: tuple[str, ...]
    unsure: bool
    json: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True)
class RepairTask:
    """The arguments of ``llmpaper-md repair`` that matter to one file."""

    channel: str | None
    below: float
    fold_radicals: bool
    corrections: Source | None = None
    wants_json: bool = False
    wants_review: bool = False

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> RepairOutcome:
        """Repair one file.

        Raises:
            ConflictError: it has an unresolved merge conflict.
        """
        refuse_conflicts(source)
        result = repair(
            source.text,
            channel=self.channel,
            below=self.below,
            fold_radicals=self.fold_radicals,
            progress=progress,
        )
        review = json = None
        if self.wants_review:
            from ..export.json_repairs import write_review

            review = write_review(result, source.name, self.below)
        if self.corrections:
            result = corrected(result, self.corrections)
        if self.wants_json:
            from ..export.json_repairs import to_json

            json = to_json(result, source.name)
        unsure = any(guess.probability < self.below for guess in result.guesses)
        messages = repair_messages(source, result, self.below)
        return RepairOutcome(result.text, messages, unsure, json, review)


def corrected(result: Repair, corrections: Source) -> Repair:
    """The repair with what a person chose.

    Raises:
        CorrectionError: a choice does not fit the text.
    """
    from ..export.json_repairs import read_corrections

    choices = read_corrections(corrections.text, corrections.name, result.text)
    return apply_choices(result, choices)


def repair_messages(source: Source, result: Repair, below: float) -> tuple[str, ...]:
    """What was repaired, one line each, and how many guesses are less certain than ``below``."""
    if result.text == source.text:
        return (f"{source.name}: nothing to repair",)
    messages = [f"{source.name}: {step}" for step in result.steps]
    if result.guesses:
        messages.append(f"{source.name}: {_restored(result, below)}")
    return tuple(messages)


def _restored(result: Repair, below: float) -> str:
    unsure = sum(guess.probability < below for guess in result.guesses)
    return (
        f"{counted(len(result.guesses), 'damaged character')} restored, {unsure:,} with a "
        f"probability below {below:g}"
    )
