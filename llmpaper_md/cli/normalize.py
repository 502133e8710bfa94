"""``format`` and ``normalize``: a list in normal form, and all that is done for a list in one."""

from __future__ import annotations

import argparse

from ..choices import ENDS_OF_LINE, SORT_KEYS, TABLE_STYLES
from . import lint, repair
from .common import DONE, FAILED, FINDINGS, Sources, add_files, number, say
from .jobs import add_jobs, sum_up, work_on
from .output import add_output, check_output, put

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..source import Source
    from ..tasks.format_task import Form, Formed
    from .common import Commands

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
    add_jobs(both)
    add_output(both)
    both.add_argument("--unsafe-fixes", action="store_true", help="apply the unsafe fixes too")
    repair.add_channel(both)
    both.add_argument(
        "--corrections", metavar="TOML", help="apply TOML, which repair --review wrote"
    )
    lint.add_rules(both)
    add_form(both)
    both.set_defaults(run=_normalize)

    form = commands.add_parser("format", help="bring tables into normal form", description=_FORMAT)
    add_files(form)
    add_jobs(form)
    add_output(form)
    add_form(form)
    form.set_defaults(run=_format)


def add_form(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say how tables are written."""
    form = parser.add_argument_group("form")
    form.add_argument(
        "--table-style",
        choices=TABLE_STYLES,
        help="compact: one blank either side of a cell; aligned: cells padded to columns of one "
        "width (default: compact, or as set)",
    )
    form.add_argument(
        "--max-table-width",
        type=_width,
        metavar="N",
        help="leave the last column of an aligned table as it is where the table would be wider "
        "than N columns of a terminal (default: 120, or as set)",
    )
    form.add_argument(
        "--end-of-line",
        choices=ENDS_OF_LINE,
        help="what lines end with; keep: as they do now (default: keep, or as set)",
    )
    form.add_argument(
        "--sort",
        choices=SORT_KEYS,
        help="sort the papers within each table: id and title upwards, stars and year downwards",
    )


def _width(text: str) -> int:
    return number(text, int, lambda value: value >= 1, "a whole number from 1 on")


def asked_form(arguments: argparse.Namespace) -> Form:
    """The form that the arguments of `add_form` ask for."""
    from ..tasks.format_task import Form

    return Form(
        arguments.table_style, arguments.max_table_width, arguments.end_of_line, arguments.sort
    )


def _format(arguments: argparse.Namespace) -> int:
    from ..tasks.format_task import FormatTask

    check_output(arguments)
    sources = Sources(arguments)
    changed = 0

    def put_out(source: Source, made: Formed) -> None:
        nonlocal changed
        put(source, made.text, arguments)
        if made.text != source.text:
            changed += 1
            if arguments.check or arguments.in_place:
                say(f"{source.name}: {'formatted' if arguments.in_place else 'would change'}")

    count = work_on(sources, arguments, "formatting", FormatTask(asked_form(arguments)), put_out)
    sum_up(count, sources, changed, "formatted", would=not arguments.in_place)
    if sources.failed:
        return FAILED
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE


def _normalize(arguments: argparse.Namespace) -> int:
    from ..tasks.format_task import NormalizeTask

    check_output(arguments, "corrections")
    repair.check_channel(arguments.channel)
    task = NormalizeTask(
        asked_form(arguments),
        lint.rule_options(arguments),
        unsafe=arguments.unsafe_fixes,
        channel=arguments.channel,
        corrections=repair.read_corrections(arguments.corrections),
    )
    sources = Sources(arguments)
    changed = 0
    has_errors = False

    def put_out(source: Source, made: Formed) -> None:
        nonlocal changed, has_errors
        put(source, made.text, arguments)
        for line in made.said:
            say(line)
        changed += made.text != source.text
        has_errors |= made.has_errors

    count = work_on(sources, arguments, "repairing", task, put_out)
    sum_up(count, sources, changed, "normalized", would=not arguments.in_place)
    if sources.failed:
        return FAILED
    wanting = changed and (arguments.check or arguments.diff)
    return FINDINGS if wanting or has_errors else DONE
