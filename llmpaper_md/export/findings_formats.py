"""Findings for programs: JSON, GitHub's annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from .._version import __version__
from ..filenames import percent_encoded
from ..linting.findings import Finding
from ..linting.registry import RULES, rule
from ..source import Source, Span
from .schemas import FINDINGS_VERSION
from .text import escape

_SHOWN_BY_GITHUB = 10
"""How many annotations of each kind GitHub shows for one step."""

Found = Sequence[tuple[Source, Sequence[Finding]]]


def to_json(found: Found) -> str:
    """The findings as a JSON object, one a line. Positions count from 1, in code points.

    A fix for several findings is given with the first of them, as it can be as long as a table;
    the others give the number of that one, counted from 0.
    """
    first: dict[int, int] = {}
    lines: list[str] = []
    for source, of_file in found:
        for finding in of_file:
            holder = first.setdefault(id(finding.fix), len(lines)) if finding.fix else None
            shared = holder if holder != len(lines) else None
            lines.append(json.dumps(_finding(source, finding, shared), ensure_ascii=False))
    findings = ",\n".join(lines)
    return escape(f'{{"schema_version": {FINDINGS_VERSION}, "findings": [\n{findings}\n]}}') + "\n"


def _finding(source: Source, finding: Finding, shared: int | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "path": source.name,
        **_range(source, finding.span),
        "related": [
            {"message": related.message, **_range(source, related.span)}
            for related in finding.related
        ],
        "fix": None,
    }
    if finding.fix and shared is not None:
        data["fix"] = {
            "title": finding.fix.title,
            "applicability": finding.fix.applicability,
            "shared_with": shared,
        }
    elif finding.fix:
        edits = [
            {**_range(source, edit.span), "replacement": edit.replacement}
            for edit in finding.fix.edits
        ]
        data["fix"] = {
            "title": finding.fix.title,
            "applicability": finding.fix.applicability,
            "edits": edits,
        }
    return data


def _range(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def to_github(found: Found) -> Iterator[str]:
    """Workflow commands for GitHub, errors first, and how many of them it will not show.

    The form, with what is escaped, is that of GitHub's toolkit (``@actions/core``).
    """
    for severity in ("error", "warning"):
        chosen = [
            (source, finding)
            for source, of_file in found
            for finding in of_file
            if finding.severity == severity
        ]
        for source, finding in chosen:
            place = _range(source, finding.span)
            fields = {
                "file": source.name,
                "line": place["line"],
                "endLine": place["end_line"],
                "col": place["column"],
                "endColumn": place["end_column"],
                "title": finding.rule,
            }
            properties = ",".join(f"{name}={_property(str(v))}" for name, v in fields.items())
            yield f"::{severity} {properties}::{_data(f'{finding.rule}: {finding.message}')}"
        if (rest := len(chosen) - _SHOWN_BY_GITHUB) > 0:
            yield f"{rest} more {severity}s than GitHub shows as annotations are in this log."


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(c if c.isprintable() else _escape(ord(c)) for c in text)


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def to_sarif(found: Found) -> str:
    """The findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format)."""
    rules = [rule(name) for name in RULES]
    index = {known.name: number for number, known in enumerate(rules)}
    seen = set[int]()
    results = []
    for source, of_file in found:
        for finding in of_file:
            # A fix for several findings is given with the first of them.
            results.append(_result(source, finding, index, with_fix=id(finding.fix) not in seen))
            seen.add(id(finding.fix))
    run = {
        "tool": {
            "driver": {
                "name": "llmpaper-md",
                "version": __version__,
                "rules": [
                    {
                        "id": known.name,
                        "shortDescription": {"text": known.summary},
                        "helpUri": known.url,
                        "help": {"text": known.page, "markdown": known.page},
                        "defaultConfiguration": {"level": known.severity},
                    }
                    for known in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    data = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return escape(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _result(
    source: Source, finding: Finding, index: dict[str, int], *, with_fix: bool
) -> dict[str, Any]:
    from hashlib import sha256  # slow to load, and only SARIF needs it

    line = source.line(source.position(finding.span.start).line)
    content = f"{finding.rule}\0{source.name}\0{line}\0{finding.span.cut(source.text)}"
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _location(source, finding.span)}],
        "partialFingerprints": {
            "line/v1": sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": related.message},
                "physicalLocation": _location(source, related.span),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix and with_fix:
        replacements = [
            {
                "deletedRegion": _region(source, edit.span),
                "insertedContent": {"text": edit.replacement},
            }
            for edit in finding.fix.edits
        ]
        change = {"artifactLocation": _artifact(source), "replacements": replacements}
        description = {"text": f"{finding.fix.title} ({finding.fix.applicability} fix)"}
        result["fixes"] = [{"description": description, "artifactChanges": [change]}]
    return result


def _location(source: Source, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(source), "region": _region(source, span)}


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": percent_encoded(PurePath(source.name).as_posix())}


def _region(source: Source, span: Span) -> dict[str, int]:
    place = _range(source, span)
    return {
        "startLine": place["line"],
        "startColumn": place["column"],
        "endLine": place["end_line"],
        "endColumn": place["end_column"],
    }
