"""What the commands share: exit codes, the files they are given, printing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..errors import LLMPaperError, no_memory

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
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
        help="take an argument for a file, although it begins with -, where a file has that name "
        "and only names of files follow; for pre-commit, which puts the files last",
    )
    add_config(parser)


def with_files_apart(argv: Sequence[str]) -> list[str]:
    """The arguments, with ``--`` before the files where `FILES_LAST` asks for it.

    A hook of pre-commit is called with its entry, the arguments that its user has set, and the
    files: nothing is put before these, and a file may be named ``--output-file=x.md``. Where the
    user's own arguments end with ``--``, that decides.
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
    """Add the argument for settings, which stand near ``lists``."""
    parser.add_argument(
        "--config",
        metavar="TOML",
        help="read the settings here; by default in the llmpaper-md.toml or pyproject.toml "
        f"nearest to {lists}",
    )


def number(
    text: str, read: Callable[[str], Number], fits: Callable[[Number], bool], what: str
) -> Number:
    """The value of an argument that is a number.

    Args:
        text: the argument.
        read: `int` or `float`.
        fits: whether a number may be given.
        what: which numbers may, in words.

    Raises:
        argparse.ArgumentTypeError: it is none of those.
    """
    try:
        value = read(text)
    except ValueError:
        value = None
    if value is None or not fits(value):
        raise argparse.ArgumentTypeError(f"{text}: expected {what}")
    return value


def are_many(files: Sequence[str]) -> bool:
    """Whether more than one file may come of the arguments."""
    from pathlib import Path

    return len(files) > 1 or Path(files[0]).is_dir()


class Sources:
    """The texts of the files named, with their settings. One that fails is complained of.

    ``failures`` says, after the loop, how many did.
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
        """The lists in the files. One with an unresolved merge conflict fails: it is two lists."""
        from ..reading.conflicts import refuse_conflicts
        from ..reading.parser import parse

        for source, settings in self:
            try:
                document = parse(source, columns=settings.columns, max_stars=settings.max_stars)
                refuse_conflicts(source, document.blocks)
            except LLMPaperError as error:
                self.fail(error)
            except MemoryError:
                self.fail(no_memory(source.name))
            else:
                yield document

    def names(self) -> Iterator[str | LLMPaperError]:
        """Each file, those in folders too, and in place of folders without any, why.

        Links that are skipped are reported, the first time.
        """
        from ..files import Skipped, expand

        config = self._settings()
        for name in self._arguments.files:
            try:
                for found in expand([name], lambda path: config(str(path)).excludes(path)):
                    if not isinstance(found, Skipped):
                        yield found
                    elif found.path not in self._skipped:
                        self._skipped.add(found.path)
                        complain(str(found))
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
        """What finds the settings for a file."""
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
        """Complain of an error that concerns one file."""
        complain(str(error))
        self.failures += 1


def write(text: str) -> None:
    """Write data to standard output: UTF-8 with plain line ends, whatever the locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def add_shared_files(parser: argparse.ArgumentParser) -> None:
    """Add the argument for files that cannot be replaced without a loss."""
    parser.add_argument(
        "--shared-files",
        choices=("refuse", "replace", "in-place"),
        default="refuse",
        help="what to do with a file to be written that has other names (hard links), or an owner "
        "that no new file can be given: leave it alone (refuse, the default); put a new file in "
        "its place, so that the other names keep the old text (replace); write into it, with a "
        "backup beside it meanwhile (in-place)",
    )


def write_file(
    arguments: argparse.Namespace, name: str, text: str, *, before: str | None = None
) -> None:
    """Write a file, as the argument of `add_shared_files` says; see `files.write`.

    Raises:
        LLMPaperError: it cannot be written.
    """
    from .. import files

    files.write(name, text, before=before, shared=arguments.shared_files)


def write_to(arguments: argparse.Namespace, text: str) -> None:
    """Write data to the file that ``-o`` names, or to standard output where it names none."""
    if arguments.output is None:
        write(text)
    else:
        write_file(arguments, arguments.output, text)


def keep_sources(output: str | None, sources: Iterable[str]) -> None:
    """Make sure that a file to be written does not take the place of what it is made from.

    Raises:
        LLMPaperError: it is one of the files that are read.
    """
    from pathlib import Path

    if output is None or not (target := Path(output)).exists():
        return
    if any(Path(name).exists() and target.samefile(name) for name in sources):
        raise LLMPaperError(f"{output}: is what is read; name another file to write to")


def complain_of_no_papers(name: str) -> None:
    """Say that a list has no papers, and what to do if it should have some."""
    advice = "if a table lists some, name its columns in the settings"
    complain(f"{name}: no papers were found; {advice}")


def say(message: str) -> None:
    """Tell a person something on standard error."""
    from ..report.terminal import printable

    print(printable(message), file=sys.stderr)


def complain(message: str) -> None:
    """Say what went wrong, on standard error."""
    say(f"llmpaper-md: {message}")
