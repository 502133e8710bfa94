"""Finding duplicates: entries of one list for the same paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ..reading.columns import is_name
from ..reading.document import Entry, Paper, Table
from ..reading.links import is_paper
from .identity import are_distinct, is_distinctive_title, is_identifier, paper_key, title_key

E = TypeVar("E", bound=Entry)


def find_duplicates(entries: Iterable[E]) -> Iterator[tuple[E, E, str]]:
    """Each entry whose paper was listed before: the entry, the first one, and what they share.

    A page that is not a paper may be shared by many (the repository of a family of models): then
    the titles must be the same too. Different identifiers are taken to be intended.
    """
    by_key: dict[str, E] = {}
    by_title: dict[str, E] = {}
    for entry in entries:
        key, title = paper_key(entry.paper), title_key(entry.paper.title or "")
        first = None
        shared = key or ""
        if key:
            own = key
            if not (is_identifier(key) or is_paper(entry.paper.url or "")):
                own = f"{key}\n{title}"
            first = by_key.setdefault(own, entry)
            first = None if first is entry else first
        if is_distinctive_title(title):
            namesake = by_title.setdefault(title, entry)
            if first is None and namesake is not entry and not _apart(namesake.paper, entry.paper):
                first, shared = namesake, "the same title"
        if first:
            yield entry, first, shared


def _apart(one: Paper, other: Paper) -> bool:
    """Whether two entries with the same title are different papers.

    Without a link in either, a title may be a mere placeholder.
    """
    return are_distinct(one, other) or not (one.url or other.url)


def entry_key_columns(table: Table) -> tuple[int, ...]:
    """The columns that can make rows of the same paper distinct entries of a table.

    These are columns of names (Model, Dataset) and columns of no known field (Task, Size).
    """
    return tuple(
        index
        for index, (name, field) in enumerate(zip(table.names, table.fields, strict=True))
        if field is None or is_name(name)
    )
