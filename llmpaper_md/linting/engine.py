"""Run the rules, and apply their fixes until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..errors import LLMPaperError
from ..papers import parse
from ..source import Edit, Source, apply
from .context import Context
from .findings import Applicability, Finding
from .options import Options
from .registry import chosen

_PASSES = 16


def lint(text: str | Source, options: Options | None = None) -> list[Finding]:
    """Find what is wrong in a Markdown list of papers.

    Args:
        text: the Markdown, or a `Source` that holds it.
        options: which rules run, and what they are told.

    Returns:
        The findings in the order of their places.

    >>> text = "| ID | Paper |\\n| - | - |\\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\\n| | |"
    >>> [(finding.rule, finding.severity) for finding in lint(text)]
    [('empty-row', 'warning')]
    """
    options = options or Options()
    source = Source.of(text) if isinstance(text, str) else text
    context = Context(parse(source, column_names=options.columns), options)
    found: list[Finding] = []
    for rule in chosen(options):
        severity = options.severity.get(rule.name, rule.severity)
        found += (
            finding if finding.severity == severity else replace(finding, severity=severity)
            for finding in rule.check(context)
        )
    return sorted(found, key=lambda finding: (finding.span.start, finding.span.end, finding.rule))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with fixes applied, the findings they were for, and those that are left."""

    text: str
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]


def fix(text: str, options: Options | None = None, *, unsafe: bool = False) -> Fixed:
    """Apply the fixes of the findings, safe ones only by default, until nothing changes.

    Of fixes that overlap, one is applied at a time.

    Raises:
        LLMPaperError: the fixes of some rules undo one another; the message names them.

    >>> fix("| Paper |\\n| - |\\n| A |\\n| |\\n", Options(select=("empty-row",)), unsafe=True).text
    '| Paper |\\n| - |\\n| A |\\n'
    """
    wanted: tuple[Applicability, ...] = ("safe", "unsafe") if unsafe else ("safe",)
    applied: list[Finding] = []
    for _ in range(_PASSES):
        findings = lint(text, options)
        now = list(_compatible(findings, wanted))
        if not now:
            return Fixed(text, tuple(applied), tuple(findings))
        text = apply(text, (edit for finding in now for edit in _edits(finding)))
        applied += now
    names = ", ".join(sorted({finding.rule for finding in now}))
    raise LLMPaperError(f"the fixes of {names} do not come to an end; please report this list")


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix else ()


def _compatible(
    findings: Iterable[Finding], wanted: tuple[Applicability, ...]
) -> Iterable[Finding]:
    """Findings whose fixes do not touch one another's text."""
    taken: list[tuple[int, int]] = []
    for finding in findings:
        if not finding.fix or finding.fix.applicability not in wanted:
            continue
        spans = [(edit.span.start, edit.span.end) for edit in finding.fix.edits]
        if not any(start <= b and a <= end for start, end in spans for a, b in taken[-64:]):
            taken += spans
            yield finding
