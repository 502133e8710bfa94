"""The new text of a list: printed, written or shown as a diff."""

from __future__ import annotations

import argparse
import os
import stat
import sys

from ..errors import LLMPaperError
from .common import add_shared_files, are_many, print_status, write, write_file

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from ..source import Source


def add_output(
    parser: argparse.ArgumentParser, *, in_place: bool = True
) -> argparse._MutuallyExclusiveGroup:
    """Add the arguments for the output, at most one of which may be given."""
    output = parser.add_mutually_exclusive_group()
    if in_place:
        output.add_argument(
            "-i", "--in-place", action="store_true", help="write the result back to the file"
        )
    output.add_argument("-o", "--output", metavar="OUT", help="write the result to OUT")
    output.add_argument(
        "--diff",
        action="store_true",
        help="print the changes as a unified diff and write nothing; exit with 1 if there are any",
    )
    output.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the text would change"
    )
    add_shared_files(parser)
    return output


def check_output(arguments: argparse.Namespace, *for_one_file: str) -> None:
    """Check that the arguments go together.

    Args:
        arguments: the arguments of the command.
        for_one_file: the names of the command's own arguments that work with a single file only.

    Raises:
        LLMPaperError: they do not.
    """
    if are_many(arguments.files):
        for name in ("output", *for_one_file):
            if getattr(arguments, name):
                raise LLMPaperError(f"--{name} works with a single file")
        if not (arguments.in_place or arguments.diff or arguments.check):
            raise LLMPaperError("several files need --in-place, --diff or --check")
    if arguments.in_place and "-" in arguments.files:
        raise LLMPaperError("--in-place cannot be used with standard input")


def write_result(source: Source, text: str, arguments: argparse.Namespace) -> None:
    """Print or write the new text of a file, or the changes in it, as the arguments say."""
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
        LLMPaperError: the output is the log of a GitHub workflow, and a line of the list would be
            a command to the runner.
    """
    from ..unprintable import find_command

    if goes_to_a_log() and (command := find_command(text)):
        raise LLMPaperError(
            f"{name}:{command.line}: not printed: GitHub's runner would execute this line as "
            f"its command {command.name}: write to a file instead"
        )
    write(text)


def show_diff(source: Source, text: str) -> None:
    """Print the changes in the text of a file as a unified diff.

    On a terminal, invisible characters are shown as escapes, and so are commands to the runner in
    the log of a GitHub workflow. Elsewhere the diff can be applied.
    """
    from ..report.diff import changed_lines, unified_diff
    from ..source import Source
    from ..unprintable import printable, without_commands

    lines = unified_diff(source, changed_lines(source, Source.of(text)))
    if sys.stdout.isatty():
        write("".join(printable(line.rstrip("\r\n")) + "\n" for line in lines))
        return
    diff = "".join(lines)
    if goes_to_a_log():
        safe = without_commands(diff)
        if safe != diff:
            print_status(f"{source.name}: commands to GitHub's runner are escaped in the diff")
        diff = safe
    write(diff)


def goes_to_a_log() -> bool:
    """Whether GitHub's runner may read standard output: in a workflow, unless it is a file."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # it has no descriptor
        return True
