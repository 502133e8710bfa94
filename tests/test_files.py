"""Writing: the whole new text or the old file, and nothing about the file but its text changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpaper_md import files
from llmpaper_md.errors import SourceError

NEW = "论文\r\n\u0085"


def test_writes_a_new_file_with_the_usual_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    files.write(file, NEW)
    assert file.read_bytes() == NEW.encode()
    (tmp_path / "other").touch()
    assert file.stat().st_mode == (tmp_path / "other").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "other"]


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(NEW.encode())
    os.utime(file, ns=(1, 1))
    inode = file.stat().st_ino
    files.write(file, NEW, before=NEW)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (1, inode)


def test_keeps_the_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    file.chmod(0o640)
    files.write(file, NEW, before="old")
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_bytes() == NEW.encode()


def test_follows_symbolic_links(tmp_path: Path) -> None:
    file, link, further = tmp_path / "a.md", tmp_path / "b.md", tmp_path / "c.md"
    file.write_text("an old text, longer than the new one")
    link.symlink_to("a.md")
    further.symlink_to("b.md")
    files.write(further, NEW)
    assert link.is_symlink()
    assert further.is_symlink()
    assert file.read_bytes() == NEW.encode()


def test_keeps_hard_links_or_leaves_the_file_alone(tmp_path: Path) -> None:
    file, hard = tmp_path / "a.md", tmp_path / "b.md"
    file.write_text("an old text, longer than the new one")
    hard.hardlink_to(file)
    with pytest.raises(SourceError, match=r"a\.md: has 2 hard links; nothing was changed"):
        files.write(file, NEW)
    files.write(file, NEW, shared="in-place")
    assert file.read_bytes() == hard.read_bytes() == NEW.encode()
    assert file.stat().st_ino == hard.stat().st_ino


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_keeps_the_owner(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    os.chown(file, 1234, 5678)
    files.write(file, NEW)
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 5678)
    assert file.read_bytes() == NEW.encode()


def test_leaves_alone_what_somebody_else_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("theirs")
    with pytest.raises(SourceError, match="changed by another program in the meantime"):
        files.write(file, NEW, before="old")
    with pytest.raises(SourceError, match="changed by another program in the meantime"):
        files.write(tmp_path / "gone.md", NEW, before="old")
    assert file.read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("mount is not installed")
    if done.returncode:
        pytest.skip("no right to mount a file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("names", [1, 2])
def test_a_full_disk_leaves_the_old_file_whole(small_disk: Path, names: int) -> None:
    file = small_disk / "a.md"
    file.write_text("old" * 1000)
    for number in range(1, names):
        (small_disk / f"{number}.md").hardlink_to(file)
    with pytest.raises(SourceError, match=r"cannot be written: No space left on device; nothing"):
        files.write(file, "x" * 100_000, shared="in-place")
    assert file.read_text() == "old" * 1000
    assert len(list(small_disk.iterdir())) == names


@pytest.mark.skipif(os.name == "nt", reason="folders have other rights there")
def test_what_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be written: Is a directory; nothing was changed"):
        files.write(tmp_path, NEW)
    with pytest.raises(SourceError, match="cannot be written: No such file or directory"):
        files.write(tmp_path / "no" / "a.md", NEW)
    with pytest.raises(SourceError, match=r"cannot be written: .*embedded null .*; nothing was"):
        files.write(tmp_path / "a\0.md", NEW)
    loop = tmp_path / "loop.md"
    loop.symlink_to("loop.md")
    with pytest.raises(SourceError, match="cannot be written"):
        files.write(loop, NEW)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    for path, mode in ((file, 0o444), (tmp_path, 0o555)):
        path.chmod(mode)
        with pytest.raises(SourceError, match="cannot be written: Permission denied"):
            files.write(file, NEW)
        path.chmod(0o755)
    assert file.read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="no such files")
def test_writes_to_a_pipe_and_to_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        files.write(pipe, NEW)
        assert reader.communicate()[0] == NEW.encode()
    files.write("/dev/null", NEW)
    with pytest.raises(SourceError, match="cannot be written: No space left on device"):
        files.write("/dev/full", NEW)
    with pytest.raises(SourceError, match="cannot be written: Is a directory"):
        files.write(tmp_path, NEW)


def test_files_are_looked_for_in_the_repository_and_nowhere_else(tmp_path: Path) -> None:
    root = tmp_path / "lists"
    for name in (".git/HEAD", "docs/list.md", "docs/a b.png", "LICENSE", "docs/site/index.md"):
        root.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        root.joinpath(name).write_text("")
    exists = files.existence_near(str(root / "docs" / "list.md"))
    there = ["list.md", "a b.png", "./list.md", "../LICENSE", "/LICENSE", "/docs", "list.html"]
    assert all(map(exists, [*there, "list", "site/", "site"]))
    assert not any(map(exists, ["LICENSE", "a.png", "/list.md", "../a", "site/a\0b"]))
    assert all(map(exists, ["../../etc/passwd", "/../x", "../../issues", "../issues/3"]))


def test_without_a_repository_nothing_is_looked_for_outside_the_folder(tmp_path: Path) -> None:
    exists = files.existence_near(str(tmp_path / "list.md"))
    assert exists("/LICENSE")
    assert exists("../a.md")
    assert not exists("a.md")
