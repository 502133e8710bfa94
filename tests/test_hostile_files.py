"""Files that are none, that go or cannot be written, and interruptions: one line, and the old file."""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
    "a list that is an empty folder": "list.md: no Markdown files (*.md) in this folder",
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

    def expand(
        paths: list[str], excludes: Callable[[Path], bool]
    ) -> Iterator[str | files.SkippedLink]:
        for path in listed(paths, excludes):
            if isinstance(path, str) and path.endswith("a.md"):
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


# --- links in a folder ---------------------------------------------------------------------------

LINKS = pytest.mark.skipif(os.name == "nt", reason="links need rights there")
WRITING = ["repair -i", "lint --fix", "format -i", "normalize -i"]
UNTIDY = LIST.replace("[A]", "[A ]") + "| 2 | è®ºæ–‡ è®ºæ–‡ |\n"


def _texts(folder: Path) -> dict[str, str]:
    """What each file under a folder holds that is no link."""
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture
def lists(folder: Path) -> Path:
    """A folder of lists beside one with somebody else's."""
    for name in ("lists/a.md", "lists/deep/b.md", "outside/c.md", "lists/.git/d.md", "e.md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(UNTIDY, "utf-8")
    return folder / "lists"


OUTWARD = {
    "a file": ("lists/x.md", "../outside/c.md", "outside lists"),
    "a file, by its whole path": ("lists/x.md", "{folder}/outside/c.md", "outside lists"),
    "a file in a deeper folder": ("lists/deep/x.md", "../../e.md", "outside lists"),
    "a folder": ("lists/x", "../outside", "outside lists"),
    "a folder, with a name like a list's": ("lists/x.md", "../outside", "outside lists"),
    "the folder around": ("lists/x", "..", "outside lists"),
    "a folder of which this one's name is a part": ("lists/x", "../lists-too", "outside lists"),
    "a file by way of a folder inside": ("lists/x.md", "deep/../../e.md", "outside lists"),
    "a file by way of another link": ("lists/x.md", "../there/c.md", "outside lists"),
    "a hidden folder": ("lists/x.md", ".git/d.md", "which is skipped"),
}


@LINKS
@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("name", OUTWARD)
def test_a_link_that_leads_out_of_the_folder_is_skipped(
    lists: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    link, target, why = OUTWARD[name]
    shutil.copytree("outside", "lists-too")
    Path("there").symlink_to("outside")
    Path(link).symlink_to(target.format(folder=lists.parent))
    assert main([*command.split(), "lists"]) in (0, 1)
    leads_to = Path(link).resolve()
    err = said(capsys)
    assert f"llmpaper-md: {link}: skipped: it is a link to {leads_to}, {why}; name it" in err
    assert err.count("skipped:") == 1
    texts = _texts(lists.parent)
    assert {name for name, text in texts.items() if text != UNTIDY} == {
        "lists/a.md",
        "lists/deep/b.md",
    }
    assert Path(link).is_symlink()


@LINKS
@pytest.mark.parametrize("command", WRITING)
def test_a_link_that_is_named_is_followed(lists: Path, command: str) -> None:
    Path("lists/x.md").symlink_to("../outside/c.md")
    Path("lists/y").symlink_to("../outside")
    assert main([*command.split(), "lists/x.md"]) in (0, 1)
    assert Path("outside/c.md").read_text("utf-8") != UNTIDY
    assert Path("lists/x.md").is_symlink()
    Path("outside/c.md").write_text(UNTIDY, "utf-8")
    assert main([*command.split(), "lists/y"]) in (0, 1)
    assert Path("outside/c.md").read_text("utf-8") != UNTIDY


@LINKS
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_link_inside_the_folder_is_another_name(
    lists: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    """One file is worked on once, under its own name if that is a list's."""
    Path("lists/0.md").symlink_to("deep/b.md")
    Path("lists/z.md").symlink_to("0.md")
    Path("lists/deep/text").write_text(UNTIDY, "utf-8")
    Path("lists/t1.md").symlink_to("deep/text")
    Path("lists/t2.md").symlink_to("deep/text")
    Path("lists/loop").symlink_to(".")
    Path("lists/deep/up").symlink_to("..")
    Path("lists/self.md").symlink_to("self.md")
    Path("lists/nothing.md").symlink_to("gone.md")
    Path("lists/zero.md").symlink_to("/dev/zero")
    assert main(["format", "--check", jobs, "lists"]) == 1
    assert said(capsys) == (
        "lists/a.md: would change\n"
        "lists/t1.md: would change\n"
        "lists/deep/b.md: would change\n"
        "3 files: 3 would be formatted, 0 unchanged\n"
    )


@LINKS
def test_a_folder_of_links_that_lead_out_has_no_lists(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("lists").mkdir()
    Path("a.md").write_text(LIST)
    Path("lists/a.md").symlink_to("../a.md")
    assert main(["format", "-i", "lists"]) == 2
    err = said(capsys)
    assert "lists/a.md: skipped: it is a link to " in err
    assert "llmpaper-md: lists: no Markdown files (*.md) in this folder\n" in err
    assert Path("a.md").read_text() == LIST


# --- settings and what else is read, without an end or none of a file ----------------------------


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)  # whole paths may be too long


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "it is a device"),
    "a link to an empty device": (lambda path: path.symlink_to("/dev/null"), "it is a device"),
    "a link to a terminal": (lambda path: path.symlink_to("/dev/tty"), "it is a device"),
    "a pipe": (_fifo, "it is a named pipe, not a regular file"),
    "a socket": (_socket, "it is a socket, not a regular file"),
    "a folder": (Path.mkdir, "Is a directory"),
    "a large file": (lambda path: path.write_text("#" * (1 << 20 | 1)), "larger than 1 MiB"),
    "a sparse file": (lambda path: _sparse(path, 1 << 40), "larger than 1 MiB"),
}


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


@LINKS
@pytest.mark.parametrize("name", STRANGE)
def test_settings_are_a_regular_file(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    make, message = STRANGE[name]
    Path("list.md").write_text(LIST)
    make(Path("llmpaper-md.toml"))
    with _a_minute():
        assert main(["show", "list.md"]) == 2
    err = said(capsys)
    assert f"{folder}/llmpaper-md.toml: cannot be read: {message}" in err
    assert err.count("\n") == 1


@LINKS
@pytest.mark.parametrize("name", ["a link to a device", "a pipe", "a folder"])
def test_what_is_no_pyproject_is_passed_over(name: str) -> None:
    Path("list.md").write_text(LIST)
    STRANGE[name][0](Path("pyproject.toml"))
    with _a_minute():
        assert main(["show", "list.md"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="no such devices")
@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("show --config /dev/zero list.md", "/dev/zero: cannot be read: larger than 1 MiB"),
        ("repair --corrections /dev/zero list.md", "larger than 16 MiB"),
        ("normalize --corrections /dev/zero list.md", "larger than 16 MiB"),
        ("lint --baseline /dev/zero list.md", "larger than 16 MiB"),
        ("lint --metadata /dev/zero list.md", "larger than 64 MiB"),
        ("show /dev/zero", "/dev/zero: cannot be read: larger than 256 MiB"),
        ("render /dev/zero", "/dev/zero: cannot be read: larger than 256 MiB"),
        ("render --into /dev/zero records.json", "larger than 256 MiB"),
    ],
)
def test_what_has_no_end_is_not_read_to_it(
    capsys: pytest.CaptureFixture[str], command: str, message: str
) -> None:
    Path("list.md").write_text(LIST)
    Path("records.json").write_text("[]")
    with _a_minute():
        assert main(command.split()) == 2
    err = said(capsys)
    assert message in err
    assert err.count("\n") == 1


@contextmanager
def _a_minute() -> Iterator[None]:
    """Fail where something waits for ever."""

    def ring(*_: object) -> None:
        pytest.fail("it does not end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_standard_input_without_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    class Endless(io.RawIOBase):
        def readinto(self, buffer: Any) -> int:
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

        def readable(self) -> bool:
            return True

    stdin = io.TextIOWrapper(io.BufferedReader(Endless()))
    with pytest.MonkeyPatch.context() as patch, _a_minute():
        patch.setattr("sys.stdin", stdin)
        assert main(["show", "-"]) == 2
    assert said(capsys) == "llmpaper-md: <stdin>: cannot be read: larger than 256 MiB\n"


@pytest.mark.skipif(os.name == "nt", reason="no such shell")
@pytest.mark.parametrize(
    "command",
    [
        "show list.md --config <(echo 'max-stars = 3')",
        "repair list.md --corrections <(echo)",
        "lint list.md --baseline <(echo '{\"findings\": []}')",
        "lint list.md --metadata <(echo)",
        "show <(cat list.md)",
        "render <(echo '[]')",
    ],
)
def test_what_a_shell_substitutes_is_read(command: str) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    Path("list.md").write_text(FORMATTED)
    script = f"{sys.executable} -m llmpaper_md {command}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, env=environment, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) in ((0, b""), (0, b"list.md: nothing to repair\n"))


DEEP = {
    "a key": ".".join("a" * 40_000) + " = 1",
    "a header": "[" + ".".join("a" * 40_000) + "]",
    "arrays": "a = " + "[" * 40_000,
    "inline tables": "a = " + "{a=" * 27_000,
    "a number": "max-stars = " + "9" * 80_000,
    "a number of hexadecimal digits": "arxiv-form = 0x" + "f" * 80_000,
}


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("llmpaper-md.toml", "show list.md"),
        ("pyproject.toml", "show list.md"),
        ("given.toml", "show --config given.toml list.md"),
        ("given.toml", "repair --corrections given.toml list.md"),
    ],
)
def test_settings_that_are_nested_deep_take_no_memory(
    capsys: pytest.CaptureFixture[str], name: str, file: str, command: str
) -> None:
    Path("list.md").write_text(LIST)
    before = "[tool.llmpaper-md]\n" if file == "pyproject.toml" else ""
    Path(file).write_text(before + DEEP[name])
    tracemalloc.start()
    try:
        assert main(command.split()) == 2
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    err = said(capsys)
    assert err.count("\n") == 1
    assert len(err) < 500
    assert file in err


