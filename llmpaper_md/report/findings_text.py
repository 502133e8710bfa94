"""Findings for a terminal: one per line, with an excerpt of the source on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..linting.findings import Finding
from ..source import Source, Span
from ..unprintable import printable
from ..words import counted
from .terminal import Style

_WIDTH = 100
"""Terminal columns shown of a source line: table rows can be thousands of columns wide."""
_MOST = 4 * _WIDTH
"""The most characters shown, as some take no column."""


def text_report(
    found: Sequence[tuple[Source, Sequence[Finding]]], style: Style, *, full: bool
) -> Iterator[str]:
    """The lines of the report, ending with a summary.

    Args:
        found: each file with its findings.
        style: the colours.
        full: whether to show the source under each finding.
    """
    for source, findings in found:
        for finding in findings:
            position = source.position(finding.span.start)
            where = f"{printable(source.name)}:{position.line}:{position.column}:"
            name = style.error(finding.rule) if finding.severity == "error" else finding.rule
            mark = "" if not finding.fix else " [*]" if finding.fix.applicability == "safe" else ""
            yield f"{style.bold(where)} {name} {printable(finding.message)}{style.dim(mark)}"
            if full:
                yield from _excerpt(source, finding.span, style)
                for related in finding.related:
                    other = source.position(related.span.start)
                    yield f"  {other.line}:{other.column}: {printable(related.message)}"
                    yield from _excerpt(source, related.span, style)
                if finding.fix:
                    yield f"  {finding.fix.applicability} fix: {printable(finding.fix.title)}"
    yield summary(found)


def summary(found: Sequence[tuple[Source, Sequence[Finding]]]) -> str:
    """The number of findings of each severity, and of those that can be fixed."""
    findings = [finding for _, of_file in found for finding in of_file]
    files = counted(len(found), "file")
    if not found:
        return "No files checked."
    if not findings:
        return f"No problems found in {files}."
    severities = Counter(finding.severity for finding in findings)
    parts = [counted(severities[name], name) for name in ("error", "warning") if severities[name]]
    text = f"Found {' and '.join(parts)} in {files}."
    fixes = Counter(finding.fix.applicability for finding in findings if finding.fix)
    fixable = []
    if fixes["safe"]:
        fixable.append(f"{fixes['safe']:,} fixable with --fix")
    if fixes["unsafe"]:
        more = " more" if fixable else " fixable"
        fixable.append(f"{fixes['unsafe']:,}{more} with --unsafe-fixes")
    return f"{text} {', '.join(fixable).capitalize()}." if fixable else text


def statistics(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each rule, the most frequent first: its findings, and how many are fixable."""
    counts = Counter[str]()
    safe = Counter[str]()
    unsafe = Counter[str]()
    for finding in findings:
        counts[finding.rule] += 1
        if finding.fix:
            (safe if finding.fix.applicability == "safe" else unsafe)[finding.rule] += 1
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        fixes = [
            f"{number} {kind}"
            for kind, number in (("safe", safe[name]), ("unsafe", unsafe[name]))
            if number
        ]
        yield f"{count:6} {name}" + (f" ({', '.join(fixes)})" if fixes else "")


def _excerpt(source: Source, span: Span, style: Style) -> Iterator[str]:
    """The source line around a span, with a line of markers under it."""
    position = source.position(span.start)
    line = source.line(position.line)
    start = position.column - 1
    end = min(max(start + 1, start + span.end - span.start), max(len(line), start + 1))
    # The excerpt begins a little before the span and is as long as there is room.
    first = 0
    if _columns(line[:end]) > _WIDTH:
        first = max(start - 20, 0)
    shown = ""
    room = _WIDTH
    for character in line[first : first + _MOST]:
        room -= _columns(character)
        if room < 0:
            break
        shown += character
    before = "…" if first else ""
    after = "…" if first + len(shown) < len(line) else ""
    marked = shown[start - first : end - first]
    indent = _columns(before + shown[: start - first])
    yield f"    {before}{printable(shown)}{after}"
    yield f"    {' ' * indent}{style.star('^' + '~' * (max(_columns(marked), 1) - 1))}"


def _columns(text: str) -> int:
    """The terminal columns that a text takes, with escapes as printed."""
    from .widths import columns  # slow to import, needed only for excerpts

    return columns(printable(text)) + text.count("\t")
