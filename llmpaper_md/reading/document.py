"""What a list of papers is made of, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Literal

from ..choices import PLACES, Place
from ..source import Source, Span
from .blocks import Blocks
from .columns import Field
from .inline import Inline
from .links import ArxivId, Link
from .paper_fields import YearSource
from .sections import Section
from .stars import MAX_STARS
from .tables import Grid, Row


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the section it stands in, and what its columns mean.

    ``number`` counts the file's tables from 1, ``names`` are the plain names of the columns
    made unique, ``fields`` what each column is, None where no field knows it, ``inlines`` the
    cells of each row as they are read. A table that lists papers has a title column.

    >>> from llmpaper_md.reading.parser import parse
    >>> table = parse("# S\\n| No. | Paper | GPU |\\n| - | - | - |\\n| 1 | A | 8 |").tables[0]
    >>> table.kind, table.fields, table.section.title
    ('papers', ('id', 'title', None), 'S')
    >>> table.cells(table.grid.rows[0])
    {'No.': '1', 'Paper': 'A', 'GPU': '8'}
    """

    grid: Grid
    number: int
    section: Section | None
    names: tuple[str, ...]
    fields: tuple[Field | None, ...]
    inlines: tuple[tuple[Inline, ...], ...]

    @property
    def kind(self) -> Literal["papers", "other"]:
        """Whether the table lists papers."""
        return "papers" if "title" in self.fields else "other"

    def has(self, field: Field) -> bool:
        """Whether the table has a column for a field."""
        return field in self.fields

    def cells(self, row: Row) -> dict[str, str]:
        """The source text of a row's cells by column name; surplus cells have none."""
        return {name: cell.raw for name, cell in zip(self.names, row.cells, strict=False)}


_NOWHERE = Span(0, 0)


EntryKind = Literal["row", "item", "paragraph"]
"""What a paper is in the Markdown: a row of a table, a list item, or text of its own."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a list has it: a row of a table, a list item or a paragraph.

    What the list does not say is None. ``id`` is a number, its text as written in ``id_text``;
    ``stars`` counts them in a table that has any; ``title``, without labels, icons and quotation
    marks, and ``introduction_text`` are plain text, ``introduction``, ``extra`` and ``surplus``
    source text; ``name`` is what the list calls the model, method or data set that the paper is
    about, where that is not the title; ``links`` are those of all cells in order; ``code`` are
    URLs of repositories, and of what the list calls code; ``year_from`` says what has the year:
    the ``entry``, a ``heading`` above it or the ``arxiv`` identifier; ``date`` is in ISO 8601, as
    precise as the list has it, and ``date_text`` as written; ``extra`` holds the cells of columns
    that no field knows, by name; ``surplus`` cells beyond the last column; ``section`` titles from
    the outermost in. ``kind`` says how the list has it; ``table``, or ``list`` for a list item, and
    ``line`` count from 1, ``span`` is that of the row or item in code points; for a paper that was
    not read from a list, ``line`` is 0 and ``span`` empty.

    >>> from llmpaper_md.reading.parser import parse
    >>> text = "| ID | Paper | Notes | GPU |\\n| - | - | - | - |\\n| 1★★ | A | **new** | 8 |"
    >>> (paper,) = parse(text).papers
    >>> paper.id, paper.stars, paper.introduction, paper.introduction_text, paper.extra
    (1, 2, '**new**', 'new', {'GPU': '8'})
    """

    id: int | None = None
    id_text: str | None = None
    stars: int | None = None
    star_glyph: str | None = None
    title: str | None = None
    name: str | None = None
    url: str | None = None
    arxiv: ArxivId | None = None
    doi: str | None = None
    openreview_id: str | None = None
    code: tuple[str, ...] = ()
    authors: str | None = None
    year: int | None = None
    year_from: YearSource | None = None
    date: str | None = None
    date_text: str | None = None
    venue: str | None = None
    links: tuple[Link, ...] = ()
    introduction: str | None = None
    introduction_text: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)
    surplus: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    table: int | None = 1
    span: Span = _NOWHERE
    line: int = 0
    kind: EntryKind = "row"
    list: int | None = None

    @property
    def own_year(self) -> int | None:
        """The year that the entry itself says."""
        return self.year if self.year_from in (None, "entry") else None

    @property
    def arxiv_id(self) -> str | None:
        """The arXiv identifier without its version."""
        return self.arxiv.id if self.arxiv else None

    @property
    def arxiv_version(self) -> int | None:
        """The version that the list's arXiv link names."""
        return self.arxiv.version if self.arxiv else None


PartField = Field | Literal["name"]
"""What a part of an entry may hold. In text a short name may be before the title."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry: a cell of its row, or some of the words of an item.

    ``field`` is what the part holds, None where no field knows it; ``name`` is the plain name of
    its column, or the key that is before it in text, None without either; ``raw`` is its source
    text and ``span`` where that is, in code points; ``inline`` is what it reads as.
    """

    field: PartField | None
    name: str | None
    raw: str
    span: Span
    inline: Inline


