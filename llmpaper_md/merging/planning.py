"""Deciding what is added to the first list from the second, and what cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..lists.identity import paper_key, title_key
from ..lists.matching import KnownEntries, match_entries, paper_rows
from ..lists.transfer import StarStyle, columns_between, star_style
from ..reading.document import Document, RowEntry, Table
from ..reading.links import canonical
from ..reading.sections import list_title
from .cell_texts import (
    filled_cells,
    leads,
    leads_into,
    linked,
    raw,
    read,
    rewritten_for,
    stars_of,
    with_inline_links,
    words,
)
from .merge_result import Conflict, FilledCell

Path = tuple[str, ...]


class Addition(NamedTuple):
    """A row to add: its paper, its table (None: a new one), and its cells, still without the ID."""

    entry: RowEntry
    target: Table | None
    cells: list[str]


@dataclass
class Plan:
    """What to change in the first list, and what to report.

    Attributes:
        rows: the rows to add.
        fills: the texts for empty cells, by line (from 1) and column number (from 0).
        filled: the same for the report.
        conflicts: what is not written.
    """

    rows: list[Addition] = field(default_factory=list)
    fills: defaultdict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    filled: list[FilledCell] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


class Refused(NamedTuple):
    """What turned out not to be possible.

    ``rows`` of the second list, by line, would not be papers in the first; ``tables`` of the first,
    by number, would be read differently with additions.
    """

    rows: frozenset[int] = frozenset()
    tables: frozenset[int] = frozenset()


class Planner:
    """Makes plans for two lists."""

    def __init__(self, a: Document, b: Document) -> None:
        self.a, self.b = a, b
        self.ours, self.theirs = paper_rows(a), paper_rows(b)
        pairs = match_entries(self.ours, self.theirs, strict=True)
        known = KnownEntries(self.ours)
        # What the first list has in text is not added as a row, and there is nothing to fill.
        in_text = KnownEntries([entry for entry in a.entries if entry.kind != "row"])
        shared = list(pairs.matched)
        self._fresh: list[RowEntry] = []
        for entry in pairs.only_b:
            if own := known.find(entry):
                shared.append((own, entry))
            elif in_text.find(entry) is None:
                self._fresh.append(entry)
        # In the order of the second list: of several texts for a cell, the first fills it.
        self._shared = sorted(shared, key=lambda both: both[1].row.line)
        self._columns: dict[tuple[int, int], dict[int, int]] = {}
        self._targets: dict[int, Table | None] = {}

    def plan(self, refused: Refused) -> Plan:
        """What to write, and what cannot be written."""
        plan = Plan()
        for ours, theirs in self._shared:
            # A row without title or link is identified by its cells, which must not change then.
            has_name = paper_key(ours.paper) or title_key(ours.paper.title or "")
            can_fill = bool(has_name) and ours.container.number not in refused.tables
            self._compare(plan, ours, theirs, can_fill)
        for entry in self._fresh:
            target = self._target(entry.container)
            if entry.row.line in refused.rows or (target and target.number in refused.tables):
                text = " | ".join(cell.raw for cell in entry.row.cells if cell.raw)
                title, line = entry.paper.title or "", entry.row.line
                plan.conflicts.append(Conflict("left-out", "row", title, "", text, None, line))
                continue
            cells = self._all_cells(entry) if target is None else self._cells(plan, entry, target)
            plan.rows.append(Addition(entry, target, cells))
        plan.conflicts += self._groups()
        plan.conflicts.sort(key=lambda conflict: conflict.other_line)
        return plan

    @cached_property
    def _styles(self) -> dict[int, StarStyle]:
        """How each table of the first list writes stars, by number."""
        rows: defaultdict[int, list[RowEntry]] = defaultdict(list)
        for entry in self.ours:
            rows[entry.container.number].append(entry)
        return {table.number: star_style(table, rows[table.number]) for table in self.a.tables}

    def _between(self, theirs: Table, ours: Table) -> dict[int, int]:
        key = theirs.number, ours.number
        if key not in self._columns:
            self._columns[key] = columns_between(theirs, ours)
        return self._columns[key]

    def _compare(self, plan: Plan, ours: RowEntry, theirs: RowEntry, can_fill: bool) -> None:
        """Plan what to fill for a paper in both lists, and what differs."""
        fills = plan.fills.get(ours.row.line, {})
        known = {key for inline in ours.inlines for key in leads(inline)}
        title = theirs.paper.title or ours.paper.title or ""
        lines = ours.row.line, theirs.row.line

        def differs(name: str, our: str, their: str) -> None:
            plan.conflicts.append(Conflict("differs", name, title, our, their, *lines))

        def no_column(name: str, their: str) -> None:
            plan.conflicts.append(Conflict("no-column", name, title, "", their, *lines))

        def fill(column: int, name: str, text: str) -> None:
            if not can_fill:
                differs(name, "", text)
                return
            plan.fills[ours.row.line][column] = text
            plan.filled.append(FilledCell(name, title, text, *lines))

        places = self._between(theirs.container, ours.container)
        for cell in filled_cells(theirs):
            text = with_inline_links(cell, self.b)
            place = places.get(cell.column)
            if place is None:
                if not (cell.links_only and leads_into(cell.inline, known)):
                    no_column(cell.name, text)
                continue
            own = fills.get(place) or raw(ours, place)
            if not own:
                fill(place, cell.name, rewritten_for(cell.cell, cell.inline, self.b, self.a))
                continue
            our = read(own, self.a)
            if words(our) != words(cell.inline):
                differs(cell.name, own, text)
            elif not leads_into(cell.inline, known | leads(our)):
                differs("url" if cell.name == "title" else cell.name, own, text)
        for surplus in filter(None, theirs.paper.surplus):
            if surplus not in ours.paper.surplus:
                no_column("surplus", surplus)
        count = theirs.paper.stars
        if not count or count == ours.paper.stars:
            return
        style = self._styles[ours.container.number]
        text = style.write(count, theirs.paper.star_glyph)
        if style.column is None:
            no_column("stars", stars_of(theirs.paper))
        elif own := fills.get(style.column) or raw(ours, style.column):
            if own != text:
                differs("stars", stars_of(ours.paper), stars_of(theirs.paper))
        else:
            fill(style.column, "stars", text)

    def _target(self, theirs: Table) -> Table | None:
        """The table of the same section with the most matching columns."""
        if theirs.number not in self._targets:
            full, inner = _places(self.b, theirs)
            tables, inner_tables = self._tables
            found = (
                tables.get(full)
                or inner_tables.get(inner)
                or (full and inner_tables.get(full))
                or (inner and tables.get(inner))
                or []
            )
            best = max(found, key=lambda ours: len(self._between(theirs, ours)), default=None)
            self._targets[theirs.number] = best
        return self._targets[theirs.number]

    @cached_property
    def _tables(self) -> tuple[dict[Path, list[Table]], dict[Path, list[Table]]]:
        """The tables of papers of the first list, by section with the list's title and without."""
        full: defaultdict[Path, list[Table]] = defaultdict(list)
        inner: defaultdict[Path, list[Table]] = defaultdict(list)
        for table in self.a.tables:
            if table.kind == "papers":
                whole, rest = _places(self.a, table)
                full[whole].append(table)
                inner[rest].append(table)
        return dict(full), dict(inner)

    def _all_cells(self, entry: RowEntry) -> list[str]:
        """The cells of a row for a new table with the same columns."""
        pairs = zip(entry.row.cells, entry.inlines, strict=True)
        cells = [rewritten_for(cell, inline, self.b, self.a) for cell, inline in pairs]
        return cells + [""] * (len(entry.container.names) - len(cells))

    def _cells(self, plan: Plan, entry: RowEntry, target: Table) -> list[str]:
        """The cells of a row for another table; what has no place there is a conflict."""
        paper = entry.paper
        places = self._between(entry.container, target)
        cells = [""] * len(target.names)
        lost: list[tuple[str, str]] = []
        for cell in filled_cells(entry):
            place = places.get(cell.column)
            if place is not None:
                cells[place] = rewritten_for(cell.cell, cell.inline, self.b, self.a)
        known = {key for cell in cells for key in leads(read(cell, self.a))}
        title = target.fields.index("title")
        if paper.url and cells[title] and canonical(paper.url) not in known:
            # The column of links that led to the paper has no counterpart.
            cells[title] = linked(cells[title], paper.url, self.a)
            known |= leads(read(cells[title], self.a))
        for cell in filled_cells(entry):
            covered = cell.links_only and leads_into(cell.inline, known)
            if cell.column not in places and not covered:
                lost.append((cell.name, with_inline_links(cell, self.b)))
        lost += [("surplus", surplus) for surplus in paper.surplus if surplus]
        if paper.id is None and paper.id_text:
            lost.append(("id", paper.id_text))
        if paper.stars:
            style = self._styles[target.number]
            if style.column is None:
                lost.append(("stars", stars_of(paper)))
            else:
                cells[style.column] = style.write(paper.stars, paper.star_glyph)
        plan.conflicts += (
            Conflict("no-column", name, paper.title or "", "", text, None, entry.row.line)
            for name, text in lost
        )
        return cells

    def _groups(self) -> Iterator[Conflict]:
        """The rows of the second list that list no paper, unless the first list has them too."""
        listed = {entry.row.line for entry in self.theirs}
        known = {
            tuple(cell.raw for cell in row.cells if cell.raw)
            for table in self.a.tables
            for row in (table.grid.header, *table.grid.rows)
        }
        for table in self.b.tables:
            if table.kind != "papers":
                continue
            for row in table.grid.rows:
                cells = tuple(cell.raw for cell in row.cells if cell.raw)
                if cells and row.line not in listed and cells not in known:
                    text = " | ".join(cells)
                    yield Conflict("left-out", "row", text, "", text, None, row.line)


def _places(document: Document, table: Table) -> tuple[Path, Path]:
    """The section of a table for comparison, with the title of the list and without."""
    path = table.section.path if table.section else ()
    path = tuple(title_key(title) or title for title in path)
    return path, path[1:] if list_title(document.sections) else path
