"""The command line: arguments, exit codes, printing.

Each command imports what it needs when it runs, so that ``--help`` and ``--version`` cost no
more than the interpreter and the argument parser.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from ._version import __version__
from .errors import LLMPaperError

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from .document import Document

DONE, FINDINGS, FAILED = 0, 1, 2
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
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        sys.stdout.flush()
    except LLMPaperError as error:
        _complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        # What is left in the buffer has nowhere to go: let the interpreter not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return DONE  # the reader has seen enough
        _complain(f"cannot write the output: {error.strerror or error}")
        return FAILED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="llmpaper-md",
        description="Read a Markdown list of papers: its tables as records.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"llmpaper-md {__version__}")
    # A prog of its own: argparse would load a help formatter to make one.
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="llmpaper-md")

    show = commands.add_parser("show", help="print a summary: sections, papers, stars")
    _add_files(show)
    show.set_defaults(run=_show)

    export = commands.add_parser("export", help="print the records")
    export.add_argument("--to", choices=["json"], default="json", help="format (default: json)")
    _add_files(export)
    export.set_defaults(run=_export)
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="Markdown file, folder, or -")
    parser.add_argument(
        "--config", metavar="FILE", help="configuration, instead of the nearest one found"
    )


def _show(arguments: argparse.Namespace) -> int:
    from .report.summary import summarize
    from .report.terminal import Style

    style = Style(sys.stdout)
    documents = _Documents(arguments)
    for index, document in enumerate(documents):
        if index:
            print()
        for line in summarize(document, style):
            print(line)
    return documents.code


def _export(arguments: argparse.Namespace) -> int:
    from .export.records import to_json

    documents = _Documents(arguments)
    found = list(documents)
    for document in found:
        if not document.papers:
            _complain(f"{document.source.name}: no papers were found")
    # An array where more than one file may come, so that a caller knows which to expect.
    one = len(arguments.files) == 1 and not os.path.isdir(arguments.files[0])  # noqa: PTH112
    if found or not one:
        _write(to_json(found[0] if one else found))
    return documents.code


class _Documents:
    """The documents named on the command line. One that fails is complained of and skipped."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self.code = DONE

    def __iter__(self) -> Iterator[Document]:
        from functools import cache
        from pathlib import Path

        from . import config
        from .files import expand
        from .papers import parse
        from .source import read

        named = self._arguments.config
        given = config.load(Path(named)) if named else None
        find = cache(config.find)

        def config_for(path: str) -> config.Config:
            return given or find(Path() if path == "-" else Path(path).parent)

        for name in self._arguments.files:
            files = expand([name], lambda path: config_for(str(path)).excludes(path))
            try:
                for file in files:
                    try:
                        settings = config_for(file)
                        yield parse(read(file), column_names=settings.columns)
                    except LLMPaperError as error:
                        _complain(str(error))
                        self.code = FAILED
            except LLMPaperError as error:
                _complain(str(error))
                self.code = FAILED


def _write(text: str) -> None:
    """Write data to standard output: UTF-8 with plain line ends, whatever the locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())


def _complain(message: str) -> None:
    from .report.terminal import printable

    print(f"llmpaper-md: {printable(message)}", file=sys.stderr)
