"""The hooks for pre-commit: a file named like an option is a file, whatever `args` a user has set."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from llmpaper_md.cli import main
from llmpaper_md.cli.common import separate_files

ROOT = Path(__file__).parents[2]
ROW = "| ID | Paper |\n| -- | -----\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\n"
NAMES = ["README.md", "--output-file=x.md", "-x.md", "--fix.md", "b.md"]
HOOKS = ["llmpaper-md-lint", "llmpaper-md-fix", "llmpaper-md-format"]


def _entry(hook: str) -> list[str]:
    text = ROOT.joinpath(".pre-commit-hooks.yaml").read_text("utf-8")
    (entry,) = re.findall(
        rf"^- id: {hook}\n(?:  .*\n)*?  entry: llmpaper-md (.*)\n", text, re.MULTILINE
    )
    return shlex.split(entry)


@pytest.fixture
def lists(folder: Path) -> Path:
    for name in NAMES:
        Path(name).write_text(ROW + "| | |\n", "utf-8")
    return folder


ARGS: list[list[str]] = [
    [],
    ["--strict"],
    ["--select", "empty-row"],
    ["--select", "empty-row", "--"],
    ["--config", "b.md.toml"],
    ["--baseline", "known.json"],
]


@pytest.mark.parametrize("args", ARGS, ids=" ".join)
@pytest.mark.parametrize("order", [NAMES, NAMES[::-1], NAMES[1:] + NAMES[:1], NAMES[1:2]])
def test_lint(
    lists: Path, capsys: pytest.CaptureFixture[str], args: list[str], order: list[str]
) -> None:
    Path("b.md.toml").write_text("")
    Path("known.json").write_text("[]")
    if "--baseline" in args:
        assert main(["lint", "--write-baseline", "known.json", "b.md"]) == 0
    # The command line that pre-commit builds: the entry, the user's args, the files.
    assert main([*_entry("llmpaper-md-lint"), *args, *order]) == 1
    found = set(re.findall(r"^(.*):4:1: empty-row", capsys.readouterr().out, re.MULTILINE))
    assert found == set(order) - ({"b.md"} if "--baseline" in args else set())
    assert not Path("x.md").exists()
    assert Path("README.md").read_text("utf-8").endswith("| | |\n")


def test_fix_and_format(lists: Path) -> None:
    assert main([*_entry("llmpaper-md-fix"), "--unsafe-fixes", *NAMES]) == 0
    assert {Path(name).read_text("utf-8") for name in NAMES} == {ROW}
    assert main([*_entry("llmpaper-md-format"), "--table-style", "aligned", *NAMES]) == 0
    (text,) = {Path(name).read_text("utf-8") for name in NAMES}
    assert "| ID  |" in text or "| ID |" in text
    assert text != ROW
    assert not Path("x.md").exists()


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["lint", "-x.md"], ["lint", "-x.md"]),  # it was not asked for
        (["lint", "--files-last", "a.md"], ["lint", "--files-last", "a.md"]),
        (
            ["lint", "--files-last", "--strict", "a.md"],
            ["lint", "--files-last", "--strict", "a.md"],
        ),
        (["lint", "--files-last", "-x.md"], ["lint", "--files-last", "--", "-x.md"]),
        (["lint", "--files-last", "--", "-x.md"], ["lint", "--files-last", "--", "-x.md"]),
        # Where something that is no file follows, it is an option.
        (["lint", "--files-last", "-x.md", "none"], ["lint", "--files-last", "-x.md", "none"]),
        (
            ["lint", "--files-last", "--strict", "a.md", "-x.md", "b.md", "-x.md"],
            ["lint", "--files-last", "--strict", "a.md", "--", "-x.md", "b.md", "-x.md"],
        ),
    ],
)
def test_where_the_files_begin(folder: Path, argv: list[str], expected: list[str]) -> None:
    for name in ("a.md", "b.md", "-x.md"):
        Path(name).touch()
    assert separate_files(argv) == expected


@pytest.mark.jobs
@pytest.mark.skipif(not shutil.which("git"), reason="git makes the clones")
def test_with_pre_commit_itself(tmp_path: Path) -> None:
    """A clone of the project gives the hooks for a repository with files named like options."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    project, lists = tmp_path / "project", tmp_path / "lists"
    left_out = shutil.ignore_patterns(
        ".venv", ".git", "__pycache__", "fixtures", "tests", ".*_cache"
    )
    shutil.copytree(ROOT, project, ignore=left_out)
    lists.mkdir()
    for name in NAMES:
        lists.joinpath(name).write_text(ROW + "| | |\n", "utf-8")
    # What would run if the hook imported it.
    lists.joinpath("pickle.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")

    def run(*command: str, cwd: Path = lists) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=cwd,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith(("GIT", "PYTHON"))},
                "PRE_COMMIT_HOME": str(tmp_path / "home"),
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def commit(folder: Path) -> str:
        run("git", "init", "-q", ".", cwd=folder)
        run("git", "add", "-A", cwd=folder)
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = run("git", *identity, "commit", "-qm", "x", cwd=folder)
        assert done.returncode == 0, done.stderr
        return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()

    revision = commit(project)
    hooks = "".join(
        f"  - id: {hook}\n    args: {args}\n"
        for hook, args in (
            (HOOKS[0], "[-j2]"),
            (HOOKS[0], "[--select, empty-row, --]"),
            (HOOKS[1], "[--unsafe-fixes]"),
            (HOOKS[2], "[]"),
        )
    )
    lists.joinpath(".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {project}\n  rev: {revision}\n  hooks:\n{hooks}"
    )
    commit(lists)
    done = run(sys.executable, "-P", "-m", "pre_commit", "run", "--all-files", "--verbose")
    if "An unexpected error has occurred" in done.stdout:
        pytest.skip(f"pre-commit cannot install the hooks: {done.stdout[-300:]}")
    parts = done.stdout.split("- hook id: ")
    assert len(parts) == 5, done.stdout
    for part in parts[1:3]:
        assert set(re.findall(r"^(.*):4:1: empty-row", part, re.MULTILINE)) == set(NAMES)
    formatted = ROW.replace("| -- | -----", "| -- | ----- |")
    assert {lists.joinpath(name).read_text("utf-8") for name in NAMES} == {formatted}
    assert sorted(path.name for path in lists.iterdir() if path.suffix == ".md") == sorted(NAMES)
    assert not (tmp_path / "ran").exists()
