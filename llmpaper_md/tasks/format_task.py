"""``format`` and ``normalize`` of one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..choices import EndOfLine, SortKey, TableStyle
from ..config import Config
from ..formatting.format_options import FormatOptions
from ..formatting.normal_form import format_document
from ..linting.options import LintOptions
from ..reading.parser import parse
from ..source import Source
from ..words import counted


@dataclass(frozen=True, slots=True)
class Form:
    """The normal form that is asked for; what is None or 0 is left to the settings."""

    table_style: TableStyle | None = None
    max_table_width: int | None = None
    end_of_line: EndOfLine | None = None
    sort: SortKey | None = None

    def options(self, settings: Config) -> FormatOptions:
        """The form for a file with these settings."""
        options = settings.format_options()
        return replace(
            options,
            table_style=self.table_style or options.table_style,
            max_table_width=self.max_table_width or options.max_table_width,
            end_of_line=self.end_of_line or options.end_of_line,
            sort=self.sort,
        )


@dataclass(frozen=True, slots=True)
class Formed:
    """What is made of one file: its new text, what was done in words, and if errors are left."""

    text: str
    said: tuple[str, ...] = ()
    has_errors: bool = False


@dataclass(frozen=True, slots=True)
class FormatTask:
    """What is asked for: see the arguments of ``llmpaper-md format``."""

    form: Form

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> Formed:
        """Bring one file into normal form."""
        document = parse(source, columns=settings.columns, max_stars=settings.max_stars)
        return Formed(format_document(document, self.form.options(settings)).source.text)


@dataclass(frozen=True, slots=True)
class NormalizeTask:
    """What is asked for: see the arguments of ``llmpaper-md normalize``.

    ``rules`` makes the options of the rules from a file's name and settings.
    """

    form: Form
    rules: Callable[[str, Config], LintOptions]
    unsafe: bool = False
    channel: str | None = None
    corrections: Source | None = None

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> Formed:
        """Repair, fix and format one file."""
        from ..export.json_repairs import read_corrections
        from ..normalizing import normalize
        from ..repairing import SURE
        from .repair_task import report

        corrections = self.corrections
        done = normalize(
            source,
            self.rules(source.name, settings),
            self.form.options(settings),
            unsafe=self.unsafe,
            channel=self.channel,
            choices=(
                (lambda made: read_corrections(corrections.text, corrections.name, made.text))
                if corrections
                else None
            ),
            progress=progress,
        )
        name = source.name
        said = [*report(source, done.repair, SURE)]
        said.append(f"{name}: {counted(len(done.applied), 'finding')} mended")
        if done.left:
            errors = sum(finding.severity == "error" for finding in done.left)
            warnings = len(done.left) - errors
            left = f"{counted(errors, 'error')} and {counted(warnings, 'warning')} left"
            said.append(f"{name}: {left}; llmpaper-md lint shows them")
        else:
            said.append(f"{name}: nothing left to mend")
        return Formed(done.text, tuple(said), done.has_errors)
