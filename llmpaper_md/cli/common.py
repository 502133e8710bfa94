"""What the commands share: exit codes, input files, printing and writing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..errors import LLMPaperError, no_memory

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import TypeVar

    from ..config import Config
    from ..reading.document import Document
    from ..source import Source

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    Number = TypeVar("Number", int, float)

DONE, FINDINGS, FAILED = 0, 1, 2
FILES_LAST = "--files-last"


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for files and their settings."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="Markdown file, folder of such files, or - for standard input",
    )
    parser.add_argument(
        FILES_LAST,
        action="store_true",
        help="treat the last arguments as files, if there are such files, even if they begin with "
        "-; for pre-commit, which puts the files last",
    )
    add_config(parser)


def separate_files(argv: Sequence[str]) -> list[str]:
    """The arguments with ``--`` inserted before the files if `FILES_LAST` is among them.

    pre-commit calls a hook with its entry, the arguments from the user's configuration, and the
    files, with no separator before the files; and a file may be named ``--output-file=x.md``. If
    the user's arguments end with ``--``, nothing is inserted.
    """
    argv = list(argv)
    if FILES_LAST not in argv or "--" in argv:
        return argv
    options_end = None
    for index in range(len(argv) - 1, argv.index(FILES_LAST), -1):
        if not os.path.lexists(argv[index]):
            break
        if argv[index].startswith("-"):
            options_end = index
    return argv if options_end is None else [*argv[:options_end], "--", *argv[options_end:]]


def add_config(parser: argparse.ArgumentParser, lists: str = "each list") -> None:
    """Add the argument for the settings file; by default the one nearest to ``lists``."""
    parser.add_argument(
        "--config",
        metavar="TOML",
        help=f"settings file (default: the llmpaper-md.toml or pyproject.toml nearest to {lists})",
    )


def number(
    text: str, read: Callable[[str], Number], fits: Callable[[Number], bool], what: str
) -> Number:
    """The value of an argument that is a number.

    Args:
        text: the argument.
        read: `int` or `float`.
        fits: whether a number is allowed.
        what: which numbers are allowed, in words.

    Raises:
        argparse.ArgumentTypeError: it is not an allowed number.
    """
    try:
        value = read(text)
    except ValueError:
        value = None
    if value is None or not fits(value):
        raise argparse.ArgumentTypeError(f"{text}: expected {what}")
    return value


def are_many(files: Sequence[str]) -> bool:
    """Whether the arguments may name more than one file."""
    from pathlib import Path

    return len(files) > 1 or Path(files[0]).is_dir()


class Sources:
    """The texts of the input files, with their settings. Errors are printed as they occur.

    ``failures`` is the number of files that failed so far.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._config: Callable[[str], Config] | None = None
        self._skipped = set[str]()
        self.failures = 0

    @property
    def failed(self) -> bool:
        """Whether any file failed."""
        return self.failures > 0

    def __iter__(self) -> Iterator[tuple[Source, Config]]:
        for name in self.names():
            try:
                if isinstance(name, LLMPaperError):
                    raise name
                read = self.read(name)
            except LLMPaperError as error:
                self.fail(error)
            except MemoryError:
                self.fail(no_memory(str(name)))
            else:
                yield read

    def documents(self) -> Iterator[Document]:
        """The lists in the files. A list with an unresolved merge conflict fails."""
        from ..reading.conflicts import refuse_conflicts
        from ..reading.parser import parse

        for source, settings in self:
            try:
                document = parse(
                    source,
                    columns=settings.columns,
                    max_stars=settings.max_stars,
                    read=settings.read,
                )
                refuse_conflicts(source, document.blocks)
            except LLMPaperError as error:
                self.fail(error)
            except MemoryError:
                self.fail(no_memory(source.name))
            else:
                yield document

    def names(self) -> Iterator[str | LLMPaperError]:
        """Each file, including those in folders; for a folder without any, the error instead.

        Skipped symbolic links are reported the first time.
        """
        from ..files import SkippedLink, expand

        config = self._settings()
        for name in self._arguments.files:
            try:
                for found in expand([name], lambda path: config(str(path)).excludes(path)):
                    if not isinstance(found, SkippedLink):
                        yield found
                    elif found.path not in self._skipped:
                        self._skipped.add(found.path)
                        print_error(str(found))
            except LLMPaperError as error:
                yield error

    def read(self, name: str) -> tuple[Source, Config]:
        """The text of one file, and its settings.

        Raises:
            LLMPaperError: it or its settings cannot be read.
        """
        from ..source import read

        return read(name), self._settings()(name)

    def _settings(self) -> Callable[[str], Config]:
        """A function that finds the settings for a file."""
        if self._config is None:
            from functools import cache
            from pathlib import Path

            from .. import config

            named = self._arguments.config
            given = config.load(Path(named)) if named else None
            find = cache(config.find)
            self._config = lambda path: given or find(Path() if path == "-" else Path(path).parent)
        return self._config

    def fail(self, error: LLMPaperError) -> None:
        """Print an error about one file, and count it."""
        print_error(str(error))
        self.failures += 1


def write(text: str) -> None:
    """Write data to standard output: UTF-8 with unchanged line endings, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def add_shared_files(parser: argparse.ArgumentParser) -> None:
    """Add the argument for files that cannot be replaced without losing something."""
    parser.add_argument(
        "--shared-files",
        choices=("refuse", "replace", "in-place"),
        default="refuse",
        help="what to do with an output file that has several hard links, or an owner that a new "
        "file cannot be given. refuse: do not write it (default); replace: put a new file in its "
        "place, so that the other links keep the old text; in-place: overwrite its contents, with "
        "a backup next to it until done",
    )


def write_file(
    arguments: argparse.Namespace, name: str, text: str, *, before: str | None = None
) -> None:
    """Write a file as ``--shared-files`` says; see `files.write`.

    Raises:
        LLMPaperError: it cannot be written.
    """
    from .. import files

    files.write(name, text, before=before, shared=arguments.shared_files)


def write_to(arguments: argparse.Namespace, text: str) -> None:
    """Write data to the file that ``-o`` names, or else to standard output."""
    if arguments.output is None:
        write(text)
    else:
        write_file(arguments, arguments.output, text)


def protect_sources(output: str | None, sources: Iterable[str]) -> None:
    """Make sure that an output file is not one of the input files.

    Raises:
        LLMPaperError: it is.
    """
    from pathlib import Path

    if output is None or not (target := Path(output)).exists():
        return
    if any(Path(name).exists() and target.samefile(name) for name in sources):
        raise LLMPaperError(f"{output}: is also an input file; choose another output file")


def warn_no_papers(name: str) -> None:
    """Print that a list has no papers, and what to do if it should have some."""
    advice = (
        "looked for tables with a column of titles, and for list items and paragraphs that link to "
        "papers; if a table lists papers, name its columns in the settings"
    )
    print_error(f"{name}: no papers found; {advice}")


def print_status(message: str) -> None:
    """Print a message to standard error."""
    from ..unprintable import printable

    print(printable(message), file=sys.stderr)


def print_error(message: str) -> None:
    """Print an error message to standard error."""
    print_status(f"llmpaper-md: {message}")
