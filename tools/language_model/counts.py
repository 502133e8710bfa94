"""The n-gram counts that the model is built from, in memory and in their compact files.

One file an order, ``1gram.xz`` to ``4gram.xz``. Unpacked, each is a line of JSON and then columns
of numbers (varints: seven bits a byte, low bits first, the high bit set on all bytes but the last).
The line names the order, its columns in turn with their lengths in bytes, and how many different
n-grams the text had that stood there, or had predecessors, 1, 2, 3 and 4 times.

The 1-grams have the characters themselves (UTF-8, in the order of their ids, from 1). An n-gram of
the others is given by its beginning and its last character: `size` says how many n-grams begin
with each of the n-grams one shorter, `place` which characters those end with. In the order 2 that
is the id; in the orders above, the place that the last character has among the n-grams that begin
as the new one's end does (`bcd` among `bc?`, for `abcd`): far smaller numbers. Within the n-grams
of one beginning only the gaps between the places are written.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LINE_END = 1
"""The id of the line end, the most frequent character; 0 is the unknown character."""
HIGHEST = 4

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Types = tuple[int, int, int, int]

FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 0, "pb": 0}]
"""Varints have no alignment, and a byte says little about the next: contexts of none do best."""


@dataclass(frozen=True, slots=True)
class Table:
    """The n-grams of one order, ascending by key.

    keys: the ids of the characters, 16 bits each, first character highest.
    count: how often each stands in the text.
    left: how many different characters stand directly before it (0 in the highest order).
    between: how many different pairs stand around it (0 in the two highest orders).
    """

    keys: U64
    count: I64
    left: I64
    between: I64


@dataclass(frozen=True, slots=True)
class Counts:
    """All that is counted.

    characters: those counted, in the order of their ids, which start at 1.
    orders: the n-grams, by n from 1.
    types: how many different n-grams stand once, twice, 3 and 4 times in the text, before any was
        left out, by n from 1.
    left_types: how many have 1, 2, 3 and 4 different characters before them, likewise.
    unit: how many parts one occurrence has in the tables: 1, but for joined counts (see `merge`).
    """

    characters: str
    orders: tuple[Table, ...]
    types: tuple[Types, ...]
    left_types: tuple[Types, ...]
    unit: int = 1


def low_characters(keys: U64, n: int) -> U64:
    """The last n characters of keys, as keys."""
    return keys & np.uint64((1 << 16 * n) - 1)


def history(keys: U64) -> U64:
    """Keys without their last characters."""
    return keys >> np.uint64(16)


def character(keys: U64, place: int) -> U64:
    """The ids at a place, counted from the end of the n-gram."""
    return keys >> np.uint64(16 * place) & np.uint64(0xFFFF)


def read_counts(folder: Path) -> Counts:
    """The counts of a folder of compact files.

    Raises OSError where a file is missing, ValueError where one is not what it should be.
    """
    tables: list[Table] = []
    types: list[Types] = []
    left_types: list[Types] = []
    characters = ""
    for n in range(1, HIGHEST + 1):
        path = folder / f"{n}gram.xz"
        head, columns = _unpack(path)
        if head["order"] != n:
            raise ValueError(f"{path}: n-grams of order {head['order']}, not {n}")
        if n == 1:
            characters = columns["characters"].decode()
            keys = np.arange(1, len(characters) + 1, dtype=np.uint64)
        else:
            keys = _keys(_numbers(columns["size"]), _numbers(columns["place"]), tables[-1].keys, n)
        count = _numbers(columns["count"])
        left = count - _numbers(columns["less"]) if "less" in columns else np.zeros_like(count)
        between = _numbers(columns["between"]) if "between" in columns else np.zeros_like(count)
        tables.append(Table(keys, count, left, between))
        types.append(_four(head["types"]))
        left_types.append(_four(head["left_types"]))
    return Counts(characters, tuple(tables), tuple(types), tuple(left_types))


def write_counts(counts: Counts, folder: Path) -> None:
    """Write the compact files, over what stands there.

    Every n-gram must have its beginning and its end among the n-grams one shorter.
    """
    for n, table in enumerate(counts.orders, 1):
        columns: dict[str, bytes] = {}
        if n == 1:
            columns["characters"] = counts.characters.encode()
        else:
            size, place = _places(table.keys, counts.orders[n - 2].keys, n)
            columns["size"], columns["place"] = _varints(size), _varints(place)
        columns["count"] = _varints(table.count)
        if n < HIGHEST:
            columns["less"] = _varints(table.count - table.left)
        if n < HIGHEST - 1:
            columns["between"] = _varints(table.between)
        head = {
            "order": n,
            "columns": {name: len(column) for name, column in columns.items()},
            "types": counts.types[n - 1],
            "left_types": counts.left_types[n - 1],
        }
        packed = json.dumps(head).encode() + b"\n" + b"".join(columns.values())
        (folder / f"{n}gram.xz").write_bytes(lzma.compress(packed, filters=FILTERS))


def _four(numbers: list[int]) -> Types:
    once, twice, thrice, four_times = numbers
    return once, twice, thrice, four_times


def _unpack(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    try:
        line, _, body = lzma.decompress(path.read_bytes()).partition(b"\n")
        head = json.loads(line)
    except (lzma.LZMAError, ValueError) as error:
        raise ValueError(f"{path}: not a file of n-gram counts: {error}") from error
    columns, start = {}, 0
    for name, length in head["columns"].items():
        columns[name] = body[start : start + length]
        start += length
    if start != len(body):
        raise ValueError(f"{path}: {len(body)} bytes of columns, not {start}")
    return head, columns


def _places(keys: U64, below: U64, n: int) -> tuple[I64, I64]:
    """How many n-grams begin with each of the shorter ones, and the gaps between their places."""
    begin = np.searchsorted(below, history(keys))
    place = _place_of_end(keys, below, n)
    if not np.array_equal(below[begin], history(keys)):
        raise ValueError(f"{n}-grams without their beginnings")
    gap = place - np.concatenate([[-1], place[:-1]]) - 1
    first = np.concatenate([[True], begin[1:] != begin[:-1]])
    return np.bincount(begin, minlength=len(below)), np.where(first, place, gap)


def _place_of_end(keys: U64, below: U64, n: int) -> I64:
    """The place of the last character among the n-grams that begin as the end of this one does."""
    end = low_characters(keys, n - 1)
    if n == 2:
        return end.astype(np.int64)
    at = np.searchsorted(below, end)
    if not np.array_equal(below[at], end):
        raise ValueError(f"{n}-grams without their ends")
    return at - np.searchsorted(history(below), history(end))


def _keys(size: I64, gap: I64, below: U64, n: int) -> U64:
    """The inverse of `_places`."""
    begin = np.repeat(np.arange(len(below)), size)
    start = np.concatenate([[0], np.cumsum(size)])[:-1][begin]
    steps = np.cumsum(gap + 1)
    before = np.concatenate([[0], steps])[start]
    place = steps - before - 1
    if n == 2:
        last = place.astype(np.uint64)
    else:
        middle = low_characters(below[begin], n - 2)
        last = low_characters(below[np.searchsorted(history(below), middle) + place], 1)
    keys: U64 = below[begin] << np.uint64(16) | last
    return keys


def _varints(numbers: I64) -> bytes:
    """Seven bits a byte, low bits first, the high bit set on all bytes but the last.

    >>> _varints(np.array([5, 300])).hex(" ")
    '05 ac 02'
    """
    if len(numbers) and numbers.min() < 0:
        raise ValueError("a column has a number below 0")
    length = np.ones(len(numbers), np.int64)
    for bits in range(7, 63, 7):
        length += numbers >> bits > 0
    start = np.cumsum(length) - length
    out = np.zeros(int(length.sum()), np.uint8)
    for k in range(int(length.max(initial=0))):
        has = length > k
        byte = numbers[has] >> 7 * k & 0x7F | np.where(length[has] > k + 1, 0x80, 0)
        out[start[has] + k] = byte
    return out.tobytes()


def _numbers(column: bytes) -> I64:
    """The inverse of `_varints`.

    >>> _numbers(bytes.fromhex("05 ac 02")).tolist()
    [5, 300]
    """
    raw = np.frombuffer(column, np.uint8)
    last = raw < 0x80
    number = np.concatenate([[0], np.cumsum(last)[:-1]]).astype(np.int64)
    start = np.concatenate([[0], np.flatnonzero(last)[:-1] + 1]).astype(np.int64)
    shift = 7 * (np.arange(len(raw)) - start[number])
    out = np.zeros(int(last.sum()), np.int64)
    np.add.at(out, number, (raw & 0x7F).astype(np.int64) << shift)
    return out
