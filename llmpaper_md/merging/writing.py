"""The text of a merged list, and the tables that it must contain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..formatting.normal_form import delimiter_line, row_line
from ..formatting.padding import Padding, padding_of
from ..lists.matching import paper_rows
from ..lists.numbering import all_series
from ..lists.transfer import one_line
from ..reading.blocks import Heading
from ..reading.document import Document, Table
from ..reading.group_rows import is_stray_text
from ..reading.sections import Section, list_title, section_paths
from ..reading.tables import Row
from ..source import LINE_END, SPACES, Edit, Span, apply
from .cell_texts import read, rewritten_for
from .planning import Addition, Plan

_MAX_LEVEL = 6

Cells = tuple[str, ...]


class MergedText(NamedTuple):
    """A new text, and the cells of all rows of each of its tables, header first."""

    text: str
    tables: list[list[Cells]]


class _Numbers(NamedTuple):
    """How the papers of a table are numbered: the next number, and its width."""

    following: int
    width: int
    is_descending: bool


def write(a: Document, b: Document, plan: Plan) -> MergedText:
    """The text of the first list with the rows and cells that the plan names."""
    text = a.source.text
    end = a.source.line_end
    numbers = _numbers(a)
    additions: defaultdict[int, list[Addition]] = defaultdict(list)
    for new_row in plan.rows:
        if new_row.target:
            additions[new_row.target.number].append(new_row)
    edits: list[Edit] = []
    tables = []
    for named in a.tables:
        added = _numbered(additions[named.number], named, numbers.get(named.number))
        last = _last_row(named, a)
        filled = {row.line for row in named.grid.rows if row.line in plan.fills}
        padding = padding_of(named.grid, text, filled) if added or filled else None
        tables.append([named.grid.header.texts(len(named.names))])
        for row in (named.grid.delimiter, *named.grid.rows):
            if row is not named.grid.delimiter:
                cells = row.texts(len(named.names))
                if padding and (fills := plan.fills.get(row.line)):
                    cells = tuple(fills.get(i, cell) for i, cell in enumerate(cells))
                    edits.append(Edit(row.span, padding.row_again(row, text, cells=fills)))
                tables[-1].append(cells)
            if padding and row is last and added:
                edits.append(_insertion(a, row, added, end, padding))
                tables[-1] += added
    text = apply(text, edits)
    new = [row for row in plan.rows if row.target is None]
    if new:
        lines, new_tables = _new_sections(a, b, new)
        text += _gap(text, end) + end.join([*lines, ""])
        tables += new_tables
    return MergedText(text, tables)


def _last_row(named: Table, document: Document) -> Row:
    """The row after which new ones are written: there may be text directly below a table."""
    rows = (named.grid.delimiter, *named.grid.rows)
    last = len(rows) - 1
    while last and is_stray_text(rows[last], named, document.source):
        last -= 1
    return rows[last]


def _insertion(
    document: Document, row: Row, added: Sequence[Cells], end: str, padding: Padding
) -> Edit:
    """New rows after a row, in the same quote or list item."""
    source = document.source
    start = source.offset(row.line)
    before = Span(start, row.span.start).cut(source.text).removeprefix("\ufeff")
    place = start + len(source.line(row.line))
    return Edit(Span(place, place), "".join(end + before + padding.row(cells) for cells in added))


def _gap(text: str, end: str) -> str:
    """The line endings needed for a blank line between a text and a new section."""
    if not text.strip("\ufeff"):
        return ""
    lines = LINE_END.split(text)
    if lines[-1]:
        return end + end
    return "" if not lines[-2].strip(SPACES) else end


def _numbers(document: Document) -> dict[int, _Numbers]:
    """The tables, by number, that number their papers."""
    found: dict[int, _Numbers] = {}
    for series in all_series(document):
        table = series.entries[0].container.number
        last = max(entry.paper.id or 0 for entry in series.entries)
        if table in found:
            last = max(last, found[table].following - 1)
        found[table] = _Numbers(last + 1, series.id_width, series.is_descending)
    for table, rows in groupby(paper_rows(document), key=lambda entry: entry.container.number):
        # The rules need more than one paper.
        ids = [entry.paper.id for entry in rows]
        first = ids[0]
        if table not in found and first is not None:
            following = first + len(ids)
            if ids == list(range(first, following)):
                found[table] = _Numbers(following, 1, False)
    return found


def _numbered(rows: Sequence[Addition], named: Table, numbers: _Numbers | None) -> list[Cells]:
    """The cells of new rows with their IDs, if the table has any; stars follow the ID."""
    if numbers is None or "id" not in named.fields:
        return [tuple(row.cells) for row in rows]
    column = named.fields.index("id")
    made = []
    for number, row in enumerate(rows, numbers.following):
        cells = list(row.cells)
        cells[column] = f"{number:0{numbers.width}}{cells[column]}"
        made.append(tuple(cells))
    return made


def _new_sections(
    a: Document, b: Document, rows: Sequence[Addition]
) -> tuple[list[str], list[list[Cells]]]:
    """The lines of new sections, and the cells of their tables."""
    lines: list[str] = []
    tables: list[list[Cells]] = []
    numbers = _numbers(b)
    headings = _Headings(a, b)
    for _, group in groupby(rows, key=lambda row: row.entry.container.number):
        own = list(group)
        named = own[0].entry.container
        for heading in headings.of(named):
            lines += (heading, "")
        header = tuple(
            rewritten_for(cell, inline, b, a)
            for cell, inline in ((c, read(c.raw, b)) for c in named.grid.header.cells)
        )
        cells = _renumbered(own, named, numbers.get(named.number))
        lines += (row_line(header), delimiter_line(named.grid.alignments))
        lines += (*map(row_line, cells), "")
        tables.append([header, *cells])
    return lines[:-1], tables


def _renumbered(rows: Sequence[Addition], named: Table, numbers: _Numbers | None) -> list[Cells]:
    """The rows of a new table, numbered from 1 if the table they come from counts upwards."""
    if numbers is None or numbers.is_descending:
        return [tuple(row.cells) for row in rows]
    column = named.fields.index("id")
    made = []
    for number, row in enumerate(rows, 1):
        cells = list(row.cells)
        old, text = row.entry.paper.id_text or "", f"{number:0{numbers.width}}"
        if not old:
            cells[column] = text + cells[column]
        elif cells[column].count(old) == 1:
            cells[column] = cells[column].replace(old, text)
        made.append(tuple(cells))
    return made


class _Headings:
    """The headings of new sections: those of the second list, at the levels of the first."""

    def __init__(self, a: Document, b: Document) -> None:
        self._a, self._b = a, b
        self._written: list[Section] = []
        found = (block for block in b.blocks.blocks if isinstance(block, Heading))
        self._headings = dict(zip(b.sections, found, strict=True))
        paths = section_paths(b.sections)
        self._around = {b.sections[path[-1]]: [b.sections[i] for i in path] for path in paths}
        title = list_title(a.sections)
        levels = [section.level for section in a.sections if section is not title]
        self._level = min(levels, default=title.level + 1 if title else None)

    def of(self, named: Table) -> Iterator[str]:
        """The headings to write before a table, without those written for the previous one."""
        if named.section is None:
            return
        path = self._around[named.section]
        if list_title(self._b.sections) and len(path) > 1:
            path = path[1:]
        shared = 0
        while path[shared : shared + 1] == self._written[shared : shared + 1] != []:
            shared += 1
        self._written = path
        lift = (self._level or path[0].level) - path[0].level
        for section in path[shared:]:
            content = self._headings[section].content
            text = one_line(content, self._b.blocks.references, self._a.blocks.references)
            level = max(1, min(_MAX_LEVEL, section.level + lift))
            yield f"{'#' * level} {text}".rstrip(SPACES)
