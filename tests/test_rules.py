"""Each rule against ``rules/NAME.md``, and against the examples on its own manual page.

A rule's file has two halves, ``# leaves alone`` before ``# finds``. A case is a title, a line with
a dot, the Markdown, a dot, the findings as ``line:column name message`` (none in the first half),
a dot; where the rule has a fix, the fixed text and a dot follow. A comment in the title line,
``{today = 2026-01-01, strict = true}``, sets options.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from llmpaper_md import Finding, LintOptions, fix, lint
from llmpaper_md.errors import ConflictError
from llmpaper_md.linting.registry import RULES, rule
from llmpaper_md.source import Source

HERE = Path(__file__).parent / "rules"
_CASE = re.compile(
    r"^(?P<title>[^\n#.{][^\n{]*)(?P<options>\{[^\n]*\})?\n\.\n"
    r"(?P<text>.*?)^\.\n(?P<findings>(?:\d+:\d+ [^\n]*\n)*)\.\n(?:(?P<fixed>(?!\n).*?)^\.\n)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    rule: str
    title: str
    options: LintOptions
    text: str
    findings: str
    fixed: str | None
    leaves_alone: bool


def _cases() -> Iterator[Case]:
    for path in sorted(HERE.glob("*.md")):
        content = path.read_text("utf-8")
        alone, _, finds = content.partition("# finds\n")
        for half, leaves_alone in ((alone, True), (finds, False)):
            for match in _CASE.finditer(half):
                options: dict[str, Any] = tomllib.loads("x = " + (match["options"] or "{}"))["x"]
                yield Case(
                    path.stem,
                    match["title"].strip(" "),
                    LintOptions(select=(path.stem,), **options),
                    match["text"].replace("␍", "\r"),
                    match["findings"],
                    match["fixed"] and match["fixed"].replace("␍", "\r"),
                    leaves_alone,
                )


CASES = list(_cases())


def shown(text: str, findings: list[Finding]) -> str:
    source = Source.of(text)
    lines = []
    for finding in findings:
        place = source.position(finding.span.start)
        lines.append(f"{place.line}:{place.column} {finding.rule} {finding.message}\n")
    return "".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_finds_and_fixes(case: Case) -> None:
    assert shown(case.text, lint(case.text, case.options)) == case.findings
    assert (case.findings == "") == case.leaves_alone
    if case.fixed is not None:
        fixed = fix(case.text, case.options, unsafe=True)
        assert fixed.text == case.fixed
        assert fix(fixed.text, case.options, unsafe=True).text == fixed.text


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_both_halves_and_shows_its_fix(name: str) -> None:
    cases = [case for case in CASES if case.rule == name]
    assert {case.leaves_alone for case in cases} == {True, False}
    # Every dot belongs to a case: none was passed over for a slip of the pen.
    dots = re.findall(r"^\.$", HERE.joinpath(f"{name}.md").read_text("utf-8"), re.MULTILINE)
    assert len(dots) == sum(3 + (case.fixed is not None) for case in cases)
    if rule(name).fix:
        assert any(case.fixed is not None for case in cases)


@pytest.mark.parametrize("name", RULES)
def test_the_examples_of_the_manual_page_are_true(name: str) -> None:
    page = rule(name).page
    fails, passes = page.partition("Passes:")[::2]
    options = LintOptions(select=(name,))
    if name == "file-too-large":
        fails = ""  # nobody wants to read an example
    for text in re.findall(r"```markdown\n(.*?)^```", fails, re.MULTILINE | re.DOTALL):
        assert lint(text, options) != []
    for text in re.findall(r"```markdown\n(.*?)^```", passes, re.MULTILINE | re.DOTALL):
        assert lint(text, options) == []
    for part in ("Fails:", "Passes:", "Fix:", "Since:"):
        assert part in page


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_a_fix_makes_its_finding_go_away_and_makes_no_new_one(case: Case) -> None:
    """CONTRIBUTING: "A fix that does not make its finding go away, or makes a new one, is a bug"."""
    # A matter of taste may show only once a line can be read.
    strict = rule(case.rule).level == "strict"
    everything = replace(case.options, select=(), strict=strict)
    before = lint(case.text, everything)
    if any(finding.rule == "merge-conflict" for finding in before):
        with pytest.raises(ConflictError):
            fix(case.text, case.options)
        return
    fixed = fix(case.text, case.options, unsafe=True)
    after = lint(fixed.text, everything)
    if fixed.applied:
        assert len([f for f in after if f.rule == case.rule]) < len(
            [f for f in before if f.rule == case.rule]
        )
    for name in {finding.rule for finding in after}:
        assert sum(f.rule == name for f in after) <= sum(f.rule == name for f in before), name
