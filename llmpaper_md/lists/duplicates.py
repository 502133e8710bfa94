"""Finding duplicates: entries of one list for the same paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ..reading.columns import is_name
from ..reading.document import Document, Entry, Paper
from ..reading.links import is_paper
from .facts import is_preprint, venue_key
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

    Without a link in either, a title may be a mere placeholder. A paper of a conference may be
    published in a journal some years later.
    """
    if are_distinct(one, other) or not (one.url or other.url):
        return True
    if is_preprint(one) or is_preprint(other) or not one.own_year or not other.own_year:
        return False
    return one.own_year != other.own_year and venue_key(one.venue or "") != venue_key(
        other.venue or ""
    )


# Columns of what a paper may be listed for more than once. Notes, keywords and places are none.
_SUBJECTS = frozenset(
    """
    task tasks subtask metric metrics datasets benchmarks corpus tool tools systems version variant
    backbone architecture size params parameters language modality resolution subset
    任务 数据集 指标 工具 版本 参数 参数量 规模 语言
    """.split()
)


def find_repeated(document: Document) -> list[tuple[Entry, Entry, str]]:
    """The entries whose paper is in their own table or list before: see `find_duplicates`.

    Entries of one paper that are about different things are left out: models, tasks, talks.
    """
    together: dict[int, list[Entry]] = {}
    for entry in document.entries:
        together.setdefault(id(entry.container), []).append(entry)
    return [
        found
        for entries in together.values()
        if next(find_duplicates(entries), None)
        for group in _by_subject(entries)
        for found in find_duplicates(group)
        if not _lead_elsewhere(found[0], found[1])
    ]


def _by_subject(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_subject(entry), []).append(entry)
    return groups.values()


def _subject(entry: Entry) -> tuple[str, ...]:
    """What an entry is about besides its paper.

    These are names and the like (Model, Dataset, Task, Size), and the first part if no field knows
    it: it says what the entries are about. Where the titles themselves are names, it is a table of
    models or results, and any part that no field knows is one more.
    """
    parts = entry.parts
    names_titles = any(part.field == "title" and is_name(part.name or "") for part in parts)
    first = next((part for part in parts if part.field not in ("id", "stars")), None)
    return tuple(
        f"{part.name}: {part.inline.text}"
        for part in parts
        if part.raw
        and part.name is not None
        and (
            (part.field in (None, "title") and is_name(part.name))
            or (part.field is None and (names_titles or part is first or _is_subject(part.name)))
        )
    )


def _is_subject(name: str) -> bool:
    return title_key(name) in _SUBJECTS


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
