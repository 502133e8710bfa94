from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpaper_md import __version__
from llmpaper_md.cli import command_line, main, records
from llmpaper_md.export import schemas
from tests.builders import ROOT, run

PAPER = "| ID | Paper |\n| - | - |\n| 1★ | [A](https://arxiv.org/abs/1706.03762) |\n"


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option, expected in (("--version", f"llmpaper-md {__version__}\n"), ("--help", "export")):
        with pytest.raises(SystemExit) as exit_:
            main([option])
        assert exit_.value.code == 0
        assert expected in capsys.readouterr().out


def _options() -> Iterator[tuple[str, argparse.Action]]:
    """Each argument of each command."""
    (commands,) = (
        a for a in command_line.build_parser()._actions if isinstance(a, argparse._SubParsersAction)
    )
    for name, parser in commands.choices.items():
        assert parser.description, name
        yield from ((name, action) for action in parser._actions)


def test_help_says_what_each_argument_does() -> None:
    assert [(name, action.dest) for name, action in _options() if not action.help] == []


def test_schemas_are_named_as_the_command_line_has_them() -> None:
    assert tuple(records._SCHEMAS) == schemas.NAMES


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lint", "--jobs", "x", "a.md"], "-j/--jobs: x: expected a whole number of at least 0"),
        (
            ["format", "--max-table-width", "0", "a.md"],
            "--max-table-width: 0: expected a whole number of at least 1",
        ),
        (["repair", "--below", "2", "a.md"], "--below: 2: expected a number from 0 to 1"),
        (["repair", "--below", "nan", "a.md"], "--below: nan: expected a number from 0 to 1"),
        (["show", "--stars", "*", "a.md"], "--stars: *: expected a whole number of at least 0"),
        (
            ["metadata", "--timeout", "0", "-o", "x", "a.md"],
            "--timeout: 0: expected a number above",
        ),
    ],
)
def test_a_number_that_is_none_is_told_what_was_expected(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert f"error: argument {message}" in capsys.readouterr().err


def test_version_imports_little_but_the_argument_parser() -> None:
    def modules(script: str) -> set[str]:
        script += "\nexcept SystemExit: import sys; print(*sys.modules)"
        command = [sys.executable, "-c", script]
        result = subprocess.run(command, capture_output=True, check=True, text=True)
        return set(result.stdout.splitlines()[1].split())

    bare = modules(
        "import argparse, io, collections.abc\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.add_argument('--version', action='version', version='1')\n"
        "try: parser.parse_args(['--version'])"
    )
    ours = modules("from llmpaper_md.cli import main\ntry: main(['--version'])")
    own = {name for name in ours if name.startswith("llmpaper_md")}
    assert ours - bare - own <= {
        "__future__",
        "_typing",
        "contextlib",
        "typing",
        "typing.io",
        "typing.re",
    }
    homes = {name.split(".")[1] for name in own if "." in name}
    assert homes == {"_version", "choices", "cli", "current_folder", "errors"}


def test_exports_a_file_as_an_object(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a.md").write_text(PAPER)
    assert main(["export", "a.md"]) == 0
    record = json.loads(capsysbinary.readouterr().out)
    assert (record["source"], record["papers"][0]["arxiv_id"]) == ("a.md", "1706.03762")


def test_exports_a_folder_as_an_array(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("b.md", "a/c.MD", "a/d.txt", ".git/e.md", "node_modules/f.md", "drafts/g.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(PAPER)
    (folder / "llmpaper-md.toml").write_text("exclude = ['drafts']")
    assert main(["export", "--to", "json", "."]) == 0
    records = json.loads(capsysbinary.readouterr().out)
    assert [record["source"] for record in records] == ["b.md", "a/c.MD"]
    assert main(["export", "drafts/g.md"]) == 0  # named itself, it is not passed over


def test_reads_standard_input(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAPER.encode())))
    assert main(["export", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["source"] == "<stdin>"


def test_a_list_without_papers_is_no_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text("| x |\n| - |\n| 1 |")
    assert main(["export", "a.md"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["tables"][0]["rows"] == [{"line": 3, "cells": ["1"]}]
    assert err == (
        "llmpaper-md: a.md: no papers found; looked for tables with a column of titles, and for "
        "list items and paragraphs that link to papers; if a table lists papers, name its columns "
        "in the settings\n"
    )


@pytest.mark.parametrize("command", ["show", "export"])
def test_one_file_that_fails_does_not_keep_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (folder / "good.md").write_text(PAPER)
    (folder / "gbk.md").write_bytes("| 论文 |".encode("gbk"))
    (folder / "empty").mkdir()
    assert main([command, "gbk.md", "missing.md", "good.md", "empty"]) == 2
    out, err = capsys.readouterr()
    assert "good.md" in out
    assert err.splitlines() == [
        "llmpaper-md: gbk.md: not UTF-8: byte 0xC2 at offset 2 (line 1); it looks like "
        "GB 18030 (GBK): convert it to UTF-8 first",
        "llmpaper-md: missing.md: no such file",
        "llmpaper-md: empty: no Markdown files (*.md) in this folder",
    ]


def test_a_broken_configuration_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text(PAPER)
    (folder / "llmpaper-md.toml").write_text("[columns]\ntitel = []")
    assert main(["show", "a.md"]) == 2
    assert capsys.readouterr().err == (
        f"llmpaper-md: {folder}/llmpaper-md.toml: columns: unknown field 'titel'; "
        "did you mean 'title'?\n"
    )
    (folder / "other.toml").write_text("")
    assert main(["show", "--config", "other.toml", "a.md"]) == 0
    assert main(["show", "--config", "missing.toml", "a.md"]) == 2


def test_shows_the_source_readme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["show", "fixtures/README.repaired.md"]) == 0
    expected = Path(__file__).parents[1] / "snapshots" / "show.txt"
    assert capsys.readouterr().out == expected.read_text("utf-8")


def test_colours_only_where_they_are_wanted(folder: Path) -> None:
    (folder / "a.md").write_text(PAPER)
    plain = run("show", "a.md").stdout
    assert b"\x1b" not in plain
    assert b"\x1b[1ma.md\x1b[0m" in run("show", "a.md", FORCE_COLOR="1").stdout
    assert run("show", "a.md", FORCE_COLOR="1", NO_COLOR="1").stdout == plain


def test_nothing_in_a_list_steers_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text("# \x1b[2J\n" + PAPER.replace("A", "\x1b\\[0;x\x07\u202e"))
    assert main(["show", "a.md"]) == 0
    out = capsys.readouterr().out
    assert r"\x1b[2J" in out
    assert r"\x1b[0;x\x07\u202e" in out
    assert not set(out) & set("\x1b\x07\u202e")


@pytest.mark.parametrize("arguments", [["export", "-"], ["show", "-"]])
def test_a_terminal_that_knows_no_unicode_is_no_traceback(arguments: list[str]) -> None:
    result = run(*arguments, stdin=PAPER.encode(), PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"1706.03762" in result.stdout


def test_a_reader_that_stops_reading_is_no_error() -> None:
    big = PAPER + "| 2 | [B](https://arxiv.org/abs/1706.03763) |\n" * 5000
    process = subprocess.Popen(
        [sys.executable, "-m", "llmpaper_md", "export", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process:
        process.stdin.write(big.encode())
        process.stdin.close()
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "llmpaper_md", "export", "-"],
            input=PAPER.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr == b"llmpaper-md: cannot write the output: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(
    ("redirection", "code", "message"),
    [
        ("2>&-", 0, ""),
        ("<&-", 2, "llmpaper-md: <stdin>: cannot be read: standard input is closed\n"),
        (">&-", 2, "llmpaper-md: cannot write the output: standard output is closed\n"),
    ],
)
def test_a_closed_stream_is_no_traceback(redirection: str, code: int, message: str) -> None:
    command = [sys.executable, "-m", "llmpaper_md", "show", "-"]
    run = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", *command],
        input="text",
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (run.returncode, run.stderr) == (code, message)
