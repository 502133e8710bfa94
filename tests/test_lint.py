"""The rules together, on whole files."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpaper_md.cli import main
from llmpaper_md.errors import ConfigError
from llmpaper_md.linting import Options, fix, lint
from llmpaper_md.linting.registry import RULES
from llmpaper_md.source import Source, read

ROOT = Path(__file__).parent.parent
SOURCE_README = ROOT / "fixtures" / "README.repaired.md"
TODAY = date(2026, 11, 24)

# What a person finds in the source README, by rule: the lines.
TRUE: dict[str, list[int]] = {
    "duplicate-id": [47],
    "missing-id": [76, 77, 78],
    "empty-row": [92],
    "missing-stars": [20, 76, 77, 78, 115],
    "missing-introduction": [51, 115, 135, 136, 142, 143, 188, 189, 190, 191],
    "duplicate-paper": [73],
    "duplicate-paper-across-tables": [76],
    "expired-url": [161, 175],
    "insecure-url": [49, 68, 147],
    "mixed-stars": [7],
    "glued-heading-number": [53, 64],
    "heading-in-list": [11, 24, 32, 131, 166],
}


def test_every_finding_on_the_source_readme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To take a new one, and read it: the command below."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    command = "lint --strict --today 2026-11-24 fixtures/README.repaired.md"
    assert main(command.split(" ")) == 1
    expected = Path(__file__).parent / "snapshots" / "lint.txt"
    assert capsys.readouterr().out == expected.read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [
        Options(select=("empty-rows",)),
        Options(ignore=("empty-rows",)),
        Options(severity={"empty-rows": "error"}),
    ],
)
def test_a_rule_that_is_none_is_an_error(options: Options) -> None:
    with pytest.raises(ConfigError, match=r"^empty-rows: no rule is called so"):
        lint("", options)


def test_the_true_findings_are_among_them() -> None:
    source = read(SOURCE_README)
    found: dict[str, list[int]] = defaultdict(list)
    for finding in lint(source, Options(strict=True, today=TODAY)):
        found[finding.rule].append(source.position(finding.span.start).line)
    assert {name: found[name] for name in TRUE} == TRUE
    assert sorted(set(found["tracking-parameters"])) == [121, 144, 147, 149, 154, 155, 160, 162]
    assert {50, 139, 178} <= set(found["swallowed-text"])
    assert len(found["bare-url"]) == 13
    assert (sorted(set(found["glued-links"])), len(found["glued-links"])) == ([42, 43, 68], 19)
    assert {170, 173, 174} <= set(found["broken-emphasis"])
    assert len(found["cjk-radical"]) == 68


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixing_the_source_readme_keeps_its_papers(unsafe: bool) -> None:
    text = read(SOURCE_README).text
    done = fix(text, Options(today=TODAY), unsafe=unsafe)
    assert len(done.applied) > 200
    again = fix(done.text, Options(today=TODAY), unsafe=unsafe)
    assert (again.text, again.applied) == (done.text, ())
    left = {finding.rule for finding in done.left}
    assert left >= {"expired-url", "missing-stars", "duplicate-paper"}


PIECES = [
    *(
        "|",
        "|",
        " ",
        "\n",
        "\n| ID | Paper |\n|-|-|\n",
        "| 1★ | [A](https://arxiv.org/abs/1706.03762) |\n",
    ),
    *(
        "**",
        "`",
        "<",
        "[x](",
        ")",
        "http://a.b/c",
        "文",
        "⽂",
        "a",
        "：",
        "# ",
        "1. ",
        "\u200b",
        "--",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_linted_and_fixed_without_failing(text: str) -> None:
    """CONTRIBUTING: "Bad input is never an exception"."""
    options = Options(strict=True, today=TODAY)
    source = Source.of(text)
    for finding in lint(source, options):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert "\n" not in finding.message
        assert finding.rule in RULES
    done = fix(text, options, unsafe=True)
    assert fix(done.text, options, unsafe=True).text == done.text


def test_a_fix_that_would_tear_a_table_is_not_made() -> None:
    """A row that holds nothing but an invisible character is all that keeps this table together."""
    text = "| ID | Paper |\n|-|-|\n\u200b\n| ID | Paper |\n|-|-|\n"
    done = fix(text, Options(select=("invisible-character",)), unsafe=True)
    assert (done.text, done.applied) == (text, ())
    assert [finding.rule for finding in done.left] == ["invisible-character"]
