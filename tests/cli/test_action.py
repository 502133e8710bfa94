"""The GitHub action: its scripts, run as the runner does, in a checkout that is not to be trusted."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from llmpaper_md.cli import action

ROOT = Path(__file__).parents[2]
ON_WINDOWS = sys.platform == "win32"
needs_bash = pytest.mark.skipif(ON_WINDOWS, reason="the runner's bash is not here")
TRAP = "import pathlib\npathlib.Path(r'{folder}', 'ran').touch()\n"


def _scripts() -> list[str]:
    text = ROOT.joinpath("action.yml").read_text("utf-8")
    found = re.findall(r"^ +run: \|\n((?: {8}.*\n)+)", text, re.MULTILINE)
    assert len(found) == 2
    return [textwrap.dedent(script) for script in found]


def _shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """How the runner calls the shell of a composite action."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            **variables,
        },
    )


def _run(folder: Path, files: str, arguments: str = "") -> subprocess.CompletedProcess[str]:
    """The last step, with the Python of these tests in the place of the one that is installed."""
    python = folder.parent / "temp" / "llmpaper-md" / "bin" / "python"
    if not python.exists():
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
        python.chmod(0o755)
    temp = str(folder.parent / "temp")
    return _shell(_scripts()[1], folder, FILES=files, ARGUMENTS=arguments, RUNNER_TEMP=temp)


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    checkout = tmp_path / "check out"
    checkout.mkdir()
    monkeypatch.chdir(checkout)
    row = "| ID | Paper |\n| -- | ----- |\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\n"
    Path("README.md").write_text(row, "utf-8")
    for name in ("more.md", "my list.md", "--output-file=x.md"):
        Path(name).write_text(row + "| | |\n", "utf-8")
    return checkout


