r"""Make the compact count files from tables of n-grams (``1gram.tsv.gz`` to ``4gram.tsv.gz``).

A table has one n-gram a line, then its count, the number of different characters before it (all
but the 4-grams) and the number of different pairs around it (1- and 2-grams), with tabs between; a
line end is written as ``\n``. The 1-grams stand most frequent first, the others in the order of
their characters' ids.

N-grams that hold a line end anywhere but first or last are left out, except the pair of two line
ends: between two lines stood four line ends, so these say nothing about the text.

    python import_counts.py TABLES COUNTS
"""

from __future__ import annotations

import argparse
import gzip
from array import array
from pathlib import Path

import numpy as np
from counts import HIGHEST, LINE_END, Counts, Table, Types, character, write_counts

TYPES: tuple[Types, ...] = (
    (5016, 6054, 2804, 870),
    (350857, 122778, 66221, 44640),
    (2924743, 812218, 377132, 229288),
    (9916793, 2201574, 885771, 494335),
)
"""How many 1- to 4-grams the text has that stand in it once, twice, 3 and 4 times."""
LEFT_TYPES: tuple[Types, ...] = (
    (148, 449, 552, 441),
    (503804, 140238, 66339, 38777),
    (3852035, 660566, 266192, 143687),
    (0, 0, 0, 0),
)
"""How many have 1, 2, 3 and 4 different characters before them."""


def read_table(path: Path, n: int, ids: dict[str, int]) -> Table:
    """The n-grams of one table; the ids of the characters are added to where n is 1."""
    keys, numbers = array("Q"), array("q")
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            ngram, *columns = line.rstrip("\n").split("\t")
            ngram = ngram.replace("\\n", "\n")
            if n == 1:
                ids[ngram] = len(ids) + 1
            key = 0
            for symbol in ngram:
                key = key << 16 | ids[symbol]
            keys.append(key)
            numbers.extend(map(int, columns))
    packed = np.array(keys, np.uint64)
    table = np.array(numbers, np.int64).reshape(len(keys), -1)
    table = np.pad(table, ((0, 0), (0, 3 - table.shape[1])))
    keep = np.ones(len(packed), bool)
    for place in range(1, n - 1):
        keep &= character(packed, place) != LINE_END
    if n > 2:
        both = (character(packed, 0) == LINE_END) & (character(packed, 1) == LINE_END)
        keep &= ~both & (packed >> np.uint64(16 * (n - 2)) != (LINE_END << 16 | LINE_END))
    return Table(packed[keep], table[keep, 0], table[keep, 1], table[keep, 2])


def main() -> None:
    """Read the tables, write the compact files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tables", type=Path, help="folder of the tables")
    parser.add_argument("counts", type=Path, help="folder of the compact files")
    options = parser.parse_args()
    ids: dict[str, int] = {}
    tables = tuple(
        read_table(options.tables / f"{n}gram.tsv.gz", n, ids) for n in range(1, HIGHEST + 1)
    )
    options.counts.mkdir(parents=True, exist_ok=True)
    write_counts(Counts("".join(ids), tables, TYPES, LEFT_TYPES), options.counts)


if __name__ == "__main__":
    main()
