"""Findings as annotations in a GitHub workflow."""

from __future__ import annotations

from collections.abc import Iterator

from .json_findings import Found, position_range
from .text import unicode_escape

_SHOWN_BY_GITHUB = 10
"""How many annotations of each severity GitHub shows for one step."""


def to_annotations(found: Found) -> Iterator[str]:
    """Workflow commands for GitHub, errors first, and how many of them it will not show.

    Syntax and escapes are those of GitHub's toolkit (``@actions/core``).
    """
    for severity in ("error", "warning"):
        chosen = [
            (source, finding)
            for source, of_file in found
            for finding in of_file
            if finding.severity == severity
        ]
        for source, finding in chosen:
            position = position_range(source, finding.span)
            fields = {
                "file": source.name,
                "line": position["line"],
                "endLine": position["end_line"],
                "col": position["column"],
                "endColumn": position["end_column"],
                "title": finding.rule,
            }
            properties = ",".join(f"{name}={_property(str(v))}" for name, v in fields.items())
            yield f"::{severity} {properties}::{_data(f'{finding.rule}: {finding.message}')}"
        if (rest := len(chosen) - _SHOWN_BY_GITHUB) > 0:
            yield f"{rest} more {severity}s are in this log: GitHub shows only {_SHOWN_BY_GITHUB}."


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(c if c.isprintable() else unicode_escape(ord(c)) for c in text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
