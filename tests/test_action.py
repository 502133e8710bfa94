"""The GitHub action: its script, run as the runner does, with a path that has our command on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the runner's bash is not here")


def _run(folder: Path, files: str, arguments: str = "") -> subprocess.CompletedProcess[str]:
    action = ROOT.joinpath("action.yml").read_text("utf-8")
    *_, script = re.findall(r"^ +run: \|\n((?: {8}.*\n)+)", action, re.MULTILINE)
    # How the runner calls the shell of a composite action.
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", textwrap.dedent(script)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
            "PYTHONUTF8": "1",
            "GITHUB_ACTIONS": "true",
            "FILES": files,
            "ARGUMENTS": arguments,
        },
    )


@pytest.fixture
def lists(folder: Path) -> Path:
    row = "| ID | Paper |\n| -- | ----- |\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\n"
    Path("README.md").write_text(row, "utf-8")
    Path("more.md").write_text(row + "| | |\n", "utf-8")
    return folder


def test_a_list_without_findings_passes(lists: Path) -> None:
    done = _run(lists, "README.md")
    assert (done.returncode, done.stderr) == (0, "")


def test_findings_are_annotations_and_fail(lists: Path) -> None:
    done = _run(lists, "README.md more.md")
    assert done.returncode == 1
    assert "::warning file=more.md,line=4," in done.stdout


def test_further_arguments_are_those_of_lint(lists: Path) -> None:
    assert _run(lists, "more.md", "--ignore empty-row --strict").returncode == 0


@pytest.mark.parametrize("files", ["README.md;touch x", "$(touch x)", "`touch x`", "--fix"])
def test_nothing_in_the_inputs_is_run(files: str, lists: Path) -> None:
    before = sorted(path.name for path in lists.iterdir())
    assert _run(lists, files).returncode == 2
    assert sorted(path.name for path in lists.iterdir()) == before
