"""What a caller can choose for a run of the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..choices import PLACES, Place, Severity
from ..reading.columns import Field
from ..reading.stars import MAX_STARS


@dataclass(frozen=True, slots=True)
class LintOptions:
    """Which rules run, and with which options.

    An unknown name is a `ConfigError` when the rules run.

    Attributes:
        select: names of rules: only these run, strict ones included. Empty: all of them.
        ignore: names of rules that do not run.
        strict: whether the rules of the strict level run too.
        severity: the severity of a rule, by its name, instead of its own.
        columns: names of columns that the list uses in addition to the known ones (see `parse`).
        max_stars: the most stars that the list gives (see `parse`).
        read: where papers are looked for (see `parse`).
        rule_options: options of single rules by key, such as ``arxiv-form``; the page of a rule
            names its own.
        today: the day by which dates are judged; without it, rules that need one find nothing.
        titles: the right titles of papers by canonical key, such as ``arxiv:1706.03762``.
        exists: whether there is a file at a path relative to the list; without it, rules that ask
            for files find nothing.

    >>> from llmpaper_md import lint
    >>> text = "| Paper |\\n| - |\\n| A |\\n| |"
    >>> [finding.rule for finding in lint(text)]
    ['empty-row']
    >>> lint(text, LintOptions(ignore=("empty-row",)))
    []
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    severity: Mapping[str, Severity] = field(default_factory=dict, hash=False)
    columns: Mapping[Field, Sequence[str]] = field(default_factory=dict, hash=False)
    max_stars: int = MAX_STARS
    read: tuple[Place, ...] = PLACES
    rule_options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    today: date | None = None
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    exists: Callable[[str], bool] | None = None
