"""SECURITY.md, promise by promise; the page has tests of its own in `test_page`."""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from llmpaper_md import parse
from llmpaper_md.cli import main
from llmpaper_md.report.terminal import printable

COMMANDS = [
    ["show"],
    ["export"],
    ["export", "--to", "html"],
    ["repair", "--check"],
    ["repair", "--json"],
    ["lint", "--strict", "--full", "--output-format", "text"],
    ["lint", "--strict", "--output-format", "github"],
    ["lint", "--strict", "--output-format", "json"],
    ["lint", "--strict", "--output-format", "sarif"],
    ["lint", "--strict", "--statistics", "--output-format", "text"],
    ["format", "--check"],
    ["normalize", "--check"],
]
TITLES = [
    "::set-output name=x::y",
    "::add-mask::a",
    "::stop-commands::token",
    "##[add-mask]a",
    "\x1b[2J\x1b]0;x\x07",
    "\x9b31m",
    "\u202egpj.exe",
    "../../etc/passwd",
    "%0A::error::x",
    "[A](javascript:alert(1))",
    "[A](file:///etc/passwd)",
    "![A](../../../secret.png)",
    "$(touch owned) `touch owned` ; touch owned",
    "{{ 7 * 7 }} {% include '/etc/passwd' %}",
    "<script>alert(1)</script>",
]


def _list(title: str) -> str:
    """A title everywhere that text of a list is shown: headings, cells, names of columns, links."""
    row = f"| 1★ | {title} | [{title}](http://127.0.0.1/{title}) |\n"
    return (
        f"# {title}\n\n{title}\n\n## {title}\n\n| ID | Paper | {title} |\n| - | - | - |\n{row}{row}"
        f"| | [a](http://127.0.0.1:9/x) ![b](http://127.0.0.1:9/y) <img src='http://127.0.0.1:9/z'> |\n"
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    return tmp_path


def _commands_of(line: str) -> str | None:
    """What GitHub's runner takes a line of output for, by its own two grammars."""
    stripped = line.lstrip()
    if match := re.match(r"::([^: ]+)[^:]*?(?: [^:]*)?::", stripped):
        return match[1]
    match = re.search(r"##\[([^\] ]+)[^\]]*\]", line)
    return match[1] if match else None


def test_the_grammars_of_the_runner() -> None:
    assert _commands_of("  ::add-mask::a") == "add-mask"
    assert _commands_of("::error file=a,line=1::x") == "error"
    assert _commands_of("a ##[group]b") == "group"
    assert _commands_of("a ::error::b") is None


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_in_a_list_steers_a_terminal_or_a_workflow(
    capsysbinary: pytest.CaptureFixture[bytes], command: list[str], title: str
) -> None:
    """SECURITY: "nothing steers the terminal, and no line of it is a command to GitHub's runner"."""
    Path("list.md").write_text(_list(title), "utf-8")
    assert main([*command, "list.md"]) in (0, 1)
    for stream in capsysbinary.readouterr():
        text = stream.decode()
        if "html" in command:
            continue  # data that is made for a file
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        commands = {_commands_of(line) for line in text.split("\n")} - {None}
        assert commands <= ({"error", "warning"} if "github" in command else set())


def test_only_in_a_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printable("::a ##[b]") == r"\x3a:a \x23#[b]"
    assert printable("a ::b") == "a ::b"
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert printable("::a ##[b]") == "::a ##[b]"


def test_machine_formats_mean_what_the_list_says(capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("::add-mask::a", "##[add-mask]a", "\x1b[2J", '\u202e"x\\'):
        Path("list.md").write_text(f"| Paper |\n| - |\n| **{title}** |\n", "utf-8")
        assert main(["export", "list.md"]) == 0
        paper = json.loads(capsys.readouterr().out)["papers"][0]
        assert paper["title"] == parse(Path("list.md").read_text("utf-8")).papers[0].title


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_is_run_fetched_or_used_as_a_path(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """SECURITY: "Nothing that is read from a Markdown file is run, fetched or used as a path"."""
    Path("list.md").write_text("\n".join(map(_list, TITLES)), "utf-8")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), "utf-8"))
    main([*command, "list.md"])  # what is imported when first needed is opened now
    opened: list[str] = []
    really = io.open

    def opens(file: object, *arguments: object, **named: object) -> object:
        opened.append(str(file))
        return really(file, *arguments, **named)  # type: ignore[call-overload]

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("it must not")

    monkeypatch.setattr(io, "open", opens)
    monkeypatch.setattr(builtins, "open", opens)
    for module, name in (
        (socket, "socket"),
        (subprocess, "Popen"),
        (os, "system"),
        (builtins, "eval"),
    ):
        monkeypatch.setattr(module, name, refuse)
    assert main([*command, "list.md"]) in (0, 1)
    strange = [name for name in opened if "llmpaper" not in name and "site-packages" not in name]
    assert set(strange) <= {"list.md"}
    assert [path.name for path in Path().iterdir()] == ["list.md"]
