"""How the papers of a table are numbered, and how they would be numbered anew.

Not every column called No. numbers its rows: it may count samples or name the groups that papers
belong to. Only a column most of whose steps are by one, up or down, is judged by the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ..reading.group_rows import is_group
from ..source import BLANKS, Edit, Source, Span
from ..linting.context import Context, PaperRow, PaperTable
from ..linting.findings import Fix
from .ratings import STAR
from .paper_rows import listed, place

_DIGITS = re.compile(r"\d++")
# 2a, 3.1, 4-5; a dash or another sign for "no number": meant as they are.
_MEANT = re.compile(r"\d|[\W_]++$")
_LETTERED = re.compile(r"([A-Za-z]+)[-.]?\d+")


class Entry(NamedTuple):
    """A row of a numbered table: its number, or None, and what stands in place of one."""

    row: PaperRow
    number: int | None
    text: str

    @property
    def span(self) -> Span:
        """Where the ID stands, or the row where there is none."""
        return place(self.row, "id")


class Series:
    """Rows that are numbered together: a table, or the part of it that starts anew."""

    def __init__(self, source: Source, entries: tuple[Entry, ...]) -> None:
        self._source = source
        self.entries = entries

    @cached_property
    def _numbered(self) -> list[tuple[int, int]]:
        """Place in the series and number, of the entries that have one."""
        return [(i, e.number) for i, e in enumerate(self.entries) if e.number is not None]

    @cached_property
    def is_descending(self) -> bool:
        """Whether the newest paper comes first."""
        steps = [b - a for (_, a), (_, b) in pairwise(self._numbered)]
        return steps.count(-1) > steps.count(1)

    @cached_property
    def counts(self) -> bool:
        """Whether the column numbers the rows at all."""
        if len(self._numbered) * 2 <= len(self.entries) or len(self._numbered) < 2:
            return False
        sign = -1 if self.is_descending else 1
        steps = [(j - i, (b - a) * sign) for (i, a), (j, b) in pairwise(self._numbered)]
        moving = [(rows, step) for rows, step in steps if step]
        if not moving:
            return self._numbered[0][1] == 1
        regular = sum(1 <= step <= rows for rows, step in moving)
        return regular * 2 >= len(moving) and not self._names_groups()

    def _names_groups(self) -> bool:
        """Whether the numbers are those of groups: 1, 1, 2, 2, 3."""
        numbers = [number for _, number in self._numbered]
        if numbers != sorted(numbers, reverse=self.is_descending):
            return False
        sizes = [size for size in Counter(numbers).values() if size > 1]
        return sum(sizes) * 2 >= len(numbers) and (len(sizes) > 1 or max(sizes) > 2)

    @cached_property
    def padding(self) -> int:
        """How wide most IDs are that zeros could make wider; 1 where they are written plainly."""
        texts = [entry.text for entry in self.entries if entry.number is not None]
        widths = Counter(len(text) for text in texts if len(text) > 1 and text[0] == "0")
        if not widths:
            return 1
        width = max(widths, key=lambda width: (widths[width], width))
        plain = sum(text[0] != "0" and len(text) < width for text in texts)
        return width if widths[width] >= plain else 1

    def is_invalid(self, entry: Entry) -> bool:
        """Whether an ID is no number, or padded unlike the others."""
        if entry.number is None:
            return bool(entry.text) and not self._is_meant(entry.text)
        return entry.text.isascii() and entry.text != f"{entry.number:0{self.padding}}"

    def _is_meant(self, text: str) -> bool:
        """Whether an ID that is no number was given with intent."""
        match = _LETTERED.fullmatch(text)
        return bool(_MEANT.match(text) or (match and self._prefixes[match[1]] > 1))

    @cached_property
    def _prefixes(self) -> Counter[str]:
        matches = (_LETTERED.fullmatch(e.text) for e in self.entries if e.number is None)
        return Counter(match[1] for match in matches if match)

    @cached_property
    def repeated(self) -> dict[int, int]:
        """The entries with a number that another has before them, and which that is."""
        first: dict[int, int] = {}
        return {i: first[n] for i, n in self._numbered if first.setdefault(n, i) != i}

    @cached_property
    def fix(self) -> Fix | None:
        """New numbers for all rows, None where one of them cannot be written for sure."""
        entries = self.entries[::-1] if self.is_descending else self.entries
        start = _start([entry.number for entry in entries])
        edits = []
        for number, entry in enumerate(entries, start):
            text = f"{number:0{self.padding}}"
            if text == entry.text:
                continue
            if entry.number is None and entry.text and self._is_meant(entry.text):
                return None
            edit = self._edit(entry, text)
            if edit is None:
                return None
            edits.append(edit)
        edits.sort(key=lambda edit: edit.span.start)
        return Fix(tuple(edits), "unsafe") if edits else None

    def _edit(self, entry: Entry, number: str) -> Edit | None:
        cell = entry.row.cell("id")
        if cell is None:
            return None
        if not cell.raw:
            return self._fill(cell.span.start, number)
        # Stars keep their places, and so do the digits in their shortcodes.
        rest = STAR.sub(lambda match: "\ufe0f" * len(match[0]), cell.raw)
        if not entry.text:
            return Edit(Span(cell.span.start, cell.span.start), number)
        old = _DIGITS.findall(rest) if entry.number is not None else [entry.text]
        if len(old) != 1 or rest.count(old[0]) != 1:
            return None
        start = cell.span.start + rest.index(old[0])
        return Edit(Span(start, start + len(old[0])), number)

    def _fill(self, start: int, number: str) -> Edit:
        """Write a number into an empty cell, whose width stays the same if it can."""
        text, end = self._source.text, start
        while text[end : end + 1] and text[end] in BLANKS:
            end += 1
        if not text.startswith("|", end):
            return Edit(Span(start, start), number)
        free = min(max(end - start - 1, 0), len(number))
        return Edit(Span(start, start + free), number if end > start else f" {number} ")


def _start(numbers: list[int | None]) -> int:
    """The number of the first row, given what rows are numbered now."""
    index, first = next((i, n) for i, n in enumerate(numbers) if n is not None)
    start = max(first - index, min(first, 1))
    known = [number for number in numbers if number is not None]
    return min(known) if sum(n < start for n in known) * 2 > len(known) else start


def all_series(context: Context) -> list[Series]:
    """The series of all tables of papers whose ID column numbers the rows."""
    return [
        series
        for table, papers in context.once(listed)
        if table.has("id")
        for series in _split(table, papers, context.source)
        if series.counts
    ]


def _split(table: PaperTable, papers: list[PaperRow], source: Source) -> Iterator[Series]:
    lines = {row.row.line for row in papers}
    # None stands for a row that names a group.
    entries: list[Entry | None] = []
    for row in table.rows:
        entry = Entry(row, row.paper.id, row.paper.id_text or "")
        last = entries[-1] if entries else None
        if row.row.line in lines:
            entries.append(entry)
        elif is_group(row.row, row.table, row.paper):
            # A number alone keeps a place free, if it is the next one.
            free = last and last.number is not None and entry.number == last.number + 1
            entries.append(entry if free else None)
        elif entry.number is not None:
            entries.append(entry)
    current: list[Entry] = []
    first = before = None
    after_group = False
    for now, following in zip(entries, _following(entries), strict=True):
        if now is None:
            after_group = True
            continue
        if now.number is not None:
            if _begins_anew(first, before, now.number, following, after_group):
                yield Series(source, tuple(current))
                current, first = [], None
            first = now.number if first is None else first
            before, after_group = now.number, False
        current.append(now)
    yield Series(source, tuple(current))


def _following(entries: list[Entry | None]) -> list[int | None]:
    """For each entry the next number after it."""
    following: list[int | None] = []
    upcoming: int | None = None
    for entry in reversed(entries):
        following.append(upcoming)
        if entry and entry.number is not None:
            upcoming = entry.number
    return following[::-1]


def _begins_anew(
    first: int | None, before: int | None, number: int, following: int | None, after_group: bool
) -> bool:
    """Whether a number begins another series: 1, 2, 3, 1, 2, or any other below a group's name.

    ``first`` is what the series began with, ``before`` and ``following`` stand around ``number``.
    """
    if first is None or before is None:
        return False
    if after_group:
        goes_on = before + 1 if first < before else before - 1 if first > before else None
        return number != goes_on and (goes_on is not None or abs(number - before) != 1)
    if number < before:
        return number == first and following == number + 1
    return before == 1 < number and following == number - 1 and first != 1
