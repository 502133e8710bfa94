"""A file gets its new text whole: whoever reads it meanwhile, whatever else is written to it, and
wherever the work ends."""

from __future__ import annotations

import itertools
import os
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from llmpaper_md import atomic, files
from llmpaper_md.cli import main
from llmpaper_md.errors import SourceError
from tests.hostile_inputs import FORMATTED, LIST

NEW = "new 论文\r\n\u0085"
OLD = "an old text, longer than the new one\n"

posix = pytest.mark.skipif(os.name == "nt", reason="other rights, other signals")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these")
root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may do this")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.md"
    file.write_text(OLD)
    return file


# --- somebody else writes ------------------------------------------------------------------------


def _append(path: Path) -> None:
    with path.open("a") as file:
        file.write("| theirs |\n")


def _save(path: Path) -> None:
    """As editors do: a new file in the place of the old one."""
    path.with_name("editor").write_text(OLD + "| theirs |\n")
    path.with_name("editor").replace(path)


@pytest.mark.parametrize("theirs", [_append, _save])
@pytest.mark.parametrize("moment", ["fsync", "exchange", "rename"])
def test_what_somebody_else_writes_at_the_last_moment_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch, theirs: Callable[[Path], None], moment: str
) -> None:
    really: Any
    if moment == "exchange":
        really = atomic.rename
        if not _exchanges(file.parent):
            pytest.skip("names cannot be exchanged here")

        def exchange(old: Path, new: Path, flags: int) -> bool:
            if not file.with_name("done").exists():
                file.with_name("done").touch()
                theirs(file)
            return bool(really(old, new, flags))

        monkeypatch.setattr(atomic, "rename", exchange)
    else:
        really = os.fsync
        if moment == "rename":
            monkeypatch.setattr(atomic, "rename", lambda *_: False)
        else:
            file.with_name("done").touch()

        def fsync(descriptor: int) -> None:
            really(descriptor)
            theirs(file)

        monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(
        SourceError,
        match=r"a\.md: changed by another program in the meantime; nothing was written: run",
    ):
        files.write(file, NEW, before=OLD)
    assert file.read_text() == OLD + "| theirs |\n"
    assert sorted(path.name for path in file.parent.iterdir()) in (["a.md"], ["a.md", "done"])


def _exchanges(folder: Path) -> bool:
    for name in ("x", "y"):
        (folder / name).touch()
    done = atomic.rename(folder / "x", folder / "y", 2)
    for name in ("x", "y"):
        (folder / name).unlink()
    return done


@linux
def test_what_is_written_to_the_new_text_before_it_is_taken_back_is_kept_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not _exchanges(file.parent):
        pytest.skip("names cannot be exchanged here")
    really = atomic.rename

    def exchange(old: Path, new: Path, flags: int) -> bool:
        _append(file)
        return really(old, new, flags)

    monkeypatch.setattr(atomic, "rename", exchange)
    with pytest.raises(
        SourceError,
        match=r"changed repeatedly by another program: one of the texts is in .*\.tmp; comp",
    ):
        files.write(file, NEW, before=OLD)
    texts = {path.read_bytes() for path in file.parent.iterdir()}
    assert texts == {OLD.encode() + b"| theirs |\n", NEW.encode() + b"| theirs |\n"}


def test_a_file_that_appears_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.fsync

    def fsync(descriptor: int) -> None:
        really(descriptor)
        (tmp_path / "a.md").write_text("theirs")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(SourceError, match="changed by another program in the meantime"):
        files.write(tmp_path / "a.md", NEW, before="")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]


def test_a_report_takes_the_place_of_whatever_is_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.fsync

    def fsync(descriptor: int) -> None:
        really(descriptor)
        _append(file)

    monkeypatch.setattr(os, "fsync", fsync)
    files.write(file, NEW)
    assert file.read_bytes() == NEW.encode()


@posix
def test_no_reader_meets_a_part(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    texts = ["a" * 300_000, "b" * 500_000]
    file.write_text(texts[0])
    reader = os.fork()
    if reader == 0:  # pragma: no cover - another process
        for _ in range(2000):
            if file.read_text() not in texts:
                os._exit(1)
        os._exit(0)
    for text in itertools.cycle(texts[::-1]):
        files.write(file, text)
        done, status = os.waitpid(reader, os.WNOHANG)
        if done:
            break
    assert status == 0


# --- an end at any point -------------------------------------------------------------------------


def _at_each_line(work: Callable[[], int], number: signal.Signals, step: int = 1) -> Iterator[int]:
    """Do some work again and again, each time with a signal before another line of its code.

    What comes of it is handed over: the exit code, less than 0 for a signal; last without one.
    """
    names = {files.__file__, atomic.__file__}
    for last in itertools.count(1, step):
        process = os.fork()
        if process == 0:  # pragma: no cover - another process
            left = last

            def trace(frame: FrameType, event: str, _: object) -> Any:
                nonlocal left
                if frame.f_code.co_filename not in names:
                    return None
                if event == "line":
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), number)
                return trace

            code = 99
            try:
                sys.settrace(trace)
                code = work()
            finally:
                sys.settrace(None)
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        yield code
        if code != -number:
            return


