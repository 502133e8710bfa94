"""The result of a merge for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..merging.merge_result import Conflict, MergeResult
from ..source import Source
from ..words import counted, quoted


def merge_report(a: Source, b: Source, result: MergeResult) -> Iterator[str]:
    """The lines of a report: cells filled, conflicts, and how many papers were added."""
    for filled in result.filled:
        position = f"{a.name}:{filled.line}: {filled.field} of {quoted(filled.title)}"
        yield f"{position} filled from {b.name}:{filled.other_line}: {quoted(filled.text)}"
    for conflict in result.conflicts:
        yield _conflict(a, b, conflict)
    conflicts = counted(len(result.conflicts), "conflict")
    cells = counted(len(result.filled), "cell")
    papers = counted(len(result.added), "paper")
    yield f"{a.name}: {papers} added from {b.name}, {cells} filled, {conflicts}"


def _conflict(a: Source, b: Source, conflict: Conflict) -> str:
    theirs = f"{b.name}:{conflict.other_line}"
    text = quoted(conflict.theirs)
    if conflict.kind == "left-out":
        return f"{theirs}: not added, because it would not be recognized as a paper: {text}"
    what = f"{conflict.field} of {quoted(conflict.title)}"
    if conflict.kind == "differs":
        kept = f"{a.name}:{conflict.line}: {what} differs: kept {quoted(conflict.ours)}"
        return f"{kept}; {theirs} has {text}"
    where = f"{a.name}:{conflict.line}" if conflict.line else a.name
    return f"{theirs}: {what} has no column in {where}: {text}"
