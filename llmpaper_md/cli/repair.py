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
Clean text is left byte for byte as it is, next to garbled text too. A summary goes to standard
error.
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
        "--explain",
        action="store_true",
        help="print what looks damaged: where, through which channel, and the evidence",
    )
    parser.add_argument(
        "--interactive",
        action="store_true",
        help="ask about the uncertain characters in the terminal, the least certain first, and "
        "keep the answers in the --review file (default: FILE.review.toml)",
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


def _interactive(arguments: argparse.Namespace) -> int:
    """Ask about the uncertain characters of one file, and write what was decided."""
    import sys

    from .. import files
    from ..errors import LLMPaperError
    from ..export.json_repairs import decisions, progress, write_review
    from ..reading.conflicts import refuse_conflicts
    from ..repairing import Choice, apply_choices, repair
    from ..source import read
    from ..tasks.repair_task import corrected, repair_messages
    from .reviewing import Sitting, least_sure_first

    name = arguments.files[0]
    if name == "-":
        raise LLMPaperError("--interactive reads answers from standard input: name a file")
    review = arguments.review or f"{name}.review.toml"
    source = read(name)
    refuse_conflicts(source)
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
    for line in repair_messages(source, done, arguments.below):
        print_status(line)

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
    print_status(f"{review}: {decided:,} of {total:,} decided")
    if not finished:
        print_status("run the same command again to continue")
        return FINDINGS if arguments.check or arguments.diff else DONE
    write_result(source, made.text, arguments)
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
    protect_sources(arguments.review, arguments.files)
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
    is_reviewed = arguments.review or arguments.corrections or arguments.json
    sources = Sources(arguments)
    changed = 0

    def on_result(source: Source, outcome: RepairOutcome) -> None:
        nonlocal changed
        if outcome.review is not None:
            from ..export.json_repairs import progress

            write_file(arguments, arguments.review, outcome.review)
            decided, total = progress(outcome.review, arguments.review)
            print_status(f"{arguments.review}: {decided:,} of {total:,} decided")
        if outcome.json is not None:
            write(outcome.json)
        elif outcome.explanation is not None:
            write(outcome.explanation)
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
