"""The command line: arguments, exit codes, printing.

Each command has a module with its arguments and what it does, and imports what it needs when it
runs, so that ``--help`` and ``--version`` cost no more than the interpreter and the argument
parser.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from .._version import __version__
from ..errors import LLMPaperError
from . import lint, lists, metadata, normalize, records, render, repair, show
from .common import DONE, FAILED, complain

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from typing import NoReturn

_INTERRUPTED = 130

_EPILOG = """\
FILE may be a folder (its *.md files, at any depth) or - for standard input.
Exit codes: 0 done, 1 findings or changes needed, 2 could not do the work.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with ``argv`` (those of the process by default).

    Returns:
        The exit code: 0 done, 1 findings or changes needed, 2 could not do the work.
    """
    if sys.stderr is None:  # it is closed: nobody wants to know
        sys.stderr = io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = build_parser().parse_args(argv)
    if sys.stdout is None:
        complain("cannot write the output: standard output is closed")
        return FAILED
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        sys.stdout.flush()
    except LLMPaperError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        # What is left in the buffer has nowhere to go: let the interpreter not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return DONE  # the reader has seen enough
        complain(f"cannot write the output: {error.strerror or error}")
        return FAILED
    return code


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are safe to print: they quote names of files."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and a message on one line, and exit with 2."""
        from ..report.terminal import printable

        super().error(printable(message))


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with all commands."""
    parser: argparse.ArgumentParser = _Parser(
        prog="llmpaper-md",
        description="Repair Markdown lists of papers, lint them, and read them as records.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"llmpaper-md {__version__}")
    # A prog of its own: argparse would load a help formatter to make one.
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="llmpaper-md")
    normalize.add_to(commands)
    repair.add_to(commands)
    lint.add_to(commands)
    show.add_to(commands)
    records.add_to(commands)
    render.add_to(commands)
    metadata.add_to(commands)
    lists.add_to(commands)
    return parser
