"""What rules work on: one parsed file, read once for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from urllib.parse import unquote

from ..reading.blocks import Heading
from ..reading.document import Document, Entry, Table
from ..reading.inline import Inline, cell_excerpt, read_inline
from ..reading.link_spans import addresses
from ..reading.links import Link
from ..reading.slugs import slug
from ..reading.tables import Cell
from ..setting_types import Option
from ..source import Edit, Excerpt, Source, Span
from .options import LintOptions

if TYPE_CHECKING:
    from ..repairing import Guess, Repair

# Misread text shows the lead byte of a character and what follows it as two letters or signs of
# one code page; the ranges hold those of all pages, less what occurs in clean Chinese.
# (One class first, and then which of its characters it was: what begins with alternatives is
# searched for ten times as slowly.)
_MAYBE_MISREAD = re.compile(
    "[\x80-\x9f\xa1-\u06ff\u2030-\u20ac\u2122-\u2265\u2500-\u25ff\ufb01\ufb02]"
    "(?:(?<=[\x80-\x9f])|(?<=[ÂÃ]) |[\x80-\u06ff\u2000-\u2265\u2500-\u25ff\ufffd?])"
)


class Text(NamedTuple):
    """A stretch of inline Markdown: a cell, or a paragraph or heading outside tables."""

    excerpt: Excerpt
    inline: Inline
    cell: Cell | None = None


class GarbledLine(NamedTuple):
    """A line that the repair changes, how, and the guesses in it."""

    number: int
    edit: Edit
    guesses: tuple[Guess, ...]


_Made = TypeVar("_Made")


class Context:
    """One file as the rules see it. What several rules need is made only once."""

    def __init__(self, document: Document, options: LintOptions) -> None:
        self.document = document
        self.options = options
        self._cache: dict[Callable[[Document], object], object] = {}

    def cached(self, make: Callable[[Document], _Made]) -> _Made:
        """What ``make`` returns for the file. It is called once for all rules that share it."""
        if make not in self._cache:
            self._cache[make] = make(self.document)
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
    def siblings(self) -> tuple[tuple[Entry, ...], ...]:
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
        """The places of URLs: bare ones, and the destinations of links, images and definitions."""
        found = addresses(self.source, self.links, self.document.blocks)
        return tuple(sorted(found, key=lambda span: span.start))

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
        """What repairing the file gives; None where nothing is garbled, as in most files.

        Only text that may be misread loads the repair.
        """
        return misread(self.source.text)

    @cached_property
    def garbled(self) -> tuple[GarbledLine, ...]:
        """The lines that the repair changes."""
        if self.repair is None:
            return ()
        before, after = self.source, Source.of(self.repair.text)
        guesses: dict[int, list[Guess]] = {}
        for guess in self.repair.guesses:
            guesses.setdefault(after.position(guess.span.start).line, []).append(guess)
        lines = []
        # A repair changes no line ends.
        for number in range(1, len(before.line_starts) + 1):
            start, old, new = (
                before.line_starts[number - 1],
                before.line(number),
                after.line(number),
            )
            if old != new:
                edit = _minimal_edit(start, old, new)
                lines.append(GarbledLine(number, edit, tuple(guesses.get(number, ()))))
        return tuple(lines)

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
    """What repairing a text gives; None where it changes nothing."""
    if text.isascii() or not _MAYBE_MISREAD.search(text):
        return None
    from ..repairing import repair

    repaired = repair(text)
    return repaired if repaired.text != text else None


def _minimal_edit(start: int, old: str, new: str) -> Edit:
    """The edit that turns a line at ``start`` into another, without what both have in common."""
    head = _in_common(old, new)
    tail = _in_common(old[head:][::-1], new[head:][::-1])
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])


def _in_common(first: str, second: str) -> int:
    """The length of the common beginning of two texts."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(first), len(second)))
