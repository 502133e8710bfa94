"""What the GitHub action runs: ``lint`` with its inputs, which come as variables.

``python -I -m llmpaper_md.cli.action``, so that nothing of the checkout is imported, and so that
nothing in the inputs is run by a shell.
"""

from __future__ import annotations

import os
import re
import shlex
import sys

from . import main
from .common import FAILED, complain


def words(text: str) -> list[str]:
    """What spaces and line breaks separate; a quoted part is taken as it is, without its quotes.

    A backslash is one, as in names of files on Windows, and ``#`` begins no comment.

    >>> words("--strict --select 'a, b' --ignore=\\"c d\\"")
    ['--strict', '--select', 'a, b', '--ignore=c d']

    Raises:
        ValueError: a quote is not closed.
    """
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = lexer.escape = ""
    return list(lexer)


def file_names(text: str) -> list[str]:
    r"""The names of files: the words of a single line, or one name for each of several lines.

    >>> file_names("README.md 'my list.md'")
    ['README.md', 'my list.md']
    >>> file_names("README.md\nmy list.md\n")
    ['README.md', 'my list.md']

    Raises:
        ValueError: a quote is not closed.
    """
    lines = [line.strip(" \t") for line in re.split(r"\r\n?|\n", text)]
    lines = [line for line in lines if line]
    if len(lines) < 2:
        return words("".join(lines))
    return [line[1:-1] if _is_quoted(line) else line for line in lines]


def _is_quoted(line: str) -> bool:
    return len(line) > 1 and line[0] == line[-1] and line[0] in "\"'"


def lint(files: str, arguments: str) -> int:
    """Lint the files that the input ``files`` names; returns the exit code."""
    for name, text, read in (("files", files, file_names), ("arguments", arguments, words)):
        try:
            read(text)
        except ValueError:
            complain(f"{name}: a quote is not closed; close it, or quote it by the other kind")
            return FAILED
    if not file_names(files):
        complain("files: no file is named; name at least one")
        return FAILED
    return main(["lint", "--output-format", "github", *words(arguments), "--", *file_names(files)])


if __name__ == "__main__":
    sys.exit(lint(os.environ["FILES"], os.environ["ARGUMENTS"]))
