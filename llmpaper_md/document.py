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
from .source import Source, Span
from .tables import Row, Table


class NamedTable(NamedTuple):
    """A table, the section it stands in, and what its columns mean.

    ``number`` counts the file's tables from 1, ``names`` are the plain names of the columns
    made unique, ``fields`` what each column is, None where no field knows it, ``inlines`` the
    cells of each row as they are read. A table that lists papers has a title column.
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
    of all cells in order; ``table`` counts from 1; ``span`` is that of the row. ``line`` is 0 for
    a paper that was not read from a list.
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

    ``column_names`` are the names of columns that it was read with, beside the known ones.
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
        from .export.flat import to_dicts  # what is below is asked only when it is needed

        return to_dicts(self)
