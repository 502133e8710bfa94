"""JSON Lines: one object per paper and line."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .documents import Readable, as_documents
from .json_records import SCHEMA_VERSION, paper_to_dict
from .text import escape_unsafe


def to_jsonl(documents: Readable | Iterable[Readable]) -> str:
    """The papers of one or more lists as JSON Lines.

    Each line has the members of a paper as in `to_dict`, after ``schema_version`` and ``source``;
    its JSON Schema is ``paper``. Without papers the result is empty.

    Args:
        documents: one list or several, as text, `Source` or `Document`.

    Returns:
        The lines, each with a line end.

    >>> to_jsonl("| Paper |\\n| - |\\n| A |\\n| B |").count("\\n")
    2
    """
    encoder = json.JSONEncoder(ensure_ascii=False)
    return "".join(
        escape_unsafe(
            encoder.encode(
                {
                    "schema_version": SCHEMA_VERSION,
                    "source": document.source.name,
                    **paper_to_dict(document.source, paper),
                }
            )
        )
        + "\n"
        for document in as_documents(documents)
        for paper in document.papers
    )
