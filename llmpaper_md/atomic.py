"""Replacing the contents of a file atomically, so that nobody ever reads part of them.

The new text goes to a temporary file in the same folder, which is given the owner, mode and
attributes of the old file and then takes its name in one step. Where the system can exchange two
names (Linux), the old file is checked after the exchange, so that a change that another program
made at the last moment is detected and restored.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LONGEST = 100
"""The most bytes of a file name used in names derived from it. Some file systems allow 143."""
_NOREPLACE, _EXCHANGE = 1, 2  # linux/fs.h
_AT_FDCWD = -100
# Attributes that the system manages itself and sets on each new file.
_THE_SYSTEMS_OWN = ("security.", "trusted.")


class CannotReplaceError(Exception):
    """Replacing the file would lose something other than its text.

    Attributes:
        what: the obstacle, worded to follow the file name in a message.
        replaceable: whether the file can be replaced anyway, with that loss.
    """

    def __init__(self, what: str, *, replaceable: bool = True) -> None:
        super().__init__(what)
        self.what = what
        self.replaceable = replaceable


class ChangedError(Exception):
    """The contents of the file have changed.

    Attributes:
        kept: a file with the text of the other program, if it could not be left in its place.
    """

    def __init__(self, kept: Path | None = None) -> None:
        super().__init__()
        self.kept = kept


class BackupError(Exception):
    """There is a backup, of a write that was interrupted or could not be undone.

    Attributes:
        backup: the file with the old text.
        again: whether the backup existed before.
    """

    def __init__(self, backup: Path, *, again: bool) -> None:
        super().__init__()
        self.backup = backup
        self.again = again


def contents(target: Path) -> bytes | None:
    """The contents of a file; None if there is no such file."""
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def replace(target: Path, data: bytes, *, before: bytes | None, strict: bool) -> None:
    """Replace a file by a new one; the file need not exist.

    Args:
        target: the file, not a symbolic link.
        data: its new contents.
        before: its expected contents until then (empty for a file that does not exist); None if
            they do not matter.
        strict: refuse if a hard link, the owner or an attribute would be lost.

    Raises:
        CannotReplaceError: something would be lost, or another file cannot take the name.
        ChangedError: the contents are not as expected.
        OSError: the file cannot be replaced. In each case it is unchanged.
    """
    status = target.stat() if target.exists() else None
    if status is not None:
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if strict and status.st_nlink > 1:
            raise CannotReplaceError(f"has {status.st_nlink:,} hard links")
    temporary = target.with_name(f".{_beginning(target.name)}.{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        # Without an old file, it gets the mode and attributes of any new file in this folder.
        descriptor = os.open(temporary, flags, 0o666 if status is None else 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(data)
            file.flush()
            if status is not None:
                _take_over(descriptor, temporary, target, status, strict=strict)
            os.fsync(descriptor)
        with signals_held():
            _take_place(temporary, target, data, before)
    except ChangedError as error:
        if error.kept != temporary:
            with suppress(OSError):
                temporary.unlink()
        raise
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _take_over(
    descriptor: int, temporary: Path, target: Path, status: os.stat_result, *, strict: bool
) -> None:
    """Give the new file the owner, attributes (access control lists) and mode of the old one."""
    mode = stat.S_IMODE(status.st_mode)
    if hasattr(os, "fchown"):
        own = os.fstat(descriptor)
        user = status.st_uid if status.st_uid != own.st_uid else -1
        group = status.st_gid if status.st_gid != own.st_gid else -1
        try:
            if (user, group) != (-1, -1):
                os.fchown(descriptor, user, group)
        except OSError:
            if strict:
                whose = f"{status.st_uid}:{status.st_gid}"
                raise CannotReplaceError(
                    f"belongs to another user or group ({whose}), which a new file cannot be given"
                ) from None
            with suppress(OSError):
                os.fchown(descriptor, -1, group)
            mode &= 0o777  # no set-user-ID bit for a different owner
    if hasattr(os, "listxattr"):
        _take_over_attributes(descriptor, target, strict=strict)
    temporary.chmod(mode)  # last: writing and chown clear bits of it


def _take_over_attributes(descriptor: int, target: Path, *, strict: bool) -> None:
    try:
        names, inherited = os.listxattr(target), os.listxattr(descriptor)
    except OSError:
        return  # the file system has none
    for name in set(inherited) - set(names):
        with suppress(OSError):
            os.removexattr(descriptor, name)
    for name in names:
        try:
            value = os.getxattr(target, name)
            if name not in inherited or os.getxattr(descriptor, name) != value:
                os.setxattr(descriptor, name, value)
        except OSError:
            if strict and not name.startswith(_THE_SYSTEMS_OWN):
                raise CannotReplaceError(
                    f"has an attribute that a new file cannot be given ({name})"
                ) from None


def _take_place(temporary: Path, target: Path, data: bytes, before: bytes | None) -> None:
    """Move the new file into place, if the contents of the old one are still as expected."""
    try:
        if before is None:
            temporary.replace(target)
            return
        now = contents(target)
        if (now or b"") != before:
            raise ChangedError
        if now is None:
            if not rename(temporary, target, _NOREPLACE):
                if target.exists():
                    raise ChangedError
                temporary.replace(target)
        elif rename(temporary, target, _EXCHANGE):
            _check_displaced(temporary, target, data, before)
        else:
            temporary.replace(target)
    except OSError as error:
        if error.errno == errno.EBUSY:  # it is a mount point
            raise CannotReplaceError(
                f"cannot be replaced ({error.strerror})", replaceable=False
            ) from None
        raise


def _check_displaced(displaced: Path, target: Path, data: bytes, before: bytes) -> None:
    """Remove the displaced file, or restore it if its contents are not as expected."""
    if _holds(displaced, before):
        with suppress(OSError):
            displaced.unlink()
        return
    if not rename(displaced, target, _EXCHANGE):
        raise ChangedError(displaced)
    # It has its name back. If the new file was written to in between, that file is kept.
    raise ChangedError(None if _holds(displaced, data) else displaced)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except (OSError, MemoryError):
        return False


def rename(old: Path, new: Path, flags: int) -> bool:
    """Rename a file with Linux's ``renameat2``; False if that is not possible."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        import ctypes

        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError):  # a C library without it
        return False
    names = [os.fsencode(path) for path in (old, new)]
    failed: int = function(_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(flags))
    return not failed


