"""Leave the rarest n-grams out of a folder of counts.

    python cut_counts.py COUNTS OUTPUT --least 4 12 16

What is left out stays in the totals: see `kneser_ney`. A text that is joined with a small weight
(`merge`) has no use for n-grams that are rare in it, since `prune` would leave them out in the end.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from counts import Counts, Table, read_counts, write_counts


def cut(counts: Counts, least: Sequence[int]) -> Counts:
    """Counts without the n-grams below the smallest counts, given by n from 2.

    An n-gram is never more frequent than the shorter ones in it, so smallest counts that do not
    fall with n leave none without its beginning or end. Raises ValueError for others.
    """
    if sorted(least) != list(least):
        raise ValueError(f"the smallest counts {list(least)} fall with n: they must not")
    first, *longer = counts.orders
    tables = [first]
    for table, smallest in zip(longer, least, strict=True):
        keep = table.count >= smallest
        tables.append(
            Table(table.keys[keep], table.count[keep], table.left[keep], table.between[keep])
        )
    return replace(counts, orders=tuple(tables))


def main() -> None:
    """Read, cut, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", type=Path, help="folder of counts")
    parser.add_argument("output", type=Path, help="folder of the smaller counts")
    parser.add_argument(
        "--least", type=int, nargs=3, required=True, help="smallest count of 2-, 3- and 4-grams"
    )
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    write_counts(cut(read_counts(options.counts), options.least), options.output)


if __name__ == "__main__":
    main()
