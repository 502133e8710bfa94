"""The records of a list as plain data and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..reading.document import Document, Paper, Table
from ..reading.links import Link
from ..reading.parser import as_document
from ..reading.sections import Section
from ..source import Source
from .documents import Readable
from .text import escape_unsafe

SCHEMA_VERSION = 2

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def to_dict(document: Readable) -> dict[str, Any]:
    """A list as plain data: dictionaries, lists, strings, numbers and None.

    Args:
        document: the list, as text, `Source` or `Document`.

    Returns:
        Its sections, tables and papers, as described by ``llmpaper-md schema records``. Lines and
        columns count from 1, columns in code points.

    >>> record = to_dict("| Paper |\\n| - |\\n| [A](https://arxiv.org/abs/1706.03762) |")
    >>> record["papers"][0]["arxiv_id"], record["papers"][0]["links"][0]["column"]
    ('1706.03762', 3)
    """
    document = as_document(document)
    return {
        "schema_version": SCHEMA_VERSION,
        "source": document.source.name,
        "sections": [_section(section) for section in document.sections],
        "tables": [_table(table) for table in document.tables],
        "papers": [paper_to_dict(document.source, paper) for paper in document.papers],
    }


def to_json(documents: Readable | Iterable[Readable]) -> str:
    """A list as a JSON object, or several as an array of them, with a line ending.

    Each section, table and paper is on its own line, for `grep` and for diffs.

    Args:
        documents: a list, as text, `Source` or `Document`; or several, which give an array.

    Returns:
        The JSON of what `to_dict` returns.

    >>> json.loads(to_json("| Paper |\\n| - |\\n| A |"))["papers"][0]["title"]
    'A'
    """
    if isinstance(documents, (str, Source, Document)):
        text = _object(to_dict(documents))
    else:
        text = ",\n".join(_object(to_dict(document)) for document in documents)
        text = f"[{text}]"
    return escape_unsafe(text) + "\n"


def _object(data: dict[str, Any]) -> str:
    members = []
    for name, value in data.items():
        if isinstance(value, list):
            text = "[\n" + ",\n".join(map(_ENCODER.encode, value)) + "\n]"
        else:
            text = _ENCODER.encode(value)
        members.append(f'"{name}": {text}')
    return "{\n" + ",\n".join(members) + "\n}"


def _section(section: Section) -> dict[str, Any]:
    return {
        "level": section.level,
        "number": section.number,
        "title": section.title,
        "path": list(section.path),
        "line": section.line,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "line": table.grid.line,
        "section": list(table.section.path if table.section else ()),
        "kind": table.kind,
        "header": list(table.names),
        "rows": [
            {"line": row.line, "cells": [cell.raw for cell in row.cells]} for row in table.grid.rows
        ],
    }


def paper_to_dict(source: Source, paper: Paper) -> dict[str, Any]:
    """One paper as plain data, with the member names used in all JSON of this package."""
    return {
        "id": paper.id,
        "id_text": paper.id_text,
        "stars": paper.stars,
        "star_glyph": paper.star_glyph,
        "title": paper.title,
        "name": paper.name,
        "url": paper.url,
        "arxiv_id": paper.arxiv_id,
        "arxiv_version": paper.arxiv_version,
        "doi": paper.doi,
        "openreview_id": paper.openreview_id,
        "code": list(paper.code),
        "authors": paper.authors,
        "year": paper.year,
        "year_from": paper.year_from,
        "date": paper.date,
        "date_text": paper.date_text,
        "venue": paper.venue,
        "links": [_link(source, link) for link in paper.links],
        "introduction": paper.introduction,
        "introduction_text": paper.introduction_text,
        "extra": dict(paper.extra),
        "surplus": list(paper.surplus),
        "section": list(paper.section),
        "kind": paper.kind,
        "table": paper.table,
        "list": paper.list,
        "line": paper.line,
        "column": source.position(paper.span.start).column,
    }


def _link(source: Source, link: Link) -> dict[str, Any]:
    place = source.position(link.span.start)
    return {
        "text": link.text,
        "url": link.url,
        "kind": link.kind,
        "cell": link.cell,
        "line": place.line,
        "column": place.column,
    }