@posix
def test_killed_anywhere_the_file_is_old_or_new(file: Path) -> None:
    def work() -> int:
        files.write(file, NEW, before=OLD)
        return 0

    seen = []
    for code in _at_each_line(work, signal.SIGKILL):
        assert code in (0, -signal.SIGKILL)
        seen.append(file.read_bytes())
        for path in file.parent.iterdir():
            path.unlink()
        file.write_text(OLD)
    assert set(seen) == {OLD.encode(), NEW.encode()}
    assert seen[-1] == NEW.encode()
    assert len(seen) > 50


@posix
def test_killed_anywhere_while_written_in_place_the_old_text_is_there(file: Path) -> None:
    other = file.with_name("b.md")
    other.hardlink_to(file)

    def work() -> int:
        files.write(file, NEW, before=OLD, shared="in-place")
        return 0

    seen = []
    for _ in _at_each_line(work, signal.SIGKILL):
        backup = atomic.backup_of(file)
        if file.read_bytes() not in (OLD.encode(), NEW.encode()):
            assert backup.read_text() == OLD
            # It is not written to again until a person has looked.
            with pytest.raises(SourceError, match=r"to it was interrupted; nothing was changed"):
                files.write(file, OLD, shared="in-place")
        seen.append((file.read_bytes(), backup.exists()))
        for path in file.parent.iterdir():
            path.unlink()
        file.write_text(OLD)
        other.hardlink_to(file)
    assert seen[-1] == (NEW.encode(), False)
    assert {backed_up for text, backed_up in seen if text not in (OLD.encode(), NEW.encode())} == {
        True
    }


@posix
@pytest.mark.parametrize(("number", "step"), [(signal.SIGTERM, 1), (signal.SIGHUP, 7)])
def test_ended_anywhere_nothing_is_left_behind(
    folder: Path, number: signal.Signals, step: int, capfd: pytest.CaptureFixture[str]
) -> None:
    def work() -> int:
        return main(["format", "-i", "list.md"])

    Path("list.md").write_text(LIST)
    work()  # what is imported when first needed is there now
    seen = []
    Path("list.md").write_text(LIST)
    for code in _at_each_line(work, number, step):
        assert code in (0, -number)
        seen.append(Path("list.md").read_text())
        assert [path.name for path in folder.iterdir()] == ["list.md"]
        Path("list.md").write_text(LIST)
    assert set(seen) == {LIST, FORMATTED}
    assert len(seen) > 50 / step
    assert "Traceback" not in capfd.readouterr().err


@posix
def test_ended_while_several_files_are_written_none_is_half_written(folder: Path) -> None:
    texts = {LIST * 300, FORMATTED * 300}
    for run in range(6):
        for name in range(12):
            Path(f"{name}.md").write_text(LIST * 300)
        command = [sys.executable, "-m", "llmpaper_md", "format", "-i", ".", *["-j2"] * (run % 2)]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while not any(Path(f"{n}.md").stat().st_size > len(LIST * 300) for n in range(run + 1)):
                assert process.poll() is None
            process.terminate()
            _, err = process.communicate()
        assert process.returncode == -signal.SIGTERM
        assert b"Traceback" not in err
        assert {path.read_text() for path in folder.iterdir()} <= texts
        assert len(list(folder.iterdir())) == 12


