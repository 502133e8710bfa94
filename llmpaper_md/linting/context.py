"""What the rules are given: one parsed file, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..columns import Field
from ..document import Document, NamedTable, Paper
from ..inline import Inline, cell_excerpt, read_inline
from ..links import Link
from ..source import Excerpt, Source, Span
from ..tables import Cell, Row
from .options import Options


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of inline Markdown: a cell, or a paragraph or heading outside tables."""

    excerpt: Excerpt
    inline: Inline
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of a table of papers that holds anything, and the paper read from it."""

    table: NamedTable
    row: Row
    inlines: tuple[Inline, ...]
    paper: Paper

    def cell(self, field: Field) -> Cell | None:
        """The row's cell in the first column of a field, None if there is none."""
        index = self._index(field)
        return self.row.cells[index] if index < len(self.row.cells) else None

    def inline(self, field: Field) -> Inline | None:
        """What that cell says."""
        index = self._index(field)
        return self.inlines[index] if index < len(self.inlines) else None

    def _index(self, field: Field) -> int:
        fields = self.table.fields
        return fields.index(field) if field in fields else len(self.row.cells)


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of papers with its rows, empty ones left out."""

    named: NamedTable
    rows: tuple[PaperRow, ...]

    def has(self, field: Field) -> bool:
        """Whether the table has a column for a field."""
        return field in self.named.fields


class Context:
    """One file as the rules see it. What several rules need is made once."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document = document
        self.options = options

    @property
    def source(self) -> Source:
        """The text, with its lines."""
        return self.document.source

    @cached_property
    def tables(self) -> tuple[PaperTable, ...]:
        """The tables of papers."""
        papers = {paper.line: paper for paper in self.document.papers}
        return tuple(
            PaperTable(
                named,
                tuple(
                    PaperRow(named, row, inlines, papers[row.line])
                    for row, inlines in zip(named.table.rows, named.inlines, strict=True)
                    if row.line in papers
                ),
            )
            for named in self.document.tables
            if named.kind == "papers"
        )

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All inline Markdown of the file in its order: cells, paragraphs and headings."""
        references = self.document.blocks.references
        texts = [
            Text(excerpt, read_inline(excerpt, references))
            for excerpt in self.document.blocks.texts
        ]
        for named in self.document.tables:
            header = named.table.header.cells
            texts += (
                Text(excerpt, read_inline(excerpt, references), cell)
                for cell, excerpt in ((cell, cell_excerpt(cell)) for cell in header)
            )
            texts += (
                Text(cell_excerpt(cell), inline, cell)
                for row, inlines in zip(named.table.rows, named.inlines, strict=True)
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

    def prose(self) -> Iterator[Span]:
        """The stretches of the file between `raw` ones, tables included."""
        position = 0
        for span in self.raw:
            if span.start > position:
                yield Span(position, span.start)
            position = max(position, span.end)
        if position < len(self.source.text):
            yield Span(position, len(self.source.text))
