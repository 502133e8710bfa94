"""What becomes of a text that a command has made anew: printed, written, compared."""

from __future__ import annotations

import argparse
import os
import stat
import sys

from ..errors import LLMPaperError
from .common import add_shared_files, are_many, say, write, write_file

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..source import Source


def add_output(
    parser: argparse.ArgumentParser, *, in_place: bool = True
) -> argparse._MutuallyExclusiveGroup:
    """Add the arguments, of which a command is given one at most."""
    output = parser.add_mutually_exclusive_group()
    if in_place:
        output.add_argument(
            "-i", "--in-place", action="store_true", help="write the result back to the file"
        )
    output.add_argument("-o", "--output", metavar="OUT", help="write the result to OUT")
    output.add_argument(
        "--diff",
        action="store_true",
        help="print what would change, as a unified diff; exit 1 if anything would",
    )
    output.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the text would change"
    )
    add_shared_files(parser)
    return output


def check_output(arguments: argparse.Namespace, *for_one_file: str) -> None:
    """Complain of arguments that do not go together.

    Args:
        arguments: those of the command.
        for_one_file: the names of the command's own arguments that can be used with one file only.

    Raises:
        LLMPaperError: they do not.
    """
    if are_many(arguments.files):
        for name in ("output", *for_one_file):
            if getattr(arguments, name):
                raise LLMPaperError(f"--{name} takes one file")
        if not (arguments.in_place or arguments.diff or arguments.check):
            raise LLMPaperError("several files need --in-place, --diff or --check")
    if arguments.in_place and "-" in arguments.files:
        raise LLMPaperError("standard input cannot be written back; leave out --in-place")


def put(source: Source, text: str, arguments: argparse.Namespace) -> None:
    """Print or write the new text of a file, or what is new in it, as the arguments say."""
    if arguments.in_place:
        write_file(arguments, source.name, text, before=source.text)
    elif arguments.output:
        write_file(arguments, arguments.output, text)
    elif arguments.diff:
        show_diff(source, text)
    elif not arguments.check:
        print_list(source.name, text)


def print_list(name: str, text: str) -> None:
    """Print a list, byte for byte.

    Raises:
        LLMPaperError: the output is the log of a GitHub workflow, and a line of the list a command
            to the runner.
    """
    from ..unprintable import find_command

    if goes_to_a_log() and (command := find_command(text)):
        raise LLMPaperError(
            f"{name}:{command.line}: not printed: GitHub's runner would take this line for its "
            f"command {command.name}; write to a file"
        )
    write(text)


def show_diff(source: Source, text: str) -> None:
    """Print what is new in the text of a file as a unified diff.

    On a terminal, what nobody sees is shown as escapes, and in the log of a GitHub workflow what
    the runner would take for a command. Elsewhere the diff is one to apply.
    """
    from ..report.diff import changed_lines, unified_diff
    from ..report.terminal import printable
    from ..source import Source
    from ..unprintable import without_commands

    lines = unified_diff(source, changed_lines(source, Source.of(text)))
    if sys.stdout.isatty():
        write("".join(printable(line.rstrip("\r\n")) + "\n" for line in lines))
        return
    diff = "".join(lines)
    if goes_to_a_log():
        safe = without_commands(diff)
        if safe != diff:
            say(f"{source.name}: commands to GitHub's runner are shown with escapes in the diff")
        diff = safe
    write(diff)


def goes_to_a_log() -> bool:
    """Whether GitHub's runner may read the standard output: in a workflow, unless it is a file."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # it is no file at all
        return True
