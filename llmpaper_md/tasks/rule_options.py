"""The options of the rules for one file: what a command was given, and the file's settings.

A module of its own, without the argument parser, so that a worker process need not load that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..config import Config
from ..linting.options import LintOptions


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """What a command was given; called with a file's name and settings, its options.

    Attributes:
        select: these rules only, whatever the settings select.
        ignore: rules left out, with those that the settings leave out.
        strict: whether the strict rules run, too.
        today: the day that dates are judged by.
        titles: the right titles of papers by canonical key.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    today: date | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, path: str, settings: Config) -> LintOptions:
        """The options of the rules for a file."""
        options = settings.lint_options(path)
        return replace(
            options,
            select=self.select or options.select,
            ignore=self.ignore + options.ignore,
            strict=self.strict or options.strict,
            today=self.today,
            titles=self.titles,
        )
