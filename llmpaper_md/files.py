"""Which files a command works on, and how it writes them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from . import atomic
from .errors import SourceError

SharedFiles = Literal["refuse", "replace", "in-place"]
"""What is done with a file that cannot be replaced without a loss: see `write`."""

# Folders that hold other people's Markdown.
_PASSED_OVER = frozenset(["node_modules", "venv", "site-packages", "__pycache__"])


class Skipped(NamedTuple):
    """A symbolic link in a folder that was searched, which leads out of what is searched."""

    path: str
    target: str
    why: str

    def __str__(self) -> str:
        """The message that reports it."""
        return (
            f"{self.path}: skipped: it is a link to {self.target}, {self.why}; name it to "
            "include it"
        )


def expand(paths: Iterable[str], excludes: Callable[[Path], bool]) -> Iterator[str | Skipped]:
    """Each file named, and for each folder the Markdown files in it, in order of their names.

    Hidden folders and those of installed packages are passed over, and so is what ``excludes``
    says, unless it is named itself. A symbolic link in a folder is followed to a file in that
    folder that is not passed over, and is left out if that file is found under its own name.

    Args:
        paths: files, folders, and ``-`` for standard input.
        excludes: which paths in a folder are left out.

    Raises:
        SourceError: a folder holds no Markdown file.

    """
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        found = False
        for file in _markdown(path, excludes):
            found |= isinstance(file, str)
            yield file
        if not found:
            raise SourceError(f"{path}: no Markdown file (*.md) in this folder")


def _markdown(folder: str, excludes: Callable[[Path], bool]) -> list[str | Skipped]:
    root = Path(os.path.realpath(folder))
    found: dict[str, str | Skipped] = {}
    linked: dict[Path, list[str]] = {}  # names of links by the file that they lead to

    def is_searched(place: Path) -> bool:
        name = place.name
        return not (name.startswith(".") or name in _PASSED_OVER or excludes(place))

    def follow(link: Path) -> None:
        target = Path(os.path.realpath(link))
        why = None
        if not target.is_relative_to(root):
            why = f"outside {folder}"
        else:
            inside = Path(folder, target.relative_to(root))
            around = list(inside.parents)[: len(target.relative_to(root).parents) - 1]
            if excludes(inside) or not all(map(is_searched, around)):
                why = "which is not searched"
        if why:
            found[str(link)] = Skipped(str(link), str(target), why)
        elif target.is_file():
            found[str(link)] = str(link)
            linked.setdefault(target, []).append(str(link))

    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if is_searched(Path(place, name)))
        for name in sorted(names):
            file = Path(place, name)
            if not name.lower().endswith(".md") or not file.is_file() or excludes(file):
                continue
            if file.is_symlink():
                follow(file)
            else:
                found[str(file)] = str(file)
        for name in folders:
            if (link := Path(place, name)).is_symlink():
                follow(link)  # only to report it: os.walk does not enter it
    if linked:
        own = {os.path.realpath(path) for path in found if not Path(path).is_symlink()}
        for target, links in linked.items():
            for path in links if str(target) in own else links[1:]:
                del found[path]
    return list(found.values())


def write(
    path: Path | str,
    text: str,
    *,
    before: str | None = None,
    shared: SharedFiles = "refuse",
) -> None:
    """Write a whole text to a file, or leave the file as it was.

    Symbolic links are followed. The new text goes to a temporary file in the same folder, which
    takes over mode, owner, access control lists and extended attributes and then the name, so that
    whoever reads the file meets the old text or the new one. A file that cannot be replaced so
    without a loss, as it has several names (hard links) or an owner or attributes that no new file
    can be given, is left alone unless ``shared`` says otherwise.

    Args:
        path: the file; it need not exist.
        text: what it is to hold.
        before: the text that it held when it was read, empty if there was no file. If it holds
            another one when its turn comes to be replaced, somebody else has changed it, and it is
            left alone.
        shared: what to do with a file that cannot be replaced without a loss. ``refuse``: leave
            it alone. ``replace``: replace it, so that its other names keep the old text.
            ``in-place``: write into it, with a backup beside it until that is done.

    Raises:
        SourceError: the file cannot be written, or was changed meanwhile; it is as it was.

    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{path}: cannot be written: half a character, U+{ord(text[error.start]):04X}, at "
            f"offset {error.start}; nothing was changed"
        ) from None
    try:
        _write(Path(path), data, None if before is None else before.encode("utf-8"), shared)
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be written: {error.strerror or error}; nothing was changed"
        ) from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{path}: cannot be written: {error}; nothing was changed") from None
    except atomic.ChangedError as error:
        if error.kept:
            raise SourceError(
                f"{path}: changed by somebody else meanwhile, more than once: one of the texts is "
                f"in {error.kept}; compare the two"
            ) from None
        raise SourceError(
            f"{path}: changed by somebody else meanwhile; nothing was written: run the command "
            "again"
        ) from None
    except atomic.BackupError as error:
        if error.again:
            raise SourceError(
                f"{path}: a write to it was interrupted before; nothing was changed: compare it "
                f"with the text from before, in {error.backup}, and delete that file"
            ) from None
        raise SourceError(
            f"{path}: may be written in part; the text from before is in {error.backup}"
        ) from None


def _write(path: Path, data: bytes, before: bytes | None, shared: SharedFiles) -> None:
    target = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe: there is nothing to keep
        return
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    old = atomic.contents(target)
    if before is not None and (old or b"") != before:
        raise atomic.ChangedError
    if old == data:
        return
    try:
        atomic.replace(target, data, before=before, strict=shared != "replace")
    except atomic.CannotReplaceError as error:
        if shared == "in-place" and old is not None:
            atomic.overwrite(target, data, before=before)
            return
        replace = "--shared-files replace puts a new file in its place all the same, "
        raise SourceError(
            f"{path}: {error.what}; nothing was changed: {replace if error.replaceable else ''}"
            "--shared-files in-place writes into it"
        ) from None
