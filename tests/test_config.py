from __future__ import annotations

from pathlib import Path

import pytest

from llmpaper_md import config
from llmpaper_md.errors import ConfigError

BROKEN = {
    "x = [": "not valid TOML",
    "stars = 5": "stars: unknown setting; did you mean 'max-stars'?",
    "xyz = 5": "xyz: unknown setting; known are columns, exclude, select",
    "max-stars = 0": "max-stars: expected a whole number of at least 1, found a number",
    "strict = 1": "strict: expected true or false, found a number",
    "ignore = ['empty-rows']": "ignore: unknown rule 'empty-rows'; did you mean 'empty-row'?",
    "severity.empty-row = 'x'": "severity.empty-row: expected error or warning, found 'x'",
    "arxiv-form = 1": "arxiv-form: expected consistent or abs or pdf, found a number",
    "table-style = 'wide'": "table-style: expected keep or compact or aligned, found 'wide'",
    "max-table-width = true": "max-table-width: expected a whole number of at least 1, found true or false",
    "end-of-line = 'cr'": "end-of-line: expected keep or lf or crlf, found 'cr'",
    "per-file-ignores = []": "per-file-ignores: expected a table, found a list of other values",
    "exlude = []": "exlude: unknown setting; did you mean 'exclude'?",
    "exclude = 'a'": "exclude: expected a list of strings, found a string",
    "exclude = [1]": "exclude: expected a list of strings, found a list of other values",
    "columns = 1": "columns: expected a table, found a number",
    "[columns]\ntitel = []": "columns: unknown field 'titel'; did you mean 'title'?",
    "[columns]\ntitle = true": "columns.title: expected a list of strings, found true or false",
    "columns = 2020-01-01": "found a date",
    "read = 'items'": "read: expected a list with at least one value, found 'items'",
    "read = ['rows']": "read: expected tables or items or paragraphs, found 'rows'",
    "item-template = 1": "item-template: expected a string, found a number",
    "item-template = '- {titel}'": "item-template: unknown field 'titel'; known are authors",
    "item-template = 'no item {title}'": "item-template: expected one line that begins with '- '",
    "item-template = '- {url}'": "item-template: expected {title} in it",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items())
def test_says_which_key_is_wrong_and_what_was_expected(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "llmpaper-md.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as error:
        config.find(tmp_path)
    assert str(error.value).startswith(f"{file}: ")
    assert message in str(error.value)


def test_a_pyproject_for_other_tools_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("tool = 1")
    assert config.find(tmp_path) == config.Config()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[tool]\nllmpaper-md = 1", "tool.llmpaper-md: expected a table, found a number"),
        (b"# caf\xe9", "not UTF-8: byte offset 5"),
        (b"tool = " + b"[" * 5000, "not valid TOML"),
    ],
)
def test_no_broken_pyproject_is_a_traceback(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(content)
    with pytest.raises(ConfigError) as error:
        config.find(tmp_path)
    assert str(error.value).startswith(f"{tmp_path}/pyproject.toml: {message}")


def test_a_folder_in_place_of_the_file_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "llmpaper-md.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        config.find(tmp_path)


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    inner = tmp_path / "lists" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "llmpaper-md.toml").write_text("exclude = ['a']\n[columns]\nid = ['Nr']")
    assert config.find(inner).columns == {"id": ("Nr",)}
    (tmp_path / "lists" / "pyproject.toml").write_text("[tool.other]\n")
    assert config.find(inner).exclude == ("a",)
    (tmp_path / "lists" / "pyproject.toml").write_text("[tool.llmpaper-md]\nexclude = ['b']")
    assert config.find(inner).exclude == ("b",)
    assert config.find(inner).folder == tmp_path / "lists"
    assert config.load(tmp_path / "lists" / "pyproject.toml").exclude == ("b",)


@pytest.mark.parametrize(
    "text",
    [
        "[tool.llmpaper-md]\nexclude = ['a']",
        "[project]\nname = 'x'\n  [ tool . 'llmpaper-md' ]\nexclude = ['a']",
        "[tool]\nllmpaper-md = {exclude = ['a']}",
        "tool.llmpaper-md.exclude = ['a']",
        "tool = {llmpaper-md = {exclude = ['a']}}",
        "[tool.llmpaper-md.columns]\n[tool.llmpaper-md]\nexclude = ['a']",
    ],
)
def test_finds_our_table_however_it_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert config.find(tmp_path).exclude == ("a",)
