"""``format`` and ``normalize``: a list in normal form, and all that is done for a list in one."""

from __future__ import annotations

import argparse
import sys

from ..errors import LLMPaperError
from . import lint
from .common import DONE, FAILED, FINDINGS, Sources, add_files, say
from .output import add_output, check_output, put
from .repair import read_choices, report

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..config import Config
    from ..formatting import FormatOptions
    from ..normalizing import Normalized
    from ..source import Source
    from .common import Commands

_SORT_KEYS = ("id", "stars", "year", "title")
_FORMAT = """\
Bring the tables of a list into normal form, and print it: outer pipes, one blank either side of a
cell, --- in the delimiter row, a blank line before and after a table. All else stays as it is.
"""
_NORMALIZE = """\
Repair a list, apply the safe fixes of lint, bring its tables into normal form, and print it. What
was done is said on standard error; exits with 1 where findings of severity error are left.
"""


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    both = commands.add_parser(
        "normalize", help="repair, fix and format, in one", description=_NORMALIZE
    )
    add_files(both)
    add_output(both)
    both.add_argument("--unsafe-fixes", action="store_true", help="apply the unsafe fixes too")
    both.add_argument("--channel", metavar="NAME", help="how the text was damaged (see repair)")
    both.add_argument("--corrections", metavar="TOML", help="apply a file made by repair --review")
    lint.add_rules(both)
    add_form(both)
    both.set_defaults(run=_normalize)

    form = commands.add_parser("format", help="bring tables into normal form", description=_FORMAT)
    add_files(form)
    add_output(form)
    add_form(form)
    form.set_defaults(run=_format)


def add_form(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say how tables are written."""
    form = parser.add_argument_group("form")
    form.add_argument(
        "--table-style", choices=("compact", "aligned"), help="default: compact, or as set"
    )
    form.add_argument(
        "--max-width",
        type=_width,
        metavar="N",
        help="leave the last column of an aligned table loose where the table is wider (120)",
    )
    form.add_argument(
        "--end-of-line", choices=("keep", "lf", "crlf"), help="default: keep, or as set"
    )
    form.add_argument("--sort", choices=_SORT_KEYS, help="sort the papers within each table")


def _width(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return value


def form_options(arguments: argparse.Namespace, settings: Config) -> FormatOptions:
    """What the arguments of `add_form` say, and where they do not, the settings."""
    from ..formatting import FormatOptions

    return FormatOptions(
        arguments.table_style or settings.table_style,
        arguments.max_width or settings.max_table_width,
        arguments.end_of_line or settings.end_of_line,
        arguments.sort,
    )


def _format(arguments: argparse.Namespace) -> int:
    from ..formatting import format_document
    from ..papers import parse

    check_output(arguments)
    sources = Sources(arguments)
    changed = False
    for source, settings in sources:
        try:
            document = parse(source, column_names=settings.columns)
            text = format_document(document, form_options(arguments, settings)).source.text
            put(source, text, arguments)
        except LLMPaperError as error:
            sources.fail(error)
            continue
        if text != source.text:
            changed = True
            if arguments.check or arguments.in_place:
                say(f"{source.name}: {'formatted' if arguments.in_place else 'would change'}")
    if sources.failed:
        return FAILED
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE


def _normalize(arguments: argparse.Namespace) -> int:
    check_output(arguments, "corrections")
    rules = lint.RuleOptions(arguments)
    sources = Sources(arguments)
    wanting = False
    for source, settings in sources:
        try:
            done = _normalized(source, settings, rules, arguments)
            put(source, done.text, arguments)
        except LLMPaperError as error:
            sources.fail(error)
            continue
        _say_what_was_done(source, done)
        changed = done.text != source.text and (arguments.check or arguments.diff)
        wanting |= changed or done.has_errors
    if sources.failed:
        return FAILED
    return FINDINGS if wanting else DONE


def _normalized(
    source: Source, settings: Config, rules: lint.RuleOptions, arguments: argparse.Namespace
) -> Normalized:
    from ..normalizing import normalize
    from ..report.terminal import ProgressBar

    corrections: str | None = arguments.corrections
    with ProgressBar(sys.stderr, f"repairing {source.name}") as bar:
        return normalize(
            source,
            rules.for_file(source.name, settings),
            form_options(arguments, settings),
            unsafe=arguments.unsafe_fixes,
            channel=arguments.channel,
            choices=(lambda done: read_choices(corrections, done)) if corrections else None,
            progress=bar.update,
        )


def _say_what_was_done(source: Source, done: Normalized) -> None:
    from ..linting.words import counted
    from ..repairing import SURE

    report(source, done.repair, SURE)
    say(f"{source.name}: {counted(len(done.applied), 'finding')} mended")
    errors = sum(finding.severity == "error" for finding in done.left)
    if not done.left:
        say(f"{source.name}: nothing left to mend")
        return
    left = f"{counted(errors, 'error')} and {counted(len(done.left) - errors, 'warning')} left"
    say(f"{source.name}: {left}; llmpaper-md lint shows them")