@posix
def test_a_signal_that_is_ignored_stays_so(folder: Path) -> None:
    """Under ``nohup`` the end of a terminal is not the end of the work."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        Path("list.md").write_text(LIST)
        assert main(["format", "-i", "list.md"]) == 0
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


# --- several names -------------------------------------------------------------------------------


def test_a_file_with_several_names_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(LIST)
    Path("b.md").hardlink_to("a.md")
    assert main(["format", "-i", "a.md"]) == 2
    assert capsys.readouterr().err == (
        "llmpaper-md: a.md: has 2 hard links; nothing was changed: --shared-files replace "
        "puts a new file in its place anyway, --shared-files in-place overwrites its contents\n"
    )
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "a.md": LIST,
        "b.md": LIST,
    }


@pytest.mark.parametrize("shared", ["replace", "in-place"])
def test_what_becomes_of_several_names_can_be_chosen(folder: Path, shared: str) -> None:
    Path("a.md").write_text(LIST)
    Path("b.md").hardlink_to("a.md")
    assert main(["format", "-i", "--shared-files", shared, "a.md"]) == 0
    assert Path("a.md").read_text() == FORMATTED
    assert Path("b.md").read_text() == (LIST if shared == "replace" else FORMATTED)
    assert sorted(path.name for path in folder.iterdir()) == ["a.md", "b.md"]


WRITERS = {
    "format -i a.md": "a.md",
    "lint --fix a.md": "a.md",
    "normalize -i a.md": "a.md",
    "repair -i a.md": "a.md",
    "merge -i a.md other.md": "a.md",
    "export -o out a.md": "out",
    "export --to html -o out a.md": "out",
    "render records.json -o out": "out",
    "lint --output-file out a.md": "out",
    "lint --write-baseline out a.md": "out",
    "repair --review out --check a.md": "out",
}


@pytest.mark.parametrize("command", WRITERS)
def test_every_command_that_writes_takes_the_option(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    row = "| 2 | [B](https://b.org?utm_source=x) ä¸\xadæ–‡ä¸\xadæ–‡ |\n"
    Path("a.md").write_text(LIST + row, "utf-8")
    Path("other.md").write_text(LIST + "| 3 | [C](https://c.org) |\n", "utf-8")
    Path("records.json").write_text('[{"title": "A"}]')
    Path("out").write_text("# old\n")
    written = Path(WRITERS[command])
    Path("link").hardlink_to(written)
    before = written.read_bytes()
    assert main(command.split()) == 2
    assert f"{written}: has 2 hard links; nothing was changed" in capsys.readouterr().err
    assert written.read_bytes() == before
    assert main([*command.split(), "--shared-files", "in-place"]) in (0, 1)
    assert Path("link").read_bytes() == written.read_bytes() != before


def test_an_error_while_written_in_place_puts_the_old_text_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.with_name("b.md").hardlink_to(file)
    really = os.ftruncate
    calls = []

    def fail(descriptor: int, size: int) -> None:
        calls.append(size)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")
        really(descriptor, size)

    monkeypatch.setattr(os, "ftruncate", fail)
    with pytest.raises(SourceError, match="cannot be written: Input/output error; nothing was"):
        files.write(file, NEW, shared="in-place")
    assert file.read_text() == OLD
    assert len(list(file.parent.iterdir())) == 2


def test_what_cannot_be_put_back_is_in_the_backup(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.with_name("b.md").hardlink_to(file)

    def fail(descriptor: int, size: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "ftruncate", fail)
    with pytest.raises(SourceError, match=r"may be partly written; the old text is in"):
        files.write(file, NEW, shared="in-place")
    assert atomic.backup_of(file).read_text() == OLD


# --- owner, access control lists, attributes -----------------------------------------------------


@root
def test_the_owner_is_kept_by_the_new_file(file: Path) -> None:
    os.chown(file, 1234, 5678)
    file.chmod(0o4751)
    inode = file.stat().st_ino
    files.write(file, NEW)
    status = file.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (1234, 5678, 0o4751)
    assert status.st_ino != inode


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that any user may write to."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def _as_user(file: Path, groups: list[int], **named: str) -> str:
    """What comes of writing a file as a user of some groups."""
    process = os.fork()
    result = file.with_name("result")
    if process == 0:  # pragma: no cover - another process
        os.setgroups(groups)
        os.setgid(1000)
        os.setuid(1000)
        try:
            files.write(file, NEW, **named)  # type: ignore[arg-type]
            result.write_text("done")
        except SourceError as error:
            result.write_text(str(error))
        finally:
            os._exit(0)
    os.waitpid(process, 0)
    text = result.read_text()
    result.unlink()
    return text


@root
def test_a_group_that_one_belongs_to_is_kept(shared_folder: Path) -> None:
    file = shared_folder / "a.md"
    file.write_text(OLD)
    os.chown(file, 1000, 2000)
    assert _as_user(file, [2000]) == "done"
    status = file.stat()
    assert (status.st_uid, status.st_gid, file.read_bytes()) == (1000, 2000, NEW.encode())
    assert len(list(shared_folder.iterdir())) == 1


@root
@pytest.mark.parametrize(("user", "group"), [(1000, 2000), (3000, 1000), (3000, 2000)])
def test_a_file_of_somebody_else_is_left_alone(shared_folder: Path, user: int, group: int) -> None:
    file = shared_folder / "a.md"
    file.write_text(OLD)
    file.chmod(0o6666)
    os.chown(file, user, group)
    file.chmod(0o6666)
    inode = file.stat().st_ino
    assert f"a.md: belongs to another user or group ({user}:{group}), " in _as_user(file, [])
    assert (file.read_text(), file.stat().st_ino) == (OLD, inode)
    assert _as_user(file, [], shared="in-place") == "done"
    status = file.stat()
    assert (status.st_uid, status.st_gid, status.st_ino) == (user, group, inode)
    assert file.read_bytes() == NEW.encode()
    file.write_text(OLD)
    file.chmod(0o6666)
    assert _as_user(file, [], shared="replace") == "done"
    status = file.stat()
    # Nobody runs it as somebody else than before.
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (1000, 1000, 0o666)
    assert len(list(shared_folder.iterdir())) == 1


def _acl(*entries: tuple[int, int, int]) -> bytes:
    """An access control list as Linux stores it: tag, rights, who."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


