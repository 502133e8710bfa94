"""The entry point of the GitHub action: ``lint`` with the action's inputs as variables.

It runs as ``python -I -m llmpaper_md.cli.action``, so that nothing from the checkout is imported
and no shell ever interprets the inputs.
"""

from __future__ import annotations

import os
import re
import shlex
import sys

from . import main
from .common import FAILED, print_error


def words(text: str) -> list[str]:
    """Split at spaces and line breaks; quotes group words and are removed.

    A backslash is an ordinary character, as in Windows paths, and ``#`` does not start a comment.

    >>> words("--strict --select 'a, b' --ignore=\\"c d\\"")
    ['--strict', '--select', 'a, b', '--ignore=c d']

    Raises:
        ValueError: a quotation mark is not closed.
    """
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = lexer.escape = ""
    return list(lexer)


def file_names(text: str) -> list[str]:
    r"""The file names: the words of a single line, or one name per line.

    >>> file_names("README.md 'my list.md'")
    ['README.md', 'my list.md']
    >>> file_names("README.md\nmy list.md\n")
    ['README.md', 'my list.md']

    Raises:
        ValueError: a quotation mark is not closed.
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
            print_error(
                f"{name}: unclosed quotation mark: close it, or put it in quotation marks of the "
                "other kind"
            )
            return FAILED
    if not file_names(files):
        print_error("files: no file given: name at least one")
        return FAILED
    return main(["lint", "--output-format", "github", *words(arguments), "--", *file_names(files)])


if __name__ == "__main__":
    sys.exit(lint(os.environ["FILES"], os.environ["ARGUMENTS"]))
