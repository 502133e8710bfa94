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

    @property
    def is_aligned(self) -> bool:
        """Whether any column is."""
        return any(column.width for column in self.columns)

    def field(self, index: int, cell: str) -> str:
        """A cell with its spaces.

        >>> from llmpaper_md import parse
        >>> text = "| ID | Paper |\\n| -- | ----- |\\n| 1  | BERT  |"
        >>> padding_of(parse(text).tables[0].grid, text).field(1, "T5")
        ' T5    '
        """
        before, after = self.margins
        width, side = self.columns[index] if index < len(self.columns) else _LOOSE
        own = self.measure(cell)
        margin = len(before)
        if not width or own < 0:
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

    def row_again(self, row: Row, text: str, cells: Mapping[int, str] | None = None) -> str:
        """A row with its outer pipes and all cells, padded where it is not as wide as a column.

        Args:
            row: the row, in ``text``.
            text: the Markdown.
            cells: new cells, by index.
        """
        cells = cells or {}
        made = []
        fields = list(_fields(row, text))
        for index in range(max(len(self.columns), len(fields))):
            field = fields[index] if index < len(fields) else None
            width = self.columns[index].width if index < len(self.columns) else 0
            is_kept = field and field.is_closed and index not in cells
            if field and is_kept and (not width or self._width(field) in (width, -1)):
                made.append(field.text)
            else:
                made.append(self.field(index, cells.get(index, field.raw if field else "")))
        return "|" + "".join(f"{field}|" for field in made)

    def delimiter_again(self, row: Row, text: str) -> str:
        """A delimiter row with its outer pipes, and dashes up to the width of each column."""
        made = []
        fields = list(_fields(row, text))
        margin = next((field.before for field in fields if field.is_closed), len(self.margins[0]))
        for field, (width, _) in zip(fields, self.columns, strict=True):
            if field.is_closed and width in (0, len(field.text)):
                made.append(field.text)
                continue
            colons = field.raw.partition("-")[0], field.raw.rpartition("-")[2]
            dashes = field.raw.count("-")
            if width:
                dashes = max(width - 2 * margin - len("".join(colons)), 1)
            made.append(" " * margin + ("-" * dashes).join(colons) + " " * margin)
        return "|" + "".join(f"{field}|" for field in made)

    def _width(self, field: _Field) -> int:
        width = self.measure(field.raw)
        return width if width < 0 else field.spaces + width


def padding_of(table: Grid, text: str, passing_over: Collection[int] = ()) -> Padding:
    """How the cells of a table are padded.

    Args:
        table: the table, in ``text``.
        text: the Markdown.
        passing_over: the numbers of lines that do not count.
    """
    rows = [row for row in table.lines if row.line not in passing_over]
    columns: list[list[_Field]] = [[] for _ in table.delimiter.cells]
    for row in rows:
        for column, field in zip(columns, _fields(row, text), strict=False):
            if field.is_closed:
                column.append(field)
    fields = [field for column in columns for field in column]
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
    columns: Sequence[Sequence[_Field]],
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
        widths = [(field, measure(field.raw)) for field in column]
        widths = [(field, width) for field, width in widths if width >= 0]
        votes = Counter(own + field.spaces for field, own in widths if field.spaces > least)
        # A column that is as wide as its cells are has dashes of that width.
        usual = len(line.text) if line.is_closed else 0
        width = max(votes, key=lambda width: (votes[width], width), default=usual)
        narrow = [(field, own) for field, own in widths if own + least <= width]
        fits = [field for field, own in narrow if own + field.spaces == width]
        if 2 * len(fits) <= len(narrow):
            made.append(_LOOSE)
            continue
        padded = [field for field in fits if field.raw and field.spaces > least]
        is_padded |= bool(padded)
        fitting += len(fits)
        made.append(_Column(width, _side(padded, alignment)))
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
