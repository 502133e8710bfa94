"""Lint a list: the one call that a user makes."""

from __future__ import annotations

from ..reading.document import Document
from ..reading.parser import as_document
from ..source import Source
from .findings import Finding
from .fixing import check_fixes
from .options import LintOptions


def lint(text: str | Source | Document, options: LintOptions | None = None) -> list[Finding]:
    """Find the problems of a Markdown list of papers.

    Args:
        text: the Markdown, a `Source` that holds it, or a `Document`.
        options: which rules run, and with which options.

    Returns:
        The findings in the order of their places, with spans in code points. The fixes that are
        ``safe`` are those that `fix` makes.

    Raises:
        ConfigError: ``options`` name an unknown rule.

    >>> text = "| ID | Paper |\\n| - | - |\\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\\n| | |"
    >>> [(finding.rule, finding.severity) for finding in lint(text)]
    [('empty-row', 'warning')]
    """
    options = options or LintOptions()
    return check_fixes(as_document(text, options.columns, options.max_stars, options.read), options)
