"""Time of the commands on a folder of 200 files, by one process and by several.

``python -m benchmarks.jobs`` takes turns with one and two jobs; numbers of jobs can be named. How
much there is to gain is what as many processes gain that only count: a machine that is shared may
not have as many CPUs as it says.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = ("README.garbled.md", "README.repaired.md", "README.normalized.md")
FILES = 200
ROUNDS = 3
COMMANDS = (("repair", "--check"), ("lint", "--exit-zero"), ("format", "--check"))
COUNT = "for i in range(30_000_000): pass"


def main() -> None:
    """Print the table."""
    numbers = [int(number) for number in sys.argv[1:]] or [1, 2]
    print("| what | jobs | seconds | to one job |\n| --- | ---: | ---: | ---: |")
    _row("counting, as many times as jobs", numbers, _counting)
    with TemporaryDirectory() as folder:
        for number in range(FILES):
            name = NAMES[number % len(NAMES)]
            shutil.copy(FIXTURES / name, Path(folder) / f"{number:03}.md")
        for command in COMMANDS:
            _row(f"`{' '.join(command)}`", numbers, partial(_run, command, folder))


def _row(what: str, numbers: list[int], run: Callable[[int], float]) -> None:
    rounds = [[run(number) for number in numbers] for _ in range(ROUNDS)]
    for place, number in enumerate(numbers):
        seconds = median(times[place] for times in rounds)
        ratio = median(times[place] / times[0] for times in rounds)
        print(f"| {what} | {number} | {seconds:.2f} | {ratio:.2f} |", flush=True)


def _counting(jobs: int) -> float:
    start = time.perf_counter()
    started = [subprocess.Popen([sys.executable, "-c", COUNT]) for _ in range(jobs)]
    for process in started:
        process.wait()
    return (time.perf_counter() - start) / jobs


def _run(command: tuple[str, ...], folder: str, jobs: int) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [Path(sys.executable).parent / "llmpaper-md", *command, f"--jobs={jobs}", folder],
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
