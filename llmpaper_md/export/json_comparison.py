"""What comes of comparing and of joining two lists, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..lists.comparing import Comparison
from ..merging.merge_result import MergeResult
from ..source import Source
from .json_records import paper_to_dict
from .text import escape

SCHEMA_VERSION = 1


def comparison_json(done: Comparison) -> str:
    """A comparison as a JSON object, with a line end."""
    changed = [
        {
            "title": one.after.title or one.before.title,
            "line_before": one.before.line,
            "line_after": one.after.line,
            "changes": [asdict(change) for change in one.changes],
        }
        for one in done.changed
    ]
    return _json(
        {
            "schema_version": SCHEMA_VERSION,
            "before": done.before.name,
            "after": done.after.name,
            "only_papers": done.only_papers,
            "added": [paper_to_dict(done.after, paper) for paper in done.added],
            "removed": [paper_to_dict(done.before, paper) for paper in done.removed],
            "changed": changed,
        }
    )


def merged_json(a: Source, b: Source, done: MergeResult) -> str:
    """A joint list, and what became of the second one, as a JSON object, with a line end."""
    return _json(
        {
            "schema_version": SCHEMA_VERSION,
            "source": a.name,
            "other": b.name,
            "text": done.text,
            "added": [paper_to_dict(b, paper) for paper in done.added],
            "filled": [asdict(filled) for filled in done.filled],
            "conflicts": [asdict(conflict) for conflict in done.conflicts],
        }
    )


def _json(data: dict[str, Any]) -> str:
    return escape(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
