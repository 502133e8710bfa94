"""The rules together, on whole files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import Finding, LintOptions, fix, lint
from llmpaper_md.cli import main
from llmpaper_md.errors import ConfigError, LLMPaperError
from llmpaper_md.linting import linter as engine
from llmpaper_md.linting.context import Context
from llmpaper_md.linting.findings import Fix, Severity
from llmpaper_md.linting.linter import SpanSet
from llmpaper_md.linting.registry import RULES, Rule
from llmpaper_md.source import Edit, Source, Span, read

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
        LintOptions(select=("empty-rows",)),
        LintOptions(ignore=("empty-rows",)),
        LintOptions(severity={"empty-rows": "error"}),
    ],
)
def test_a_rule_that_is_none_is_an_error(options: LintOptions) -> None:
    with pytest.raises(ConfigError, match=r"^unknown rule 'empty-rows'; llmpaper-md rules"):
        lint("", options)


def test_the_true_findings_are_among_them() -> None:
    source = read(SOURCE_README)
    found: dict[str, list[int]] = defaultdict(list)
    for finding in lint(source, LintOptions(strict=True, today=TODAY)):
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
    done = fix(text, LintOptions(today=TODAY), unsafe=unsafe)
    assert len(done.applied) > 200
    again = fix(done.text, LintOptions(today=TODAY), unsafe=unsafe)
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
    """CONTRIBUTING: "Bad input never causes a traceback"."""
    options = LintOptions(strict=True, today=TODAY)
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
    done = fix(text, LintOptions(select=("invisible-character",)), unsafe=True)
    assert (done.text, done.applied) == (text, ())
    assert [finding.rule for finding in done.left] == ["invisible-character"]


def test_a_fix_may_not_lose_the_row_below_the_one_it_changes() -> None:
    text = "| ID | Paper |\n|-|-|\n\u200b\n| 1 | A |\n"
    done = fix(text, LintOptions(select=("invisible-character",)), unsafe=True)
    assert (done.text, done.applied) == (text, ())


def test_a_fix_may_not_lose_a_row_that_the_fix_of_another_rule_changes() -> None:
    text = "| ID | Paper |\n|-|-|\n\u200b\n| 1 | [A ](http://arxiv.org/abs/1706.03762) |\n"
    done = fix(text, unsafe=True)
    assert done.text == text.replace("http:", "https:").replace("A ]", "A]")


def test_the_fixes_of_other_rules_are_made_beside_one_that_would_tear_a_table() -> None:
    torn = "| ID | Paper |\n|-|-|\n\u200b\n| ID | Paper |\n|-|-|\n"
    text = torn + "\n| Paper |\n|-|\n| [A ](http://arxiv.org/abs/1706.03762) |\n"
    rules = ("insecure-url", "invisible-character", "link-text-spaces")
    done = fix(text, LintOptions(select=rules), unsafe=True)
    assert {finding.rule for finding in done.applied} == {rules[0], rules[2]}
    assert [finding.rule for finding in done.left] == [rules[1]]
    assert done.text == text.replace("http:", "https:").replace("A ]", "A]")


def test_unsafe_fixes_are_made_only_on_request() -> None:
    text = "| Paper |\n| - |\n| A |\n| |\n"
    options = LintOptions(select=("empty-row",))
    done = fix(text, options)
    assert (done.text, done.applied, len(done.left)) == (text, (), 1)
    assert fix(text, options, unsafe=True).text == text.removesuffix("| |\n")


SEVERITIES: list[tuple[str, Severity, str]] = [
    ("duplicate-id", "error", "| ID | Paper |\n|-|-|\n| 1 | A |\n| 1 | B |\n"),
    ("empty-row", "warning", "| ID | Paper |\n|-|-|\n| | |\n"),
    ("unused-ignore", "warning", "<!-- llmpaper-md: ignore empty-row -->\n"),
]


@pytest.mark.parametrize(("name", "usual", "text"), SEVERITIES)
def test_a_finding_is_as_severe_as_its_rule_or_the_options_say(
    name: str, usual: Severity, text: str
) -> None:
    assert [f.severity for f in lint(text, LintOptions()) if f.rule == name] == [usual]
    chosen: list[Severity] = ["error", "warning"]
    for severity in chosen:
        found = lint(text, LintOptions(severity={name: severity}))
        assert [f.severity for f in found if f.rule == name] == [severity]


def test_rules_whose_fixes_undo_one_another_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def turning(old: str, new: str) -> Rule:
        def check(context: Context) -> Iterator[Finding]:
            place = context.source.text.find(old)
            if place >= 0:
                span = Span(place, place + 1)
                yield Finding(name, "warning", "", span, fix=Fix((Edit(span, new),), "safe"))

        name = f"{old}-to-{new}"
        return Rule(name, "warning", "default", "safe", "", (), check)

    rules = [turning("c", "d")]
    monkeypatch.setattr(engine, "chosen", lambda _: rules)
    assert fix("a c\n").text == "a d\n"
    rules += [turning("b", "a"), turning("a", "b")]
    assert fix("c\n").text == "d\n"
    with pytest.raises(
        LLMPaperError, match=r"^the fixes of a-to-b, b-to-a do not come to an end; "
    ):
        fix("a c\n")


# What there is room for beside 1 to 3, 5 to 6 and 8 to 9, and what there is not.
FREE = [[(4, 4)], [(0, 0)], [(7, 7)], [(10, 12)], [(10, 10), (0, 0), (4, 4), (7, 7)], []]
TAKEN = [[(2, 2)], [(0, 1)], [(3, 3)], [(6, 7)], [(9, 9)], [(0, 12)], [(4, 5)], [(0, 0), (9, 10)]]


@pytest.mark.parametrize("spans", FREE, ids=str)
def test_spans_that_touch_nothing_are_added(spans: list[tuple[int, int]]) -> None:
    there = SpanSet()
    assert there.add([Span(8, 9), Span(1, 3), Span(5, 6)])
    assert there.add([Span(*span) for span in spans])
    assert not any(there.add([Span(*span)]) for span in spans)


@pytest.mark.parametrize("spans", TAKEN, ids=str)
def test_spans_that_touch_others_are_not_added(spans: list[tuple[int, int]]) -> None:
    there = SpanSet()
    assert there.add([Span(8, 9), Span(1, 3), Span(5, 6)])
    assert not there.add([Span(*span) for span in spans])
    # None of them was: beside those that touch there is still room.
    assert there.add([Span(0, 0)])
