"""What is written is what its JSON Schema says, and the published one of SARIF."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError, validators

from llmpaper_md import config
from llmpaper_md.cli import main
from llmpaper_md.export import schemas
from llmpaper_md.linting.registry import RULES

FIXTURES = Path(__file__).parents[2] / "fixtures"
GARBLED, REPAIRED = str(FIXTURES / "README.garbled.md"), str(FIXTURES / "README.repaired.md")
SHAPES = Path(__file__).parents[1] / "reading" / "shapes" / "items.md"
Out = pytest.CaptureFixture[str]
WRITTEN = [
    ("records", ["export", REPAIRED]),
    ("records", ["export", GARBLED, REPAIRED]),
    ("findings", ["lint", "--strict", "--output-format", "json", "--exit-zero", REPAIRED]),
    ("findings", ["lint", "--output-format", "json", "--exit-zero", GARBLED]),
    ("records", ["export", str(SHAPES)]),
    ("repair", ["repair", "--json", GARBLED]),
    ("repair", ["repair", "--json", REPAIRED]),
]


def _output(capsys: Out, *arguments: str) -> Any:
    assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", schemas.NAMES)
def test_is_a_schema(capsys: Out, name: str) -> None:
    Draft202012Validator.check_schema(_output(capsys, "schema", name))


@pytest.mark.parametrize(("name", "arguments"), WRITTEN)
def test_holds_for_what_is_written(capsys: Out, name: str, arguments: list[str]) -> None:
    schema = schemas.schema(name)
    Draft202012Validator(schema).validate(_output(capsys, *arguments))
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate({"findings": 1})


def test_holds_for_each_line(capsys: Out) -> None:
    validator = Draft202012Validator(schemas.schema("paper"))
    assert main(["export", "--to", "jsonl", GARBLED, REPAIRED, str(SHAPES)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in lines:
        validator.validate(line)
    assert len(lines) == 276
    with pytest.raises(ValidationError):
        validator.validate({**lines[0], "papers": []})


SETTINGS = """
columns = { title = ["Arbeit"] }
exclude = ["drafts"]
select = ["empty-row"]
ignore = ["dead-host"]
strict = true
severity = { empty-row = "error" }
per-file-ignores = { "*.md" = ["cjk-radical"] }
max-stars = 3
max-bytes = 512_000
arxiv-form = "abs"
table-style = "aligned"
max-table-width = 100
end-of-line = "lf"
read = ["tables", "items"]
item-template = "- **{title}** [[paper]({url})]"
"""


def test_knows_every_setting(tmp_path: Path) -> None:
    settings = tomllib.loads(SETTINGS)
    schema = schemas.schema("settings")
    assert set(settings) == set(schema["properties"])
    Draft202012Validator(schema).validate(settings)
    (tmp_path / config.FILE_NAME).write_text(SETTINGS)
    assert config.find(tmp_path).max_stars == 3


@pytest.mark.parametrize(
    "wrong",
    [
        "stars = 5",
        "select = ['empty-rows']",
        "max-stars = 0",
        "severity.empty-row = 'x'",
        "read = ['rows']",
        "read = 'items'",
    ],
)
def test_refuses_settings_that_the_loader_refuses(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(schemas.schema("settings")).validate(tomllib.loads(wrong))


@pytest.mark.skipif("SARIF_SCHEMA" not in os.environ, reason="SARIF_SCHEMA names no file")
def test_sarif_is_as_published(capsys: Out) -> None:
    schema = json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text("utf-8-sig"))
    data = _output(capsys, "lint", "--strict", "--exit-zero", "--output-format", "sarif", REPAIRED)
    assert {result["ruleId"] for result in data["runs"][0]["results"]} <= set(RULES)
    validator = validators.validator_for(schema)
    validator.check_schema(schema)
    validator(schema).validate(data)
    with pytest.raises(ValidationError):
        validator(schema).validate({**data, "runs": 1})
