"""``repair``: restore text whose bytes were misread and partly lost."""

from __future__ import annotations

import argparse

from ..errors import ChannelError
from .common import (
    DONE,
    FAILED,
    FINDINGS,
    Sources,
    add_files,
    keep_sources,
    number,
    say,
    write,
    write_file,
)
from .jobs import add_jobs, sum_up, work_on
from .output import add_output, check_output, put

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..source import Source
    from ..tasks.repair_task import Repaired
    from .common import Commands

_DESCRIPTION = """\
Restore text whose UTF-8 bytes were read as another encoding and partly lost, and print it.
Clean text is left byte for byte as it is. What was done is said on standard error.
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "repair", help="restore garbled text, lost bytes included", description=_DESCRIPTION
    )
    add_files(parser)
    add_jobs(parser)
    output = add_output(parser)
    output.add_argument(
        "--json",
        action="store_true",
        help="print the repaired text, the channel and each guess, as JSON",
    )
    parser.add_argument(
        "--review", metavar="TOML", help="write the unsure characters to TOML, to look them over"
    )
    parser.add_argument(
        "--below",
        type=_probability,
        default=0.99,
        metavar="P",
        help="what counts as unsure: a probability below P (default: 0.99)",
    )
    parser.add_argument(
        "--corrections", metavar="TOML", help="apply TOML, which --review wrote and you changed"
    )
    add_channel(parser)
    parser.add_argument(
        "--fold-radicals",
        action="store_true",
        help="also turn Kangxi and CJK radicals into ideographs (⽂ to 文)",
    )
    parser.set_defaults(run=_run)


def _probability(text: str) -> float:
    return number(text, float, lambda value: 0 <= value <= 1, "a number from 0 to 1")


def add_channel(parser: argparse.ArgumentParser) -> None:
    """Add the argument that says how the text was damaged."""
    parser.add_argument(
        "--channel",
        metavar="NAME",
        help="how the text was damaged, where that is known: a code page (windows-1254), or all "
        'that is said of it ("windows-1254, undefined bytes dropped, soft hyphens dropped")',
    )


def check_channel(name: str | None) -> None:
    """Complain of a channel that is none, before any file is read.

    Raises:
        ChannelError: it is none.
    """
    if name is None:
        return
    from ..repairing import Channel

    try:
        Channel.parse(name)
    except ChannelError as error:
        raise ChannelError(f"--channel: {error}") from None


def read_corrections(name: str | None) -> Source | None:
    """The file of corrections, if one is named."""
    if name is None:
        return None
    from ..export.json_repairs import LARGEST
    from ..source import read

    return read(name, limit=LARGEST)


def _run(arguments: argparse.Namespace) -> int:
    from ..tasks.repair_task import RepairTask

    check_output(arguments, "json", "review", "corrections")
    check_channel(arguments.channel)
    keep_sources(arguments.review, arguments.files)
    task = RepairTask(
        arguments.channel,
        arguments.below,
        arguments.fold_radicals,
        read_corrections(arguments.corrections),
        wants_json=arguments.json,
        wants_review=bool(arguments.review),
    )
    looked_over = arguments.review or arguments.corrections or arguments.json
    sources = Sources(arguments)
    changed = 0

    def put_out(source: Source, made: Repaired) -> None:
        nonlocal changed
        if made.review is not None:
            write_file(arguments, arguments.review, made.review)
        if made.json is not None:
            write(made.json)
        else:
            put(source, made.text, arguments)
        for line in made.said:
            say(line)
        if made.unsure and not looked_over:
            say("look them over with --review review.toml, then --corrections review.toml")
        changed += made.text != source.text

    count = work_on(sources, arguments, "repairing", task, put_out)
    sum_up(count, sources, changed, "repaired", would=not arguments.in_place)
    if sources.failed:
        return FAILED
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE
