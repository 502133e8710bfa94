"""``repair``: restore text whose bytes were misread and partly lost."""

from __future__ import annotations

import argparse
import sys

from ..errors import LLMPaperError
from .common import DONE, FAILED, FINDINGS, Sources, add_files, are_many, complain, say, write

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..repairing import Repair
    from ..source import Source
    from .common import Commands

_DESCRIPTION = """\
Restore text whose UTF-8 bytes were read as another encoding and partly lost, and print it.
Clean text is left byte for byte as it is. What was done is said on standard error.
"""
_FOR_ONE_FILE = ("output", "json", "review", "corrections")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "repair", help="restore garbled text, lost bytes included", description=_DESCRIPTION
    )
    add_files(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("-i", "--in-place", action="store_true", help="write back to the file")
    output.add_argument("-o", "--output", metavar="OUT", help="write to OUT")
    output.add_argument("--diff", action="store_true", help="print a unified diff")
    output.add_argument("--check", action="store_true", help="exit 1 where a repair is needed")
    output.add_argument("--json", action="store_true", help="print text, channel and guesses")
    parser.add_argument(
        "--review", metavar="TOML", help="write the characters that are unsure, to look over"
    )
    parser.add_argument(
        "--below",
        type=_probability,
        default=0.99,
        metavar="P",
        help="what counts as unsure: a probability below P (default: 0.99)",
    )
    parser.add_argument("--corrections", metavar="TOML", help="apply a file made by --review")
    parser.add_argument(
        "--channel", metavar="NAME", help="how the text was damaged: a code page or more"
    )
    parser.add_argument(
        "--fold-radicals",
        action="store_true",
        help="also turn Kangxi and CJK radicals into ideographs (⽂ to 文)",
    )
    parser.set_defaults(run=_run)


def _probability(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _run(arguments: argparse.Namespace) -> int:
    if are_many(arguments.files):
        for name in _FOR_ONE_FILE:
            if getattr(arguments, name):
                complain(f"--{name} takes one file")
                return FAILED
        if not (arguments.in_place or arguments.diff or arguments.check):
            complain("several files can be repaired with --in-place, --diff or --check")
            return FAILED
    if arguments.in_place and "-" in arguments.files:
        complain("standard input cannot be written back; leave out --in-place")
        return FAILED
    sources = Sources(arguments)
    changed = False
    for source, _ in sources:
        try:
            changed |= _repair(source, arguments)
        except LLMPaperError as error:
            sources.fail(error)
    if sources.failed:
        return FAILED
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE


def _repair(source: Source, arguments: argparse.Namespace) -> bool:
    """Repair one file; whether there was anything to repair."""
    from .. import files
    from ..errors import ChannelError
    from ..repairing import apply_choices, repair
    from ..report.terminal import ProgressBar

    with ProgressBar(sys.stderr, f"repairing {source.name}") as bar:
        try:
            done = repair(
                source.text,
                channel=arguments.channel,
                below=arguments.below,
                fold_radicals=arguments.fold_radicals,
                progress=bar.update,
            )
        except ChannelError as error:
            raise ChannelError(f"--channel: {error}") from None
    if arguments.review:
        from ..export.repairs import write_review

        files.write(arguments.review, write_review(done, source.name, arguments.below))
    if arguments.corrections:
        from ..export.repairs import read_corrections
        from ..source import read

        corrections = read(arguments.corrections)
        choices = read_corrections(corrections.text, corrections.name, done.text)
        done = apply_choices(done, choices)
    _output(source, done, arguments)
    _report(source, done, arguments)
    return done.text != source.text


def _output(source: Source, done: Repair, arguments: argparse.Namespace) -> None:
    from .. import files

    if arguments.in_place:
        files.write(source.name, done.text, before=source.text)
    elif arguments.output:
        files.write(arguments.output, done.text)
    elif arguments.json:
        from ..export.repairs import to_json

        write(to_json(done, source.name))
    elif arguments.diff:
        from ..report.diff import changed_lines, unified_diff
        from ..source import Source

        edits = changed_lines(source, Source.of(done.text))
        write("".join(unified_diff(source, edits)))
    elif not arguments.check:
        write(done.text)


def _report(source: Source, done: Repair, arguments: argparse.Namespace) -> None:
    """Say in a few lines what was done."""
    if done.text == source.text:
        say(f"{source.name}: nothing to repair")
        return
    for step in done.steps:
        say(f"{source.name}: {step}")
    if done.guesses:
        unsure = sum(guess.probability < arguments.below for guess in done.guesses)
        say(
            f"{source.name}: {len(done.guesses):,} characters had lost bytes and were restored, "
            f"{unsure:,} of them less sure than {arguments.below:g}"
        )
        if unsure and not (arguments.review or arguments.corrections or arguments.json):
            say("look them over with --review review.toml, then --corrections review.toml")
