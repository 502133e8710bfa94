"""Papers as flat rows: always the same columns, each a text, a number or None."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from types import MappingProxyType
from urllib.parse import quote

from ..reading.document import Document, Paper
from .documents import Readable, as_documents
from .json_records import paper_to_dict
from .text import guarded_json, replace_surrogates

FLAT_COLUMNS: MappingProxyType[str, type[str] | type[int]] = MappingProxyType(
    {
        "source": str,
        "kind": str,
        "table": int,
        "list": int,
        "line": int,
        "section": str,
        "id": int,
        "id_text": str,
        "stars": int,
        "star_glyph": str,
        "title": str,
        "name": str,
        "url": str,
        "arxiv_id": str,
        "arxiv_version": int,
        "doi": str,
        "openreview_id": str,
        "code": str,
        "authors": str,
        "year": int,
        "year_from": str,
        "date": str,
        "date_text": str,
        "venue": str,
        "introduction": str,
        "introduction_text": str,
        "links": str,
        "extra": str,
        "surplus": str,
    }
)
"""The columns in order, with the type of their values."""

Row = dict[str, str | int | None]

_BLANK = re.compile(r"\s")


def to_dicts(documents: Readable | Iterable[Readable]) -> list[Row]:
    """The papers of one or more lists as flat dictionaries, for data frames.

    Every paper has the same keys in the same order, those of `FLAT_COLUMNS`, and every value is a
    text, a number or None. ``source``, ``kind``, ``table``, ``list`` and ``line`` are the position
    of the paper; the other keys are the attributes of `Paper`. Attributes with several values
    become text: ``section`` is joined as ``A > B``; ``code`` and ``links`` are URLs without
    duplicates, separated by spaces; ``extra`` is a JSON object and ``surplus`` a JSON array. Empty
    values are None. Lone surrogates, which UTF-8 cannot encode, are replaced by U+FFFD.

    Args:
        documents: one list or several, as text, `Source` or `Document`.

    Returns:
        One dictionary per paper, in order, suitable for ``pandas.DataFrame(…)``,
        ``polars.from_dicts(…, schema=FLAT_COLUMNS)`` and ``pyarrow.Table.from_pylist(…)``.

    >>> (row,) = to_dicts("# A\\n## B\\n| Paper | GPU |\\n| - | - |\\n| T | 8 |")
    >>> row["section"], row["title"], row["extra"], row["doi"]
    ('A > B', 'T', '{"GPU": "8"}', None)
    """
    return [
        _row(document, paper) for document in as_documents(documents) for paper in document.papers
    ]


def _row(document: Document, paper: Paper) -> Row:
    record = paper_to_dict(document.source, paper)
    record |= {
        "source": document.source.name,
        "section": " > ".join(paper.section),
        "code": _addresses(*paper.code),
        "links": _addresses(*(link.url for link in paper.links)),
        "extra": _json(record["extra"]),
        "surplus": _json(record["surplus"]),
    }
    # An empty list is None, like an empty cell.
    return {
        name: (replace_surrogates(value) or None)
        if isinstance(value := record[name], str)
        else value
        for name in FLAT_COLUMNS
    }


def _cell(value: str | int | None) -> str | int | None:
    return (replace_surrogates(value) or None) if isinstance(value, str) else value


def percent_encode_spaces(url: str) -> str:
    """The URL with whitespace percent-encoded, so that URLs can be separated by spaces.

    >>> percent_encode_spaces("https://a.org/b c")
    'https://a.org/b%20c'
    """
    return _BLANK.sub(lambda match: quote(match[0]), url)


def _addresses(*urls: str) -> str:
    return " ".join(dict.fromkeys(map(percent_encode_spaces, urls)))


def _json(value: dict[str, str] | list[str]) -> str:
    return guarded_json(json.dumps(value, ensure_ascii=False)) if value else ""
