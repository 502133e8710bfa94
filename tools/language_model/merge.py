"""Join the counts of several texts, each with a weight.

The counts of a text are multiplied by its weight and added up. So that every sum stays one of
integers, the joined counts are in parts of `UNIT`: a weight is a whole number of them. What a text
leaves out for being too rare stays left out of it: its mass is in the totals, as `kneser_ney`
explains, since the counts of the shorter n-grams are those of the whole text.

A character that two texts have before the same n-gram is counted in both. Numerators and
denominators of Kneser-Ney's lower orders grow alike by it, so shares stay shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from counts import HIGHEST, LINE_END, U64, Counts, Table, Types, character

UNIT = 20
"""How many parts a count has: weights are multiples of 0.05."""


def merge(texts: Sequence[tuple[Counts, int]]) -> Counts:
    """Join counts.

    texts: the counts of each text, and its weight in parts of `UNIT`.

    Returns counts in parts of `UNIT`. Ids are given anew, the most frequent character first (the
    line end stays the first of all).
    """
    frequency: dict[str, int] = {}
    for counts, weight in texts:
        for symbol, count in zip(counts.characters, counts.orders[0].count.tolist(), strict=True):
            frequency[symbol] = frequency.get(symbol, 0) + weight * count
    line_end = texts[0][0].characters[LINE_END - 1]
    characters = "".join(sorted(frequency, key=lambda c: (c != line_end, -frequency[c], c)))
    ids = {symbol: i for i, symbol in enumerate(characters, 1)}
    tables: list[Table] = []
    for n in range(1, HIGHEST + 1):
        parts = []
        for counts, weight in texts:
            number = np.array([0, *(ids[symbol] for symbol in counts.characters)], np.uint64)
            parts.append(_weighted(_renumbered(counts.orders[n - 1], number, n), weight))
        tables.append(reduce(_sum, parts))
    types = tuple(_types([c.types[n] for c, _ in texts]) for n in range(HIGHEST))
    left_types = tuple(_types([c.left_types[n] for c, _ in texts]) for n in range(HIGHEST))
    return Counts(characters, tuple(tables), types, left_types, UNIT)


def _types(all_types: Sequence[Types]) -> Types:
    once, twice, thrice, four_times = (sum(column) for column in zip(*all_types, strict=True))
    return once, twice, thrice, four_times


def _renumbered(table: Table, number: U64, n: int) -> Table:
    keys = np.zeros(len(table.keys), np.uint64)
    for place in range(n - 1, -1, -1):
        keys = keys << np.uint64(16) | number[character(table.keys, place).astype(np.int64)]
    order = np.argsort(keys, kind="stable")
    return Table(keys[order], table.count[order], table.left[order], table.between[order])


def _weighted(table: Table, weight: int) -> Table:
    return Table(table.keys, *(weight * c for c in (table.count, table.left, table.between)))


def _sum(one: Table, other: Table) -> Table:
    keys = np.union1d(one.keys, other.keys)
    columns = []
    at, at_other = np.searchsorted(keys, one.keys), np.searchsorted(keys, other.keys)
    for mine, theirs in (
        (one.count, other.count),
        (one.left, other.left),
        (one.between, other.between),
    ):
        column = np.zeros(len(keys), np.int64)
        column[at] = mine
        column[at_other] += theirs
        columns.append(column)
    return Table(keys, *columns)
