"""Transferring cells to another list: Markdown that means the same there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..errors import proof_error
from ..escaping import escape_title, escape_url
from ..reading.blocks import References
from ..reading.document import RowEntry, Table
from ..reading.inline import Inline, cell_excerpt, read_inline
from ..reading.tables import Cell
from ..source import Edit, Excerpt, Span, apply
from .identity import title_key

# [text][label], [text][], and what is left of it: [label].
_LABEL = re.compile(r"\]\[((?:[^\[\]\\]|\\.)*)\]$", re.DOTALL)


def inline_references(cell: Cell, inline: Inline, references: References) -> str:
    r"""The Markdown of a cell with its reference-style links made inline.

    Args:
        cell: the cell.
        inline: its parsed content.
        references: the link definitions of its list.

    >>> from llmpaper_md.reading.parser import parse
    >>> document = parse("|Paper|\n|-|\n|[A *B*][1], `x\\|y`|\n\n[1]: https://a.org 'T'")
    >>> table, references = document.tables[0], document.blocks.references
    >>> print(inline_references(table.grid.rows[0].cells[0], table.inlines[0][0], references))
    [A *B*](https://a.org "T"), `x\|y`
    """
    edits = _inlined(cell.raw, cell.span.start, inline, references)
    return apply(cell.raw, edits) if edits else cell.raw


def _inlined(raw: str, start: int, inline: Inline, references: References) -> list[Edit]:
    edits = []
    for link in inline.links:
        if link.kind not in ("reference", "image"):
            continue
        construct = raw[link.span.start - start : link.span.end - start]
        if not construct.endswith("]"):
            continue  # an inline image
        match = _LABEL.search(construct)
        label_end = match.start() + 1 if match else len(construct)
        label = (match[1] if match else "") or construct[construct.index("[") + 1 : label_end - 1]
        title = _title(label, references)
        if title:
            target = f"({escape_url(link.url) or '<>'} {escape_title(title)})"
        else:
            target = f"({escape_url(link.url)})"
        place = link.span.start - start
        edits.append(Edit(Span(place + label_end, place + len(construct)), target))
    return edits


def _title(label: str, references: References) -> str:
    from markdown_it.common.utils import normalizeReference

    known = references.get(normalizeReference(label.replace(r"\|", "|")), {})
    return str(known.get("title") or "")


def transfer_cell(cell: Cell, inline: Inline, references: References, to: References) -> str:
    r"""The Markdown that means the same as a cell in another list.

    Links are made inline; words in brackets that are not links are escaped if the other list has a
    link definition with their name.

    Args:
        cell: the cell.
        inline: its parsed content.
        references: the link definitions of its list.
        to: the link definitions of the other list.

    Raises:
        ProofError: it would mean something else.
    """
    raw = inline_references(cell, inline, references)
    for _ in range(len(raw) + 1):
        there = read_inline(cell_excerpt(Cell(raw, Span(0, len(raw)))), to)
        if _meaning(there) == _meaning(inline):
            return raw
        foreign = next(_references(raw, there), None)
        if foreign is None:
            break
        raw = f"{raw[:foreign]}\\{raw[foreign:]}"
    raise proof_error("not written", f"the cell {cell.raw!r} would mean something else")


def _references(raw: str, inline: Inline) -> Iterator[int]:
    """The offsets of words in brackets that another list's definitions turn into links."""
    for link in inline.links:
        if link.kind in ("reference", "image") and raw[link.span.end - 1] == "]":
            yield raw.index("[", link.span.start)


def _meaning(inline: Inline) -> tuple[str, list[tuple[str, str]]]:
    return inline.text, [(link.text, link.url) for link in inline.links]


def one_line(excerpt: Excerpt, references: References, to: References) -> str:
    """The Markdown for a heading to mean the same in another list, on one line."""
    text = excerpt.text.replace("\n", " ")
    inline = read_inline(Excerpt(text, ((0, 0),)), references)
    raw = apply(text, _inlined(text, 0, inline, references))
    for place in reversed(list(_references(raw, read_inline(Excerpt(raw, ((0, 0),)), to)))):
        raw = f"{raw[:place]}\\{raw[place:]}"
    return re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", raw)


def columns_between(theirs: Table, ours: Table) -> dict[int, int]:
    """The column of our table for each column of theirs, without ID and stars.

    Columns are matched by field and name, then by field, then by name.
    """
    places: dict[int, int] = {}
    free = [i for i, field in enumerate(ours.fields) if field not in ("id", "stars")]
    mine = [i for i, field in enumerate(theirs.fields) if field not in ("id", "stars")]

    def same_field(their: int, our: int) -> bool:
        return theirs.fields[their] is not None and theirs.fields[their] == ours.fields[our]

    def same_name(their: int, our: int) -> bool:
        return _same_name(theirs.names[their], ours.names[our])

    for fits in (
        lambda their, our: same_field(their, our) and same_name(their, our),
        same_field,
        lambda their, our: ours.fields[our] is None and same_name(their, our),
    ):
        for their in mine:
            if their in places:
                continue
            our = next((our for our in free if fits(their, our)), None)
            if our is not None:
                places[their] = our
                free.remove(our)
    return places


def _same_name(one: str, other: str) -> bool:
    return one == other or (bool(title_key(one)) and title_key(one) == title_key(other))


class StarStyle(NamedTuple):
    """How a table writes stars.

    ``column`` is their column, if there is one; ``beside_id`` means that they follow the ID;
    ``glyph`` is None if they are numbers or the table has no stars yet.
    """

    column: int | None
    beside_id: bool = False
    glyph: str | None = None
    is_rated: bool = False

    def write(self, count: int, glyph: str | None) -> str:
        """Write a number of stars; ``glyph`` is their glyph in the other list."""
        own = self.glyph or glyph
        return str(count) if self.is_rated or not own else own * count


def star_style(table: Table, rows: Sequence[RowEntry]) -> StarStyle:
    """The star style of a table of papers with these rows."""
    glyphs = Counter(entry.paper.star_glyph for entry in rows if entry.paper.star_glyph)
    glyph = glyphs.most_common(1)[0][0] if glyphs else None
    if "stars" in table.fields:
        rated = glyph is None and any(entry.paper.stars is not None for entry in rows)
        return StarStyle(table.fields.index("stars"), glyph=glyph, is_rated=rated)
    if glyph and "id" in table.fields:
        return StarStyle(table.fields.index("id"), beside_id=True, glyph=glyph)
    return StarStyle(None)
