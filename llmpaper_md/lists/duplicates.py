"""Finding duplicates: entries of one list for the same paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..reading.columns import is_name
from ..reading.document import Document, Entry, Paper, Table
from ..reading.links import is_paper
from .identity import are_distinct, is_distinctive_title, is_identifier, paper_key, title_key


def find_duplicates(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, str]]:
    """Each entry whose paper was listed before: the entry, the first one, and what they share.

    A page that is not a paper may be shared by many (the repository of a family of models): then
    the titles must be the same too. Different identifiers are taken to be intended.
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
    """Whether two entries with the same title are different papers.

    Without a link in either, a title may be a mere placeholder.
    """
    return are_distinct(one, other) or not (one.url or other.url)


# Columns of what a paper may be listed for more than once. Notes, keywords and places are none.
_SUBJECTS = frozenset(
    """
    task tasks subtask metric metrics datasets benchmarks corpus tool tools systems version variant
    backbone architecture size params parameters language modality resolution subset
    任务 数据集 指标 工具 版本 参数 参数量 规模 语言
    """.split()
)


def entry_key_columns(container: Table) -> tuple[int, ...]:
    """The columns that can make rows of the same paper distinct entries of a table.

    These are columns of names and the like (Model, Dataset, Task, Size), and the first column if no
    field knows it: it says what the rows are about. Where the titles themselves are in a column of
    names, it is a table of models or results, and any column that no field knows is one more.
    """
    fields, names = container.fields, container.names
    title = fields.index("title") if "title" in fields else None
    names_titles = title is not None and is_name(names[title])
    first = next((i for i, field in enumerate(fields) if field not in ("id", "stars")), None)
    return tuple(
        index
        for index, (name, field) in enumerate(zip(names, fields, strict=True))
        if is_name(name)
        or (field is None and (names_titles or index == first or title_key(name) in _SUBJECTS))
    )


def find_repeated(document: Document) -> list[tuple[Entry, Entry, str]]:
    """The entries whose paper is in their own table before: see `find_duplicates`."""
    return [
        found
        for entries in document.siblings
        for group in _by_subject(entries)
        for found in find_duplicates(group)
        if not _lead_elsewhere(found[0], found[1])
    ]


def _lead_elsewhere(entry: Entry, first: Entry) -> bool:
    """Whether entries link to different things about a paper, such as talks on it."""
    one, other = _other_links(entry), _other_links(first)
    return any(
        urls and other.get(name) and urls.isdisjoint(other[name]) for name, urls in one.items()
    )


def _other_links(entry: Entry) -> dict[str | None, set[str]]:
    """Where links lead in the parts that no field knows, by the parts' names."""
    return {
        part.name: urls
        for part in entry.parts
        if part.field is None
        and (urls := {link.url for link in part.inline.links if link.kind != "image"})
    }


def _by_subject(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    groups: dict[tuple[str, ...], list[Entry]] = {}
    columns: tuple[int, ...] | None = None
    for entry in entries:
        if columns is None:
            columns = entry_key_columns(entry.container)
        cells = entry.inlines
        key = tuple(cells[i].text if i < len(cells) else "" for i in columns)
        groups.setdefault(key, []).append(entry)
    return groups.values()
