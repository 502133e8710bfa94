"""A list of words of general Chinese, as further evidence beside the counts.

The counted text is about software; a word of cooking or of law may not stand in it at all, and the
model then falls back to single characters. A list of words with frequencies (``words.xz``: a word,
a tab and its frequency on each line) mends that. It is added to the counts like this:

- a word of frequency f stands for the square root of f occurrences, each after another character:
  the number of different things in a text grows with a power of its length, about one half (H. S.
  Heaps, *Information Retrieval*, 1978). So much is added to the counts of all n-grams in the word,
  and to the predecessors of those that begin it;
- an n-gram that the counts did not have is one more predecessor for its end.

Kneser-Ney's lower orders are made of predecessors, so this teaches the model which characters may
stand together, and leaves what it says where the counts have seen much nearly as it was.
"""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from math import isqrt
from pathlib import Path

import numpy as np
from counts import FILTERS, HIGHEST, I64, U64, Counts, Table, history, low_characters

Words = list[tuple[str, int]]


def read_words(path: Path) -> Words:
    """The words of a file and their frequencies."""
    lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    pairs = (line.split("\t") for line in lines)
    return [(word, int(frequency)) for word, frequency in pairs]


def write_words(words: Words, path: Path) -> None:
    """Write a file of words, in the order of their code points."""
    text = "".join(f"{word}\t{frequency}\n" for word, frequency in sorted(words))
    path.write_bytes(lzma.compress(text.encode(), filters=FILTERS))


def add_words(counts: Counts, words: Words) -> Counts:
    """The counts with a list of words added to them.

    A word with a character that the counts lack is passed over.
    """
    ids = {character: i for i, character in enumerate(counts.characters, 1)}
    known = [
        ([ids[c] for c in word], isqrt(frequency) * counts.unit)
        for word, frequency in words
        if all(c in ids for c in word)
    ]
    tables: list[Table] = []
    new: list[U64] = []
    for n in range(1, HIGHEST + 1):
        inside = Counter[int]()
        for word, times in known:
            for key in _keys(word, n):
                inside[key] += times
        table, added = _with_ngrams(counts.orders[n - 1], inside)
        tables.append(table)
        new.append(added)
    for n in range(1, HIGHEST):
        keys = tables[n - 1].keys
        more = np.zeros(len(keys), np.int64)
        ends, predecessors = np.unique(low_characters(new[n], n), return_counts=True)
        more[np.searchsorted(keys, ends)] += predecessors * counts.unit
        if n > 1:
            begins = Counter[int]()
            for word, times in known:
                for key in _keys(word[:n], n):
                    begins[key] += times
            found, predecessors = _arrays(begins)
            more[np.searchsorted(keys, found)] += predecessors
            # What is added to an n-gram is added to the total that it is divided by.
            below = tables[n - 2]
            np.add.at(below.between, np.searchsorted(below.keys, history(keys)), more)
        tables[n - 1].left[:] += more
    return Counts(counts.characters, tuple(tables), counts.types, counts.left_types, counts.unit)


def _keys(word: list[int], n: int) -> Iterator[int]:
    """The keys of the n-grams of a word."""
    for start in range(len(word) - n + 1):
        key = 0
        for i in word[start : start + n]:
            key = key << 16 | i
        yield key


def _arrays(counted: Counter[int]) -> tuple[U64, I64]:
    keys = sorted(counted)
    return np.array(keys, np.uint64), np.array([counted[key] for key in keys], np.int64)


def _with_ngrams(table: Table, more: Counter[int]) -> tuple[Table, U64]:
    """A copy of a table with counts added, and the keys it did not have."""
    found, times = _arrays(more)
    new = np.setdiff1d(found, table.keys)
    keys = np.concatenate([table.keys, new])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    none = np.zeros(len(new), np.int64)
    count, left, between = (
        np.concatenate([column, none])[order] for column in (table.count, table.left, table.between)
    )
    count[np.searchsorted(keys, found)] += times
    return Table(keys, count, left, between), new


def ideographs_only(words: Iterable[tuple[str, int]], least: int) -> Words:
    """The words of two ideographs and more with at least this frequency."""
    return [
        (word, frequency)
        for word, frequency in words
        if frequency >= least
        and len(word) > 1
        and all("\u3400" <= c <= "\u9fff" or c == "〇" for c in word)
    ]
