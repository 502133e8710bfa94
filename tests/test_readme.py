"""Everything that the README shows is what its commands print."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from llmpaper_md import config
from llmpaper_md.cli import main
from llmpaper_md.linting.manual import manual

ROOT = Path(__file__).parent.parent
README = ROOT.joinpath("README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)


def test_the_first_block_is_two_commands() -> None:
    block, *_ = blocks("sh")
    install, test = block.splitlines()
    assert README.index("```") == README.index("```sh")
    assert ".venv/bin/pip install" in install
    assert "pytest" in test


@pytest.mark.parametrize("block", blocks("console"))
def test_commands_print_what_the_readme_shows(
    block: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, _, expected = block.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "llmpaper-md"
    assert main(arguments) in (0, 1)
    out, err = capsys.readouterr()
    assert err + out == expected


def test_python_prints_what_the_documents_show() -> None:
    assert blocks("python")
    for path in (ROOT / "README.md", ROOT / "docs" / "repair.md"):
        result = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
        assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_are_accepted(block: str, tmp_path: Path) -> None:
    file = tmp_path / "llmpaper-md.toml"
    file.write_text(block)
    assert config.load(file) != config.Config()


def test_the_manual_of_the_rules_is_up_to_date() -> None:
    """To write it anew: ``python -m llmpaper_md.linting.manual > docs/rules.md``."""
    assert ROOT.joinpath("docs", "rules.md").read_text("utf-8") == manual()