_NOBODY = 0xFFFFFFFF
ACL = _acl((1, 6, _NOBODY), (2, 6, 1234), (4, 4, _NOBODY), (16, 6, _NOBODY), (32, 0, _NOBODY))
DEFAULT = _acl((1, 7, _NOBODY), (2, 7, 4321), (4, 7, _NOBODY), (16, 7, _NOBODY), (32, 7, _NOBODY))


def _set(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"{name}: {error.strerror}")


@linux
def test_access_control_lists_and_attributes_are_kept(file: Path) -> None:
    file.chmod(0o640)
    _set(file, "system.posix_acl_access", ACL)
    _set(file, "user.origin", "论文".encode())
    files.write(file, NEW, before=OLD)
    assert file.read_bytes() == NEW.encode()
    assert os.getxattr(file, "system.posix_acl_access") == ACL
    assert os.getxattr(file, "user.origin") == "论文".encode()
    assert file.stat().st_mode & 0o777 == 0o660  # the group's rights are the mask then


@linux
def test_a_file_gets_no_rights_that_new_files_get_in_its_folder(file: Path) -> None:
    file.chmod(0o600)
    _set(file.parent, "system.posix_acl_default", DEFAULT)
    files.write(file, NEW, before=OLD)
    assert "system.posix_acl_access" not in os.listxattr(file)
    assert file.stat().st_mode & 0o777 == 0o600
    files.write(file.with_name("new.md"), NEW)
    assert "system.posix_acl_access" in os.listxattr(file.with_name("new.md"))


@linux
def test_an_attribute_that_cannot_be_set_is_a_reason_to_leave_a_file_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(file, "user.origin", b"x")

    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(
        SourceError, match=r"has an attribute that a new file cannot be given \(user"
    ):
        files.write(file, NEW)
    assert file.read_text() == OLD
    files.write(file, NEW, shared="replace")
    assert file.read_bytes() == NEW.encode()
    assert len(list(file.parent.iterdir())) == 1


@root
@linux
def test_a_file_on_which_another_is_mounted(file: Path) -> None:
    other = file.with_name("other")
    other.write_text(OLD)
    if subprocess.run(["mount", "--bind", other, file], check=False).returncode:
        pytest.skip("no right to mount a file")
    try:
        with pytest.raises(SourceError) as error:
            files.write(file, NEW, before=OLD)
        assert str(error.value) == (
            f"{file}: cannot be replaced (Device or resource busy); nothing was changed: "
            "--shared-files in-place overwrites its contents"
        )
        assert file.read_text() == OLD
        files.write(file, NEW, before=OLD, shared="in-place")
    finally:
        subprocess.run(["umount", file], check=True)
    assert other.read_bytes() == NEW.encode()
    assert len(list(file.parent.iterdir())) == 2


# --- names ---------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    "name", ["a" * 252 + ".md", "论" * 84 + ".md", "🎉" * 63 + ".md", "\udcff.md"]
)
@pytest.mark.parametrize("shared", ["refuse", "in-place"])
def test_a_name_as_long_as_it_may_be(tmp_path: Path, name: str, shared: files.SharedFiles) -> None:
    file = tmp_path / name
    file.write_text(OLD)
    if shared == "in-place":
        (tmp_path / "b.md").hardlink_to(file)
    files.write(file, NEW, before=OLD, shared=shared)
    assert file.read_bytes() == NEW.encode()
    assert len(list(tmp_path.iterdir())) == 1 + (shared == "in-place")


def test_names_that_begin_alike_have_backups_of_their_own(tmp_path: Path) -> None:
    backups = {atomic.backup_of(tmp_path / f"{'论' * 80}{n}.md") for n in range(5)}
    assert len(backups) == 5
