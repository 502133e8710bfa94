"""How the papers of a table are numbered, and how to renumber them.

Not every column named No. numbers its rows: it may count samples or number groups of papers. The
rules check only columns in which most steps are by one, up or down, or most numbers are in order;
and those of a table that is sorted by its stars say which paper was added when.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from ..reading.document import Document, RowEntry
from ..reading.group_rows import is_group_row
from ..source import SPACES, Edit, Source, Span
from .paper_rows import titled_entries
from .ratings import STAR

_DIGITS = re.compile(r"\d++")
# 2a, 3.1, 4-5; a dash or another sign for "no number": intentional.
_INTENTIONAL = re.compile(r"\d|[\W_]++$")
_LETTERED = re.compile(r"([A-Za-z]+)[-.]?\d+")


class Series:
    """Entries that are numbered together: a table, or a part of one in which numbering restarts."""

    def __init__(self, source: Source, entries: tuple[RowEntry, ...]) -> None:
        self._source = source
        self.entries = entries

    @cached_property
    def _numbered(self) -> list[tuple[int, int]]:
        """Index in the series and number of each entry that has a number."""
        return [(i, e.paper.id) for i, e in enumerate(self.entries) if e.paper.id is not None]

    @cached_property
    def is_descending(self) -> bool:
        """Whether the newest paper comes first."""
        steps = [b - a for (_, a), (_, b) in pairwise(self._numbered)]
        return steps.count(-1) > steps.count(1)

    @cached_property
    def is_sequential(self) -> bool:
        """Whether the column numbers the rows."""
        if len(self._numbered) * 2 <= len(self.entries) or len(self._numbered) < 2:
            return False
        sign = -1 if self.is_descending else 1
        steps = [(j - i, (b - a) * sign) for (i, a), (j, b) in pairwise(self._numbered)]
        moving = [(rows, step) for rows, step in steps if step]
        if not moving:
            return self._numbered[0][1] == 1
        regular = sum(1 <= step <= rows for rows, step in moving)
        if regular * 2 < len(moving) and not self._is_mostly_in_order(sign):
            return False
        return not self._names_groups()

    def _is_mostly_in_order(self, sign: int) -> bool:
        """Whether the numbers from the first to the last are there once, most of them in order."""
        numbers = [number * sign for _, number in self._numbered]
        if len(set(numbers)) < len(numbers) or max(numbers) - min(numbers) >= len(numbers):
            return False
        if self._is_sorted_by_stars:
            return False
        # The last numbers of the longest runs in order, of each length the smallest.
        ends: list[int] = []
        for number in numbers:
            place = bisect_left(ends, number)
            ends[place : place + 1] = [number]
        return len(ends) * 4 >= len(numbers) * 3

    @property
    def _is_sorted_by_stars(self) -> bool:
        stars = [entry.paper.stars or 0 for entry in self.entries]
        return len(set(stars)) > 1 and stars == sorted(stars, reverse=True)

    def _names_groups(self) -> bool:
        """Whether the numbers are group numbers: 1, 1, 2, 2, 3."""
        numbers = [number for _, number in self._numbered]
        if numbers != sorted(numbers, reverse=self.is_descending):
            return False
        sizes = [size for size in Counter(numbers).values() if size > 1]
        return sum(sizes) * 2 >= len(numbers) and (len(sizes) > 1 or max(sizes) > 2)

    @cached_property
    def id_width(self) -> int:
        """The width to which most IDs are padded with zeros; 1 if they are not padded."""
        texts = [text_of(entry) for entry in self.entries if entry.paper.id is not None]
        widths = Counter(len(text) for text in texts if len(text) > 1 and text[0] == "0")
        if not widths:
            return 1
        width = max(widths, key=lambda width: (widths[width], width))
        plain = sum(text[0] != "0" and len(text) < width for text in texts)
        return width if widths[width] >= plain else 1

    def is_invalid(self, entry: RowEntry) -> bool:
        """Whether an ID is not a number, or is padded differently from the others."""
        if entry.paper.id is None:
            return bool(text_of(entry)) and not self._is_intentional(text_of(entry))
        return text_of(entry).isascii() and text_of(entry) != f"{entry.paper.id:0{self.id_width}}"

    def _is_intentional(self, text: str) -> bool:
        """Whether an ID that is not a number is intentional."""
        match = _LETTERED.fullmatch(text)
        return bool(_INTENTIONAL.match(text) or (match and self._prefixes[match[1]] > 1))

    @cached_property
    def _prefixes(self) -> Counter[str]:
        matches = (_LETTERED.fullmatch(text_of(e)) for e in self.entries if e.paper.id is None)
        return Counter(match[1] for match in matches if match)

    @cached_property
    def repeated(self) -> dict[int, int]:
        """Index of each entry with a number used before, and the index of its first use."""
        first: dict[int, int] = {}
        return {i: first[n] for i, n in self._numbered if first.setdefault(n, i) != i}

    @cached_property
    def first_number(self) -> int:
        """The number to start from when the series is numbered again."""
        entries = self.entries[::-1] if self.is_descending else self.entries
        return _start([entry.paper.id for entry in entries])

    @cached_property
    def renumbering(self) -> tuple[Edit, ...]:
        """Edits that renumber all entries; empty if one of them cannot be written safely."""
        entries = self.entries[::-1] if self.is_descending else self.entries
        edits = []
        for number, entry in enumerate(entries, self.first_number):
            text = f"{number:0{self.id_width}}"
            if text == text_of(entry):
                continue
            if entry.paper.id is None and text_of(entry) and self._is_intentional(text_of(entry)):
                return ()
            edit = self._edit(entry, text)
            if edit is None:
                return ()
            edits.append(edit)
        edits.sort(key=lambda edit: edit.span.start)
        return tuple(edits)

    def _edit(self, entry: RowEntry, number: str) -> Edit | None:
        cell = entry.part("id")
        if cell is None:
            return None
        if not cell.raw:
            return self._fill(cell.span.start, number)
        # Stars stay in place, and so do the digits in their shortcodes.
        rest = STAR.sub(lambda match: "\ufe0f" * len(match[0]), cell.raw)
        if not text_of(entry):
            return Edit(Span(cell.span.start, cell.span.start), number)
        old = _DIGITS.findall(rest) if entry.paper.id is not None else [text_of(entry)]
        if len(old) != 1 or rest.count(old[0]) != 1:
            return None
        start = cell.span.start + rest.index(old[0])
        return Edit(Span(start, start + len(old[0])), number)

    def _fill(self, start: int, number: str) -> Edit:
        """Write a number into an empty cell, keeping its width if possible."""
        text, end = self._source.text, start
        while text[end : end + 1] and text[end] in SPACES:
            end += 1
        if not text.startswith("|", end):
            return Edit(Span(start, start), number)
        free = min(max(end - start - 1, 0), len(number))
        return Edit(Span(start, start + free), number if end > start else f" {number} ")


def _start(numbers: list[int | None]) -> int:
    """The number of the first row, given the current numbers."""
    index, first = next((i, n) for i, n in enumerate(numbers) if n is not None)
    start = max(first - index, min(first, 1))
    known = [number for number in numbers if number is not None]
    are_all_there = sorted(known) == [*range(min(known), min(known) + len(known))]
    return min(known) if are_all_there or sum(n < start for n in known) * 2 > len(known) else start


def text_of(entry: RowEntry) -> str:
    """The ID as written, without stars; empty if there is none."""
    return entry.paper.id_text or ""


def all_series(document: Document) -> list[Series]:
    """The series of all tables of papers whose ID column numbers the rows."""
    return [
        series
        for entries, titled in zip(document.siblings, titled_entries(document), strict=True)
        if entries[0].container.has("id")
        for series in _split(entries, titled, document.source)
        if series.is_sequential
    ]


def _split(
    entries: Sequence[RowEntry], titled: Sequence[RowEntry], source: Source
) -> Iterator[Series]:
    lines = {entry.line for entry in titled}
    # None stands for a group row.
    kept: list[RowEntry | None] = []
    for entry in entries:
        last = kept[-1] if kept else None
        number = entry.paper.id
        if entry.line in lines:
            kept.append(entry)
        elif is_group_row(entry):
            # The next number alone in a row reserves it.
            before = last.paper.id if last else None
            kept.append(entry if before is not None and number == before + 1 else None)
        elif number is not None:
            kept.append(entry)
    current: list[RowEntry] = []
    first = before = None
    after_group = False
    for now, following in zip(kept, _following(kept), strict=True):
        if now is None:
            after_group = True
            continue
        if now.paper.id is not None:
            if _begins_again(first, before, now.paper.id, following, after_group):
                yield Series(source, tuple(current))
                current, first = [], None
            first = now.paper.id if first is None else first
            before, after_group = now.paper.id, False
        current.append(now)
    yield Series(source, tuple(current))


def _following(entries: list[RowEntry | None]) -> list[int | None]:
    """For each entry, the next number after it."""
    following: list[int | None] = []
    upcoming: int | None = None
    for entry in reversed(entries):
        following.append(upcoming)
        if entry and entry.paper.id is not None:
            upcoming = entry.paper.id
    return following[::-1]


def _begins_again(
    first: int | None, before: int | None, number: int, following: int | None, after_group: bool
) -> bool:
    """Whether a number begins another series: 1, 2, 3, 1, 2, or any other number after a group row.

    ``first`` is the first number of the series; ``before`` and ``following`` surround ``number``.
    """
    if first is None or before is None:
        return False
    if after_group:
        goes_on = before + 1 if first < before else before - 1 if first > before else None
        return number != goes_on and (goes_on is not None or abs(number - before) != 1)
    if number < before:
        return number == first and following == number + 1
    return before == 1 < number and following == number - 1 and first != 1
