"""Each rule against ``rules/NAME.md``, and against the examples on its own manual page.

A rule's file has two halves, ``# leaves alone`` before ``# finds``. A case is a title, a line with
a dot, the Markdown, a dot, the findings as ``line:column name message`` (none in the first half),
a dot; where the rule has a fix, the fixed text and a dot follow. A comment in the title line,
``{today = 2026-01-01, strict = true}``, sets options; ``files`` are those next to the list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from llmpaper_md import Finding, LintOptions, fix, lint, parse
from llmpaper_md.errors import ConflictError
from llmpaper_md.linting.checking import check
from llmpaper_md.linting.registry import RULES, rule
from llmpaper_md.source import Source

HERE = Path(__file__).parent / "rules"
MESSAGES = HERE / "messages.md"
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
    for path in sorted(set(HERE.glob("*.md")) - {MESSAGES}):
        content = path.read_text("utf-8")
        alone, _, finds = content.partition("# finds\n")
        for half, leaves_alone in ((alone, True), (finds, False)):
            for match in _CASE.finditer(half):
                options: dict[str, Any] = tomllib.loads("x = " + (match["options"] or "{}"))["x"]
                if "files" in options:
                    options["exists"] = frozenset(options.pop("files")).__contains__
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


# Only one of two lines that go together would be changed by one of their fixes.
TOGETHER = {
    "a line with many names only some; the label of a reference is changed with its definition"
}


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if case.fixed is not None
        and case.title not in TOGETHER
        and all(
            finding.fix is None or finding.fix.applicability == "safe"
            for finding in check(parse(case.text), case.options)
        )
    ],
    ids=lambda case: f"{case.rule}: {case.title}",
)
def test_what_a_rule_takes_for_safe_is_proved(case: Case) -> None:
    assert fix(case.text, case.options).text == case.fixed


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_both_halves_and_shows_its_fix(name: str) -> None:
    cases = [case for case in CASES if case.rule == name]
    assert {case.leaves_alone for case in cases} == {True, False}
    # Every dot belongs to a case: none was skipped because of a typing error.
    dots = re.findall(r"^\.$", HERE.joinpath(f"{name}.md").read_text("utf-8"), re.MULTILINE)
    assert len(dots) == sum(3 + (case.fixed is not None) for case in cases)
    if rule(name).fix:
        assert any(case.fixed is not None for case in cases)


HEADINGS = [
    "What it does",
    "Why it matters",
    "Example",
    "Use instead",
    "Fix safety",
    "Options",
    "Since",
]
# What the examples of some pages presuppose.
PRESUPPOSED: dict[str, dict[str, Any]] = {
    "expired-url": {"today": date(2026, 11, 24)},
    "invalid-arxiv-id": {"today": date(2026, 11, 24)},
    "missing-file": {"exists": frozenset().__contains__},
    "wrong-title": {"titles": {"arxiv:1706.03762": "Attention Is All You Need"}},
}


def sections(name: str) -> dict[str, str]:
    """The sections of a rule's page by heading; headings inside examples do not count."""
    headings = list(
        re.finditer(r"^## ([^\n]*)$|^```.*?^```$", rule(name).page, re.MULTILINE | re.DOTALL)
    )
    headings = [heading for heading in headings if heading[1]]
    ends = [heading.start() for heading in headings[1:]] + [len(rule(name).page)]
    return {
        heading[1]: rule(name).page[heading.end() : end].strip("\n")
        for heading, end in zip(headings, ends, strict=True)
    }


def examples(name: str, heading: str) -> list[str]:
    """The examples in a section; those of file-too-large are too long to be shown."""
    section = sections(name)[heading]
    if name == "file-too-large":
        size = re.match(r"A file of ([\d,]+) bytes\.$", section)
        assert size
        return ["a" * int(size[1].replace(",", ""))]
    return re.findall(r"```markdown\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", RULES)
def test_the_manual_page_has_the_same_headings_as_all_others(name: str) -> None:
    page = sections(name)
    required = [heading for heading in HEADINGS if heading != "Options" or heading in page]
    assert list(page) == required
    assert all(page.values())
    assert ("Options" in page) >= bool(rule(name).options)
    assert all(f"`{option.key}`" in page["Options"] for option in rule(name).options)
    safety = page["Fix safety"]
    assert safety.startswith("There is no fix: ") == (rule(name).fix is None)
    if rule(name).fix:
        assert f"is {rule(name).fix}" in safety.replace("\n", " ")
    assert rule(name).summary.endswith(".")


@pytest.mark.parametrize("name", RULES)
def test_the_examples_of_the_manual_page_are_true(name: str) -> None:
    options = LintOptions(select=(name,), **PRESUPPOSED.get(name, {}))
    assert examples(name, "Example")
    assert all(lint(text, options) for text in examples(name, "Example"))
    assert examples(name, "Use instead")
    assert not any(lint(text, options) for text in examples(name, "Use instead"))


def messages() -> str:
    """What lint reports of the examples, and of the cases that their rules find, side by side."""
    lines = ["| rule | message | fix | applicability |", "| --- | --- | --- | --- |"]
    for name in RULES:
        options = LintOptions(select=(name,), **PRESUPPOSED.get(name, {}))
        texts = [(text, options) for text in examples(name, "Example")]
        texts += [(case.text, case.options) for case in CASES if case.rule == name]
        kinds = set()
        for finding in (finding for text, options in texts for finding in lint(text, options)):
            # A rule may have many messages that differ in names and numbers alone.
            quoted = r"\"[^\"]*\"|“[^”]*”|\b(?:https?://|arxiv:)\S+|[^a-zA-Z ,:;()<>\]|.]+"
            kind = re.sub(quoted, "", finding.message), finding.fix and finding.fix.title
            if kind not in kinds:
                kinds.add(kind)
                title = finding.fix.title if finding.fix else ""
                applicability = finding.fix.applicability if finding.fix else ""
                message = finding.message.replace("|", "\\|")
                lines.append(f"| {name} | {message} | {title} | {applicability} |")
    return "\n".join(lines) + "\n"


def test_the_messages_of_all_rules_are_those_that_were_read_together() -> None:
    """After a change: ``python -m tests.linting.test_rules > tests/linting/rules/messages.md``, and read it."""
    assert messages() == MESSAGES.read_text("utf-8")


def test_fixes_have_titles_in_the_imperative_and_messages_no_full_stop() -> None:
    rows = [row.split(" | ") for row in MESSAGES.read_text("utf-8").splitlines()[2:]]
    assert {row[0].removeprefix("| ") for row in rows} == set(RULES)
    for row in rows:
        assert not row[1].endswith(".")
        assert re.fullmatch(r"(?:[A-Z][a-z]+ [^.]+[^.:])?", row[-2].replace(".pdf", "")), row


# Where a link leads to has another name after an unsafe fix, which another rule reports.
RENAMES = {"a heading that a link leads to is changed only with --unsafe-fixes"}


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
    names = {finding.rule for finding in after}
    if case.title in RENAMES:
        names.remove("missing-anchor")
    for name in names:
        assert sum(f.rule == name for f in after) <= sum(f.rule == name for f in before), name


if __name__ == "__main__":
    print(messages(), end="")
