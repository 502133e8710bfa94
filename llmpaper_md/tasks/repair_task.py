"""``repair`` of one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..config import Config
from ..reading.conflicts import refuse_conflicts
from ..repairing import Repair, apply_choices, apply_to_repaired, repair
from ..source import Source
from ..words import counted, quoted


@dataclass(frozen=True, slots=True)
class Repaired:
    """What is made of one file.

    Attributes:
        text: the repaired text.
        said: what was done, a line each.
        unsure: whether characters are left that a person should look over.
        json: the repair as JSON, where it was asked for.
        explanation: the damaged runs in words, where they were asked for.
        review: the unsure characters as TOML, where they were asked for.
    """

    text: str
    said: tuple[str, ...]
    unsure: bool
    json: str | None = None
    review: str | None = None
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class RepairTask:
    """What is asked for: see the arguments of ``llmpaper-md repair``."""

    channel: str | None
    below: float
    fold_radicals: bool
    corrections: Source | None = None
    earlier: str = ""
    wants_json: bool = False
    wants_explanation: bool = False
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
        review = json = explanation = None
        if self.corrections:
            done = corrected(done, self.corrections)
        if self.wants_review:
            from ..export.json_repairs import write_review

            decisions = self.earlier or (self.corrections.text if self.corrections else "")
            review = write_review(done, source.name, self.below, decisions)
        if self.wants_json:
            from ..export.json_repairs import to_json

            json = to_json(done, source)
        if self.wants_explanation:
            explanation = explained(source, done)
        unsure = any(guess.probability < self.below for guess in done.guesses)
        return Repaired(
            done.text, report(source, done, self.below), unsure, json, review, explanation
        )


def corrected(done: Repair, corrections: Source) -> Repair:
    """The repair with what a person chose.

    Raises:
        CorrectionError: a choice does not fit.
    """
    from ..export.json_repairs import read_corrections

    choices = read_corrections(corrections.text, corrections.name, done.text)
    if not done.guesses:  # it was repaired before, and some choices may already stand in it
        return replace(done, text=apply_to_repaired(done.text, choices))
    return apply_choices(done, choices)


_KINDS = {
    "exact": "read back",
    "guessed": "restored, with guesses",
    "suspected": "possibly garbled, left",
    "lost": "cannot be read any more, left",
}


def explained(source: Source, done: Repair) -> str:
    """The damaged runs of a file: where, what, how it was damaged, and the evidence."""
    lines = []
    for run in done.runs:
        place = source.position(run.original.start)
        became = f" -> {quoted(run.span.cut(done.text))}" if run.repaired else ""
        lines.append(
            f"{source.name}:{place.line}:{place.column}: {quoted(run.before)}{became}\n"
            f"    {_KINDS[run.kind]}: {run.channel}; {run.evidence}"
            f"{'; proved' if run.proved else ''}\n"
        )
    return "".join(lines) or f"{source.name}: nothing looks damaged\n"


def report(source: Source, done: Repair, below: float) -> tuple[str, ...]:
    """A few lines on what was repaired, how much is less sure than ``below``, and what is left."""
    said = [f"{source.name}: {step}" for step in done.steps]
    if done.guesses:
        unsure = sum(guess.probability < below for guess in done.guesses)
        said.append(
            f"{source.name}: {len(done.guesses):,} characters had lost bytes and were restored, "
            f"{unsure:,} of them less sure than {below:g}"
        )
    for kind, what in (("suspected", "possibly garbled"), ("lost", "not readable any more")):
        count = sum(run.kind == kind for run in done.runs)
        if count:
            said.append(f"{source.name}: {counted(count, 'place')} {what}, left")
    if not said:
        return (f"{source.name}: nothing to repair",)
    return tuple(said)
