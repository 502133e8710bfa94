"""Reading records from JSON, written by `export` or by another program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

from ..errors import RecordError
from ..reading.document import EntryKind, Paper
from ..reading.links import ArxivId, Link, LinkKind
from ..reading.paper_fields import YearSource
from ..source import Span

_TEXTS = (
    *("id_text", "star_glyph", "title", "name", "url", "arxiv_id", "doi", "openreview_id"),
    *("authors", "year_from", "date", "date_text", "venue", "introduction", "introduction_text"),
)
_NUMBERS = ("id", "stars", "arxiv_version", "year", "table", "list", "line", "column")
_LISTS = ("code", "surplus", "section")
_KNOWN = (*_TEXTS, *_NUMBERS, *_LISTS, "links", "extra", "schema_version", "source", "kind")
# A list contains each star: a larger number would make a file of nothing else.
_MOST_STARS = 1000


def from_json(text: str, name: str = "<string>") -> list[Paper]:
    """Read papers from JSON: documents written by `to_json`, an array, or JSON Lines.

    Any field may be missing; positions (``line``, ``column``) are ignored.

    Args:
        text: the JSON.
        name: the name for error messages.

    Returns:
        The papers in order, each with ``line`` 0.

    Raises:
        RecordError: it is not valid JSON or not as described; the message says where.

    >>> [paper.title for paper in from_json('[{"title": "A", "section": ["B"]}, {"title": "C"}]')]
    ['A', 'C']
    """
    return [_paper(value, where) for value, where in _records(text, name)]


def _records(text: str, name: str) -> Iterator[tuple[Any, str]]:
    text = text.removeprefix("\ufeff")
    try:
        whole = [json.loads(text)]
    except (ValueError, RecursionError) as error:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip(" \t\r")]
        if len(lines) < 2 or not lines[0][1].rstrip(" \t\r").endswith("}"):
            raise RecordError(f"{name}: not valid JSON: {error}") from None
        for number, line in lines:
            try:
                yield json.loads(line), f"{name}:{number}"
            except (ValueError, RecursionError) as wrong:
                raise RecordError(f"{name}:{number}: not valid JSON: {wrong}") from None
        return
    documents = whole[0] if isinstance(whole[0], list) else whole
    number = 0
    for document in documents:
        papers = document.get("papers") if isinstance(document, dict) else None
        for value in papers if isinstance(papers, list) else [document]:
            number += 1
            yield value, f"{name}: record {number}"


def _paper(value: Any, where: str) -> Paper:
    if not isinstance(value, dict):
        raise RecordError(f"{where}: expected an object with title, url and so on")
    for key in value:
        if key not in _KNOWN:
            raise RecordError(
                f"{where}: {key}: unknown field; known fields are {', '.join(_KNOWN)}"
            )
    for keys, kind, described in (
        (_TEXTS, str, "text"),
        (_NUMBERS, int, "a whole number"),
        ((*_LISTS, "links"), list, "an array"),
        (("extra",), dict, "an object"),
    ):
        for key in keys:
            found = value.get(key)
            if found is not None and (not isinstance(found, kind) or isinstance(found, bool)):
                raise RecordError(f"{where}: {key}: expected {described} or null")
    lists: dict[str, Any] = {
        key: tuple(_texts(value.get(key) or (), f"{where}: {key}")) for key in _LISTS
    }
    extra = value.get("extra") or {}
    _texts(extra.values(), f"{where}: extra")
    stars = value.get("stars")
    if stars is not None and not 0 <= stars <= _MOST_STARS:
        raise RecordError(f"{where}: stars: expected 0 to {_MOST_STARS:,}")
    arxiv = value.get("arxiv_id")
    source = value.get("year_from")
    if source not in (None, *get_args(YearSource)):
        expected = ", ".join(get_args(YearSource))
        raise RecordError(f"{where}: year_from: expected one of {expected}, or null")
    texts: dict[str, Any] = {key: value.get(key) or None for key in _TEXTS if key != "arxiv_id"}
    how: Any = value.get("kind") or "row"
    if how not in get_args(EntryKind):
        raise RecordError(f"{where}: kind: expected {', '.join(get_args(EntryKind))} or null")
    own_links = tuple(_link(link, f"{where}: links") for link in value.get("links") or ())
    if value.get("url") == "" and any(not link.url for link in own_links):
        texts["url"] = ""  # a title in brackets that leads nowhere: [A]()
    return Paper(
        id=value.get("id"),
        stars=stars,
        year=value.get("year"),
        kind=how,
        table=value.get("table") or (1 if how == "row" else None),
        list=value.get("list"),
        arxiv=ArxivId(arxiv, value.get("arxiv_version")) if arxiv else None,
        links=own_links,
        extra=extra,
        **texts,
        **lists,
    )


def _texts(values: Any, where: str) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise RecordError(f"{where}: expected text in it")
    return list(values)


def _link(value: Any, where: str) -> Link:
    link = value if isinstance(value, dict) else {}
    url, text, kind, cell = (link.get(key) for key in ("url", "text", "kind", "cell"))
    if not (isinstance(url, str) and kind in (None, *get_args(LinkKind))):
        raise RecordError(f"{where}: expected objects with url, and perhaps text, kind and cell")
    _texts([text or "", cell or ""], where)
    return Link(text or "", url, kind or "inline", Span(0, 0), cell)
