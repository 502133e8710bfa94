"""What rules work on: one parsed file, read once for all of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from urllib.parse import unquote

from ..reading.blocks import Heading
from ..reading.document import Document, Entry, RowEntry, Table
from ..reading.inline import Inline, cell_excerpt, read_inline
from ..reading.link_spans import addresses, taken_in
from ..reading.links import Link
from ..reading.slugs import slug
from ..reading.tables import Cell
from ..setting_types import Option
from ..source import Edit, Excerpt, Source, Span
from .options import LintOptions

if TYPE_CHECKING:
    from ..repairing import Guess, Repair, Run


_CHINESE_HOST = re.compile(r"(?<=://)[^\x00-\x7f][^ \t\r\n\f\v<|]*+")


class Text(NamedTuple):
    """A stretch of inline Markdown: a cell, or a paragraph or heading outside tables."""

    excerpt: Excerpt
    inline: Inline
    cell: Cell | None = None


class GarbledRun(NamedTuple):
    """A damaged stretch, the edit that repairs it, and the guesses in it.

    Where nothing can be read from it, or it may be clean, there is no edit.
    """

    run: Run
    edit: Edit | None
    guesses: tuple[Guess, ...]


_Made = TypeVar("_Made")
_Given = TypeVar("_Given")


class Context:
    """One file as the rules see it. What several rules need is made only once."""

    def __init__(self, document: Document, options: LintOptions) -> None:
        self.document = document
        self.options = options
        self._cache: dict[object, object] = {}

    def cached(self, make: Callable[[Document], _Made]) -> _Made:
        """What ``make`` returns for the file. It is called once for all rules that share it."""
        return self.shared(make, self.document)

    def shared(self, make: Callable[[_Given], _Made], given: _Given) -> _Made:
        """The same for what is made from anything else: of this context, say."""
        if make not in self._cache:
            self._cache[make] = make(given)
        return cast(_Made, self._cache[make])

    def option(self, option: Option[_Made]) -> _Made:
        """What is set for an option of a rule, or its default."""
        value: _Made = self.options.rule_options.get(option.key, option.default)
        return value

    @property
    def source(self) -> Source:
        """The text, with its lines."""
        return self.document.source

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of papers."""
        return tuple(table for table in self.document.tables if table.kind == "papers")

    @property
    def siblings(self) -> tuple[tuple[RowEntry, ...], ...]:
        """The entries of the file, by the table that they are in."""
        return self.document.siblings

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of the file, in its order."""
        return self.document.entries

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All inline Markdown of the file in its order: cells, paragraphs and headings."""
        references = self.document.blocks.references
        texts = [
            Text(excerpt, read_inline(excerpt, references))
            for excerpt in self.document.blocks.texts
        ]
        for named in self.document.tables:
            header = named.grid.header.cells
            texts += (
                Text(excerpt, read_inline(excerpt, references), cell)
                for cell, excerpt in ((cell, cell_excerpt(cell)) for cell in header)
            )
            texts += (
                Text(cell_excerpt(cell), inline, cell)
                for row, inlines in zip(named.grid.rows, named.inlines, strict=True)
                for cell, inline in zip(row.cells, inlines, strict=True)
            )
        texts = [text for text in texts if text.excerpt.text]
        return tuple(sorted(texts, key=lambda text: text.excerpt.pieces[0][1]))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links of the file in its order."""
        return tuple(link for text in self.texts for link in text.inline.links)

    @cached_property
    def raw(self) -> tuple[Span, ...]:
        """Where the file is code, HTML or front matter: blocks, code spans, tags and comments."""
        source = self.source
        blocks = [
            Span(source.offset(first), source.offset(last - 1) + len(source.line(last - 1)))
            for first, last in self.document.blocks.raw
        ]
        spans = [span for text in self.texts for span in text.inline.code]
        return tuple(sorted(blocks + spans, key=lambda span: span.start))

    @cached_property
    def addresses(self) -> tuple[Span, ...]:
        """Where URLs are, apart from one another: bare ones, in links, images and definitions."""
        found: list[Span] = []
        for span in sorted(addresses(self.source, self.links, self.document.blocks)):
            if found and span.start < found[-1].end:
                found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
            else:
                found.append(span)
        return tuple(found)

    @cached_property
    def swallowed(self) -> tuple[Span, ...]:
        """What follows bare URLs without a space: to GitHub it is part of the URL, mostly."""
        source = self.source.text
        spans = [
            span
            for text in self.texts
            for span in taken_in(source, text.inline.links, text.excerpt)
        ]
        return tuple(sorted([*spans, *self.chinese_hosts]))

    @cached_property
    def chinese_hosts(self) -> tuple[Span, ...]:
        """Bare URLs, without their schemes, whose host has a Chinese name."""
        return tuple(Span(*match.span()) for match in _CHINESE_HOST.finditer(self.source.text))

    def swallowing(self, place: int) -> int | None:
        """Which bare URL, by number, a place is part of to GitHub; None if of none."""
        index = bisect_left(self.swallowed, (place, 0)) - 1
        return index if index >= 0 and place < self.swallowed[index].end else None

    @cached_property
    def anchors(self) -> frozenset[int]:
        """The lines of headings that a link of the file leads to, renamed with their text."""
        wanted = {slug(unquote(link.url[1:])) for link in self.links if link.url.startswith("#")}
        if not wanted:
            return frozenset()
        references = self.document.blocks.references
        return frozenset(
            heading.line
            for heading in self.document.blocks.blocks
            if isinstance(heading, Heading)
            and slug(read_inline(heading.content, references).text) in wanted
        )

    @cached_property
    def repair(self) -> Repair | None:
        """What repairing the file gives; None where it finds no damage, as in most files.

        Only text that may be misread loads the repair.
        """
        return misread(self.source.text)

    @cached_property
    def garbled(self) -> tuple[GarbledRun, ...]:
        """The damaged stretches, and those that may be."""
        if self.repair is None:
            return ()
        after = self.repair.text
        runs: list[GarbledRun] = []
        guesses = iter(self.repair.guesses)
        guess = next(guesses, None)
        for run in self.repair.runs:
            own: list[Guess] = []
            while guess is not None and guess.span.start < run.span.end:
                if guess.span.start >= run.span.start:
                    own.append(guess)
                guess = next(guesses, None)
            edit = None
            if run.repaired:
                edit = _minimal_edit(run.original.start, run.before, run.span.cut(after))
            runs.append(GarbledRun(run, edit, tuple(own)))
        return tuple(runs)

    @cached_property
    def _garbled_starts(self) -> list[int]:
        return [run.run.original.start for run in self.garbled]

    def is_garbled(self, span: Span) -> bool:
        """Whether part of a span is damaged, or may be: what stands there is half a character."""
        starts = self._garbled_starts
        place = bisect_right(starts, span.end) - 1
        return any(
            self.garbled[number].run.original.end >= span.start
            for number in range(place, max(-1, place - 2), -1)
        )

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """The parts of the file between those of `raw`, tables included."""
        return tuple(self._between(self.raw))

    @cached_property
    def wording(self) -> tuple[Span, ...]:
        """The parts of `prose` that are not URLs."""
        spans = sorted((*self.raw, *self.addresses), key=lambda span: span.start)
        return tuple(self._between(spans))

    def _between(self, spans: Iterable[Span]) -> Iterator[Span]:
        position = 0
        for span in spans:
            if span.start > position:
                yield Span(position, span.start)
            position = max(position, span.end)
        if position < len(self.source.text):
            yield Span(position, len(self.source.text))


def misread(text: str) -> Repair | None:
    """What repairing a text gives; None where it finds no damage."""
    from ..repairing.glance import may_be_damaged

    if not may_be_damaged(text):
        return None
    from ..repairing import repair

    repaired = repair(text)
    return repaired if repaired.runs else None


def _minimal_edit(start: int, old: str, new: str) -> Edit:
    """The edit that turns a line at ``start`` into another, without what both have in common."""
    head = _in_common(old, new)
    tail = _in_common(old[head:][::-1], new[head:][::-1])
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])


def _in_common(first: str, second: str) -> int:
    """The length of the common beginning of two texts."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(first), len(second)))
