"""JSON Schemas of the output formats and of the settings, for editors and other programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from ..choices import SEVERITIES
from ..config import settings
from ..linting.findings import Applicability
from ..linting.registry import RULES
from ..lists.comparing import CHANGED_FIELDS
from ..merging.merge_result import ConflictKind
from ..reading.document import EntryKind
from ..reading.links import LinkKind
from ..reading.paper_fields import YearSource
from . import json_comparison, json_findings, json_merge, json_records, json_repairs

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_FROM_1: Schema = {"type": "integer", "minimum": 1}
_MAYBE_NUMBER: Schema = {"type": ["integer", "null"], "minimum": 1}
_LIKELIHOOD: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SEVERITY: Schema = {"enum": list(SEVERITIES)}


def _object(properties: dict[str, Schema], *, optional: bool = False) -> Schema:
    """An object with these members and no others; all are required unless ``optional``."""
    data: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return data if optional else {**data, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


_CODE_POINTS = "From 1, in code points."
_LINK = _object(
    {
        "text": _TEXT,
        "url": _TEXT,
        "kind": {"enum": list(get_args(LinkKind))},
        "cell": _described(_MAYBE_TEXT, "The name of the column."),
        "line": _FROM_1,
        "column": _described(_FROM_1, _CODE_POINTS),
    }
)
_PAPER = _object(
    {
        "id": _described({"type": ["integer", "null"]}, "The number: 1 for 01."),
        "id_text": _described(_MAYBE_TEXT, "The ID as written."),
        "stars": {"type": ["integer", "null"], "minimum": 0},
        "star_glyph": _MAYBE_TEXT,
        "title": _described(_MAYBE_TEXT, "Plain text, without labels, icons and quotation marks."),
        "name": _described(_MAYBE_TEXT, "The model, method or data set that the paper is about."),
        "url": _described(_MAYBE_TEXT, "The main link."),
        "arxiv_id": _described(_MAYBE_TEXT, "Without the version."),
        "arxiv_version": {"type": ["integer", "null"], "minimum": 1},
        "doi": _MAYBE_TEXT,
        "openreview_id": _MAYBE_TEXT,
        "code": _described(_TEXTS, "Code repositories, and what the list calls code."),
        "authors": _MAYBE_TEXT,
        "year": {"type": ["integer", "null"]},
        "year_from": {"enum": [*get_args(YearSource), None]},
        "date": _described(_MAYBE_TEXT, "In ISO 8601, as precise as the list has it."),
        "date_text": _described(_MAYBE_TEXT, "The date as written."),
        "venue": _MAYBE_TEXT,
        "links": _list(_LINK),
        "introduction": _described(_MAYBE_TEXT, "Markdown."),
        "introduction_text": _described(_MAYBE_TEXT, "Plain text."),
        "extra": {"type": "object", "additionalProperties": _TEXT},
        "surplus": _described(_TEXTS, "Cells beyond the last column."),
        "section": _described(_TEXTS, "Section titles, outermost first."),
        "kind": _described({"enum": list(get_args(EntryKind))}, "How the list has the paper."),
        "table": _described(_MAYBE_NUMBER, "Of a row: the number of the table in its file."),
        "list": _described(_MAYBE_NUMBER, "Of an item: the number of the list in its file."),
        "line": _FROM_1,
        "column": _described(_FROM_1, _CODE_POINTS),
    }
)
_SECTION = _object(
    {"level": _FROM_1, "number": _MAYBE_TEXT, "title": _TEXT, "path": _TEXTS, "line": _FROM_1}
)
_TABLE = _object(
    {
        "line": _FROM_1,
        "section": _TEXTS,
        "kind": {"enum": ["papers", "other"]},
        "header": _TEXTS,
        "rows": _list(_object({"line": _FROM_1, "cells": _TEXTS})),
    }
)
_RANGE = {
    "line": _FROM_1,
    "column": _described(_FROM_1, _CODE_POINTS),
    "end_line": _FROM_1,
    "end_column": _described(_FROM_1, "Exclusive."),
}
_FIX_TITLE: Schema = {"type": "string", "description": "What the fix does, in the imperative."}
_APPLICABILITY: Schema = {"enum": list(get_args(Applicability))}


def _records() -> Schema:
    document = _object(
        {
            "schema_version": {"const": json_records.SCHEMA_VERSION},
            "source": _described(_TEXT, "The name of the file."),
            "sections": _list(_SECTION),
            "tables": _list(_TABLE),
            "papers": _list(_PAPER),
        }
    )
    several = _described(_list({"$ref": "#/$defs/document"}), "One per file.")
    return {"$defs": {"document": document}, "anyOf": [{"$ref": "#/$defs/document"}, several]}


def _line() -> Schema:
    return _object(
        {
            "schema_version": {"const": json_records.SCHEMA_VERSION},
            "source": _described(_TEXT, "The name of the file."),
            **_PAPER["properties"],
        }
    )


def _findings() -> Schema:
    edits = _object(
        {
            "title": _FIX_TITLE,
            "applicability": _APPLICABILITY,
            "edits": _list(_object({**_RANGE, "replacement": _TEXT})),
        }
    )
    shared = _object(
        {
            "title": _FIX_TITLE,
            "applicability": _APPLICABILITY,
            "shared_with": _described(
                {"type": "integer", "minimum": 0},
                "Index (from 0) of the finding with the edits.",
            ),
        }
    )
    finding = _object(
        {
            "rule": {"enum": list(RULES)},
            "severity": _SEVERITY,
            "message": _TEXT,
            "path": _TEXT,
            **_RANGE,
            "related": _list(_object({"message": _TEXT, **_RANGE})),
            "fix": {"anyOf": [{"type": "null"}, edits, shared]},
        }
    )
    return _object(
        {"schema_version": {"const": json_findings.SCHEMA_VERSION}, "findings": _list(finding)}
    )


def _repair() -> Schema:
    candidate = _object({"text": _TEXT, "probability": _LIKELIHOOD})
    guess = _object(
        {
            "line": _FROM_1,
            "column": _described(_FROM_1, "From 1, in code points of the repaired text."),
            "chosen": _TEXT,
            "probability": _LIKELIHOOD,
            "candidates": _list(candidate),
        }
    )
    offset: Schema = {"type": "integer", "minimum": 0}
    run = _object(
        {
            "line": _FROM_1,
            "column": _described(_FROM_1, "From 1, in code points of the damaged text."),
            "start": _described(offset, "From 0, in code points of the damaged text."),
            "end": offset,
            "before": _described(_TEXT, "The damaged text."),
            "after": _described(_TEXT, "The repaired text; the same if it was not changed."),
            "kind": _described(
                {"enum": ["exact", "guessed", "suspected", "lost"]},
                "exact: restored in the only possible way. guessed: restored with guesses. "
                "suspected: not changed, as it may be intact. lost: it cannot be restored.",
            ),
            "channel": _described(_TEXT, "How it was damaged."),
            "proved": _described(
                {"type": "boolean"}, "Whether damaging the repaired text gives the damaged one."
            ),
            "evidence": _described(_TEXT, "The evidence for that."),
            "guesses": _described(offset, "The number of guesses in it."),
        }
    )
    return _object(
        {
            "schema_version": {"const": json_repairs.SCHEMA_VERSION},
            "source": _TEXT,
            "channel": _described(_MAYBE_TEXT, "How the text was damaged; null if it was not."),
            "steps": _TEXTS,
            "text": _described(_TEXT, "The repaired text."),
            "runs": _list(run),
            "guesses": _list(guess),
        }
    )


def _comparison() -> Schema:
    text_value: Schema = {"type": ["string", "integer", "array", "null"], "items": _TEXT}
    change = _object(
        {
            "field": {"enum": list(CHANGED_FIELDS)},
            "before": _described(text_value, "A section is a list of titles."),
            "after": text_value,
        }
    )
    changed = _object(
        {
            "title": _MAYBE_TEXT,
            "line_before": _FROM_1,
            "line_after": _FROM_1,
            "changes": _list(change),
        }
    )
    return _object(
        {
            "schema_version": {"const": json_comparison.SCHEMA_VERSION},
            "before": _described(_TEXT, "The name of a file."),
            "after": _TEXT,
            "only_papers": _described({"type": "boolean"}, "Changes are left out."),
            "added": _described(_list(_PAPER), "As in the second list."),
            "removed": _described(_list(_PAPER), "As in the first list."),
            "changed": _list(changed),
        }
    )


def _merge() -> Schema:
    where = {"other_line": _described(_FROM_1, "In the second list.")}
    filled = _object(
        {"field": _TEXT, "title": _TEXT, "text": _TEXT, "line": _FROM_1, **where},
    )
    conflict = _object(
        {
            "kind": {"enum": list(get_args(ConflictKind))},
            "field": _described(_TEXT, "A field, the name of a column, surplus or row."),
            "title": _TEXT,
            "ours": _TEXT,
            "theirs": _TEXT,
            "line": _described(
                {"type": ["integer", "null"], "minimum": 1},
                "In the first list; null if it did not have the paper.",
            ),
            **where,
        }
    )
    return _object(
        {
            "schema_version": {"const": json_merge.SCHEMA_VERSION},
            "source": _described(_TEXT, "The name of the first file."),
            "other": _described(_TEXT, "That of the second."),
            "text": _described(_TEXT, "The merged list."),
            "added": _described(_list(_PAPER), "As in the second list."),
            "filled": _list(filled),
            "conflicts": _list(conflict),
        }
    )


def _settings() -> Schema:
    return _object({option.key: option.schema() for option in settings()}, optional=True)


_MAKERS: dict[str, tuple[str, Callable[[], Schema]]] = {
    "records": ("The output of llmpaper-md export --to json", _records),
    "paper": ("A line of the output of llmpaper-md export --to jsonl", _line),
    "findings": ("The output of llmpaper-md lint --output-format json", _findings),
    "repair": ("The output of llmpaper-md repair --json", _repair),
    "comparison": ("The output of llmpaper-md diff --output-format json", _comparison),
    "merge": ("The output of llmpaper-md merge --json", _merge),
    "settings": ("llmpaper-md.toml, and [tool.llmpaper-md] in pyproject.toml", _settings),
}
NAMES = tuple(_MAKERS)


def schema(name: str) -> Schema:
    """A JSON Schema (draft 2020-12) by name: one of `NAMES`.

    >>> schema("settings")["properties"]["strict"]
    {'type': 'boolean', 'description': 'Also run the strict rules.', 'default': False}
    """
    title, make = _MAKERS[name]
    return {"$schema": _DIALECT, "title": title, **make()}
