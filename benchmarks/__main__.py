"""Every measurement in one run, beside other tools, written into ``benchmarks/README.md``.

``PATH=…:$PATH python -m benchmarks`` takes ten minutes or so; tools that are not found are named.
``--longest N`` sets how many copies of the source README the longest text has, ``--print`` writes
nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from llmpaper_md import read
from llmpaper_md.files import write
from llmpaper_md.formatting.marked_blocks import fill_block

from . import lint, parse, peers, repair_time

README = Path(__file__).parent / "README.md"
GARBLED = lint.FIXTURE.with_name("README.garbled.md")
COMMANDS = {
    "export": lint.FIXTURE,
    "repair": GARBLED,
    "lint": lint.FIXTURE,
    "format": lint.FIXTURE,
    "normalize": GARBLED,
}


def main() -> None:
    """Run all, and write the block of results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--longest", type=int, default=100, metavar="N")
    parser.add_argument("--print", action="store_true")
    arguments = parser.parse_args()
    # First, while this process is small: what starts from a large one has its peak of memory.
    rows = "\n".join(_growth(arguments.longest))
    parts = [f"{_machine()}\n"]
    for title, run in (
        ("Parsing", parse.main),
        ("Repair", repair_time.main),
        ("Lint, format, normalize", lint.main),
        ("Compared with other tools", lambda: peers.main([])),
    ):
        print(title, file=sys.stderr)
        with redirect_stdout(StringIO()) as out:
            run()
        parts.append(f"### {title}\n\n{out.getvalue()}")
    parts.append(f"### Whole commands on long files\n\n{rows}\n")
    text = "\n".join(parts)
    if arguments.print:
        print(text)
    else:
        source = read(README)
        write(README, fill_block(source, "results", text), before=source.text)


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, Python "
        f"{platform.python_version()}; {', '.join(peers.versions())}."
    )


def _growth(longest: int) -> Iterator[str]:
    yield "| command | copies | MB | seconds | seconds a MB | peak MiB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    with TemporaryDirectory() as folder:
        file = Path(folder, "list.md")
        for command, fixture in COMMANDS.items():
            copies = 1
            while copies <= longest:
                print(command, copies, file=sys.stderr)
                file.write_text((fixture.read_text("utf-8") + "\n\n") * copies, "utf-8")
                size = file.stat().st_size / 1e6
                seconds, peak = _measured([str(lint.COMMAND), command, str(file)])
                figures = f"{size:.2f} | {seconds:.2f} | {seconds / size:.2f} | {peak:.0f}"
                yield f"| `{command}` | {copies} | {figures} |"
                copies *= 10


def _measured(command: list[str]) -> tuple[float, float]:
    """The seconds that a command takes, and its peak of memory in MiB."""
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    return perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
