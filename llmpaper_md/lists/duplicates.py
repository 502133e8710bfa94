"""When two rows of one list speak of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..reading.columns import is_name
from ..reading.document import Entry, Paper, Table
from ..reading.links import is_paper
from .identity import are_distinct, is_distinctive_title, is_identifier, paper_key, title_key


def find_duplicates(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, str]]:
    """Each entry whose paper was listed before: the entry, the first one, and what they share.

    A page that is no paper is shared by many (the repository of a family of models): there the
    titles have to be the same too. Of two identifiers that differ, none is a slip.
    """
    by_key: dict[str, Entry] = {}
    by_title: dict[str, Entry] = {}
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
    """Whether two rows of one title are two papers nevertheless.

    If neither has a link, the title may be no more than a promise of one.
    """
    return are_distinct(one, other) or not (one.url or other.url)


def entry_key_columns(table: Table) -> tuple[int, ...]:
    """The columns by which rows of one paper can be two entries of a table.

    These are those of names (Model, Dataset) and those that no field knows (Task, Size).
    """
    return tuple(
        index
        for index, (name, field) in enumerate(zip(table.names, table.fields, strict=True))
        if field is None or is_name(name)
    )
