"""The rules by name.

A rule is a module of ``rules/`` called as the rule, with underscores: its docstring is the rule's
manual page, ``SEVERITY``, ``LEVEL`` and ``FIX`` say what it is, and ``check(context)`` yields its
findings. A rule is loaded when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from ..errors import ConfigError
from ..setting_types import Option, check_name
from .context import Context
from .findings import Applicability, Finding, Level, Severity
from .options import LintOptions

# In the order of the manual: conflicts, encoding and text, tables, IDs and stars, links, papers,
# headings, the file.
RULES = (
    "merge-conflict",
    "mojibake",
    "lost-bytes",
    "unreadable-text",
    "replacement-character",
    "cjk-radical",
    "invisible-character",
    "fullwidth-latin",
    "cjk-latin-spacing",
    "broken-emphasis",
    "link-text-spaces",
    "surplus-cells",
    "missing-cells",
    "empty-row",
    "broken-table",
    "missing-id",
    "duplicate-id",
    "id-order",
    "invalid-id",
    "missing-stars",
    "too-many-stars",
    "invalid-stars",
    "mixed-stars",
    "missing-link",
    "empty-link",
    "broken-link",
    "bare-url",
    "swallowed-text",
    "misleading-link",
    "glued-links",
    "insecure-url",
    "tracking-parameters",
    "expired-url",
    "dead-host",
    "arxiv-form",
    "invalid-arxiv-id",
    "invalid-doi",
    "duplicate-paper",
    "duplicate-paper-across-tables",
    "conflicting-titles",
    "wrong-title",
    "missing-introduction",
    "shouting-title",
    "heading-in-list",
    "glued-heading-number",
    "heading-order",
    "file-too-large",
    "unused-ignore",
)


class Rule(NamedTuple):
    """A rule: what it is, its manual page in Markdown, and what finds."""

    name: str
    severity: Severity
    level: Level
    fix: Applicability | None
    page: str
    options: tuple[Option[Any], ...]
    check: Callable[[Context], Iterator[Finding]]

    @property
    def summary(self) -> str:
        """The first line of the manual page: what the rule finds."""
        return self.page.partition("\n")[0]


@cache
def rule(name: str) -> Rule:
    """The rule called ``name``.

    >>> rule("empty-row").severity
    'warning'
    """
    module = import_module(f".rules.{name.replace('-', '_')}", __package__)
    return Rule(
        name,
        module.SEVERITY,
        module.LEVEL,
        module.FIX,
        (module.__doc__ or "").strip(),
        getattr(module, "OPTIONS", ()),
        module.check,
    )


def rule_options() -> dict[str, Option[Any]]:
    """The options that rules declare, by key. This loads all rules."""
    return {option.key: option for name in RULES for option in rule(name).options}


def chosen(options: LintOptions) -> list[Rule]:
    """The rules that run with these options, in the order of the manual.

    Raises:
        ConfigError: the options name a rule that is none, which would be passed over otherwise.
    """
    for name in (*options.select, *options.ignore, *options.severity):
        if name not in RULES:
            raise ConfigError(f"unknown rule {name!r}; llmpaper-md rules lists them")
    if options.rule_options:
        known = rule_options()
        for key, value in options.rule_options.items():
            check_name(key, known, "option", "rule_options")
            known[key].type.read(value, key)
    names = [
        name
        for name in RULES
        if name not in options.ignore
        and (
            name in options.select
            if options.select
            else options.strict or rule(name).level == "default"
        )
    ]
    return [rule(name) for name in names]
