"""Files that are none, that go or cannot be written, and interruptions: one line, and the old file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llmpaper_md import files
from llmpaper_md.cli import main
from tests.hostile_inputs import COMMANDS, FORMATTED, LIST, said

ROOT = Path(__file__).parent.parent


pytestmark = pytest.mark.usefixtures("folder")


FOLDERS = {
    "a configuration that is a folder": "{folder}/llmpaper-md.toml: cannot be read: Is a directory",
    "a list that is a link to itself": "list.md: cannot be read: ",
    "a list that is a link to nothing": "list.md: no such file",
    "a list that is an empty folder": "list.md: no Markdown file (*.md) in this folder",
}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FOLDERS)
def test_files_that_are_none(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    if name.endswith("a folder"):
        Path("list.md").write_text(LIST)
        Path("llmpaper-md.toml").mkdir()
    elif name.endswith("itself"):
        Path("list.md").symlink_to("list.md")
    elif name.endswith("nothing"):
        Path("list.md").symlink_to("nowhere.md")
    else:
        Path("list.md").mkdir()
    assert main([*COMMANDS[command], "list.md"]) == 2
    err = said(capsys)
    assert FOLDERS[name].format(folder=folder) in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_goes_while_a_folder_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    listed = files.expand

    def expand(paths: list[str], excludes: Callable[[Path], bool]) -> Iterator[str]:
        for path in listed(paths, excludes):
            if path.endswith("a.md"):
                Path(path).unlink()
            yield path

    monkeypatch.setattr(files, "expand", expand)
    for name in ("a.md", "b.md"):
        Path(name).write_text(FORMATTED)
    assert main([*COMMANDS[command], "."]) == 2
    assert "llmpaper-md: a.md: no such file\n" in said(capsys)
    assert Path("b.md").read_text() == FORMATTED


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "llmpaper_md", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_an_interruption_is_no_traceback() -> None:
    with _start("show", "-") as process:
        assert process.stdin
        # More than a pipe holds: when it is written, the command has begun to read.
        process.stdin.write((LIST * 20_000).encode())
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize("command", ["repair", "lint --fix", "format", "normalize"])
def test_an_interruption_while_writing_leaves_the_old_file(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    text = LIST.replace("[A]", "[A ]") + "| 2 | è®ºæ–‡ |\n"
    Path("list.md").write_text(text, "utf-8")
    monkeypatch.setattr(os, "fsync", interrupt)
    assert main([*COMMANDS[command], "list.md"]) == 130
    assert Path("list.md").read_text("utf-8") == text
    assert [path.name for path in Path().iterdir()] == ["list.md"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("command", ["lint --fix", "format", "normalize"])
def test_a_read_only_folder_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    text = LIST.replace("[A]", "[A ]")
    Path("list.md").write_text(text)
    folder.chmod(0o555)
    try:
        assert main([*COMMANDS[command], "list.md"]) == 2
    finally:
        folder.chmod(0o755)
    assert "list.md: cannot be written: Permission denied; nothing was changed" in said(capsys)
    assert Path("list.md").read_text() == text
