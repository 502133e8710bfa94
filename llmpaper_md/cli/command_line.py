"""The command line as a whole: its parser, and what becomes of errors."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from .._version import __version__
from ..errors import LLMPaperError
from . import lint, lists, metadata, normalize, records, render, repair, show
from .common import DONE, FAILED, complain, with_files_apart

_INTERRUPTED = 130
_OUT_OF_MEMORY = (
    "llmpaper-md: out of memory: use smaller files, fewer --jobs, or a machine with more memory\n"
)

_EPILOG = """\
FILE may be a folder (its *.md files, at any depth) or - for standard input.
Exit codes: 0 done, 1 findings or changes needed, 2 could not do the work.
"""


class _Ended(BaseException):
    """The process is asked to end; whatever is under way is left as on Ctrl-C."""


def run(argv: Sequence[str] | None = None) -> int:
    """What `llmpaper_md.cli.main` does, with ``sys.path`` as it is."""
    if sys.stderr is None:  # it is closed: nobody wants to know
        sys.stderr = io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = build_parser().parse_args(with_files_apart(sys.argv[1:] if argv is None else argv))
    if sys.stdout is None:
        complain("cannot write the output: standard output is closed")
        return FAILED
    return _until_ended(lambda: _run(arguments))


def _until_ended(work: Callable[[], int]) -> int:
    """Do some work; SIGTERM and SIGHUP end it in good order, and then the process."""
    import signal  # --help does without

    received: list[int] = []
    is_working = False

    def end(number: int, _: object) -> None:
        for other in heard:
            signal.signal(other, signal.SIG_IGN)  # one is enough
        received.append(number)
        if is_working:
            raise _Ended

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What somebody else has decided about one (nohup, a program that calls this) stays as it is;
    # and a thread that is not the first cannot decide.
    heard = [number for number in signals if signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in heard:
            signal.signal(number, end)
    except ValueError:
        heard = []
    code = FAILED
    try:
        is_working = True
        if not received:
            code = work()
        is_working = False
    except _Ended:
        pass
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)
    for number in received:
        signal.raise_signal(number)  # so that who started the process sees why it ended
    return code


def _run(arguments: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        sys.stdout.flush()
    except LLMPaperError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except MemoryError:
        pass  # once this is handled, what took the memory is let go
    except ImportError as error:
        if "failed to map segment" not in str(error):  # what the loader says of want of memory
            raise
    except OSError as error:
        if error.errno != errno.ENOMEM:
            return _cannot_write(error)
    else:
        return code
    sys.stderr.write(_OUT_OF_MEMORY)  # other ways would load modules first
    return FAILED


def _cannot_write(error: OSError) -> int:
    # What is left in the buffer has nowhere to go: let the interpreter not try again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return DONE  # the reader has seen enough
    complain(f"cannot write the output: {error.strerror or error}")
    return FAILED


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
