"""What a list of papers is made of, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .blocks import Blocks
from .columns import Field
from .inline import Inline
from .links import ArxivId, Link
from .sections import Section
from ..source import Source, Span
from .tables import Row, Table


class NamedTable(NamedTuple):
    """A table, the section it stands in, and what its columns mean.

    ``number`` counts the file's tables from 1, ``names`` are the plain names of the columns
    made unique, ``fields`` what each column is, None where no field knows it, ``inlines`` the
    cells of each row as they are read. A table that lists papers has a title column.

    >>> from llmpaper_md.papers import parse
    >>> table = parse("# S\\n| No. | Paper | GPU |\\n| - | - | - |\\n| 1 | A | 8 |").tables[0]
    >>> table.kind, table.fields, table.section.title
    ('papers', ('id', 'title', None), 'S')
    >>> table.cells(table.table.rows[0])
    {'No.': '1', 'Paper': 'A', 'GPU': '8'}
    """

    table: Table
    number: int
    section: Section | None
    names: tuple[str, ...]
    fields: tuple[Field | None, ...]
    inlines: tuple[tuple[Inline, ...], ...]

    @property
    def kind(self) -> Literal["papers", "other"]:
        """Whether the table lists papers."""
        return "papers" if "title" in self.fields else "other"

    def cells(self, row: Row) -> dict[str, str]:
        """The source text of a row's cells by column name; surplus cells have none."""
        return {name: cell.raw for name, cell in zip(self.names, row.cells, strict=False)}


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of a table of papers.

    What the row does not say is None. ``id`` is a number, its text as written in ``id_text``;
    ``stars`` counts from 0 to 5 in a table that has stars; ``title`` and ``introduction_text``
    are plain text, ``introduction``, ``extra`` and ``surplus`` source text; ``links`` are those
    of all cells in order; ``code`` are URLs of repositories; ``extra`` holds the cells of columns
    that no field knows, by name; ``surplus`` cells beyond the last column; ``section`` titles from
    the outermost in. ``table`` and ``line`` count from 1, ``span`` is that of the row in code
    points; for a paper that was not read from a list, ``line`` is 0 and ``span`` empty.

    >>> from llmpaper_md.papers import parse
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
    url: str | None = None
    arxiv: ArxivId | None = None
    doi: str | None = None
    openreview_id: str | None = None
    code: tuple[str, ...] = ()
    authors: str | None = None
    year: int | None = None
    date: str | None = None
    venue: str | None = None
    links: tuple[Link, ...] = ()
    introduction: str | None = None
    introduction_text: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    surplus: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    table: int = 1
    span: Span = _NOWHERE
    line: int = 0

    @property
    def arxiv_id(self) -> str | None:
        """The arXiv identifier without its version."""
        return self.arxiv.id if self.arxiv else None

    @property
    def arxiv_version(self) -> int | None:
        """The version that the list's arXiv link names."""
        return self.arxiv.version if self.arxiv else None


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown list of papers: its text, and what stands in it, each in the file's order.

    Made by `parse`. ``column_names`` are the names of columns that it was read with, beside the
    known ones.

    >>> from llmpaper_md.papers import parse
    >>> document = parse("# A\\n| Paper |\\n| - |\\n| [T](https://t.org) |")
    >>> [section.title for section in document.sections], len(document.tables)
    (['A'], 1)
    >>> [paper.title for paper in document.papers], document.source.line(1)
    (['T'], '# A')
    """

    source: Source
    blocks: Blocks
    sections: tuple[Section, ...]
    tables: tuple[NamedTable, ...]
    papers: tuple[Paper, ...]
    column_names: Mapping[Field, Sequence[str]] | None = None

    def to_dicts(self) -> list[dict[str, str | int | None]]:
        """The papers as flat dictionaries, as tables of data take them.

        Every paper has the same keys in the same order, those of ``export.flat.COLUMNS``, and
        every value is a text, a number or None: ``source``, ``table`` and ``line`` say where the
        row stands; then come the attributes of `Paper` by their names. Of those that hold more
        than one value, ``section`` is joined as ``A > B``; ``code`` and ``links`` are URLs with
        blanks between them, each once; ``extra`` is a JSON object and ``surplus`` a JSON array.
        What is empty is None. Halves of surrogate pairs, which UTF-8 cannot hold, are U+FFFD.

        Returns:
            One dictionary of each paper, in the file's order: ``pandas.DataFrame(…)``,
            ``polars.from_dicts(…, schema=COLUMNS)`` and ``pyarrow.Table.from_pylist(…)`` take it
            as it is.

        >>> from llmpaper_md.papers import parse
        >>> (paper,) = parse("# A\\n| Paper |\\n| - |\\n| [T](https://t.org) |").to_dicts()
        >>> paper["section"], paper["line"], paper["title"], paper["year"]
        ('A', 4, 'T', None)
        """
        from ..export.flat_rows import to_dicts  # what is below is asked only when it is needed

        return to_dicts(self)
