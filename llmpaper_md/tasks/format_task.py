"""``format`` and ``normalize`` for one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..choices import EndOfLine, SortKey, TableStyle
from ..config import Config
from ..formatting.format_options import FormatOptions
from ..formatting.normal_form import format_document
from ..reading.parser import parse
from ..source import Source
from ..words import counted
from .rule_arguments import RuleArguments


@dataclass(frozen=True, slots=True)
class FormatArguments:
    """How tables are to be written; the settings decide what is None or 0."""

    table_style: TableStyle | None = None
    max_table_width: int | None = None
    end_of_line: EndOfLine | None = None
    sort: SortKey | None = None

    def options(self, settings: Config) -> FormatOptions:
        """The options for a file with these settings."""
        options = settings.format_options()
        return replace(
            options,
            table_style=self.table_style or options.table_style,
            max_table_width=self.max_table_width or options.max_table_width,
            end_of_line=self.end_of_line or options.end_of_line,
            sort=self.sort,
        )


@dataclass(frozen=True, slots=True)
class FormatOutcome:
    """The result for one file.

    Attributes:
        text: the new text.
        messages: what was done, one line each.
        has_errors: whether findings of severity error remain.
    """

    text: str
    messages: tuple[str, ...] = ()
    has_errors: bool = False


@dataclass(frozen=True, slots=True)
class FormatTask:
    """The arguments of ``llmpaper-md format`` that matter to one file."""

    format: FormatArguments

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> FormatOutcome:
        """Format one file."""
        document = parse(
            source, columns=settings.columns, max_stars=settings.max_stars, read=settings.read
        )
        return FormatOutcome(format_document(document, self.format.options(settings)).source.text)


@dataclass(frozen=True, slots=True)
class NormalizeTask:
    """The arguments of ``llmpaper-md normalize`` that matter to one file."""

    format: FormatArguments
    rules: RuleArguments
    unsafe: bool = False
    channel: str | None = None
    corrections: Source | None = None

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> FormatOutcome:
        """Repair, fix and format one file."""
        from ..export.json_repairs import read_corrections
        from ..normalizing import normalize
        from ..repairing import SURE
        from .repair_task import repair_messages

        corrections = self.corrections
        result = normalize(
            source,
            self.rules.options(source.name, settings),
            self.format.options(settings),
            unsafe=self.unsafe,
            channel=self.channel,
            choices=(
                (lambda repair: read_corrections(corrections.text, corrections.name, repair.text))
                if corrections
                else None
            ),
            progress=progress,
        )
        name = source.name
        messages = [*repair_messages(source, result.repair, SURE)]
        messages.append(f"{name}: {counted(len(result.applied), 'problem')} fixed")
        if result.left:
            errors = sum(finding.severity == "error" for finding in result.left)
            warnings = len(result.left) - errors
            left = f"{counted(errors, 'error')} and {counted(warnings, 'warning')} left"
            messages.append(f"{name}: {left}; run llmpaper-md lint to see them")
        else:
            messages.append(f"{name}: nothing left to fix")
        return FormatOutcome(result.text, tuple(messages), result.has_errors)
