"""Finding input files and writing output files."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from . import atomic
from .errors import SourceError

SharedFiles = Literal["refuse", "replace", "in-place"]
"""What to do with a file that cannot be replaced without losing something: see `write`."""

# Folders that hold other people's Markdown.
_SKIPPED_FOLDERS = frozenset(["node_modules", "venv", "site-packages", "__pycache__"])


class SkippedLink(NamedTuple):
    """A symbolic link in a searched folder to something outside the search."""

    path: str
    target: str
    why: str

    def __str__(self) -> str:
        """The message about it."""
        return (
            f"{self.path}: skipped: it is a link to {self.target}, {self.why}; name it to "
            "include it"
        )


def expand(paths: Iterable[str], excludes: Callable[[Path], bool]) -> Iterator[str | SkippedLink]:
    """Each file named, and for each folder the Markdown files in it, in order of their names.

    Hidden folders, folders of installed packages and whatever ``excludes`` matches are skipped,
    unless named explicitly. A symbolic link in a folder is followed to a file in the same folder
    that is not skipped itself, and is left out if that file is found under its own name.

    Args:
        paths: files, folders, and ``-`` for standard input.
        excludes: whether to skip a path found in a folder.

    Raises:
        SourceError: a folder contains no Markdown file.

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
            raise SourceError(f"{path}: no Markdown files (*.md) in this folder")


def _markdown(folder: str, excludes: Callable[[Path], bool]) -> list[str | SkippedLink]:
    root = Path(os.path.realpath(folder))
    found: dict[str, str | SkippedLink] = {}
    linked: dict[Path, list[str]] = {}  # names of links by the file that they lead to

    def is_searched(place: Path) -> bool:
        name = place.name
        return not (name.startswith(".") or name in _SKIPPED_FOLDERS or excludes(place))

    def follow(link: Path) -> None:
        target = Path(os.path.realpath(link))
        why = None
        if not target.is_relative_to(root):
            why = f"outside {folder}"
        else:
            inside = Path(folder, target.relative_to(root))
            around = list(inside.parents)[: len(target.relative_to(root).parents) - 1]
            if excludes(inside) or not all(map(is_searched, around)):
                why = "which is skipped"
        if why:
            found[str(link)] = SkippedLink(str(link), str(target), why)
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

    Symbolic links are followed. The new text goes to a temporary file in the same folder, which is
    given the mode, owner, access control lists and extended attributes of the old file and then
    its name, so that readers see either the old text or the new one. A file that cannot be
    replaced in this way without losing something (other hard links, an owner or attributes that a
    new file cannot be given) is left alone unless ``shared`` says otherwise.

    Args:
        path: the file; it need not exist.
        text: its new contents.
        before: its contents when it was read, empty if there was no file. If they have changed
            by the time it is to be replaced, somebody else has changed it, and it is left alone.
        shared: what to do with a file that cannot be replaced without losing something.
            ``refuse``: leave it alone. ``replace``: replace it, so that its other hard links keep
            the old text. ``in-place``: overwrite its contents, with a backup until that is done.

    Raises:
        SourceError: the file cannot be written, or was changed in the meantime; it is unchanged.

    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{path}: cannot be written: lone surrogate U+{ord(text[error.start]):04X}, at "
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
                f"{path}: changed repeatedly by another program: one of the texts is in "
                f"{error.kept}; compare the two"
            ) from None
        raise SourceError(
            f"{path}: changed by another program in the meantime; nothing was written: run the "
            "command again"
        ) from None
    except atomic.BackupError as error:
        if error.again:
            raise SourceError(
                f"{path}: an earlier write to it was interrupted; nothing was changed: compare it "
                f"with the old text, in {error.backup}, and delete that file"
            ) from None
        raise SourceError(
            f"{path}: may be partly written; the old text is in {error.backup}"
        ) from None


def _write(path: Path, data: bytes, before: bytes | None, shared: SharedFiles) -> None:
    target = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe: nothing to preserve
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
        replace = "--shared-files replace puts a new file in its place anyway, "
        raise SourceError(
            f"{path}: {error.what}; nothing was changed: {replace if error.replaceable else ''}"
            "--shared-files in-place overwrites its contents"
        ) from None


# Pages of a repository on GitHub that relative links of its files lead to.
_PAGES = frozenset("issues pulls wiki releases discussions actions stargazers projects".split())
_NO_SUFFIX = re.compile(r"(?:\.html?|/)$")


def existence_near(name: str) -> Callable[[str], bool]:
    """A function that tells whether the files exist that a Markdown file names by their paths.

    Paths lead from the folder of the file, with a slash before them from the root of its Git
    repository. What leads out of the repository, or without one out of the folder, is not looked
    at and taken to exist. So is a page whose Markdown exists, as sites are built from that.

    Args:
        name: the Markdown file.

    >>> exists = existence_near("list.md")
    >>> exists("no such file.png"), exists("../../issues")
    (False, True)
    """
    folder = os.path.dirname(os.path.abspath(name))  # noqa: PTH100, PTH120 links stay links
    around = (Path(folder), *Path(folder).parents)
    root = next((str(place) for place in around if (place / ".git").exists()), None)

    def exists(path: str) -> bool:
        if path.startswith("/") and root is None:
            return True
        start = root if root and path.startswith("/") else folder
        target = os.path.normpath(os.path.join(start, path.lstrip("/")))  # noqa: PTH118
        within = root or folder
        if target != within and not target.startswith(within.rstrip(os.sep) + os.sep):
            return True
        if ".." in path and _PAGES.intersection(Path(target).parts[-2:]):
            return True
        bare = _NO_SUFFIX.sub("", target)
        try:
            return any(map(os.path.exists, (target, f"{bare}.md", f"{bare}/index.md")))
        except ValueError:  # a character that no path has
            return False

    return exists
