"""Each block of docs/recipes.md is run, in a folder with a list called README.md."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECIPES = ROOT.joinpath("docs", "recipes.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|python)\n(.*?)^```$", RECIPES, re.MULTILINE | re.DOTALL)
# The commands of the environment that runs the tests, whether it is active or not.
PATH = os.pathsep.join(
    [sysconfig.get_path("scripts"), str(Path(sys.executable).parent), os.environ["PATH"]]
)
PRINTED = {
    "sqlite-utils": '"title": "ChatGLM-6B"',
    "python -c": "1706.03762\tAttention Is All You Need\n",
}


def _marked(language: str, block: str) -> object:
    marks = []
    if "# cluster" in block:
        marks.append(pytest.mark.cluster)
    if language == "sh":
        marks.append(pytest.mark.skipif(os.name == "nt", reason="the shell is none of these"))
    needed = re.findall(r"^(?:import|from) (\w+)", block, re.MULTILINE)
    missing = [name for name in needed if not importlib.util.find_spec(name)]
    first = block.split()[0]
    if language == "sh" and first != "python" and not shutil.which(first, path=PATH):
        missing.append(first)
    marks.append(pytest.mark.skipif(bool(missing), reason=f"without {', '.join(missing)}"))
    return pytest.param(language, block, marks=marks, id=needed[0] if needed else first)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "fixtures" / "README.repaired.md", tmp_path / "README.md")
    (language, block), *_ = BLOCKS
    assert (language, block.split()[0]) == ("sh", "llmpaper-md")
    _run(tmp_path, [sys.executable, "-m", *block.replace("-", "_", 1).split()])
    return tmp_path


@pytest.mark.parametrize(("language", "block"), [_marked(*block) for block in BLOCKS])
def test_runs(language: str, block: str, folder: Path) -> None:
    if language == "python":
        (folder / "recipe.py").write_text(block, "utf-8")
        _run(folder, [sys.executable, "recipe.py"])
        return
    out = _run(folder, ["sh", "-euc", block])
    for command, expected in PRINTED.items():
        if command in block:
            assert expected in out


def test_the_recipes_are_all_there() -> None:
    text = "".join(block for _, block in BLOCKS)
    for name in ("sqlite-utils", "duckdb", "pandas", "polars", "pyarrow", "bibtex", "dask"):
        assert name in text


def _run(folder: Path, command: list[str]) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PATH": PATH, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
