"""``repair``: restore text whose bytes were misread and partly lost."""

from __future__ import annotations

import argparse

from .arguments import add_channel_argument, check_channel, read_corrections
from .common import (
    DONE,
    FAILED,
    FINDINGS,
    Sources,
    add_files,
    number,
    print_status,
    protect_sources,
    write,
    write_file,
)
from .jobs import add_jobs, print_summary, run_with_progress
from .output import add_output, check_output, write_result

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from ..source import Source
    from ..tasks.repair_task import RepairOutcome
    from .common import Commands

_DESCRIPTION = """\
Restore text whose UTF-8 bytes were read as another encoding and partly lost, and print it.
Clean text is left byte for byte as it is. A summary goes to standard error.
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "repair", help="restore garbled text, even if bytes were lost", description=_DESCRIPTION
    )
    add_files(parser)
    add_jobs(parser)
    output = add_output(parser)
    output.add_argument(
        "--json",
        action="store_true",
        help="print the repaired text, the channel and each guess as JSON",
    )
    parser.add_argument(
        "--review", metavar="TOML", help="write the uncertain characters to TOML, for review"
    )
    parser.add_argument(
        "--below",
        type=_probability,
        default=0.99,
        metavar="P",
        help="a character is uncertain if its probability is below P (default: 0.99)",
    )
    parser.add_argument(
        "--corrections",
        metavar="TOML",
        help="apply the corrections in TOML, a file written by --review and edited by you",
    )
    add_channel_argument(parser)
    parser.add_argument(
        "--fold-radicals",
        action="store_true",
        help="also replace Kangxi and CJK radicals by ideographs (⽂ by 文)",
    )
    parser.set_defaults(run=_run)


def _probability(text: str) -> float:
    return number(text, float, lambda value: 0 <= value <= 1, "a number from 0 to 1")


def _run(arguments: argparse.Namespace) -> int:
    from ..tasks.repair_task import RepairTask

    check_output(arguments, "json", "review", "corrections")
    check_channel(arguments.channel)
    protect_sources(arguments.review, arguments.files)
    task = RepairTask(
        arguments.channel,
        arguments.below,
        arguments.fold_radicals,
        read_corrections(arguments.corrections),
        wants_json=arguments.json,
        wants_review=bool(arguments.review),
    )
    is_reviewed = arguments.review or arguments.corrections or arguments.json
    sources = Sources(arguments)
    changed = 0

    def on_result(source: Source, outcome: RepairOutcome) -> None:
        nonlocal changed
        if outcome.review is not None:
            write_file(arguments, arguments.review, outcome.review)
        if outcome.json is not None:
            write(outcome.json)
        else:
            write_result(source, outcome.text, arguments)
        for line in outcome.messages:
            print_status(line)
        if outcome.unsure and not is_reviewed:
            print_status(
                "review them: --review review.toml, edit the file, then --corrections review.toml"
            )
        changed += outcome.text != source.text

    count = run_with_progress(sources, arguments, "repairing", task, on_result)
    print_summary(count, sources, changed, "repaired", would=not arguments.in_place)
    if sources.failed:
        return FAILED
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE
