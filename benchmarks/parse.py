"""Time and memory of parsing, beside markdown-it-py on the same text.

``python -m benchmarks.parse`` prints ratios, which hold on a noisy machine; the rounds of what
is compared are run in turn.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median

from markdown_it import MarkdownIt

from llmpaper_md import parse
from llmpaper_md.export.json_records import to_json

FIXTURE = Path(__file__).parent.parent / "fixtures" / "README.repaired.md"
ITEMS = Path(__file__).parent.parent / "tests" / "reading" / "shapes" / "items.md"
COMMAND = Path(sys.executable).parent / "llmpaper-md"
BARE = (
    "import argparse; parser = argparse.ArgumentParser(); "
    "parser.add_argument('--version', action='version', version='1'); parser.parse_args()"
)
ROUNDS = 15


def _seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _ratio(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The median of the ratios round by round, and the median seconds of ``one``."""
    pairs = [(_seconds(one), _seconds(other)) for _ in range(ROUNDS)]
    return median(a / b for a, b in pairs), median(a for a, _ in pairs)


def _run(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _peak(text: str) -> float:
    """MiB that parsing takes at its peak, of Python's own allocations."""
    tracemalloc.start()
    parse(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    """Print the table."""
    text = FIXTURE.read_text("utf-8")
    items = ITEMS.read_text("utf-8") * 20
    peer = MarkdownIt("commonmark").enable("table")
    print("| what | to what | ratio | seconds |")
    print("| --- | --- | ---: | ---: |")
    cases: list[tuple[str, str, Callable[[], object], Callable[[], object]]] = [
        ("`parse`", "markdown-it-py's `parse`", lambda: parse(text), lambda: peer.parse(text)),
        (
            "`parse` and `to_json`",
            "the same",
            lambda: to_json(parse(text)),
            lambda: peer.parse(text),
        ),
        (
            "`parse` of a list of items",
            "markdown-it-py's `parse`",
            lambda: parse(items),
            lambda: peer.parse(items),
        ),
        (
            "`llmpaper-md export FILE`",
            "`python -c 'import markdown_it'`",
            _run(str(COMMAND), "export", str(FIXTURE)),
            _run("-c", "import markdown_it"),
        ),
        (
            "`llmpaper-md --version`",
            "`--version` of a bare `argparse` script",
            _run(str(COMMAND), "--version"),
            _run("-c", BARE, "--version"),
        ),
    ]
    for what, to_what, one, other in cases:
        ratio, seconds = _ratio(one, other)
        print(f"| {what} | {to_what} | {ratio:.2f} | {seconds:.3f} |")
    print("\n| copies | seconds a copy | peak MiB a copy |\n| ---: | ---: | ---: |")
    for copies in (1, 10, 100, 1000):
        many = (text + "\n\n") * copies
        seconds = _seconds(lambda many=many: parse(many))  # type: ignore[misc]
        peak = _peak(many)
        print(f"| {copies} | {seconds / copies:.4f} | {peak / copies:.2f} |")


if __name__ == "__main__":
    main()
