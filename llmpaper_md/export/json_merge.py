"""A merge of two lists as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..merging.merge_result import MergeResult
from ..source import Source
from .json_records import paper_to_dict
from .text import escape_unsafe

SCHEMA_VERSION = 1


def merge_json(a: Source, b: Source, result: MergeResult) -> str:
    """The merged list, and what was done with the second one, as a JSON object with a line end."""
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "source": a.name,
        "other": b.name,
        "text": result.text,
        "added": [paper_to_dict(b, paper) for paper in result.added],
        "filled": [asdict(filled) for filled in result.filled],
        "conflicts": [asdict(conflict) for conflict in result.conflicts],
    }
    return escape_unsafe(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