def _linted(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 1, done.stderr
    return re.findall("^::warning file=(.*?),line=4,", done.stdout, re.MULTILINE)


@needs_bash
def test_a_list_without_findings_passes(lists: Path) -> None:
    done = _run(lists, "README.md")
    assert (done.returncode, done.stderr) == (0, "")


@needs_bash
def test_findings_are_annotations_and_fail(lists: Path) -> None:
    assert _linted(_run(lists, "README.md more.md\n")) == ["more.md"]


@needs_bash
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_line_is_linted(lists: Path, end: str) -> None:
    files = end.join(["README.md", "", "  my list.md ", '"more.md"', "--output-file=x.md", ""])
    assert _linted(_run(lists, files)) == ["my list.md", "more.md", "--output-file=x.md"]
    assert not Path("x.md").exists()


@needs_bash
def test_quotes_and_names_like_options(lists: Path) -> None:
    files = "more.md 'my list.md' --output-file=x.md"
    assert _linted(_run(lists, files)) == ["more.md", "my list.md", "--output-file=x.md"]
    assert not Path("x.md").exists()


@needs_bash
@pytest.mark.parametrize(
    "arguments",
    [
        "--ignore empty-row --strict",
        '--ignore "empty-row, mixed-stars"',
        "--ignore='empty-row,mixed-stars'",
        "--strict\n--ignore empty-row\n",
    ],
)
def test_further_arguments_are_those_of_lint(lists: Path, arguments: str) -> None:
    done = _run(lists, "more.md", arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_bash
@pytest.mark.parametrize("files", ["README.md;touch x", "$(touch x)", "`touch x`", "--fix", "*.md"])
@pytest.mark.parametrize("end", ["", "\nREADME.md"])
def test_nothing_in_the_inputs_is_run(files: str, end: str, lists: Path) -> None:
    before = sorted(path.name for path in lists.iterdir())
    assert _run(lists, files + end).returncode == 2
    assert _run(lists, "README.md", files).returncode in (0, 2)
    assert sorted(path.name for path in lists.iterdir()) == before


@needs_bash
@pytest.mark.parametrize(("files", "arguments"), [("'README.md", ""), ("README.md", '--select "a')])
def test_a_quote_that_is_not_closed_is_one_line(lists: Path, files: str, arguments: str) -> None:
    done = _run(lists, files, arguments)
    assert done.returncode == 2
    assert re.fullmatch(
        "llmpaper-md: (files|arguments): unclosed quotation mark: .*\n", done.stderr
    )


@needs_bash
def test_no_file_is_an_error(lists: Path) -> None:
    done = _run(lists, " \n")
    assert (done.returncode, done.stderr) == (
        2,
        "llmpaper-md: files: no file given: name at least one\n",
    )


def _set_traps(folder: Path) -> None:
    """A module and a package for each name that the action's steps import by their own names."""
    for name in (
        "pip",
        "venv",
        "ensurepip",
        "hatchling",
        "llmpaper_md",
        "argparse",
        "shlex",
        "runpy",
    ):
        folder.joinpath(name).mkdir()
        for module in ("__init__", "__main__"):
            folder.joinpath(name, f"{module}.py").write_text(TRAP.format(folder=folder))
        folder.joinpath(f"{name}.py").write_text(TRAP.format(folder=folder))
    folder.joinpath("pyproject.toml").write_text("[build-system]\nrequires = ['nothing-of-ours']\n")


@needs_bash
def test_linting_imports_nothing_of_the_checkout(lists: Path) -> None:
    _set_traps(lists)
    assert _linted(_run(lists, "more.md", "-j2")) == ["more.md"]
    assert not Path("ran").exists()


@needs_bash
@pytest.mark.jobs
@pytest.mark.parametrize("is_offline", [True, False])
def test_installing_imports_nothing_of_the_checkout(
    lists: Path, tmp_path: Path, is_offline: bool
) -> None:
    """The whole action; and how far it comes by itself where no package can be fetched."""
    _set_traps(lists)
    temp = str(tmp_path / "runner temp")
    variables = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""} if is_offline else {}
    done = _shell(_scripts()[0], lists, PYTHON=sys.executable, RUNNER_TEMP=temp, **variables)
    assert not Path("ran").exists()
    if is_offline:
        assert done.returncode == 1
        assert "hatchling" in done.stderr
        return
    if done.returncode:
        pytest.skip(f"pip cannot fetch what is needed: {done.stderr[-200:]}")
    done = _shell(_scripts()[1], lists, FILES="README.md\nmore.md", ARGUMENTS="", RUNNER_TEMP=temp)
    assert _linted(done) == ["more.md"]
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("README.md", ["README.md"]),
        ("a b\tc\n d\r\n", ["a", "b", "c", "d"]),
        (r"docs\list.md C:\a\b.md", [r"docs\list.md", r"C:\a\b.md"]),
        ("'a b' \"c d\" e'f g'h", ["a b", "c d", "ef gh"]),
        ('"it\'s.md"', ["it's.md"]),
        ("#a b#c", ["#a", "b#c"]),
        ("''", [""]),
        ("论文\u00a0集.md", ["论文\u00a0集.md"]),
        ("a;b $(c) `d` *", ["a;b", "$(c)", "`d`", "*"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert action.words(text) == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" \n\t\n", []),
        ("a.md b.md\n", ["a.md", "b.md"]),
        ("a b.md\nc.md", ["a b.md", "c.md"]),
        ("'a b.md'\n\"c.md\"\n", ["a b.md", "c.md"]),
        ("it's.md\nb.md", ["it's.md", "b.md"]),
        ("a\u2028b\nc\rd\r\ne", ["a\u2028b", "c", "d", "e"]),
    ],
)
def test_file_names(text: str, names: list[str]) -> None:
    assert action.file_names(text) == names


# --- workflows ---------------------------------------------------------------------------------


WORKFLOWS = [ROOT / "action.yml", *sorted(ROOT.glob(".github/workflows/*.yml"))]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_and_workflows_may_only_read(path: Path) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"^ *-? *uses: *(.*)$", text, re.MULTILINE)
    assert used
    for action_ in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action_)
    checkouts = text.count("uses: actions/checkout@")
    assert (
        len(re.findall("^          persist-credentials: false$", text, re.MULTILINE)) == checkouts
    )
    # Nothing that an input or an event says is put into a script.
    scripts = re.findall(r"^( +)(?:- )?run: (.*\n(?:\1 +.*\n)*)", text, re.MULTILINE)
    assert scripts
    for _, script in scripts:
        assert set(re.findall(r"\$\{\{ *(.*?) *\}\}", script)) <= {"matrix.what"}
    if path.name != "action.yml":
        assert re.findall(r"^ *permissions:\n((?: +.*\n)+)", text, re.MULTILINE) == [
            "  contents: read\n"
        ]