def test_settings_with_many_patterns_take_no_time(folder: Path) -> None:
    for number in range(60):
        Path(f"{number}.md").write_text(LIST)
    Path("llmpaper-md.toml").write_text(
        f"exclude = {[f'a{number}*' for number in range(8_000)]}\n"
        + "[per-file-ignores]\n"
        + "".join(f"'b{number}*' = ['empty-row']\n" for number in range(4_000))
    )
    with _a_minute():
        assert main(["lint", "--exit-zero", "."]) == 0


# --- out of memory -------------------------------------------------------------------------------


def _limited(megabytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with so much memory."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    command = [sys.executable, "-m", "llmpaper_md", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, preexec_fn=limit, check=False
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps the limit")
@pytest.mark.parametrize(
    ("command", "megabytes"),
    [("show", 50), ("export --to csv", 60), ("lint --fix", 45), ("format -i -j2", 50)],
)
def test_out_of_memory_is_one_line(folder: Path, command: str, megabytes: int) -> None:
    text = UNTIDY + "| 3 | [A ](https://a.org/b) [C](https://d.org) |\n" * 15_000
    for name in ("a.md", "b.md")[: 1 + ("-j2" in command)]:
        Path(name).write_text(text, "utf-8")
    done = _limited(megabytes, *command.split(), *map(str, folder.glob("*.md")))
    assert done.returncode == 2
    for line in done.stderr.splitlines():
        assert "out of memory: " in line or line.startswith("2 files: ")
    assert "out of memory" in done.stderr
    assert all(path.read_text("utf-8") == text for path in folder.iterdir())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("where", ["llmpaper_md.source.read_bytes", "llmpaper_md.source.decode"])
def test_out_of_memory_while_reading(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, where: str
) -> None:
    """The next file may be small enough."""

    def fail(*arguments: object, **_: object) -> None:
        raise MemoryError

    Path("list.md").write_text(LIST)
    monkeypatch.setattr(where, fail)
    assert main([*COMMANDS[command], "list.md", "list.md"]) == 2
    assert said(capsys).count("llmpaper-md: list.md: out of memory: split the file") == 2


@pytest.mark.parametrize("command", ["format -i list.md", "diff list.md list.md", "lint list.md"])
def test_out_of_memory_anywhere_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    Path("list.md").write_text(LIST)
    monkeypatch.setattr("llmpaper_md.files.write", fail)
    monkeypatch.setattr("llmpaper_md.lists.comparing.compare", fail)
    monkeypatch.setattr("llmpaper_md.cli.lint._report", fail)
    assert main(command.split()) == 2
    assert said(capsys).startswith("llmpaper-md: out of memory: use smaller files, fewer --jobs")
    assert Path("list.md").read_text() == LIST


def test_no_memory_for_another_process_is_no_matter_of_the_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    for name in ("a.md", "b.md"):
        Path(name).write_text(LIST)
    monkeypatch.setattr("llmpaper_md.tasks.pool._Worker", fail)
    assert main(["lint", "-j2", "a.md", "b.md"]) == 2
    assert said(capsys).startswith("llmpaper-md: out of memory: use smaller files, fewer --jobs")
