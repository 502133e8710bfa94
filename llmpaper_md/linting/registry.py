"""The rules by name.

A rule is a module of ``rules/`` that has the rule's name, with underscores. Its docstring is the
rule's manual page, ``SEVERITY``, ``LEVEL`` and ``FIX`` are its properties, ``OPTIONS`` declares its
options, and ``check(context)`` yields its problems. A module is imported when its rule is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from .._version import DOCS_URL
from ..choices import Severity
from ..errors import ConfigError
from ..setting_types import Option, check_name
from .context import Context
from .findings import Applicability, Level, Problem
from .options import LintOptions

GROUPS: dict[str, tuple[str, ...]] = {
    "Encoding and text": (
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
    ),
    "Tables": (
        "surplus-cells",
        "missing-cells",
        "empty-row",
        "empty-cell",
        "unsorted-table",
        "broken-table",
    ),
    "IDs and stars": (
        "missing-id",
        "duplicate-id",
        "id-order",
        "invalid-id",
        "missing-stars",
        "too-many-stars",
        "invalid-stars",
        "mixed-stars",
    ),
    "Links": (
        "missing-link",
        "empty-link",
        "placeholder-link",
        "broken-link",
        "invalid-url",
        "missing-anchor",
        "missing-file",
        "undefined-reference",
        "unused-reference",
        "bare-url",
        "swallowed-text",
        "misleading-link",
        "wrong-badge",
        "glued-links",
        "insecure-url",
        "tracking-parameters",
        "expired-url",
        "dead-host",
        "arxiv-form",
        "invalid-arxiv-id",
        "invalid-doi",
    ),
    "Papers": (
        "duplicate-paper",
        "duplicate-paper-across-lists",
        "conflicting-titles",
        "conflicting-identifiers",
        "conflicting-facts",
        "year-before-arxiv",
        "wrong-title",
        "mixed-venues",
        "mixed-dates",
        "missing-introduction",
        "shouting-title",
    ),
    "Headings and files": (
        "heading-in-list",
        "glued-heading-number",
        "heading-order",
        "merge-conflict",
        "file-too-large",
        "unused-ignore",
    ),
}
"""The rules by what they are about, in the order of the manual."""

RULES = tuple(name for names in GROUPS.values() for name in names)
"""The names of all rules."""


class Rule(NamedTuple):
    """A rule: its properties, its manual page in Markdown, and the function that finds."""

    name: str
    group: str
    severity: Severity
    level: Level
    fix: Applicability | None
    page: str
    options: tuple[Option[Any], ...]
    check: Callable[[Context], Iterator[Problem]]

    @property
    def summary(self) -> str:
        """The first line of the manual page: what the rule finds."""
        return self.page.partition("\n")[0]

    @property
    def url(self) -> str:
        """Where the manual page of the rule is read."""
        return rule_url(self.name)


def rule_url(name: str) -> str:
    """The address of a rule's page in the documentation.

    >>> rule_url("empty-row")
    'https://example.org/llmpaper-md/rules/#empty-row'
    """
    return f"{DOCS_URL}/rules/#{name}"


@cache
def rule(name: str) -> Rule:
    """The rule called ``name``.

    >>> rule("empty-row").severity
    'warning'
    """
    module = import_module(f".rules.{name.replace('-', '_')}", __package__)
    options = getattr(module, "OPTIONS", ())
    return Rule(
        name,
        next(group for group, names in GROUPS.items() if name in names),
        module.SEVERITY,
        module.LEVEL,
        module.FIX,
        _page((module.__doc__ or "").strip(), options),
        options,
        module.check,
    )


def _page(text: str, options: Iterable[Option[Any]]) -> str:
    """The manual page, with the options that the rule declares before its last section."""
    entries = [
        f"- `{option.key}` ({_values(option)}; default: `{option.default}`): {option.help}"
        for option in options
    ]
    if not entries:
        return text
    before, since, after = text.rpartition("## Since")
    return "\n".join([f"{before}## Options\n", *entries, f"\n{since}{after}"])


def _values(option: Option[Any]) -> str:
    """Which values an option can have, in words."""
    schema = option.type.schema()
    if "enum" in schema:
        *words, last = (f"`{word}`" for word in schema["enum"])
        return f"{', '.join(words)} or {last}"
    return f"{schema['type']}, at least {schema['minimum']}"


def rule_options() -> dict[str, Option[Any]]:
    """The options that rules declare, by key. This imports all rules."""
    return {option.key: option for name in RULES for option in rule(name).options}


def chosen(options: LintOptions) -> list[Rule]:
    """The rules that run with these options, in the order of the manual.

    Raises:
        ConfigError: the options name an unknown rule, which would be ignored otherwise.
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