@dataclass(frozen=True, slots=True)
class TextList:
    """Papers in text that are next to one another: the items of a list, or the paragraphs of a
    section.

    ``number`` counts those of a file from 1; ``section`` is the one around the first paper.
    """

    number: int
    section: Section | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as it appears in the list: the paper, and where each part of it is.

    It is a `RowEntry` in a table, else a `TextEntry`.

    Attributes:
        paper: what the entry says, as a value.
        section_path: the titles of the sections around it, from the outermost in, and of the groups
            of items around it; the title of the list itself is left out.
        container: the table or the list of papers that the entry is in.
        more: the other papers, where a row lists several.
        is_paper: whether the entry lists a paper: a row may name a group, or a model or data set
            without one.

    >>> from llmpaper_md.reading.parser import parse
    >>> (entry,) = parse("# S\\n| No. | Paper | GPU |\\n| - | - | - |\\n| 1 | A | 8 |").entries
    >>> entry.paper.title, entry.line, entry.part("title").span
    ('A', 4, Span(start=46, end=47))
    >>> [(part.field, part.name, part.raw) for part in entry.parts]
    [('id', 'No.', '1'), ('title', 'Paper', 'A'), (None, 'GPU', '8')]
    """

    paper: Paper
    section_path: tuple[str, ...]
    container: Table | TextList
    more: tuple[Paper, ...] = field(default=(), kw_only=True)
    is_paper: bool = field(default=True, kw_only=True)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All papers of the entry; none where it lists none."""
        return (self.paper, *self.more) if self.is_paper else ()

    @property
    def kind(self) -> EntryKind:
        """What the entry is in the Markdown."""
        return self.paper.kind

    @property
    def span(self) -> Span:
        """Where the entry is, in code points."""
        return self.paper.span

    @property
    def line(self) -> int:
        """The line (from 1) on which the entry begins."""
        return self.paper.line

    @property
    def section(self) -> Section | None:
        """The innermost section around the entry, None before the first heading."""
        return self.container.section

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in the order of the text."""
        raise NotImplementedError

    def part(self, field: PartField) -> Part | None:
        """The part that holds a field, the first if several do; None if there is none."""
        return next((part for part in self.parts if part.field == field), None)


@dataclass(frozen=True, slots=True)
class RowEntry(Entry):
    """A paper in a row of a table.

    Attributes:
        container: the table that the entry is in.
        row: its row there.
        inlines: the cells of the row as they read.
    """

    container: Table
    row: Row
    inlines: tuple[Inline, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in the order of the text."""
        return tuple(map(self._part, range(len(self.row.cells))))

    def part(self, field: PartField) -> Part | None:
        """The part that holds a field, the first if several do; None if there is none."""
        fields = self.container.fields
        index = fields.index(field) if field in fields else len(self.row.cells)
        return self._part(index) if index < len(self.row.cells) else None

    def _part(self, index: int) -> Part:
        cell, table = self.row.cells[index], self.container
        known = index < len(table.names)
        return Part(
            table.fields[index] if known else None,
            table.names[index] if known else None,
            cell.raw,
            cell.span,
            self.inlines[index],
        )


@dataclass(frozen=True, slots=True)
class TextEntry(Entry):
    """A paper in a list item or in a paragraph.

    Attributes:
        container: the list that the entry is in, or the paragraphs of its section.
        own_parts: all parts in the order of the text. Some words may be in none.

    >>> from llmpaper_md.reading.parser import parse
    >>> text = "- [Nets of pebbles](https://arxiv.org/abs/2301.00001), A. Ames, NIPS 2023"
    >>> (entry,) = parse(text).entries
    >>> [(part.field, part.raw) for part in entry.parts]
    [('title', 'Nets of pebbles'), ('authors', 'A. Ames'), ('venue', 'NIPS 2023'), \
('year', 'NIPS 2023')]
    """

    container: TextList
    own_parts: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in the order of the text."""
        return self.own_parts


@dataclass(frozen=True)
class Document:
    """A Markdown list of papers: its text, and what it holds, each in the file's order.

    Made by `parse`. ``entries`` are the papers as they appear in the list, `papers` what they say.
    ``skipped`` are where list items and paragraphs link to a paper but were not read as one.
    ``columns``, ``max_stars`` and ``read`` are those that it was read with.

    >>> from llmpaper_md.reading.parser import parse
    >>> document = parse("# A\\n| Paper |\\n| - |\\n| [T](https://t.org) |")
    >>> [section.title for section in document.sections], len(document.tables)
    (['A'], 1)
    >>> [paper.title for paper in document.papers], document.source.line(1)
    (['T'], '# A')
    """

    source: Source
    blocks: Blocks = field(hash=False)
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    entries: tuple[Entry, ...]
    columns: Mapping[Field, Sequence[str]] | None = field(default=None, hash=False)
    max_stars: int = MAX_STARS
    read: tuple[Place, ...] = PLACES
    skipped: tuple[Span, ...] = ()

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The papers of all entries."""
        return tuple(paper for entry in self.entries for paper in entry.papers)

    @cached_property
    def rows(self) -> tuple[RowEntry, ...]:
        """The entries that are rows of tables."""
        return tuple(entry for entry in self.entries if isinstance(entry, RowEntry))

    @cached_property
    def siblings(self) -> tuple[tuple[RowEntry, ...], ...]:
        """The entries that are rows, by the table that they are in."""
        groups = groupby(self.rows, key=lambda entry: entry.container.number)
        return tuple(tuple(group) for _, group in groups)
