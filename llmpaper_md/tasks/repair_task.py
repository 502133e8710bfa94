"""``repair`` for one file, and the messages about a repair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..config import Config
from ..reading.conflicts import refuse_conflicts
from ..repairing import Repair, apply_choices, apply_to_repaired, repair
from ..source import Source
from ..words import counted, quoted


@dataclass(frozen=True, slots=True)
class RepairOutcome:
    """The result for one file.

    Attributes:
        text: the repaired text.
        messages: what was done, one line each.
        unsure: whether any characters should be reviewed by a person.
        json: the repair as JSON, if requested.
        explanation: the damaged runs in words, if requested.
        review: the uncertain characters as TOML, if requested.
    """

    text: str
    messages: tuple[str, ...]
    unsure: bool
    json: str | None = None
    review: str | None = None
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class RepairTask:
    """The arguments of ``llmpaper-md repair`` that matter to one file."""

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
        review = json = explanation = None
        if self.corrections:
            result = corrected(result, self.corrections)
        if self.wants_review:
            from ..export.json_repairs import write_review

            decisions = self.earlier or (self.corrections.text if self.corrections else "")
            review = write_review(result, source.name, self.below, decisions)
        if self.wants_json:
            from ..export.json_repairs import to_json

            json = to_json(result, source)
        if self.wants_explanation:
            explanation = explained(source, result)
        unsure = any(guess.probability < self.below for guess in result.guesses)
        messages = repair_messages(source, result, self.below)
        return RepairOutcome(result.text, messages, unsure, json, review, explanation)


def corrected(result: Repair, corrections: Source) -> Repair:
    """The repair with what a person chose.

    Raises:
        CorrectionError: a choice does not fit the text.
    """
    from ..export.json_repairs import read_corrections

    choices = read_corrections(corrections.text, corrections.name, result.text)
    if not result.guesses:  # it was repaired before, and the text may have some choices already
        return replace(result, text=apply_to_repaired(result.text, choices))
    return apply_choices(result, choices)


_KINDS = {
    "exact": "restored exactly",
    "guessed": "restored with guesses",
    "suspected": "possibly garbled, not changed",
    "lost": "cannot be restored, not changed",
}


def explained(source: Source, result: Repair) -> str:
    """The damaged runs of a file: where, what, how it was damaged, and the evidence."""
    lines = []
    for run in result.runs:
        place = source.position(run.original.start)
        became = f" -> {quoted(run.span.cut(result.text))}" if run.repaired else ""
        lines.append(
            f"{source.name}:{place.line}:{place.column}: {quoted(run.before)}{became}\n"
            f"    {_KINDS[run.kind]}: {run.channel}; {run.evidence}"
            f"{'; proved' if run.proved else ''}\n"
        )
    return "".join(lines) or f"{source.name}: nothing looks damaged\n"


def repair_messages(source: Source, result: Repair, below: float) -> tuple[str, ...]:
    """What was repaired and what is left, one line each.

    ``below`` is the probability under which a guess counts as uncertain.
    """
    messages = [f"{source.name}: {step}" for step in result.steps]
    if result.guesses:
        messages.append(f"{source.name}: {_restored(result, below)}")
    for kind, what in (("suspected", "possibly garbled"), ("lost", "that cannot be restored")):
        count = sum(run.kind == kind for run in result.runs)
        if count:
            messages.append(f"{source.name}: {counted(count, 'place')} {what}, not changed")
    return tuple(messages) or (f"{source.name}: nothing to repair",)


def _restored(result: Repair, below: float) -> str:
    unsure = sum(guess.probability < below for guess in result.guesses)
    return (
        f"{counted(len(result.guesses), 'damaged character')} restored, {unsure:,} with a "
        f"probability below {below:g}"
    )
