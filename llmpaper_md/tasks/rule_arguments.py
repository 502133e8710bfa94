"""What the arguments of a command ask of the rules; with a file's settings, its `LintOptions`.

Plain values without the argument parser, so that a worker process need not load that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..config import Config
from ..linting.options import LintOptions


@dataclass(frozen=True, slots=True)
class RuleArguments:
    """The values of a command's arguments.

    Attributes:
        select: only these rules, whatever the settings select.
        ignore: rules not to run, in addition to those that the settings ignore.
        strict: whether the strict rules run as well.
        today: the day by which dates are judged.
        titles: the correct titles of papers by canonical key.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    today: date | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def options(self, path: str, settings: Config) -> LintOptions:
        """The options for a file with these settings."""
        options = settings.lint_options(path)
        return replace(
            options,
            select=self.select or options.select,
            ignore=self.ignore + options.ignore,
            strict=self.strict or options.strict,
            today=self.today,
            titles=self.titles,
        )
