"""The rules together, on whole files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import Finding, LintOptions, RelatedLocation, fix, lint, parse
from llmpaper_md.choices import Severity
from llmpaper_md.cli import main
from llmpaper_md.errors import ConfigError, LLMPaperError
from llmpaper_md.linting import checking
from llmpaper_md.linting.baseline import filter_known
from llmpaper_md.linting.checking import check
from llmpaper_md.linting.context import Context
from llmpaper_md.linting.findings import Fix, Problem
from llmpaper_md.linting.fix_groups import SpanSet
from llmpaper_md.linting.registry import RULES, Rule, rule
from llmpaper_md.linting.suppress import read_suppressions, suppress
from llmpaper_md.source import Edit, Source, Span, read
from tests.strategies import PIECES

ROOT = Path(__file__).parents[2]
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
    "duplicate-paper-across-lists": [76],
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
    expected = Path(__file__).parents[1] / "snapshots" / "lint.txt"
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
    assert len(found["cjk-radical"]) == 71


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixing_the_source_readme_keeps_its_papers(unsafe: bool) -> None:
    text = read(SOURCE_README).text
    done = fix(text, LintOptions(today=TODAY), unsafe=unsafe)
    assert len(done.applied) > 100
    again = fix(done.text, LintOptions(today=TODAY), unsafe=unsafe)
    assert (again.text, again.applied) == (done.text, ())
    left = {finding.rule for finding in done.left}
    assert left >= {"expired-url", "missing-stars", "duplicate-paper"}


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
        def check(context: Context) -> Iterator[Problem]:
            place = context.source.text.find(old)
            if place >= 0:
                span = Span(place, place + 1)
                fix = Fix(f"Write {new}", (Edit(span, new),), "safe", "words")
                yield Problem(f"{old}: write {new}", span, fix=fix)

        return Rule(f"{old}-to-{new}", "", "warning", "default", "safe", "", (), check)

    rules = [turning("c", "d")]
    monkeypatch.setattr(checking, "chosen", lambda _: rules)
    assert fix("a c\n").text == "a d\n"
    rules += [turning("b", "a"), turning("a", "b")]
    assert fix("c\n").text == "d\n"
    # Neither makes the list better: they are not safe.
    assert fix("a c\n").text == "a d\n"
    with pytest.raises(LLMPaperError, match=r"^the fixes of a-to-b, b-to-a undo one another; "):
        fix("a c\n", unsafe=True)


SUPPRESSIONS = {
    "ignore empty-row": "suppression of empty-row without effect: remove it",
    "disable empty-row": "suppression of empty-row without effect: remove it",
    "ignore": "suppression of all rules without effect: remove it",
    "ignore-file": "suppression of all rules without effect: remove it",
    "ignore empty-rows": "unknown rule 'empty-rows' in a suppression: correct the name or remove it",
}


@pytest.mark.parametrize("comment", SUPPRESSIONS)
def test_a_suppression_without_effect_is_a_finding_and_fixed(comment: str) -> None:
    text = f"Papers <!-- llmpaper-md: {comment} -->\n"
    (finding,) = check(parse(text), LintOptions())
    assert (finding.rule, finding.message) == ("unused-ignore", SUPPRESSIONS[comment])
    assert fix(text).text == "Papers\n"


REASONS: dict[str, list[str]] = {
    "ignore missing-id -- not counted": [],
    "ignore missing-id, empty-row -- not counted": ["suppression of empty-row"],
    "ignore -- not counted": [],
    "ignore missing-id --": [],
    "ignore missing-id -- 1 -> 2 -- 3": [],
    "ignore-file -- copied from elsewhere": [],
}
NUMBERED = "| ID | Paper |\n| - | - |\n| 1 | A |\n| 2 | B |\n| | [C](https://a.b) <!-- llmpaper-md: {} --> |\n"


@pytest.mark.parametrize("comment", REASONS)
def test_a_suppression_may_give_a_reason(comment: str) -> None:
    found = check(parse(NUMBERED.format(comment)), LintOptions())
    assert [finding.message.partition(" without")[0] for finding in found] == REASONS[comment]


def test_a_reason_is_kept_by_safe_fixes() -> None:
    """A person's reason is not deleted with a suppression that has no effect any more."""
    text = "Papers <!-- llmpaper-md: ignore empty-row -- on purpose -->\n"
    assert fix(text).text == text
    assert fix(text, unsafe=True).text == "Papers\n"
    before = NUMBERED.format("ignore empty-row, missing-id -- not counted")
    assert fix(before).text == NUMBERED.format("ignore missing-id -- not counted")


