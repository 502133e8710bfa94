"""Time of the repair, beside ftfy on the same text, and how it grows.

``python -m benchmarks.repair_time FILE…`` takes clean UTF-8 files, damages their lines and repairs
texts of more and more of them, each line with a number of its own so that no two are alike. The
comparison is made on the garbled source README, in CPU time, since the machine may be busy. Each
repair is of a text that the process has not seen before, except where it says otherwise.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import ftfy

from llmpaper_md.repairing import Channel, repair
from llmpaper_md.repairing.model import LanguageModel

FIXTURE = Path(__file__).parent.parent / "fixtures" / "README.garbled.md"
CHANNEL = Channel("windows-1254", soft_hyphens="dropped")
BIN = Path(sys.executable).parent
ROUNDS = 9


def main(names: Sequence[str] = ()) -> None:
    """Print the tables; with names of clean files, also how time grows with their lines."""
    text = FIXTURE.read_bytes().decode()
    print("| what | to what | ratio | seconds |\n| --- | --- | ---: | ---: |")
    pairs = []
    for _ in range(ROUNDS):
        with LanguageModel.open() as model:  # a new one remembers nothing
            start = time.process_time()
            repair(text, model=model)
            middle = time.process_time()
            ftfy.fix_text(text)
            pairs.append((middle - start, time.process_time() - middle))
    _row("`repair`", "`ftfy.fix_text`", pairs)
    pairs = [(_run(BIN / "llmpaper-md", "repair"), _run(BIN / "ftfy")) for _ in range(ROUNDS)]
    _row("`llmpaper-md repair FILE`", "`ftfy FILE`", pairs)
    opening = []
    for _ in range(ROUNDS):
        start = time.process_time()
        LanguageModel.open().close()
        opening.append(time.process_time() - start)
    print(f"| opening the language model | | | {median(opening):.4f} |")
    clean = FIXTURE.with_name("README.repaired.md").read_bytes().decode()
    pairs = []
    for _ in range(ROUNDS):
        start = time.process_time()
        repair(clean)
        middle = time.process_time()
        ftfy.badness.is_bad(clean)
        pairs.append((middle - start, time.process_time() - middle))
    _row("`repair` of clean text", "`ftfy.badness.is_bad`", pairs)
    lines = [line for name in names for line in Path(name).read_text("utf-8").split("\n")]
    if lines:
        _grow(lines)


def _row(what: str, to_what: str, pairs: list[tuple[float, float]]) -> None:
    ratio = median(a / b for a, b in pairs)
    print(f"| {what} | {to_what} | {ratio:.2f} | {median(a for a, _ in pairs):.3f} |")


def _run(*command: object) -> float:
    start = time.perf_counter()
    arguments = [str(part) for part in (*command, FIXTURE)]
    subprocess.run(arguments, check=True, capture_output=True)
    return time.perf_counter() - start


def _grow(lines: list[str]) -> None:
    print("\n| MB | seconds a MB | peak MiB |\n| ---: | ---: | ---: |")
    chosen = random.Random(7)  # noqa: S311 - for the same texts every time
    for size in (1, 4, 16, 64):
        made: list[str] = []
        length = 0
        while length < size * 1e6:
            made.append(CHANNEL.damage(chosen.choice(lines)) + f" {len(made)}\n")
            length += len(made[-1].encode())
        text = "".join(made)
        start = time.perf_counter()
        repair(text)
        seconds = (time.perf_counter() - start) / (length / 1e6)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {size} | {seconds:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
