"""How the cells of a table are padded, read from the table, and rows padded in the same way.

A column is aligned if the pipes after most of its cells are below each other. Cells that are wider
than the column do not count: editors pad up to a limit (60 characters in Typora), and rows were
added after the table was aligned. Everywhere else a cell has a space on either side, or none, as
most cells of the table do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..reading.tables import Alignment, Grid, Row

Side = Literal["left", "right", "center"]
Measure = Callable[[str], int]
"""The width of a text; negative if it has none."""


class _Field(NamedTuple):
    """A cell with the spaces before and after it; closed if it is between two pipes."""

    text: str
    raw: str
    before: int
    after: int
    is_closed: bool

    @property
    def spaces(self) -> int:
        return self.before + self.after


class _Fields(NamedTuple):
    """The fields of a column: those of the header and the delimiter row, and those of the rows."""

    head: list[_Field]
    body: list[_Field]


class _Column(NamedTuple):
    """The width of each field of an aligned column, and the side on which its cells are."""

    width: int
    side: Side


_LOOSE = _Column(0, "left")


@dataclass(frozen=True, slots=True)
class Padding:
    """How the cells of a table are padded.

    Attributes:
        margins: the spaces before and after a cell; in an aligned column, the least ones are those
            before it on either side.
        empty: what an empty cell is written as, in a column that is not aligned.
        columns: the columns that are aligned; width 0 for those that are not.
        measure: the width of a text, as the table counts it.
    """

    margins: tuple[str, str]
    empty: str
    columns: tuple[_Column, ...]
    measure: Measure

    def field(self, index: int, cell: str, *, is_aligned: bool = True) -> str:
        """A cell with its spaces, up to the width of its column unless told otherwise.

        >>> from llmpaper_md import parse
        >>> text = "| ID | Paper |\\n| -- | ----- |\\n| 1  | BERT  |"
        >>> padding_of(parse(text).tables[0].grid, text).field(1, "T5")
        ' T5    '
        """
        before, after = self.margins
        width, side = self._column(index)
        own = self.measure(cell)
        margin = len(before)
        if not (is_aligned and width) or own < 0:
            field = before + cell + after if cell else self.empty
        elif own + 2 * margin > width:
            field = before + cell + before
        else:
            room = width - own
            left = {"left": margin, "right": room - margin, "center": room // 2}[side]
            field = " " * left + cell + " " * (room - left)
        # Right after a backslash a pipe would be a part of the cell.
        return field + " " if field.endswith("\\") else field

    def row(self, cells: Sequence[str]) -> str:
        """A row with these cells.

        >>> from llmpaper_md import parse
        >>> text = "|ID|Paper|\\n|-|-|\\n|1|BERT|"
        >>> padding_of(parse(text).tables[0].grid, text).row(["2", ""])
        '|2||'
        """
        return "|" + "".join(self.field(i, cell) + "|" for i, cell in enumerate(cells))

    def row_again(
        self,
        row: Row,
        text: str,
        *,
        cells: Mapping[int, str] | None = None,
        known: Collection[str] | None = None,
    ) -> str:
        """A row with its outer pipes and all cells, and otherwise as it is.

        What is written again is padded to the width of its column, unless other cells of the row
        are not.

        Args:
            row: the row, in ``text``.
            text: the Markdown.
            cells: new cells, by index.
            known: what was between two pipes before something changed the list; all by default.
        """
        cells = cells or {}
        fields = list(_fields(row, text))
        kept = _kept(fields, known) - cells.keys()
        is_aligned = self.aligns(row, text, known)
        line = "|"
        for index in range(max(len(self.columns), len(fields))):
            field = fields[index] if index < len(fields) else None
            is_loose = not (is_aligned and self._column(index).width) and index not in cells
            if field and (index in kept or (field.is_closed and is_loose)):
                line += f"{field.text}|"
            elif field and index >= len(self.columns):
                line += field.text  # GitHub does not show it
            else:
                cell = cells.get(index, field.raw if field else "")
                line += f"{self.field(index, cell, is_aligned=is_aligned)}|"
        is_whole = len(fields) >= len(self.columns) and fields[-1].is_closed
        return line + row.span.cut(text).rpartition("|")[2] if is_whole else line

    def aligns(self, row: Row, text: str, known: Collection[str] | None = None) -> bool:
        """Whether the cells of a row, or those that are known, are as wide as their columns."""
        fields = list(_fields(row, text))
        kept = _kept(fields, known)
        return any(column.width for column in self.columns) and all(
            self._fits(i, fields[i]) for i in kept
        )

    def _column(self, index: int) -> _Column:
        return self.columns[index] if index < len(self.columns) else _LOOSE

    def _fits(self, index: int, field: _Field) -> bool:
        """Whether a cell is as wide as its column, or too wide for it."""
        width, own = self._column(index).width, self.measure(field.raw)
        is_narrow = 0 <= own <= width - 2 * len(self.margins[0])
        return not (width and is_narrow) or own + field.spaces == width


def is_known(text: str, known: Collection[str]) -> bool:
    r"""Whether all that is between pipes in a text is known; a ``\|`` counts as one, too."""
    return all(part in known for part in text.split("|"))


def _kept(fields: Sequence[_Field], known: Collection[str] | None) -> set[int]:
    return {
        index
        for index, field in enumerate(fields)
        if field.is_closed and (known is None or is_known(field.text, known))
    }


def padding_of(table: Grid, text: str, passing_over: Collection[int] = ()) -> Padding:
    """How the cells of a table are padded.

    Args:
        table: the table, in ``text``.
        text: the Markdown.
        passing_over: the numbers of lines that do not count.
    """
    columns = [_Fields([], []) for _ in table.delimiter.cells]
    for number, row in enumerate(table.lines):
        if row.line in passing_over:
            continue
        for column, field in zip(columns, _fields(row, text), strict=False):
            if field.is_closed:
                (column.head if number < 2 else column.body).append(field)
    fields = [field for column in columns for part in column for field in part]
    margins = _margins(fields)
    dashes = list(_fields(table.delimiter, text))
    found = [
        (*_aligned(columns, dashes, table.alignments, len(margins[0]), measure), measure)
        for measure in _measures(table.span.cut(text))
    ]
    _, aligned, measure = max(found, key=lambda made: made[0])
    return Padding(margins, _empty(fields, margins), aligned, measure)


def _fields(row: Row, text: str) -> Iterator[_Field]:
    start = row.span.start
    is_closed = text.startswith("|", start)
    start += is_closed
    for cell in row.cells:
        end = text.find("|", cell.span.end, row.span.end)
        is_closed &= end >= 0
        end = end if end >= 0 else row.span.end
        before = cell.span.start - start if cell.raw else 0
        after = end - start - before - len(cell.raw)
        yield _Field(text[start:end], cell.raw, before, after, is_closed)
        start = end + 1
        is_closed = True


def _measures(text: str) -> Iterator[Measure]:
    """Most editors count the columns of a terminal, some count characters."""
    if not text.isascii():
        from wcwidth import wcswidth  # only tables that are written again need it

        yield wcswidth
    yield len


def _margins(fields: Sequence[_Field]) -> tuple[str, str]:
    """The space before and after most cells."""
    filled = [field for field in fields if field.raw]
    before = sum(1 if field.before else -1 for field in filled)
    after = sum(1 if field.after else -1 for field in filled)
    return " " * (before >= 0), " " * (after >= 0)


def _empty(fields: Sequence[_Field], margins: tuple[str, str]) -> str:
    """What most empty cells are; a column that is aligned has others."""
    usual = 1 if any(margins) else 0
    counts = Counter(field.spaces for field in fields if not field.raw and field.spaces <= 2)
    return " " * max(counts, key=lambda n: (counts[n], n == usual), default=usual)


def _aligned(
    columns: Sequence[_Fields],
    dashes: Sequence[_Field],
    alignments: Sequence[Alignment | None],
    margin: int,
    measure: Measure,
) -> tuple[int, tuple[_Column, ...]]:
    """How many cells are as wide as their column, by a measure, and the columns."""
    least = 2 * margin
    made: list[_Column] = []
    fitting = 0
    is_padded = False
    for column, line, alignment in zip(columns, dashes, alignments, strict=True):
        head, body = (
            [(field, own) for field in part if (own := measure(field.raw)) >= 0] for part in column
        )
        padded = [(field, own) for field, own in head + body if field.spaces > least]
        votes = Counter(own + field.spaces for field, own in padded)
        # A column that is as wide as its cells are has dashes of that width.
        usual = len(line.text) if line.is_closed else 0
        width = max(votes, key=lambda width: (votes[width], width), default=usual)
        # The header and its dashes are of one width in many a table that is not aligned.
        for part in (body, head):
            narrow = [field.spaces + own == width for field, own in part if own + least <= width]
            if narrow:
                break
        if 2 * sum(narrow) <= len(narrow):
            made.append(_LOOSE)
            continue
        fitting += sum(narrow)
        ends = [field for field, own in padded if field.raw and own + field.spaces == width]
        is_padded |= bool(ends)
        made.append(_Column(width, _side(ends, alignment)))
    # Without a cell that has more spaces than it needs, cells have the same width by chance.
    return (fitting, tuple(made)) if is_padded else (0, (_LOOSE,) * len(made))


def _side(padded: Sequence[_Field], alignment: Alignment | None) -> Side:
    """The side on which the cells are: some editors write all on the left."""
    sides: Counter[Side] = Counter()
    for field in padded:
        if field.before > 1:
            sides["center" if field.after > 1 else "right"] += 1
        else:
            sides["left"] += 1
    usual = alignment or "left"
    return max(sides, key=lambda side: (sides[side], side == usual), default=usual)
