"""Make the list of words from the dictionary of jieba (``dict.txt``: word, frequency, tag).

Words rarer than 3 are left out (mostly names), as are those of one character.

    python import_words.py DICTIONARY COUNTS/words.xz
"""

from __future__ import annotations

import argparse
from pathlib import Path

from words import ideographs_only, write_words

LEAST = 3


def main() -> None:
    """Read the dictionary, write the compact list."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("words", type=Path)
    options = parser.parse_args()
    rows = (line.split(" ") for line in options.dictionary.read_text("utf-8").splitlines())
    frequencies = {word: int(frequency) for word, frequency, *_ in rows}
    write_words(ideographs_only(frequencies.items(), LEAST), options.words)


if __name__ == "__main__":
    main()
