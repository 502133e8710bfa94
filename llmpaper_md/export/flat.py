"""Papers as flat rows: the same columns always, each a text, a number or nothing."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from urllib.parse import quote

from ..document import Document, Paper
from .text import encodable

COLUMNS: MappingProxyType[str, type[str] | type[int]] = MappingProxyType(
    {
        "source": str,
        "table": int,
        "line": int,
        "section": str,
        "id": int,
        "id_text": str,
        "stars": int,
        "star_glyph": str,
        "title": str,
        "url": str,
        "arxiv_id": str,
        "arxiv_version": int,
        "doi": str,
        "openreview_id": str,
        "code": str,
        "authors": str,
        "year": int,
        "date": str,
        "venue": str,
        "introduction": str,
        "introduction_text": str,
        "links": str,
        "extra": str,
        "surplus": str,
    }
)
"""The columns in their order, and what each holds where it holds anything."""

Row = dict[str, str | int | None]

_BLANK = re.compile(r"\s")


def to_dicts(document: Document) -> list[Row]:
    """One flat dictionary of each paper; `Document.to_dicts` says what is in it.

    >>> from llmpaper_md.papers import parse
    >>> (row,) = to_dicts(parse("# A\\n## B\\n| Paper | GPU |\\n| - | - |\\n| T | 8 |"))
    >>> row["section"], row["title"], row["extra"], row["doi"]
    ('A > B', 'T', '{"GPU": "8"}', None)
    """
    source = encodable(document.source.name)
    return [_row(source, paper) for paper in document.papers]


def _row(source: str, paper: Paper) -> Row:
    found: Row = {
        "source": source,
        "table": paper.table,
        "line": paper.line,
        "section": " > ".join(paper.section),
        "id": paper.id,
        "id_text": paper.id_text,
        "stars": paper.stars,
        "star_glyph": paper.star_glyph,
        "title": paper.title,
        "url": paper.url,
        "arxiv_id": paper.arxiv_id,
        "arxiv_version": paper.arxiv_version,
        "doi": paper.doi,
        "openreview_id": paper.openreview_id,
        "code": _addresses(*paper.code),
        "authors": paper.authors,
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "introduction": paper.introduction,
        "introduction_text": paper.introduction_text,
        "links": _addresses(*(link.url for link in paper.links)),
        "extra": _json(dict(paper.extra)),
        "surplus": _json(list(paper.surplus)),
    }
    # An empty list is nothing, as it is where a cell is empty.
    return {
        name: (encodable(value) or None) if isinstance(value, str) else value
        for name, value in found.items()
    }


def without_blanks(url: str) -> str:
    """A URL in which blanks and line ends are percent-encoded, so that it stands in a list.

    >>> without_blanks("https://a.org/b c")
    'https://a.org/b%20c'
    """
    return _BLANK.sub(lambda match: quote(match[0]), url)


def _addresses(*urls: str) -> str:
    return " ".join(dict.fromkeys(map(without_blanks, urls)))


def _json(value: dict[str, str] | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""
