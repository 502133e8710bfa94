"""Which files a command works on, and how it writes them."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
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


def write(path: Path | str, text: str, *, before: str | None = None) -> None:
    """Write a whole text to a file, or leave the file as it was.

    Symbolic links are followed, mode, owner and further names of the file (hard links) are kept:
    the new text goes to a temporary file in the same folder that then takes the old one's place,
    or, where that would lose a name or the owner, into the old file itself.

    Args:
        path: the file; it need not exist.
        text: what it is to hold.
        before: the text that it held when it was read. If it holds another one now, somebody
            else has changed it, and it is left alone.

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
    target = Path(os.path.realpath(path))
    try:
        if (given := Path(path)).exists() and not given.is_file():
            given.write_bytes(data)  # a device or a pipe: there is nothing to keep
            return
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        old = target.read_bytes() if target.exists() else None
        if before is not None and old != before.encode("utf-8"):
            raise SourceError(f"{path}: changed by somebody else meanwhile; nothing was written")
        if old == data:
            return
        if old is None or not _must_write_in_place(target):
            _replace(target, data)
        else:
            _overwrite(target, data, old)
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be written: {error.strerror or error}; nothing was changed"
        ) from None


def _must_write_in_place(target: Path) -> bool:
    """Whether another file in its place would lose a name or the owner."""
    status = target.stat()
    return status.st_nlink > 1 or _has_other_owner(status)


def _has_other_owner(status: os.stat_result) -> bool:
    if os.name == "nt":
        return False
    return (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid())


def _replace(target: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    temporary = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            mode = stat.S_IMODE(target.stat().st_mode)
            if not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        else:
            umask = os.umask(0)
            os.umask(umask)
            mode = 0o666 & ~umask
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _overwrite(target: Path, data: bytes, old: bytes) -> None:
    """Write into the file itself; on an error or Ctrl-C put back what it held."""
    with target.open("r+b") as file:
        try:
            # What may not fit is reserved first, while nothing is lost yet.
            if len(data) > len(old) and hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, len(data))
            file.write(data)
            file.truncate()
            file.flush()
        except BaseException:
            with suppress(OSError):
                file.seek(0)
                file.write(old)
                file.truncate()
                file.flush()
            raise
