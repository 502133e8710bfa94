"""Run the rules; `fixing` applies their fixes."""

from __future__ import annotations

from dataclasses import replace

from ..reading.document import Document
from ..reading.parser import as_document
from ..source import Source
from .context import Context
from .findings import Finding
from .options import LintOptions
from .registry import RULES, chosen
from .suppress import read_suppressions


def lint(text: str | Source | Document, options: LintOptions | None = None) -> list[Finding]:
    """Find what is wrong in a Markdown list of papers.

    Args:
        text: the Markdown, a `Source` that holds it, or a list that is parsed.
        options: which rules run, and what they are told.

    Returns:
        The findings in the order of their places, with spans in code points. The fixes that are
        ``safe`` are those that `fix` makes.

    Raises:
        ConfigError: ``options`` name a rule that is none.
        SourceError: the text cannot be read, see `parse`.

    >>> text = "| ID | Paper |\\n| - | - |\\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\\n| | |"
    >>> [(finding.rule, finding.severity) for finding in lint(text)]
    [('empty-row', 'warning')]
    """
    from .fixing import check_fixes

    options = options or LintOptions()
    return check_fixes(as_document(text, options.columns, options.max_stars), options)


def check(document: Document, options: LintOptions) -> list[Finding]:
    """Find what is wrong in a list that has been parsed.

    A ``safe`` fix is what its rule takes for one: `fixing.check_fixes` proves that.
    """
    return check_context(Context(document, options))


def check_context(context: Context) -> list[Finding]:
    """The same for a list as the rules see it."""
    document, options = context.document, context.options
    rules = chosen(options)
    found = [finding for rule in rules for finding in rule.check(context)]
    suppressions = read_suppressions(context)
    found = [finding for finding in found if not suppressions.silences(finding)]
    ran = {rule.name: options.severity.get(rule.name, rule.severity) for rule in rules}
    if "unused-ignore" in ran:
        found += suppressions.unused(document.source.text, ran, RULES)
    found = [
        finding
        if finding.severity == ran[finding.rule]
        else replace(finding, severity=ran[finding.rule])
        for finding in found
    ]
    return sorted(found, key=lambda finding: (finding.span.start, finding.span.end, finding.rule))
