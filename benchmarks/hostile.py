"""Time and memory of texts made to hurt: ``python -m benchmarks.hostile``.

Each is given to whole processes, one at a time; the memory is the most that the process had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HEAD = "| ID | Paper |\n| - | - |\n"
ROW = "| 1★ | [A](https://arxiv.org/abs/1706.03762) |\n"
TEXTS: dict[str, Callable[[], str]] = {
    "a line of 100 MB": lambda: "x" * 100_000_000,
    "a row of 100,000 cells": lambda: HEAD + "| a " * 100_000 + "|\n",
    "100,000 rows": lambda: HEAD + ROW * 100_000,
    "100,000 brackets in one another": lambda: (
        HEAD + "| 1 | " + "[" * 100_000 + "a" + "]" * 100_000 + " |\n"
    ),
    "emphasis 100,000 deep": lambda: HEAD + "| 1 | " + "*a " * 100_000 + " b*" * 100_000 + " |\n",
    "lists 1,000 deep": lambda: (
        "".join("  " * level + "- a\n" for level in range(1_000)) + "\n" + HEAD + ROW
    ),
    "a million stars in a cell": lambda: HEAD + "| 1" + "★" * 1_000_000 + " | A |\n",
    "a URL of 1 MB": lambda: HEAD + "| 1 | [A](https://a.org/" + "b" * 1_000_000 + ") |\n",
}
COMMANDS = {
    "show": ["show"],
    "lint": ["lint", "--exit-zero", "--statistics"],
    "format": ["format", "--check"],
}
# The kernel's own count (Linux): that of `resource` begins with the memory of this process.
_MEASURED = """
import json, sys, time
start = time.perf_counter()
from llmpaper_md.cli import main
code = main(sys.argv[1:])
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([code, time.perf_counter() - start, peak / 1024]), file=sys.stderr)
"""


def _measure(command: list[str], file: Path) -> tuple[float, float]:
    """Seconds, and MiB at the peak."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command, str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    code, seconds, peak = json.loads(done.stderr.splitlines()[-1])
    assert code in (0, 1), done.stderr  # noqa: S101 - a measurement of a failure is none
    return seconds, peak


def main() -> None:
    """Print the table."""
    print("| text | MB | " + " | ".join(f"{name}, s | MiB" for name in COMMANDS) + " |")
    print("| --- | ---: |" + " ---: | ---: |" * len(COMMANDS))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "list.md")
        for name, make in TEXTS.items():
            file.write_text(make(), "utf-8")
            cells = [name, f"{file.stat().st_size / 1e6:.1f}"]
            for command in COMMANDS.values():
                seconds, peak = _measure(command, file)
                cells += [f"{seconds:.1f}", f"{peak:.0f}"]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
