"""What docs/extending.md says is done, in a copy of the repository, in its order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
_FILE = re.compile(r"`([\w./-]+\.\w+)`:$")
"""At the end of a paragraph: the file that the block below it is."""


@pytest.fixture
def copy(folder: Path) -> Path:
    for name in ("llmpaper_md", "tests", "docs", "fixtures", "benchmarks"):
        shutil.copytree(ROOT / name, name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [*ROOT.glob("*.md"), ROOT / "pyproject.toml"]:
        shutil.copy(path, path.name)
    return folder


@pytest.mark.skipif(not shutil.which("git"), reason="git applies the changes that the page shows")
def test_what_the_page_says_is_done(copy: Path) -> None:
    parsed = MarkdownIt("commonmark").parse(
        ROOT.joinpath("docs", "extending.md").read_text("utf-8")
    )
    blocks = [
        (token, _FILE.search(before.content))
        for before, token in zip([Token("", "", 0)] * 2 + parsed, parsed, strict=False)
        if token.type == "fence"
    ]
    assert blocks
    for block, file in blocks:
        if file:
            Path(file[1]).write_text(block.content, "utf-8")
        elif block.info == "diff":
            _run(["git", "apply", "-"], block.content)
        elif block.info == "sh":
            for line in block.content.splitlines():
                command, _, out = line.partition(" > ")
                printed = _run([sys.executable, *shlex.split(command)[1:]])
                if out:
                    Path(out).write_text(printed, "utf-8")
        else:
            command, _, expected = block.content.partition("\n")
            program, *arguments = shlex.split(command.removeprefix("$ "))
            assert (block.info, program) == ("console", "llmpaper-md")
            assert _run([sys.executable, "-m", "llmpaper_md", *arguments]) == expected


def _run(command: list[str], given: str = "") -> str:
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONUTF8": "1", "PYTEST_ADDOPTS": "-n 0"},  # noqa: PTH109
    )
    assert done.returncode in (0, 1 if "lint" in command else 0), done.stdout + done.stderr
    return done.stdout