def test_asking_what_is_suppressed_changes_nothing() -> None:
    comment = "<!-- llmpaper-md: ignore empty-row -->"
    context = Context(parse(f"| ID | Paper |\n|-|-|\n| | {comment} |\n| | |\n"), LintOptions())
    suppressions = read_suppressions(context)
    before = hash(suppressions)
    problems = list(rule("empty-row").check(context))
    findings = [Finding("empty-row", "warning", p.message, p.span) for p in problems]
    first = suppress(findings, suppressions)
    assert first == suppress(findings, suppressions)
    assert hash(suppressions) == before
    assert all(finding in findings for finding in first.left)


def test_a_baseline_is_compared_and_stays_as_it_is() -> None:
    found = [Finding("empty-row", "warning", "", Span(place, place)) for place in range(3)]
    keys = [("list.md", "empty-row", text) for text in ("a", "a", "b")]
    known = Counter({keys[0]: 1, ("list.md", "empty-row", "c"): 2, keys[2]: 0})
    before = Counter(known)
    new, gone = filter_known(found, keys, known)
    assert known == before
    assert new == found[1:]
    assert gone == {("list.md", "empty-row", "c"): 2}


def test_findings_are_values() -> None:
    """CONTRIBUTING: public values are frozen and hashable."""
    (finding,) = (f for f in lint("| Paper |\n|-|\n| A |\n| |\n") if f.rule == "empty-row")
    again = lint("| Paper |\n|-|\n| A |\n| |\n")
    assert {finding, *again} == set(again)
    assert finding.fix
    assert finding.fix.title == "Delete the empty row"
    assert hash(finding.fix) == hash(Fix(finding.fix.title, finding.fix.edits, "unsafe"))
    place, problem = RelatedLocation(Span(0, 1), "here"), Problem("wrong: correct it", Span(0, 1))
    assert {place, replace(place)} == {place}
    assert {problem, replace(problem)} == {problem}


def test_the_linter_names_what_a_rule_finds() -> None:
    """The name and the severity are those of the rule and the options, whatever the problem is."""
    text = "| ID | Paper |\n|-|-|\n| 1 | A |\n| | |\n"
    context = Context(parse(text), LintOptions())
    (problem,) = rule("empty-row").check(context)
    (finding,) = check(context.document, LintOptions(severity={"empty-row": "error"}))
    assert finding == Finding("empty-row", "error", problem.message, problem.span, fix=problem.fix)


BESIDE = [((4, 4), ""), ((0, 0), ""), ((10, 12), ""), ((2, 2), "a"), ((0, 1), "a"), ((3, 5), "ba")]
BESIDE += [((6, 8), "cb"), ((9, 9), "c"), ((0, 12), "cba"), ((4, 5), "b"), ((5, 5), "b")]


@pytest.mark.parametrize(("span", "owners"), BESIDE, ids=str)
def test_spans_that_touch_one_are_found(span: tuple[int, int], owners: str) -> None:
    there = SpanSet[str]()
    for start, end, owner in ((8, 9, "c"), (1, 3, "a"), (5, 6, "b")):
        there.add(Span(start, end), owner)
    assert "".join(there.beside(Span(*span))) == owners
