"""Findings as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..linting.findings import Finding, Fix
from ..source import Source, Span
from .text import escape_unsafe

SCHEMA_VERSION = 2

Found = Sequence[tuple[Source, Sequence[Finding]]]
"""Each file with its findings."""


def findings_json(found: Found) -> str:
    """The findings as a JSON object, one per line. Positions count from 1, in code points.

    A fix shared by several findings is written with the first of them, since it can be as long as
    a table; the others have the index of that finding, counted from 0.
    """
    first: dict[int, int] = {}
    lines: list[str] = []
    for source, of_file in found:
        for finding in of_file:
            holder = first.setdefault(id(finding.fix), len(lines)) if finding.fix else None
            shared = holder if holder != len(lines) else None
            lines.append(json.dumps(_finding(source, finding, shared), ensure_ascii=False))
    findings = ",\n".join(lines)
    return (
        escape_unsafe(f'{{"schema_version": {SCHEMA_VERSION}, "findings": [\n{findings}\n]}}')
        + "\n"
    )


def _finding(source: Source, finding: Finding, shared: int | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "path": source.name,
        **position_range(source, finding.span),
        "related": [
            {"message": related.message, **position_range(source, related.span)}
            for related in finding.related
        ],
        "fix": None,
    }
    if finding.fix and shared is not None:
        data["fix"] = {**_fix(finding.fix), "shared_with": shared}
    elif finding.fix:
        edits = [
            {**position_range(source, edit.span), "replacement": edit.replacement}
            for edit in finding.fix.edits
        ]
        data["fix"] = {**_fix(finding.fix), "edits": edits}
    return data


def _fix(fix: Fix) -> dict[str, str]:
    return {"title": fix.title, "applicability": fix.applicability}


def position_range(source: Source, span: Span) -> dict[str, int]:
    """Where a span begins and ends: lines and columns from 1, the end exclusive."""
    start, end = source.position(span.start), source.position(span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
