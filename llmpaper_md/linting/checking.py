"""Run the rules; `fixing` proves and applies their fixes."""

from __future__ import annotations

from collections.abc import Iterable

from ..reading.document import Document
from .context import Context
from .findings import Finding, Problem
from .options import LintOptions
from .registry import RULES, chosen
from .suppress import read_suppressions, suppress


def check(document: Document, options: LintOptions) -> list[Finding]:
    """Find the problems of a list that has been parsed.

    A ``safe`` fix is what its rule takes for one: `fixing.check_fixes` proves that, and joins the
    findings that are a habit of the list.
    """
    return check_context(Context(document, options))


def check_context(context: Context) -> list[Finding]:
    """The same for a list as the rules see it."""
    document, options = context.document, context.options
    rules = chosen(options)
    severities = {rule.name: options.severity.get(rule.name, rule.severity) for rule in rules}

    def findings(name: str, problems: Iterable[Problem]) -> list[Finding]:
        severity = severities[name]
        return [
            Finding(name, severity, p.message, p.span, p.related, p.fix, p.habit) for p in problems
        ]

    suppressed = suppress(
        (finding for rule in rules for finding in findings(rule.name, rule.check(context))),
        read_suppressions(context),
    )
    found = list(suppressed.left)
    if "unused-ignore" in severities:
        unused = suppressed.unused(document.source.text, severities, RULES)
        found += findings("unused-ignore", unused)
    return sorted(found, key=lambda finding: (finding.span.start, finding.span.end, finding.rule))
