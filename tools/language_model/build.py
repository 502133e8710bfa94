"""Build the language model from the counts beside this script: same counts, same bytes.

python tools/language_model/build.py -o llmpaper_md/repairing/zh.model
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from counts import read_counts  # noqa: E402  (the lines above make these importable)
from kneser_ney import estimate  # noqa: E402
from merge import UNIT, merge  # noqa: E402
from prune import can_be_damaged, prune  # noqa: E402
from words import add_words, read_words  # noqa: E402
from write import model_bytes  # noqa: E402

TEXTS = ((".", 1.0), ("technical", 1.0), ("general", 0.5), ("traditional", 0.05))
"""The folders of counts, and the weight of each."""

THRESHOLDS = (4.29e-9, 1.705e-8, 1.43e-8)
"""Least relative entropy in nats a character of a kept 2-, 3- and 4-gram."""


def build(
    folder: Path,
    texts: Sequence[tuple[str, float]] = TEXTS,
    thresholds: tuple[float, ...] = THRESHOLDS,
) -> bytes:
    """The bytes of the model file, from a folder of counts.

    texts: the folders of counts in it, and the weight of each, a multiple of 1 / `UNIT`.
    thresholds: as `prune` takes them.
    """
    joined = merge([(read_counts(folder / name), round(UNIT * weight)) for name, weight in texts])
    counts = add_words(joined, read_words(folder / "words.xz"))
    orders, unseen = estimate(counts)
    kept = prune(orders, can_be_damaged(counts.characters), thresholds)
    return model_bytes(counts.characters, kept, unseen)


def main() -> None:
    """Build, write, and say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help="the model file")
    parser.add_argument("--counts", type=Path, default=HERE / "counts", help="folder of counts")
    options = parser.parse_args()
    data = build(options.counts)
    options.output.write_bytes(data)
    print(f"{options.output}: {len(data):,} bytes, {len(zlib.compress(data, 9)):,} zipped")


if __name__ == "__main__":
    main()
