"""``format`` and ``normalize``: format tables; repair, fix and format in one pass."""

from __future__ import annotations

import argparse

from .arguments import (
    add_channel_argument,
    add_format_arguments,
    add_rule_arguments,
    check_channel,
    format_arguments,
    read_corrections,
    rule_arguments,
)
from .common import DONE, FAILED, FINDINGS, Sources, add_files, print_status
from .jobs import add_jobs, print_summary, run_with_progress
from .output import add_output, check_output, write_result

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from ..source import Source
    from ..tasks.format_task import FormatOutcome
    from .common import Commands

_FORMAT = """\
Format the tables of a list and print it: add the outer pipes and cells that are missing, and an
empty line before and after each table. A table keeps its style unless --table-style or a setting
names another one. Nothing else changes.
"""
_NORMALIZE = """\
Repair a list, apply the safe fixes of lint, format its tables, and print it. A summary goes to
standard error. Exits with 1 if findings of severity error remain.
"""


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    normalize = commands.add_parser(
        "normalize", help="repair, fix and format in one pass", description=_NORMALIZE
    )
    add_files(normalize)
    add_jobs(normalize)
    add_output(normalize)
    normalize.add_argument("--unsafe-fixes", action="store_true", help="also apply unsafe fixes")
    add_channel_argument(normalize)
    normalize.add_argument(
        "--corrections",
        metavar="TOML",
        help="apply the corrections in TOML, a file that repair --review writes",
    )
    add_rule_arguments(normalize)
    add_format_arguments(normalize)
    normalize.set_defaults(run=_normalize)

    format_ = commands.add_parser("format", help="format tables", description=_FORMAT)
    add_files(format_)
    add_jobs(format_)
    add_output(format_)
    add_format_arguments(format_)
    format_.set_defaults(run=_format)


def _format(arguments: argparse.Namespace) -> int:
    from ..tasks.format_task import FormatTask

    check_output(arguments)
    sources = Sources(arguments)
    changed = 0

    def on_result(source: Source, outcome: FormatOutcome) -> None:
        nonlocal changed
        write_result(source, outcome.text, arguments)
        if outcome.text != source.text:
            changed += 1
            if arguments.check or arguments.in_place:
                print_status(
                    f"{source.name}: {'formatted' if arguments.in_place else 'would change'}"
                )

    count = run_with_progress(
        sources, arguments, "formatting", FormatTask(format_arguments(arguments)), on_result
    )
    print_summary(count, sources, changed, "formatted", would=not arguments.in_place)
    if sources.failed:
        return FAILED
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE


def _normalize(arguments: argparse.Namespace) -> int:
    from ..tasks.format_task import NormalizeTask

    check_output(arguments, "corrections")
    check_channel(arguments.channel)
    task = NormalizeTask(
        format_arguments(arguments),
        rule_arguments(arguments),
        unsafe=arguments.unsafe_fixes,
        channel=arguments.channel,
        corrections=read_corrections(arguments.corrections),
    )
    sources = Sources(arguments)
    changed = 0
    has_errors = False

    def on_result(source: Source, outcome: FormatOutcome) -> None:
        nonlocal changed, has_errors
        write_result(source, outcome.text, arguments)
        for line in outcome.messages:
            print_status(line)
        changed += outcome.text != source.text
        has_errors |= outcome.has_errors

    count = run_with_progress(sources, arguments, "repairing", task, on_result)
    print_summary(count, sources, changed, "normalized", would=not arguments.in_place)
    if sources.failed:
        return FAILED
    needs_change = changed and (arguments.check or arguments.diff)
    return FINDINGS if needs_change or has_errors else DONE
