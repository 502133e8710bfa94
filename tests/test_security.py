"""SECURITY.md, promise by promise; the page has tests of its own in `test_page`."""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from llmpaper_md import parse
from llmpaper_md.cli import main
from llmpaper_md.unprintable import printable

ROOT = Path(__file__).parent.parent
COMMANDS = [
    ["show"],
    ["show", "--papers"],
    ["export"],
    ["export", "--to", "jsonl"],
    ["export", "--to", "html"],
    ["export", "--to", "csv"],
    ["export", "--to", "csv", "--bom"],
    ["export", "--to", "urls"],
    ["export", "--to", "urls", "--lychee"],
    ["export", "--to", "bibtex"],
    ["repair", "--check"],
    ["repair", "--json"],
    ["lint", "--strict", "--full", "--output-format", "text"],
    ["lint", "--strict", "--output-format", "github"],
    ["lint", "--strict", "--output-format", "json"],
    ["lint", "--strict", "--output-format", "sarif"],
    ["lint", "--strict", "--statistics", "--output-format", "text"],
    ["lint", "--fix", "--diff"],
    ["format", "--check"],
    ["format", "--diff"],
    ["normalize", "--check"],
    ["normalize", "--diff"],
    ["diff", "other.md"],
    ["diff", "--output-format", "markdown", "other.md"],
    ["diff", "--output-format", "json", "other.md"],
    ["merge", "--diff", "other.md"],
    ["merge", "--json", "other.md"],
]
TITLES = [
    "::set-output name=x::y",
    "::add-mask::a",
    "::stop-commands::token",
    "##[add-mask]a",
    "###[group]a ##[endgroup]",
    "a<br>::add-mask::b<br>##[error]c",
    "a<br>&#x3000;&#x2028;::warning file=a::b",
    "a&#10;::add-mask::b&#13;::add-mask::c",
    "##\u200e[add-mask]a ::\u200eadd-mask::",
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
    row = f"| 1★ | {title} | [{title}](http://127.0.0.1/{title}) <http://127.0.0.1/{title}> |\n"
    return (
        f"# {title}\n\n{title}\n\n  {title}\n## {title}\n\n"
        f"| ID | Paper | {title} |\n|-|-|-|\n{row}{row}"
        f"| | [a](http://127.0.0.1:9/x) ![b](http://127.0.0.1:9/y) <img src='http://127.0.0.1:9/z'> |\n"
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    return tmp_path


def _commands_of(line: str) -> str | None:
    """What GitHub's runner takes a line of output for, by its own two grammars."""
    stripped = line.removeprefix("\ufeff").lstrip()
    if match := re.match(r"::([^: ]+)[^:]*?(?: [^:]*)?::", stripped):
        return match[1]
    match = re.search(r"##\[([^\] ]+)[^\]]*\]", line)  # wherever it is
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
    Path("other.md").write_text("| Paper | URL |\n| - | - |\n| A | https://a.org |\n", "utf-8")
    assert main([*command, "list.md"]) in (0, 1)
    for stream in capsysbinary.readouterr():
        text = stream.decode()
        commands = {_commands_of(line) for line in re.split("\r\n?|\n", text)} - {None}
        assert commands <= ({"error", "warning"} if "github" in command else set())
        # Text of a list that is to be read by programs is what the list says.
        if not {"html", "csv", "bibtex", "--diff"} & set(command):
            assert not re.search(
                "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u202a-\u202e\u2066-\u2069]", text
            )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "name",
    ["::add-mask::a.md", "##[add-mask]a.md", "a\n::add-mask::b.md", "a\r##[group].md", "-::a.md"],
)
def test_no_name_of_a_file_is_a_command(
    capsysbinary: pytest.CaptureFixture[bytes], command: list[str], name: str
) -> None:
    Path(name).write_text(_list("a  b"), "utf-8")
    Path("other.md").write_text("| Paper | URL |\n| - | - |\n| A | https://a.org |\n", "utf-8")
    for named in (name, f"missing{name}", f"--missing{name}"):
        with contextlib.suppress(SystemExit):  # of what is taken for an option
            main([*command, named])
        for stream in capsysbinary.readouterr():
            lines = re.split("\r\n?|\n", stream.decode())
            commands = {_commands_of(line) for line in lines} - {None}
            assert commands <= ({"error", "warning"} if "github" in command else set())


RAW = [
    ["repair", "list.md"],
    ["format", "list.md"],
    ["normalize", "list.md"],
    ["merge", "list.md", "other.md"],
    ["lint", "--fix", "-"],
]


@pytest.mark.parametrize("command", RAW, ids=" ".join)
@pytest.mark.parametrize("text", ["  ::add-mask::x", "a ##[Add-Mask]x", "a\r::group::b"])
def test_a_list_that_is_printed_whole_commands_nothing(
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    text: str,
) -> None:
    """Its bytes are to stay: it is not printed to a log, and is written to a file."""
    content = f"# A\n\n{text}\n\n| Paper |\n| --- |\n| A |\n"
    Path("list.md").write_text(content, "utf-8", newline="")
    Path("other.md").write_text("| Paper |\n| --- |\n| B |\n", "utf-8")

    def run() -> tuple[int, bytes, bytes]:
        data = io.TextIOWrapper(io.BytesIO(content.encode()), "utf-8")
        monkeypatch.setattr("sys.stdin", data)
        code = main(command)
        return code, *capsysbinary.readouterr()

    code, out, err = run()
    assert (code, out) == (2, b"")
    line = 4 if "\r" in text else 3
    name = "<stdin>" if "-" in command else "list.md"
    assert f"llmpaper-md: {name}:{line}: not printed: GitHub's runner" in err.decode()
    monkeypatch.setenv("GITHUB_ACTIONS", "")
    code, out, err = run()
    assert code in (0, 1)
    assert text.encode() in out


def test_a_file_is_no_log(tmp_path: Path) -> None:
    Path("list.md").write_text("::add-mask::x\n", "utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": "true"}
    command = [sys.executable, "-m", "llmpaper_md", "format", "list.md"]
    with Path("out.md").open("wb") as file:
        subprocess.run(command, check=True, stdout=file, env=environment)
    assert Path("out.md").read_text("utf-8") == "::add-mask::x\n"
    piped = subprocess.run(command, check=False, capture_output=True, env=environment)
    assert (piped.returncode, piped.stdout) == (2, b"")


@pytest.mark.parametrize(
    "text",
    ["::: note\n:::\n", "##[Title](https://a.org)\n", "a ::error::b\n", "::name\n", "::x y::\n"],
)
def test_what_is_no_command_is_printed(capsys: pytest.CaptureFixture[str], text: str) -> None:
    Path("list.md").write_text(text, "utf-8")
    assert main(["format", "list.md"]) == 0
    assert capsys.readouterr().out == text


def test_the_same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("true", ""):
        monkeypatch.setenv("GITHUB_ACTIONS", value)
        assert printable("::a ##[b]") == r"\x3a:a \x23#[b]"
        assert printable("a ::b") == "a ::b"


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
    Path("other.md").write_text("| Paper |\n| - |\n| A |\n", "utf-8")
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
    assert set(strange) <= {"list.md", "other.md"}
    assert sorted(path.name for path in Path().iterdir()) == ["list.md", "other.md"]
