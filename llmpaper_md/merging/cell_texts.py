"""The contents of cells, to compare them and to write them into another list."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from ..escaping import escape_url
from ..lists.transfer import inline_references, transfer_cell
from ..reading.document import Document, Paper, RowEntry
from ..reading.inline import Inline, cell_excerpt, read_inline
from ..reading.links import canonical
from ..reading.tables import Cell
from ..source import SPACES, Span

_SPACES = re.compile(rf"[{SPACES}\n]+")


class CellContent(NamedTuple):
    """A non-empty cell of a paper: its column, the name of that, and its content.

    ``links_only`` is true in a column of links, of which only the URLs matter.
    """

    column: int
    name: str
    cell: Cell
    inline: Inline
    links_only: bool


def filled_cells(entry: RowEntry) -> Iterator[CellContent]:
    """The non-empty cells of a paper's row, without its ID and stars."""
    table = entry.container
    for column, (name, field) in enumerate(zip(table.names, table.fields, strict=True)):
        if column == len(entry.row.cells):
            break
        cell = entry.row.cells[column]
        if cell.raw and field not in ("id", "stars"):
            links_only = field in ("links", "code") and bool(entry.inlines[column].links)
            yield CellContent(column, field or name, cell, entry.inlines[column], links_only)


def raw(entry: RowEntry, column: int) -> str:
    """The source text of a row's cell, empty if the row is too short."""
    return entry.row.cells[column].raw if column < len(entry.row.cells) else ""


def stars_of(paper: Paper) -> str:
    """The stars of a paper as written in its list; empty if there are none."""
    count = paper.stars or 0
    return paper.star_glyph * count if paper.star_glyph else str(count or "")


def read(text: str, document: Document) -> Inline:
    """The content of a cell with this source text."""
    excerpt = cell_excerpt(Cell(text, Span(0, len(text))))
    return read_inline(excerpt, document.blocks.references)


def words(inline: Inline) -> str:
    """The words of a cell, with single spaces."""
    return _SPACES.sub(" ", inline.text)


def leads(inline: Inline) -> set[str]:
    """The links of a cell, as canonical keys."""
    return {canonical(link.url) for link in inline.links}


def leads_into(inline: Inline, known: Container[str]) -> bool:
    """Whether all links of a cell are known."""
    return all(canonical(link.url) in known for link in inline.links)


def linked(title: str, url: str, document: Document) -> str:
    """A title with a link, unless that would change its text."""
    text = f"[{title}]({escape_url(url)})"
    now = read(text, document)
    same = now.text == read(title, document).text and [link.url for link in now.links] == [url]
    return text if same else title


def with_inline_links(entry_cell: CellContent, document: Document) -> str:
    """The Markdown of a cell that needs no link definitions."""
    return inline_references(entry_cell.cell, entry_cell.inline, document.blocks.references)


def rewritten_for(cell: Cell, inline: Inline, document: Document, other: Document) -> str:
    """The Markdown of a cell for another list."""
    return transfer_cell(cell, inline, document.blocks.references, other.blocks.references)
