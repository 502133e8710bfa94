"""JSON Schemas of what is written and of the settings, for editors and other programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from ..choices import SEVERITIES
from ..config import settings
from ..linting.findings import Applicability
from ..linting.registry import RULES
from ..lists.comparing import CHANGED_FIELDS
from ..merging.merge_result import ConflictKind
from ..reading.links import LinkKind
from . import json_comparison as joint, json_records as records, json_repairs as repairs

Schema = dict[str, Any]

FINDINGS_VERSION = 2
"""The version of the form in which findings are exported as JSON."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_FROM_1: Schema = {"type": "integer", "minimum": 1}
_LIKELIHOOD: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SEVERITY: Schema = {"enum": list(SEVERITIES)}


def _object(properties: dict[str, Schema], *, optional: bool = False) -> Schema:
    """An object with these members, all of them unless ``optional``, and no others."""
    data: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return data if optional else {**data, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


_CODE_POINTS = "From 1, in code points."
_LINK = _object(
    {
        "text": _TEXT,
        "url": _TEXT,
        "kind": {"enum": list(get_args(LinkKind))},
        "cell": _said(_MAYBE_TEXT, "The name of the column."),
        "line": _FROM_1,
        "column": _said(_FROM_1, _CODE_POINTS),
    }
)
_PAPER = _object(
    {
        "id": _said({"type": ["integer", "null"]}, "The number: 1 for 01."),
        "id_text": _said(_MAYBE_TEXT, "The ID as it is written."),
        "stars": {"type": ["integer", "null"], "minimum": 0},
        "star_glyph": _MAYBE_TEXT,
        "title": _said(_MAYBE_TEXT, "Plain text."),
        "url": _said(_MAYBE_TEXT, "The main link."),
        "arxiv_id": _said(_MAYBE_TEXT, "Without the version."),
        "arxiv_version": {"type": ["integer", "null"], "minimum": 1},
        "doi": _MAYBE_TEXT,
        "openreview_id": _MAYBE_TEXT,
        "code": _said(_TEXTS, "Repositories of code."),
        "authors": _MAYBE_TEXT,
        "year": {"type": ["integer", "null"]},
        "date": _MAYBE_TEXT,
        "venue": _MAYBE_TEXT,
        "links": _list(_LINK),
        "introduction": _said(_MAYBE_TEXT, "Markdown."),
        "introduction_text": _said(_MAYBE_TEXT, "Plain text."),
        "extra": {"type": "object", "additionalProperties": _TEXT},
        "surplus": _said(_TEXTS, "Cells beyond the last column."),
        "section": _said(_TEXTS, "Titles of sections from the outermost in."),
        "table": _said(_FROM_1, "The number of the table in its file."),
        "line": _FROM_1,
        "column": _said(_FROM_1, _CODE_POINTS),
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
    "column": _said(_FROM_1, _CODE_POINTS),
    "end_line": _FROM_1,
    "end_column": _said(_FROM_1, "Behind the last character."),
}
_FIX_TITLE: Schema = {"type": "string", "description": "What the fix does, in the imperative."}
_APPLICABILITY: Schema = {"enum": list(get_args(Applicability))}


def _records() -> Schema:
    document = _object(
        {
            "schema_version": {"const": records.SCHEMA_VERSION},
            "source": _said(_TEXT, "The name of the file."),
            "sections": _list(_SECTION),
            "tables": _list(_TABLE),
            "papers": _list(_PAPER),
        }
    )
    several = _said(_list({"$ref": "#/$defs/document"}), "One of each file.")
    return {"$defs": {"document": document}, "anyOf": [{"$ref": "#/$defs/document"}, several]}


def _line() -> Schema:
    return _object(
        {
            "schema_version": {"const": records.SCHEMA_VERSION},
            "source": _said(_TEXT, "The name of the file."),
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
            "shared_with": _said(
                {"type": "integer", "minimum": 0}, "Which finding, from 0, has the edits."
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
    return _object({"schema_version": {"const": FINDINGS_VERSION}, "findings": _list(finding)})


def _repair() -> Schema:
    candidate = _object({"text": _TEXT, "probability": _LIKELIHOOD})
    guess = _object(
        {
            "line": _FROM_1,
            "column": _said(_FROM_1, "From 1, in code points of the repaired text."),
            "chosen": _TEXT,
            "probability": _LIKELIHOOD,
            "candidates": _list(candidate),
        }
    )
    offset: Schema = {"type": "integer", "minimum": 0}
    run = _object(
        {
            "line": _FROM_1,
            "column": _said(_FROM_1, "From 1, in code points of the text as it was."),
            "start": _said(offset, "From 0, in code points of the text as it was."),
            "end": offset,
            "before": _said(_TEXT, "What was there."),
            "after": _said(_TEXT, "What it became; the same where it was left."),
            "kind": _said(
                {"enum": ["exact", "guessed", "suspected", "lost"]},
                "exact: only one text gives it. guessed: several do. suspected: it may be clean, "
                "and was left. lost: nothing can be read from it, and it was left.",
            ),
            "channel": _said(_TEXT, "How it was damaged."),
            "proved": _said(
                {"type": "boolean"}, "Whether damaging what it became gives what was there."
            ),
            "evidence": _said(_TEXT, "What speaks for it."),
            "guesses": _said(offset, "How many of the guesses are in it."),
        }
    )
    return _object(
        {
            "schema_version": {"const": repairs.SCHEMA_VERSION},
            "source": _TEXT,
            "channel": _said(_MAYBE_TEXT, "How the text was damaged; null if it was not."),
            "steps": _TEXTS,
            "text": _said(_TEXT, "The repaired text."),
            "runs": _list(run),
            "guesses": _list(guess),
        }
    )


def _comparison() -> Schema:
    text_value: Schema = {"type": ["string", "integer", "array", "null"], "items": _TEXT}
    change = _object(
        {
            "field": {"enum": list(CHANGED_FIELDS)},
            "before": _said(text_value, "A section is a list of titles."),
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
            "schema_version": {"const": joint.SCHEMA_VERSION},
            "before": _said(_TEXT, "The name of a file."),
            "after": _TEXT,
            "only_papers": _said({"type": "boolean"}, "Whether changes were not looked for."),
            "added": _said(_list(_PAPER), "As in the list after."),
            "removed": _said(_list(_PAPER), "As in the list before."),
            "changed": _list(changed),
        }
    )


def _merge() -> Schema:
    where = {"other_line": _said(_FROM_1, "In the second list.")}
    filled = _object(
        {"field": _TEXT, "title": _TEXT, "text": _TEXT, "line": _FROM_1, **where},
    )
    conflict = _object(
        {
            "kind": {"enum": list(get_args(ConflictKind))},
            "field": _said(_TEXT, "A field, the name of a column, surplus or row."),
            "title": _TEXT,
            "ours": _TEXT,
            "theirs": _TEXT,
            "line": _said(
                {"type": ["integer", "null"], "minimum": 1},
                "In the first list; null if it did not have the paper.",
            ),
            **where,
        }
    )
    return _object(
        {
            "schema_version": {"const": joint.SCHEMA_VERSION},
            "source": _said(_TEXT, "The name of the first file."),
            "other": _said(_TEXT, "That of the second."),
            "text": _said(_TEXT, "The joint list."),
            "added": _said(_list(_PAPER), "As in the second list."),
            "filled": _list(filled),
            "conflicts": _list(conflict),
        }
    )


def _settings() -> Schema:
    return _object({option.key: option.schema() for option in settings()}, optional=True)


_MAKERS: dict[str, tuple[str, Callable[[], Schema]]] = {
    "records": ("What llmpaper-md export --to json writes", _records),
    "paper": ("A line of what llmpaper-md export --to jsonl writes", _line),
    "findings": ("What llmpaper-md lint --output-format json writes", _findings),
    "repair": ("What llmpaper-md repair --json writes", _repair),
    "comparison": ("What llmpaper-md diff --output-format json writes", _comparison),
    "merge": ("What llmpaper-md merge --json writes", _merge),
    "settings": ("llmpaper-md.toml, and [tool.llmpaper-md] in pyproject.toml", _settings),
}
NAMES = tuple(_MAKERS)


def schema(name: str) -> Schema:
    """A JSON Schema (draft 2020-12) by name: one of `NAMES`.

    >>> schema("settings")["properties"]["strict"]
    {'type': 'boolean', 'description': 'Run the strict rules too.', 'default': False}
    """
    title, make = _MAKERS[name]
    return {"$schema": _DIALECT, "title": title, **make()}
