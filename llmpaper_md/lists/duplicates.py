"""When two rows of one list speak of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..reading.columns import is_name
from ..reading.document import Paper
from .identity import are_two, is_identifier, is_long, paper_key, title_key
from ..reading.links import is_paper
from ..linting.context import PaperRow, PaperTable


def first_seen(rows: Iterable[PaperRow]) -> Iterator[tuple[PaperRow, PaperRow, str]]:
    """Each row whose paper stood in a row before: the row, the first such, and what they share.

    A page that is no paper is shared by many (the repository of a family of models): there the
    titles have to be the same too. Of two identifiers that differ, none is a slip.
    """
    by_key: dict[str, PaperRow] = {}
    by_title: dict[str, PaperRow] = {}
    for row in rows:
        key, title = paper_key(row.paper), title_key(row.paper.title or "")
        first = None
        shared = key or ""
        if key:
            own = key
            if not (is_identifier(key) or is_paper(row.paper.url or "")):
                own = f"{key}\n{title}"
            first = by_key.setdefault(own, row)
            first = None if first is row else first
        if is_long(title):
            namesake = by_title.setdefault(title, row)
            if first is None and namesake is not row and not _apart(namesake.paper, row.paper):
                first, shared = namesake, "the same title"
        if first:
            yield row, first, shared


def _apart(one: Paper, other: Paper) -> bool:
    """Whether two rows of one title are two papers nevertheless.

    If neither has a link, the title may be no more than a promise of one.
    """
    return are_two(one, other) or not (one.url or other.url)


def speaks_of_more(table: PaperTable) -> tuple[int, ...]:
    """The columns by which rows of one paper can be two entries of a table.

    These are those of names (Model, Dataset) and those that no field knows (Task, Size).
    """
    named = table.named
    return tuple(
        index
        for index, (name, field) in enumerate(zip(named.names, named.fields, strict=True))
        if field is None or is_name(name)
    )
