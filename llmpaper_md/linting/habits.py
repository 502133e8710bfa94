"""Habits of a list: the same finding so often that it is reported once for the file.

A list whose 2,310 links to arXiv begin with ``http://`` has one problem, not 2,310. Its rule says
with each problem what many of them are together (`Problem.habit`). The findings are joined when
their fixes have been proved one by one, so that the fix of the joined one is those that are made.
"""

from __future__ import annotations

from collections.abc import Iterable

from .findings import Finding, Fix, RelatedLocation

MANY = 20
"""As many findings of one kind in a file are a habit."""


def join_habits(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order, those that are a habit of the list as one.

    Findings with a safe fix, with another and without one are not joined with each other.
    """
    findings = list(findings)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.habit is not None:
            groups.setdefault(_kind(finding), []).append(finding)
    joined = {id(group[0]): _joined(group) for group in groups.values() if len(group) >= MANY}
    if not joined:
        return findings
    return [
        joined.get(id(finding), finding)
        for finding in findings
        if finding.habit is None or len(groups[_kind(finding)]) < MANY or id(finding) in joined
    ]


def _kind(finding: Finding) -> tuple[object, ...]:
    fix = finding.fix
    of_fix = (fix.title, fix.applicability, fix.changes) if fix else None
    return finding.rule, finding.habit, of_fix


def _joined(group: list[Finding]) -> Finding:
    first, last = group[0], group[-1]
    fix = first.fix and Fix(
        first.fix.title,
        tuple(
            sorted(
                {edit for finding in group if finding.fix for edit in finding.fix.edits},
                key=lambda edit: edit.span,
            )
        ),
        first.fix.applicability,
        first.fix.changes,
    )
    return Finding(
        first.rule,
        first.severity,
        f"{len(group):,} {first.habit}",
        first.span,
        (RelatedLocation(last.span, "the last of them"),),
        fix,
    )
