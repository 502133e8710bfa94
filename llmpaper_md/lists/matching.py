"""Matching two lists: which entries are the same paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from ..reading.document import Document, Entry, RowEntry
from ..reading.group_rows import is_paper_row
from ..reading.links import is_paper
from .identity import are_distinct, is_distinctive_title, is_identifier, paper_key, title_key

# An entry is compared with at most this many entries of the same title.
_TRIED = 16


E = TypeVar("E", bound=Entry)


class MatchResult(NamedTuple, Generic[E]):
    """Pairs of entries for the same paper in two lists, and the entries that only one list has."""

    matched: list[tuple[E, E]]
    only_a: list[E]
    only_b: list[E]


def paper_entries(document: Document) -> list[Entry]:
    """The entries of a list that are papers, in order, without group rows and stray text."""
    source = document.source
    return [entry for entry in document.entries if is_paper_row(entry, source)]


def paper_rows(document: Document) -> list[RowEntry]:
    """Those of them that are in tables."""
    source = document.source
    return [entry for entry in document.rows if is_paper_row(entry, source)]


def row_text_key(entry: Entry) -> str:
    """The key of an entry without a link: its title, or else its other texts."""
    if key := title_key(entry.paper.title or ""):
        return key
    texts = (
        part.inline.text
        for part in entry.parts
        if part.name is not None and part.field not in ("id", "stars")
    )
    return "\n".join(sorted(filter(None, map(title_key, texts))))


def match_entries(
    first: Sequence[E], second: Sequence[E], *, strict: bool = False
) -> MatchResult[E]:
    """Match the entries of two lists that are for the same paper.

    Entries are matched by canonical key (several entries with the same key by title and section if
    possible, else in order), then by title if it is distinctive; entries without a link by any
    title.

    Args:
        first: the entries of list A.
        second: the entries of list B.
        strict: whether different papers can have the same distinctive title (see `are_distinct`).
    """
    pairing = _Pairing(first, second)
    keys = _remembered(lambda entry: paper_key(entry.paper) or None)
    titles = _remembered(lambda entry: title_key(entry.paper.title or "") or None)
    pairing.by(lambda entry: keys(entry) and (keys(entry), titles(entry), entry.section_path))
    pairing.by(lambda entry: keys(entry) and (keys(entry), titles(entry)))
    pairing.by(lambda entry: keys(entry) and (keys(entry), entry.section_path))
    pairing.by(keys)
    long = _remembered(
        lambda entry: titles(entry) if is_distinctive_title(titles(entry) or "") else None
    )
    pairing.by(lambda entry: long(entry) and (long(entry), entry.section_path), strict=strict)
    pairing.by(long, strict=strict)
    pairing.by(lambda entry: None if keys(entry) else (row_text_key(entry), entry.section_path))
    pairing.by(lambda entry: None if keys(entry) else row_text_key(entry) or None)
    return pairing.done()


def _remembered(key: Callable[[Entry], str | None]) -> Callable[[Entry], str | None]:
    known: dict[int, str | None] = {}

    def remembered(entry: Entry) -> str | None:
        place = id(entry)  # hashing an entry takes longer than computing its key
        if place not in known:
            known[place] = key(entry)
        return known[place]

    return remembered


class _Pairing(Generic[E]):
    """The matching in progress: indexes of the entries that are not matched yet."""

    def __init__(self, first: Sequence[E], second: Sequence[E]) -> None:
        self._first, self._second = first, second
        self._paired: dict[int, int] = {}
        self._left = list(range(len(first)))
        self._right = list(range(len(second)))

    def by(self, key: Callable[[Entry], Hashable], *, strict: bool = False) -> None:
        """Match the entries with the same key, in order; those without a key are left."""
        if not (self._left and self._right):
            return
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for i in reversed(self._left):
            own = key(self._first[i])
            if own is not None:
                waiting[own].append(i)
        for j in self._right:
            own = key(self._second[j])
            queue = waiting.get(own) if own is not None else None
            if not queue:
                continue
            for place in range(len(queue) - 1, max(len(queue) - 1 - _TRIED, -1), -1):
                i = queue[place]
                if not strict or not are_distinct(self._first[i].paper, self._second[j].paper):
                    del queue[place]
                    self._paired[j] = i
                    break
        taken = set(self._paired.values())
        self._left = [i for i in self._left if i not in taken]
        self._right = [j for j in self._right if j not in self._paired]

    def done(self) -> MatchResult[E]:
        return MatchResult(
            [(self._first[i], self._second[j]) for j, i in sorted(self._paired.items())],
            _at(self._first, self._left),
            _at(self._second, self._right),
        )


def _at(listed: Sequence[E], places: Iterable[int]) -> list[E]:
    return [listed[place] for place in places]


class KnownEntries(Generic[E]):
    """The papers that a list has, to look up whether another entry is one of them.

    Unlike `match_entries` it does not use up an entry: a list that has a paper once has it, however
    often another list has it.
    """

    def __init__(self, listed: Sequence[E]) -> None:
        self._by_key: dict[str, E] = {}
        self._by_page: dict[tuple[str, str], E] = {}
        self._by_title: defaultdict[str, list[E]] = defaultdict(list)
        self._by_label: dict[str, E] = {}
        for entry in listed:
            key, title = paper_key(entry.paper), title_key(entry.paper.title or "")
            if key:
                self._by_key.setdefault(key, entry)
                self._by_page.setdefault((key, title), entry)
            elif own := row_text_key(entry):
                self._by_label.setdefault(own, entry)
            if is_distinctive_title(title) and len(self._by_title[title]) < _TRIED:
                self._by_title[title].append(entry)

    def find(self, entry: E) -> E | None:
        """The first entry for the same paper.

        A page that is not a paper may be shared by many (the repository of a family of models):
        then the titles must be the same too.
        """
        paper, title = entry.paper, title_key(entry.paper.title or "")
        key = paper_key(paper)
        found = self._by_page.get((key, title)) if key else self._by_label.get(row_text_key(entry))
        if found is None and is_distinctive_title(title):
            namesakes = self._by_title.get(title, ())
            found = next((one for one in namesakes if not are_distinct(one.paper, paper)), None)
        if found is None and key and (is_identifier(key) or is_paper(paper.url or "")):
            found = self._by_key.get(key)
        return found
