"""Run the rules, and apply their fixes until nothing changes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..errors import LLMPaperError
from ..reading.conflicts import find_conflicts, refuse_conflicts
from ..reading.document import Document
from ..reading.parser import parse, parse_again
from ..source import Source, Span, apply
from .context import Context
from .findings import Applicability, Finding, Problem
from .options import LintOptions
from .registry import RULES, chosen
from .suppress import read_suppressions, suppress

_PASSES = 32


def lint(text: str | Source, options: LintOptions | None = None) -> list[Finding]:
    """Find the problems of a Markdown list of papers.

    Args:
        text: the Markdown, or a `Source` that holds it.
        options: which rules run, and with which options.

    Returns:
        The findings in the order of their places, with spans in code points.

    Raises:
        ConfigError: ``options`` name an unknown rule.
        SourceError: the text cannot be read, see `parse`.

    >>> text = "| ID | Paper |\\n| - | - |\\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\\n| | |"
    >>> [(finding.rule, finding.severity) for finding in lint(text)]
    [('empty-row', 'warning')]
    """
    source = Source.of(text) if isinstance(text, str) else text
    options = options or LintOptions()
    return check(parse(source, columns=options.columns, max_stars=options.max_stars), options)


def check(document: Document, options: LintOptions) -> list[Finding]:
    """Find the problems of a list that has been parsed: `lint` without the parsing."""
    context = Context(document, options)
    rules = chosen(options)
    severities = {rule.name: options.severity.get(rule.name, rule.severity) for rule in rules}

    def findings(name: str, problems: Iterable[Problem]) -> list[Finding]:
        severity = severities[name]
        return [
            Finding(name, severity, problem.message, problem.span, problem.related, problem.fix)
            for problem in problems
        ]

    suppressed = suppress(
        (finding for rule in rules for finding in findings(rule.name, rule.check(context))),
        read_suppressions(context),
    )
    found = list(suppressed.left)
    if "unused-ignore" in severities:
        unused = suppressed.unused(document.source.text, severities, RULES)
        found += findings("unused-ignore", unused)
    return sorted(found, key=lambda finding: (finding.span.start, finding.span.end, finding.rule))


@dataclass(frozen=True, slots=True)
class FixResult:
    """A list with fixes applied.

    Attributes:
        document: the new list.
        applied: the findings whose fixes were made, with spans in the text as it was then.
        left: the findings in the new list.

    >>> done = fix("| Paper |\\n| - |\\n| [A ](http://arxiv.org/abs/1706.03762) |\\n")
    >>> [finding.rule for finding in done.applied], done.left
    (['insecure-url', 'link-text-spaces'], ())
    """

    document: Document
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """The text of the list."""
        return self.document.source.text


def fix(
    text: str | Source, options: LintOptions | None = None, *, unsafe: bool = False
) -> FixResult:
    """Apply the fixes of the findings, safe ones only by default, until nothing changes.

    Of fixes that overlap, one is applied at a time. What no fix names stays as it is: the rows of
    tables are compared before and after, and a fix that would lose one is skipped.

    Args:
        text: the Markdown, or a `Source` that holds it.
        options: which rules run, and with which options.
        unsafe: whether to apply also the fixes that a person should check.

    Returns:
        The new list, and what was done.

    Raises:
        ConfigError: ``options`` name an unknown rule.
        ConflictError: the list has an unresolved merge conflict.
        SourceError: the text cannot be read, see `parse`.
        LLMPaperError: the fixes of some rules undo one another; the message names the rules.

    >>> only = LintOptions(select=("empty-row",))
    >>> fix("| Paper |\\n| - |\\n| A |\\n| |\\n", only, unsafe=True).text
    '| Paper |\\n| - |\\n| A |\\n'
    """
    options = options or LintOptions()
    return fix_document(
        parse(text, columns=options.columns, max_stars=options.max_stars), options, unsafe=unsafe
    )


def fix_document(document: Document, options: LintOptions, *, unsafe: bool) -> FixResult:
    """Apply the fixes of the findings to a list that has been parsed: see `fix`."""
    refuse_conflicts(document.source, document.blocks)
    wanted: tuple[Applicability, ...] = ("safe", "unsafe") if unsafe else ("safe",)
    applied: list[Finding] = []
    refused: set[str] = set()
    late: set[str] = set()
    for turn in range(_PASSES):
        findings = check(document, options)
        now = _compatible(findings, wanted, refused)
        if not now:
            return FixResult(document, tuple(applied), tuple(findings))
        after = _applied(document, now, options)
        if after is None:
            # Some fix would break a table. Its rule is not used again, and its findings are left.
            rules = {finding.rule for finding in now}
            guilty = {
                name
                for name in rules
                if _applied(document, [f for f in now if f.rule == name], options) is None
            }
            refused |= guilty or rules
            continue
        document = after
        applied += now
        if turn >= _PASSES // 2:
            late.update(finding.rule for finding in now)
    raise LLMPaperError(
        f"the fixes of {', '.join(sorted(late))} undo one another; nothing was changed; "
        "please report this list"
    )


def _applied(document: Document, findings: list[Finding], options: LintOptions) -> Document | None:
    """The list with the fixes of the findings, None if a row would be lost that none names.

    Nor may a line become the marker of a merge conflict, such as one after an invisible character.
    """
    fixes = {id(finding.fix): finding.fix for finding in findings if finding.fix}
    edits = [edit for fix in fixes.values() for edit in fix.edits]
    after = parse_again(document, apply(document.source.text, edits))
    if find_conflicts(after.source, after.blocks):
        return None
    places = [finding.span for finding in findings]
    return after if _kept(document, after, [edit.span for edit in edits], places) else None


def _kept(before: Document, after: Document, edited: list[Span], places: list[Span]) -> bool:
    """Whether every row that neither a finding nor its fix names is still a row, cell for cell.

    There must be as many other rows as before, less those that an edit removes as a whole.
    Lines of text without any pipe, which are rows to GitHub, do not count.
    """
    source = before.source
    touched = set[int]()
    for span in (*edited, *places):
        first = source.position(span.start).line
        touched.update(range(first, source.position(span.end).line + 1))
    rows = [
        row
        for named in before.tables
        for row in named.grid.rows
        if "|" in row.span.cut(source.text)
    ]
    untouched = Counter(
        tuple(cell.raw for cell in row.cells) for row in rows if row.line not in touched
    )
    edited = sorted(edited)
    staying = 0
    for row in rows:
        index = bisect_right(edited, (row.span.start, len(source.text) + 1)) - 1
        staying += index < 0 or edited[index].end < row.span.end
    left = Counter(
        tuple(cell.raw for cell in row.cells) for named in after.tables for row in named.grid.rows
    )
    return untouched <= left and staying <= left.total()


def _compatible(
    findings: Iterable[Finding], wanted: tuple[Applicability, ...], refused: Collection[str]
) -> list[Finding]:
    """Findings whose fixes do not touch one another's text, those that share a fix together."""
    chosen: list[Finding] = []
    taken = SpanSet()
    free: dict[int, bool] = {}
    for finding in findings:
        fix = finding.fix
        if not fix or fix.applicability not in wanted or finding.rule in refused:
            continue
        # A fix can be as long as a table: it is looked at once for all findings that share it.
        if id(fix) not in free:
            free[id(fix)] = taken.add([edit.span for edit in fix.edits])
        if free[id(fix)]:
            chosen.append(finding)
    return chosen


class SpanSet:
    """Spans that do not touch one another, kept in order.

    >>> spans = SpanSet()
    >>> spans.add([Span(1, 3), Span(5, 6)]), spans.add([Span(3, 4)]), spans.add([Span(8, 8)])
    (True, False, True)
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, spans: Iterable[Span]) -> bool:
        """Add all of the spans, or none where any touches one that is there."""
        spans = sorted(spans, key=lambda span: span.start)
        for span in spans:
            place = bisect_right(self._starts, span.end)
            if place and self._ends[place - 1] >= span.start:
                return False
        for span in spans:
            place = bisect_right(self._starts, span.start)
            self._starts.insert(place, span.start)
            self._ends.insert(place, span.end)
        return True