def overwrite(target: Path, data: bytes, *, before: bytes | None) -> None:
    """Overwrite the contents of a file, with a backup next to it until that is done.

    Args:
        target: the file, not a symbolic link.
        data: its new contents.
        before: as for `replace`.

    Raises:
        BackupError: there is already a backup, or the old text could not be restored.
        ChangedError: the contents are not as expected.
        OSError: the file cannot be written; it is unchanged.
    """
    backup = backup_of(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with signals_held(), target.open("r+b") as file:
        old = file.read()
        if before is not None and old != before:
            raise ChangedError
        try:
            descriptor = os.open(backup, flags, 0o600)
        except FileExistsError:
            raise BackupError(backup, again=True) from None
        try:
            with open(descriptor, "wb") as copy:  # noqa: PTH123 - it is open already
                copy.write(old)
                copy.flush()
                os.fsync(descriptor)
            _sync(backup.parent)
            file.seek(0)
            if file.read() != old:
                raise ChangedError
            _fill(file.fileno(), data, old)
        except _NotUndoneError:
            raise BackupError(backup, again=False) from None
        except BaseException:
            with suppress(OSError):
                backup.unlink()
            raise
        with suppress(OSError):
            backup.unlink()


class _NotUndoneError(Exception):
    """A partial write could not be undone."""


def _fill(descriptor: int, data: bytes, old: bytes) -> None:
    """Overwrite an open file; restore the old contents on an error."""
    try:
        # Reserve the space first, while nothing is lost yet.
        if len(data) > len(old) and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, len(data))
        _put(descriptor, data)
    except BaseException:
        try:
            _put(descriptor, old)
        except OSError:
            raise _NotUndoneError from None
        raise


def _put(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)


def backup_of(target: Path) -> Path:
    """The backup of a file that is being overwritten."""
    name = _beginning(target.name)
    if name != target.name:
        name = f"{name}.{zlib.crc32(os.fsencode(target.name)):08x}"
    return target.with_name(f".{name}.llmpaper-md-backup")


def _beginning(name: str) -> str:
    """The beginning of a name, as long as names derived from it may be."""
    room = _LONGEST
    for end, character in enumerate(name):
        room -= len(os.fsencode(character))
        if room < 0:
            return name[:end]
    return name


def _sync(folder: Path) -> None:
    """Make the names in a folder survive a system crash, where that is supported."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def signals_held() -> Iterator[None]:
    """Delay signals to this thread during a few short steps that belong together."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
