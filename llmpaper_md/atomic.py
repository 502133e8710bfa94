"""Giving a file a new text, so that nobody ever reads a part of it.

The new text goes to a temporary file in the same folder, which gets the old one's owner, mode and
attributes and then takes its name in one step. Where the system can exchange two names (Linux),
what had the name until then is looked at once it has lost it, so that a change that somebody else
made at the last moment is found and put back.
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
"""How many bytes of a file's name appear in the names made from it. Some file systems take 143."""
_NOREPLACE, _EXCHANGE = 1, 2  # linux/fs.h
_AT_FDCWD = -100
# What the system keeps about a file for itself, and gives each new file.
_THE_SYSTEMS_OWN = ("security.", "trusted.")


class CannotReplaceError(Exception):
    """A new file in the place of the old one would lose something other than its text.

    Attributes:
        what: what is in the way, to follow the name of the file in a message.
        replaceable: whether the file can be replaced all the same, with that loss.
    """

    def __init__(self, what: str, *, replaceable: bool = True) -> None:
        super().__init__(what)
        self.what = what
        self.replaceable = replaceable


class ChangedError(Exception):
    """The file no longer holds what it held.

    Attributes:
        kept: a file with what somebody else wrote, where it could not be left in its place.
    """

    def __init__(self, kept: Path | None = None) -> None:
        super().__init__()
        self.kept = kept


class BackupError(Exception):
    """A backup is there, of a write that was interrupted or could not be undone.

    Attributes:
        backup: the file that holds the old text.
        again: whether it was there before.
    """

    def __init__(self, backup: Path, *, again: bool) -> None:
        super().__init__()
        self.backup = backup
        self.again = again


def contents(target: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def replace(target: Path, data: bytes, *, before: bytes | None, strict: bool) -> None:
    """Put a new file in the place of another, which may not exist.

    Args:
        target: the file, no symbolic link.
        data: what it is to hold.
        before: what it must hold until then (a file that does not exist holds nothing); None if
            that does not matter.
        strict: refuse where a hard link, the owner or an attribute would be lost.

    Raises:
        CannotReplaceError: something would be lost, or the name cannot be given to another file.
        ChangedError: it holds something else.
        OSError: it cannot be done. In each case the file is as it was.
    """
    status = target.stat() if target.exists() else None
    if status is not None:
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if strict and status.st_nlink > 1:
            raise CannotReplaceError(f"has {status.st_nlink:,} names (hard links)")
    temporary = target.with_name(f".{_beginning(target.name)}.{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        # A file that is new gets the mode and attributes that any new file gets in this folder.
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
    """Give a new file the owner, the attributes (access control lists) and the mode of another."""
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
                    f"belongs to another user or group ({whose}), to whom no new file can be given"
                ) from None
            with suppress(OSError):
                os.fchown(descriptor, -1, group)
            mode &= 0o777  # nobody is to run it as somebody else than before
    if hasattr(os, "listxattr"):
        _take_over_attributes(descriptor, target, strict=strict)
    temporary.chmod(mode)  # last: writing and giving away take bits of it


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
                    f"has an attribute that no new file can be given ({name})"
                ) from None


def _take_place(temporary: Path, target: Path, data: bytes, before: bytes | None) -> None:
    """Give the name of a file to another one, if the first still holds what it held."""
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
        if error.errno == errno.EBUSY:  # something is mounted on it
            raise CannotReplaceError(
                f"cannot be replaced ({error.strerror})", replaceable=False
            ) from None
        raise


def _check_displaced(displaced: Path, target: Path, data: bytes, before: bytes) -> None:
    """Remove what had the name of a file until now, or give it back if it is not what it was."""
    if _holds(displaced, before):
        with suppress(OSError):
            displaced.unlink()
        return
    if not rename(displaced, target, _EXCHANGE):
        raise ChangedError(displaced)
    # Now it has its name again. If the new text was written to while it had it, that is kept.
    raise ChangedError(None if _holds(displaced, data) else displaced)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except (OSError, MemoryError):
        return False


def rename(old: Path, new: Path, flags: int) -> bool:
    """Rename a file as Linux's ``renameat2`` does; False where that is not possible."""
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
    """Write into a file itself, with a backup beside it as long as that takes.

    Args:
        target: the file, no symbolic link.
        data: what it is to hold.
        before: as for `replace`.

    Raises:
        BackupError: there is a backup already, or the old text could not be put back.
        ChangedError: it holds something else.
        OSError: it cannot be done; the file is as it was.
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
    """What was begun could not be undone."""


def _fill(descriptor: int, data: bytes, old: bytes) -> None:
    """Write into an open file; on an error put back what it held."""
    try:
        # What may not fit is reserved first, while nothing is lost yet.
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
    """The backup of a file that is written into."""
    name = _beginning(target.name)
    if name != target.name:
        name = f"{name}.{zlib.crc32(os.fsencode(target.name)):08x}"
    return target.with_name(f".{name}.llmpaper-md-backup")


def _beginning(name: str) -> str:
    """As many characters of a name as the names made from it have room for."""
    room = _LONGEST
    for end, character in enumerate(name):
        room -= len(os.fsencode(character))
        if room < 0:
            return name[:end]
    return name


def _sync(folder: Path) -> None:
    """Have the names in a folder survive a crash of the system, where it can be asked for that."""
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
    """Have what would interrupt this thread wait: for steps that belong together, and are short."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
