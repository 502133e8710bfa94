"""What kind of values the columns of a table hold, and how the cells of a row fit them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, NamedTuple

from ..reading.columns import Field
from ..reading.document import Table
from ..reading.inline import Inline
from ..reading.labels import is_label
from ..reading.stars import read_stars

Kind = Literal["number", "date", "stars", "links", "title", "text"]
Kinds = frozenset[Kind]

NOTHING: Kinds = frozenset()

# Stands for a value that there is none of.
_PLACEHOLDER = re.compile(r"[-–—/?.…~]+|n/?a|none|无|tb[ad]|null", re.IGNORECASE)
_NUMBER = re.compile(r"#?\d{1,6}[.)、]?")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"(?:19|20)\d\d(?:[-./年 ]{1,2}\d{1,2}(?:[-./月 ]{1,2}\d{1,2})?[月日号]?|年|\d\d(?:\d\d)?)?"
    rf"|(?:\d{{1,2}}[ ,]{{1,2}})?{_MONTH}[ ,'’]{{1,2}}(?:\d{{1,2}},[ ]?)?(?:20|19)?\d\d"
    r"|\d\d[./-](?:0[1-9]|1[0-2])",
    re.IGNORECASE,
)
_BY_FIELD: dict[Field, Kinds] = {
    "id": frozenset({"number"}),
    "stars": frozenset({"stars"}),
    "year": frozenset({"date"}),
    "date": frozenset({"date"}),
    "links": frozenset({"links"}),
}
_LINKS: Kinds = frozenset({"links", "title"})
# How many values tell what a column holds, and how many of ten must be of one kind.
_ENOUGH, _MOST = 3, 9


class Column(NamedTuple):
    """What a column holds.

    ``kinds`` are those of nearly all of its values, none if they differ; ``loss`` is what it counts
    to leave it empty: most where it holds titles, nothing where many rows do.
    """

    kinds: Kinds
    loss: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How well cells fit columns: the more the better; ``misfits`` are values of another kind."""

    score: int = 0
    misfits: int = 0

    def __add__(self, other: Fit) -> Fit:
        return Fit(self.score + other.score, self.misfits + other.misfits)

    def __sub__(self, other: Fit) -> Fit:
        return Fit(self.score - other.score, self.misfits - other.misfits)


def kinds_of(cell: Inline) -> Kinds:
    """What a cell may hold; nothing if it is empty.

    >>> sorted(kinds_of(Inline("2017"))), sorted(kinds_of(Inline("an essay")))
    (['date', 'number'], ['text'])
    """
    text = cell.text.strip(" \t\n")
    links = [link for link in cell.links if link.kind != "image"]
    rest = text
    for link in links:
        rest = rest.replace(link.text, "", 1)
    if cell.links and not any(map(str.isalnum, rest)):
        return frozenset({"links"} if all(map(is_label, links)) else {"links", "title"})
    if not text or _PLACEHOLDER.fullmatch(text):
        return NOTHING
    stars = read_stars(text, asterisks=True)
    without = stars.rest.strip(" \t")
    if stars.glyph and not without:
        return frozenset({"stars"})
    found: set[Kind] = set()
    if _NUMBER.fullmatch(without):
        found.add("number")
    if _DATE.fullmatch(text):
        found.add("date")
    return frozenset(found or {"text"})


def columns_of(table: Table) -> tuple[Column, ...]:
    """What the columns of a table hold, as the rows show that have a cell for each."""
    width = len(table.grid.header.cells)
    whole = [
        [kinds_of(inline) for inline in inlines[:width]]
        for row, inlines in zip(table.grid.rows, table.inlines, strict=True)
        if len(row.cells) >= width and not row.is_empty
    ]
    return tuple(
        _column(field, [row[number] for row in whole]) for number, field in enumerate(table.fields)
    )


def _column(field: Field | None, values: Sequence[Kinds]) -> Column:
    filled = [value for value in values if value]
    loss = 3 if field == "title" else 0
    if len(filled) < _ENOUGH:
        return Column(_BY_FIELD.get(field, NOTHING) if field else NOTHING, loss)
    counted = Counter(kind for value in filled for kind in value)
    kinds: set[Kind] = {
        kind for kind, count in counted.items() if count * 10 >= len(filled) * _MOST
    }
    if "title" in kinds:
        kinds.discard("links")
    is_filled = len(filled) * 10 >= len(values) * _MOST
    return Column(frozenset(kinds), loss or int(is_filled))


def fit(value: Kinds, column: Column) -> Fit:
    """How well a value fits a column."""
    if not value:
        return Fit(-column.loss, 0)
    if not is_other_kind(value, column):
        return Fit(int(bool(value & column.kinds)))
    # Where there is text, there may be anything, but rarely is.
    return Fit(-1, int("text" not in column.kinds))


def is_other_kind(value: Kinds, column: Column) -> bool:
    """Whether a column holds values of another kind than this one.

    In a column of links, a text may lack its link, and a link may only be labelled.
    """
    if not value or not column.kinds or value & column.kinds:
        return False
    return not (column.kinds <= _LINKS and value & {"text", "links"})


def fit_all(values: Iterable[Kinds], columns: Sequence[Column]) -> Fit:
    """How well values fit the columns from the first on, the rest of which are empty."""
    cells = list(values)
    cells += [NOTHING] * (len(columns) - len(cells))
    return sum(map(fit, cells, columns), Fit())


def fits_with_gap(values: Sequence[Kinds], columns: Sequence[Column]) -> list[Fit]:
    """How well values fit columns that are more, with the gap before each value and at the end."""
    missing = len(columns) - len(values)
    none = Fit()
    before = [*accumulate(map(fit, values, columns), initial=none)]
    after = [*accumulate(map(fit, values, columns[missing:]), initial=none)]
    empty = [*accumulate((fit(NOTHING, column) for column in columns), initial=none)]
    return [
        before[place] + (empty[place + missing] - empty[place]) + (after[-1] - after[place])
        for place in range(len(values) + 1)
    ]
