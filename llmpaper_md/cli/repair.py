"""``repair``: restore text whose bytes were misread and partly lost."""

from __future__ import annotations

import argparse
import sys

from ..errors import LLMPaperError
from .common import DONE, FAILED, FINDINGS, Sources, add_files, say, write
from .output import add_output, check_output, put

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..repairing import Choice, Repair
    from ..source import Source
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
    output = add_output(parser)
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
    check_output(arguments, "json", "review", "corrections")
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
        done = apply_choices(done, read_choices(arguments.corrections, done))
    if arguments.json:
        from ..export.repairs import to_json

        write(to_json(done, source.name))
    else:
        put(source, done.text, arguments)
    report(source, done, arguments.below)
    looked_over = arguments.review or arguments.corrections or arguments.json
    if not looked_over and any(guess.probability < arguments.below for guess in done.guesses):
        say("look them over with --review review.toml, then --corrections review.toml")
    return done.text != source.text


def read_choices(name: str, done: Repair) -> list[Choice]:
    """The choices in a file of corrections."""
    from ..export.repairs import read_corrections
    from ..source import read

    corrections = read(name)
    return read_corrections(corrections.text, corrections.name, done.text)


def report(source: Source, done: Repair, below: float) -> None:
    """Say in a few lines what was repaired, and how much of it is less sure than ``below``."""
    if done.text == source.text:
        say(f"{source.name}: nothing to repair")
        return
    for step in done.steps:
        say(f"{source.name}: {step}")
    if done.guesses:
        unsure = sum(guess.probability < below for guess in done.guesses)
        say(
            f"{source.name}: {len(done.guesses):,} characters had lost bytes and were restored, "
            f"{unsure:,} of them less sure than {below:g}"
        )
