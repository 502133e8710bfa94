"""A comparison of two lists as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..lists.comparing import Comparison
from .json_records import paper_to_dict
from .text import escape_unsafe

SCHEMA_VERSION = 1


def comparison_json(comparison: Comparison) -> str:
    """The comparison as a JSON object with a line end."""
    changed = [
        {
            "title": one.after.title or one.before.title,
            "line_before": one.before.line,
            "line_after": one.after.line,
            "changes": [asdict(change) for change in one.changes],
        }
        for one in comparison.changed
    ]
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "before": comparison.before.name,
        "after": comparison.after.name,
        "only_papers": comparison.only_papers,
        "added": [paper_to_dict(comparison.after, paper) for paper in comparison.added],
        "removed": [paper_to_dict(comparison.before, paper) for paper in comparison.removed],
        "changed": changed,
    }
    return escape_unsafe(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
