"""Rows of a table with fewer cells than the header: what is missing, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..reading.document import Table
from ..reading.group_rows import is_stray_text
from ..reading.inline import Inline
from ..reading.tables import Row
from ..source import SPACES, Edit, Span
from ..words import quoted
from .column_kinds import (
    Column,
    Kinds,
    columns_of,
    fit,
    fit_all,
    fits_with_gap,
    is_other_kind,
    kinds_of,
)
from .context import Context
from .findings import Applicability, Fix, Problem

# Rows of a very wide table, each of a few characters, may lack more cells than there is room for.
_MOST = 50_000
_MOST_LINES = 20  # of one row that is broken


class _Line(NamedTuple):
    """A row of a table as a line of text, with what its cells may hold."""

    row: Row
    text: str
    kinds: tuple[Kinds, ...]

    @property
    def is_opened(self) -> bool:
        return self.text.startswith("|")

    @property
    def is_closed(self) -> bool:
        return len(self.text) > 1 and self.text[-1] == "|" and self.text[-2] != "\\"

    @property
    def end(self) -> int:
        return self.row.span.start + len(self.text)


def problems(context: Context) -> Iterator[Problem]:
    """Yield a problem for each row that is too short, or is a part of a broken one."""
    tables = [
        (table, short)
        for table in context.tables
        if (
            short := [number for number, row in enumerate(table.grid.rows) if _is_short(row, table)]
        )
    ]
    missing = sum(
        len(table.names) - len(table.grid.rows[number].cells)
        for table, short in tables
        for number in short
    )
    for table, short in tables:
        yield from _Reader(context, table, has_room=missing <= _MOST).problems(short)


def _is_short(row: Row, table: Table) -> bool:
    return len(row.cells) < len(table.grid.header.cells) and not row.is_empty


class _Reader:
    """Looks through one table."""

    def __init__(self, context: Context, table: Table, *, has_room: bool) -> None:
        self._context = context
        self._table = table
        self._has_room = has_room
        self._columns = columns_of(table)
        rows = [table.grid.header, *(row for row in table.grid.rows if not _is_short(row, table))]
        framed = [self._line(row, ()) for row in rows]
        self._is_framed = len(rows) > 1 and all(row.is_opened and row.is_closed for row in framed)

    def problems(self, short: Sequence[int]) -> Iterator[Problem]:
        done = -1
        for number in short:
            if number <= done:
                continue
            row, inlines = self._table.grid.rows[number], self._table.inlines[number]
            line = self._line(row, inlines)
            if lines := self._broken(number, line):
                done = number + len(lines) - 1
                yield self._joined(lines)
            elif not is_stray_text(row, self._table, self._context.source):
                yield self._too_short(line)

    def _line(self, row: Row, inlines: Sequence[Inline]) -> _Line:
        text = row.span.cut(self._context.source.text).rstrip(SPACES)
        return _Line(row, text, tuple(map(kinds_of, inlines)))

    def _too_short(self, line: _Line) -> Problem:
        row, width = line.row, len(self._columns)
        missing = width - len(row.cells)
        message = f"row has {len(row.cells)} of the header's {width} cells: add {missing}"
        *others, at_end = fits_with_gap(line.kinds, self._columns)
        # A gap before empty cells at the end is at the end.
        filled = max(place for place, cell in enumerate(row.cells) if cell.raw) + 1
        others = others[:filled]
        best = max(others, key=lambda other: (-other.misfits, other.score))
        if best.misfits <= at_end.misfits and best.score > at_end.score:
            misplaced = self._misplaced(line)
            if misplaced is not None:
                value = quoted(row.cells[misplaced].raw)
                name = quoted(self._table.names[misplaced])
                message = (
                    f"row has {len(row.cells)} of the header's {width} cells, and {value} is under "
                    f"{name}: add the missing {'cell' if missing == 1 else 'cells'} before it"
                )
                return Problem(message, row.span)
        is_sure = not at_end.misfits and all(other.score < at_end.score for other in others)
        fix = None
        if not is_sure:
            message += " where something is missing"
        if self._has_room:
            added = " |" * (missing if line.is_closed else missing + 1)
            edit = Edit(Span(line.end, line.end), added)
            how: Applicability = "safe" if is_sure else "unsafe"
            fix = Fix("Add the missing cells", (edit,), how, "blocks")
        return Problem(message, row.span, fix=fix)

    def _misplaced(self, line: _Line) -> int | None:
        """The first cell whose column holds values of another kind."""
        pairs = enumerate(zip(line.kinds, self._columns, strict=False))
        return next((place for place, pair in pairs if is_other_kind(*pair)), None)

    def _joined(self, lines: Sequence[_Line]) -> Problem:
        edits = []
        for first, second in pairwise(lines):
            # Of two pipes, one is enough.
            both = first.is_closed and second.is_opened
            start = second.row.span.start + both
            is_apart = both and second.text[1:2] in SPACES
            edits.append(Edit(Span(first.end, start), "" if is_apart else " "))
        message = f"row is broken over {len(lines)} lines: join them"
        span = Span(lines[0].row.span.start, lines[-1].row.span.end)
        fix = Fix("Join the lines of the row", tuple(edits), "unsafe", "blocks")
        return Problem(message, span, fix=fix)

    def _broken(self, number: int, first: _Line) -> list[_Line]:
        """The lines of a broken row, from the first one on; none if it is not broken."""
        lines, kinds = [first], list(first.kinds)
        rows, width = self._table.grid.rows, len(self._columns)
        while len(kinds) < width:
            number += 1
            if len(lines) == _MOST_LINES or number == len(rows):
                return []
            if not _is_short(rows[number], self._table):
                return []
            last, line = lines[-1], self._line(rows[number], self._table.inlines[number])
            if line.row.line != last.row.line + 1:
                return []
            own = list(line.kinds)
            if not last.is_closed and not line.is_opened:
                # A cell is broken.
                if kinds[-1] and own[0]:
                    own[0] = kinds[-1] & own[0] or frozenset({"text"})
                kinds[-1] = own.pop(0) or kinds[-1]
            kinds += own
            lines.append(line)
        is_broken = len(kinds) == width and self._is_likelier(kinds, lines)
        return lines if is_broken else []

    def _is_likelier(self, kinds: Sequence[Kinds], lines: Sequence[_Line]) -> bool:
        """Whether lines are rather one row, of these kinds of values, than rows of their own."""
        joined = fit_all(kinds, self._columns)
        if joined.misfits:
            return False
        rest = lines[1:]
        if self._is_framed and not any(line.is_opened for line in rest):
            return True
        if any(self._is_entry(line) for line in rest):
            return False
        apart = sum(fit_all(line.kinds, self._columns).score for line in lines)
        is_cut = self._is_framed and not all(line.is_closed for line in lines[:-1])
        return is_cut or joined.score > apart

    def _is_entry(self, line: _Line) -> bool:
        """Whether a line begins like a paper: with an ID, where there are any, and a title."""
        wanted: list[Column] = [
            column
            for column, field in zip(self._columns, self._table.fields, strict=True)
            if field in ("id", "title")
        ]
        own = [
            kinds
            for kinds, field in zip(line.kinds, self._table.fields, strict=False)
            if field in ("id", "title")
        ]
        return len(own) == len(wanted) and all(
            kinds and not fit(kinds, column).misfits
            for kinds, column in zip(own, wanted, strict=True)
        )
