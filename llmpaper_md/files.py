"""Which files a command works on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .errors import SourceError

# Folders that hold other people's Markdown.
_PASSED_OVER = frozenset(["node_modules", "venv", "site-packages", "__pycache__"])


def expand(paths: Iterable[str], excludes: Callable[[Path], bool]) -> Iterator[str]:
    """Each file named, and for each folder the Markdown files in it, in order of their names.

    Hidden folders and those of installed packages are passed over, and so is what ``excludes``
    says, unless it is named itself.

    Raises:
        SourceError: a folder holds no Markdown file.

    """
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        found = False
        for file in _markdown(path, excludes):
            found = True
            yield file
        if not found:
            raise SourceError(f"{path}: no Markdown file (*.md) in this folder")


def _markdown(folder: str, excludes: Callable[[Path], bool]) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _PASSED_OVER
            and not excludes(Path(place, name))
        )
        for name in sorted(names):
            file = Path(place, name)
            if name.lower().endswith(".md") and file.is_file() and not excludes(file):
                yield str(file)
