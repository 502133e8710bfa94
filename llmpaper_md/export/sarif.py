"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from .._version import __version__
from ..filenames import percent_encoded
from ..linting.findings import Finding
from ..linting.registry import RULES, rule, rule_url
from ..source import Source, Span
from .json_findings import Found, position_range
from .text import escape_unsafe


def to_sarif(found: Found) -> str:
    """The findings as a SARIF log with one run, as JSON with a line end."""
    rules = [rule(name) for name in RULES]
    index = {known.name: number for number, known in enumerate(rules)}
    seen = set[int]()
    results = []
    for source, of_file in found:
        for finding in of_file:
            # A fix shared by several findings is written with the first of them.
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
                        "helpUri": rule_url(known.name),
                        "shortDescription": {"text": known.summary},
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
    return escape_unsafe(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


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
        title, applicability = finding.fix.title, finding.fix.applicability
        description = {"text": f"{title} ({applicability} fix)"}
        result["fixes"] = [{"description": description, "artifactChanges": [change]}]
    return result


def _location(source: Source, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(source), "region": _region(source, span)}


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": percent_encoded(PurePath(source.name).as_posix())}


def _region(source: Source, span: Span) -> dict[str, int]:
    position = position_range(source, span)
    return {
        "startLine": position["line"],
        "startColumn": position["column"],
        "endLine": position["end_line"],
        "endColumn": position["end_column"],
    }
