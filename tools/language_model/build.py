"""Build the language model from the counts beside this script: same counts, same bytes.

python tools/language_model/build.py -o llmpaper_md/repairing/zh.model
"""

from __future__ import annotations

import argparse
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from counts import read_counts  # noqa: E402  (the lines above make these importable)
from kneser_ney import estimate  # noqa: E402
from prune import can_be_damaged, prune  # noqa: E402
from words import add_words, read_words  # noqa: E402
from write import model_bytes  # noqa: E402

THRESHOLDS = (3e-9, 1.2e-8, 1e-8)
"""Least relative entropy in nats a character of a kept 2-, 3- and 4-gram: the lowest with which
the wheel stays below 10 MB."""


def build(folder: Path, thresholds: tuple[float, ...] = THRESHOLDS) -> bytes:
    """The bytes of the model file, from a folder of counts."""
    counts = add_words(read_counts(folder), read_words(folder / "words.xz"))
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
