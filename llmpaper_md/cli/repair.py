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
Clean text is left byte for byte as it is, beside garbled text too. What was done is reported on
standard error.
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
        "--explain",
        action="store_true",
        help="print what looks damaged: where, through which channel, and what speaks for it",
    )
    parser.add_argument(
        "--interactive",
        action="store_true",
        help="ask about the unsure characters in the terminal, the least sure first, and keep the "
        "answers in the file of --review (by default FILE.review.toml)",
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
        help="how the text was damaged, where that is known: a code page (windows-1254, gbk), or "
        'with what was lost ("windows-1254, undefined bytes dropped, soft hyphens dropped")',
    )


def check_channel(name: str | None) -> None:
    """Complain of a channel that is none, before any file is read.

    Raises:
        ChannelError: it is none.
    """
    if name is None:
        return
    from ..repairing import parse_channel

    try:
        parse_channel(name)
    except ChannelError as error:
        raise ChannelError(f"--channel: {error}") from None


def read_corrections(name: str | None) -> Source | None:
    """The file of corrections, if one is named."""
    if name is None:
        return None
    from ..export.json_repairs import LARGEST
    from ..source import read

    return read(name, limit=LARGEST)


def _interactive(arguments: argparse.Namespace) -> int:
    """Ask about the unsure characters of one file, and write what was decided."""
    import sys
    from dataclasses import replace

    from .. import files
    from ..errors import LLMPaperError
    from ..export.json_repairs import decisions, progress, write_review
    from ..repairing import Choice, apply_choices, repair
    from ..source import read
    from ..tasks.repair_task import corrected, report
    from .reviewing import Sitting, least_sure_first

    name = arguments.files[0]
    if name == "-":
        raise LLMPaperError("--interactive reads answers from standard input: name a file")
    review = arguments.review or f"{name}.review.toml"
    source = read(name)
    earlier = _earlier(review)
    done = repair(
        source.text,
        channel=arguments.channel,
        below=arguments.below,
        fold_radicals=arguments.fold_radicals,
    )
    if corrections := read_corrections(arguments.corrections):
        done = corrected(done, corrections)
    before = decisions(done, earlier, review)
    waiting = least_sure_first(done.guesses, arguments.below, set(before))
    for line in report(source, done, arguments.below):
        say(line)

    def ask(prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line

    sitting = Sitting(done, source, waiting, len(waiting) + len(before))

    def show(lines: str) -> None:
        sys.stderr.write(lines)

    finished = sitting.run(ask, show)
    answers = {**before, **sitting.answers}
    made = apply_choices(
        done,
        [Choice(done.guesses[number].span.start, text) for number, text in answers.items()],
    )
    text = write_review(made, name, arguments.below, earlier, set(sitting.answers))
    files.write(review, text)
    decided, total = progress(text, review)
    say(f"{review}: {decided:,} of {total:,} decided")
    if not finished:
        say("run the same command again to go on")
        return FINDINGS if arguments.check or arguments.diff else DONE
    put(replace(source, text=source.text), made.text, arguments)
    changed = made.text != source.text
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE


def _earlier(name: str | None) -> str:
    """The review file as it is: no decision in it is ever lost.

    Raises:
        LLMPaperError: it cannot be read, or is something else.
    """
    from pathlib import Path

    from ..export.json_repairs import LARGEST, read_entries
    from ..source import read

    if name is None or not Path(name).exists():
        return ""
    text = read(name, limit=LARGEST).text
    read_entries(text, name)
    return text


def _run(arguments: argparse.Namespace) -> int:
    from ..tasks.repair_task import RepairTask

    check_output(arguments, "json", "explain", "interactive", "review", "corrections")
    check_channel(arguments.channel)
    keep_sources(arguments.review, arguments.files)
    if arguments.interactive:
        return _interactive(arguments)
    task = RepairTask(
        arguments.channel,
        arguments.below,
        arguments.fold_radicals,
        read_corrections(arguments.corrections),
        wants_json=arguments.json,
        wants_explanation=arguments.explain,
        wants_review=bool(arguments.review),
        earlier=_earlier(arguments.review),
    )
    looked_over = arguments.review or arguments.corrections or arguments.json
    sources = Sources(arguments)
    changed = 0

    def put_out(source: Source, made: Repaired) -> None:
        nonlocal changed
        if made.review is not None:
            from ..export.json_repairs import progress

            write_file(arguments, arguments.review, made.review)
            decided, total = progress(made.review, arguments.review)
            say(f"{arguments.review}: {decided:,} of {total:,} decided")
        if made.json is not None:
            write(made.json)
        elif made.explanation is not None:
            write(made.explanation)
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
