"""What the documentation shows is what happens.

In README.md, CONTRIBUTING.md, SECURITY.md and `docs/`: commands in ``console`` blocks print what is shown
below them, Python blocks are doctests, commands in ``sh`` blocks work in a folder with a list, settings
are accepted, and links are valid. `docs/recipes.md`, `docs/rules.md` and `docs/extending.md` have tests
of their own; what `docs/mutants.md` shows takes hours.
"""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors.index import slugify

import llmpaper_md
from llmpaper_md import config
from llmpaper_md.cli import main
from llmpaper_md.cli.reference import reference
from llmpaper_md.linting.manual import manual

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.joinpath("docs").glob("*.md"), ROOT / "benchmarks" / "README.md"]
)
_OTHERWISE = {"extending.md", "mutants.md", "recipes.md", "rules.md"}
PAGES = [path for path in DOCUMENTS if path.name not in _OTHERWISE]
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def tokens(path: Path) -> list[Token]:
    return _MARKDOWN.parse(path.read_text("utf-8"))


def blocks(*languages: str, pages: list[Path] = PAGES) -> list[ParameterSet]:
    return [
        pytest.param(token.content, id=f"{path.relative_to(ROOT)}:{token.map[0] + 1}")
        for path in pages
        for token in tokens(path)
        if token.type == "fence" and token.info in languages and token.map
    ]


def commands(block: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a ``console`` block, each with what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield shlex.split(command), printed


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)


def test_the_first_block_is_two_commands() -> None:
    first = next(token for token in tokens(ROOT / "README.md") if token.type == "fence")
    install, test = first.content.splitlines()
    assert first.info == "sh"
    assert ".venv/bin/pip install" in install
    assert "pytest" in test


def test_the_example_of_the_readme_is_what_normalize_does() -> None:
    blocks = [token for token in tokens(ROOT / "README.md") if token.type == "code_block"]
    before, after = (block.content for block in blocks[:2])
    assert llmpaper_md.normalize(before).text == after


def test_the_readme_fits_on_two_screens() -> None:
    assert ROOT.joinpath("README.md").read_text("utf-8").count("\n") <= 100


@pytest.mark.parametrize("block", blocks("console"))
def test_commands_print_what_is_shown(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    for (program, *arguments), printed in commands(block):
        assert program == "llmpaper-md"
        assert main(arguments) in (0, 1)
        out, err = capsys.readouterr()
        assert err + out == printed


def _papers_in_text() -> list[tuple[str, str]]:
    page = ROOT / "docs" / "papers-in-text.md"
    fences = [token for token in tokens(page) if token.type == "fence"]
    return [
        (markdown.content, text.content)
        for markdown, text in pairwise(fences)
        if (markdown.info, text.info) == ("markdown", "text")
    ]


@pytest.mark.parametrize(("markdown", "expected"), _papers_in_text())
def test_papers_in_text_are_read_as_shown(markdown: str, expected: str) -> None:
    lines = ""
    for paper in llmpaper_md.parse(markdown).papers:
        fields = {
            "name": paper.name,
            "title": paper.title,
            "section": " > ".join(paper.section) if len(paper.section) > 1 else None,
            "authors": paper.authors,
            "venue": paper.venue,
            "year": paper.year,
            "stars": paper.stars,
            "code": " ".join(paper.code),
            **paper.extra,
        }
        lines += "; ".join(f"{key}: {value}" for key, value in fields.items() if value) + "\n"
    assert lines == expected


@pytest.mark.parametrize("block", blocks("sh", pages=[p for p in PAGES if p.parent.name == "docs"]))
def test_commands_work(block: str, folder: Path) -> None:
    for fixture, name in (("repaired", "README.md"), ("garbled", "GARBLED.md")):
        shutil.copy(ROOT / "fixtures" / f"README.{fixture}.md", name)
    for program, *arguments in map(shlex.split, block.splitlines()):
        if program == "pip":
            extra = re.fullmatch(r"llmpaper-md\[(\w+)\]", arguments[-1])
            assert extra
            assert f"\n{extra[1]} = [" in ROOT.joinpath("pyproject.toml").read_text("utf-8")
        elif program == "printf":
            text, file = arguments
            Path(file.removeprefix(">")).write_text(text.replace("\\n", "\n"), "utf-8")
        elif arguments[0] == "metadata":  # an empty list has nothing to ask the services for
            Path("empty.md").write_text("", "utf-8")
            arguments[1] = "empty.md"
            assert main(arguments) == 0
        else:
            assert program == "llmpaper-md"
            assert main(arguments) in (0, 1)


@pytest.mark.parametrize(
    "page",
    [path for path in PAGES if ">>> " in path.read_text("utf-8")],
    ids=lambda path: path.name,
)
def test_python_prints_what_is_shown(page: Path) -> None:
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_are_accepted(block: str, tmp_path: Path) -> None:
    file = tmp_path / "llmpaper-md.toml"
    file.write_text(block)
    assert config.load(file) != config.Config()


def _anchors(path: Path) -> set[str]:
    parsed = tokens(path)
    return {
        slugify(re.sub(r"[`*]", "", inline.content))
        for heading, inline in pairwise(parsed)
        if heading.type == "heading_open"
    }


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for token in tokens(page):
        for child in token.children or []:
            address = str(child.attrGet("href") or child.attrGet("src") or "")
            if not address or re.match(r"\w+:", address):
                continue
            path, _, anchor = address.partition("#")
            target = page.parent / path if path else page
            assert target.exists(), address
            if anchor:
                assert anchor in _anchors(target), address


def test_the_manual_of_the_rules_is_up_to_date() -> None:
    """To update it: ``python -m llmpaper_md.linting.manual > docs/rules.md``."""
    assert ROOT.joinpath("docs", "rules.md").read_text("utf-8") == manual()


def test_the_reference_of_the_command_line_is_up_to_date() -> None:
    """To update it: ``python -m llmpaper_md.cli.reference > docs/cli.md``."""
    assert ROOT.joinpath("docs", "cli.md").read_text("utf-8") == reference()


def test_every_public_name_is_in_the_api_reference() -> None:
    page = ROOT.joinpath("docs", "api.md").read_text("utf-8")
    shown = set[str]()
    for path in re.findall(r"^::: llmpaper_md\.([\w.]+)$", page, re.MULTILINE):
        if path == "errors":
            public = vars(import_module("llmpaper_md.errors"))
            shown |= {name for name in public if name.endswith("Error")}
        else:
            module, _, name = path.rpartition(".")
            # A name that has moved would be an error of the site only.
            assert hasattr(import_module(f"llmpaper_md.{module}"), name), path
            shown.add(name)
    assert set(llmpaper_md.__all__) - {"__version__"} <= shown


@pytest.mark.docs
def test_the_site_is_built_without_warnings(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="the extra `docs` is not installed")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert tmp_path.joinpath("api", "index.html").is_file()
