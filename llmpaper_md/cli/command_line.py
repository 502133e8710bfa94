"""The command line as a whole: its parser, error handling and signals."""

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
from .common import DONE, FAILED, print_error, separate_files

_INTERRUPTED = 130
_OUT_OF_MEMORY = (
    "llmpaper-md: out of memory: use smaller files, fewer --jobs, or a machine with more memory\n"
)

_EPILOG = """\
FILE is a Markdown file, a folder (all *.md files in it, at any depth) or - for standard input.
Exit codes: 0 success, 1 findings or changes needed, 2 failure.
"""


class _Ended(BaseException):
    """The process was asked to end; work in progress is abandoned as on Ctrl-C."""


def run(argv: Sequence[str] | None = None) -> int:
    """The same as `llmpaper_md.cli.main`, without changing ``sys.path``."""
    if sys.stderr is None:  # closed: nobody wants to know
        sys.stderr = io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = build_parser().parse_args(separate_files(sys.argv[1:] if argv is None else argv))
    if sys.stdout is None:
        print_error("cannot write the output: standard output is closed")
        return FAILED
    return _until_ended(lambda: _run(arguments))


def _until_ended(work: Callable[[], int]) -> int:
    """Run ``work``; SIGTERM and SIGHUP end it cleanly, and then the process."""
    import signal  # --help does not need it

    received: list[int] = []
    is_working = False

    def end(number: int, _: object) -> None:
        for other in heard:
            signal.signal(other, signal.SIG_IGN)  # one is enough
        received.append(number)
        if is_working:
            raise _Ended

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # Handlers set by others (nohup, a program that calls this) are kept, and only the main thread
    # can set handlers.
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
        signal.raise_signal(number)  # so that the parent process sees why this one ended
    return code


def _run(arguments: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        sys.stdout.flush()
    except LLMPaperError as error:
        print_error(str(error))
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except MemoryError:
        pass  # leaving the handler releases the memory
    except ImportError as error:
        if "failed to map segment" not in str(error):  # the loader's: no memory
            raise
    except OSError as error:
        if error.errno != errno.ENOMEM:
            return _cannot_write(error)
    else:
        return code
    sys.stderr.write(_OUT_OF_MEMORY)  # print_error would import modules first
    return FAILED


def _cannot_write(error: OSError) -> int:
    # The rest of the buffer cannot be written: keep the interpreter from trying again at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return DONE  # the reader has seen enough
    print_error(f"cannot write the output: {error.strerror or error}")
    return FAILED


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are safe to print: they quote file names."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and a message on one line, and exit with 2."""
        from ..unprintable import printable

        super().error(printable(message))


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with all commands."""
    parser: argparse.ArgumentParser = _Parser(
        prog="llmpaper-md",
        description="Repair, lint and format Markdown lists of papers, and export them as data.",
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
