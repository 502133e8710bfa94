"""Time of lint, format and normalize beside parsing, loading markdown-it-py, and repair.

``python -m benchmarks.lint`` prints ratios; what is compared is run in turn.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from llmpaper_md import LintOptions, lint, parse
from llmpaper_md.linting.checking import check

FIXTURE = Path(__file__).parent.parent / "fixtures" / "README.repaired.md"
COMMAND = Path(sys.executable).parent / "llmpaper-md"
ROUNDS = 15


def _seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _run(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=False, capture_output=True)


def main() -> None:
    """Print the tables."""
    text = FIXTURE.read_text("utf-8")
    options = LintOptions(today=date(2026, 1, 1))
    print("| what | to what | ratio | seconds |\n| --- | --- | ---: | ---: |")
    document = parse(text)
    check(document, options)
    cases: list[tuple[str, str, Callable[[], object], Callable[[], object]]] = [
        ("the rules", "`parse`", lambda: check(document, options), lambda: parse(text)),
        (
            "`lint`, its safe fixes proved",
            "`parse` and the rules",
            lambda: lint(text, options),
            lambda: check(parse(text), options),
        ),
        (
            "`llmpaper-md lint FILE`",
            "`python -c 'import markdown_it'`",
            _run(str(COMMAND), "lint", str(FIXTURE)),
            _run(sys.executable, "-c", "import markdown_it"),
        ),
    ]
    garbled = str(FIXTURE.with_name("README.garbled.md"))
    cases += [
        (
            "`llmpaper-md format FILE`",
            "`python -c 'import markdown_it'`",
            _run(str(COMMAND), "format", str(FIXTURE)),
            _run(sys.executable, "-c", "import markdown_it"),
        ),
        (
            "`llmpaper-md normalize GARBLED`",
            "`llmpaper-md repair GARBLED`",
            _run(str(COMMAND), "normalize", garbled),
            _run(str(COMMAND), "repair", garbled),
        ),
    ]
    for what, to_what, one, other in cases:
        pairs = [(_seconds(one), _seconds(other)) for _ in range(ROUNDS)]
        ratio = median(a / b for a, b in pairs)
        print(f"| {what} | {to_what} | {ratio:.2f} | {median(a for a, _ in pairs):.3f} |")
    print("\n| copies | seconds a copy |\n| ---: | ---: |")
    for copies in (1, 10, 100):
        many = parse((text + "\n\n") * copies)
        print(f"| {copies} | {_seconds(lambda many=many: check(many, options)) / copies:.4f} |")  # type: ignore[misc]


if __name__ == "__main__":
    main()
