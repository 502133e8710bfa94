"""Time of whole commands beside those of other tools, on the source README.

``PATH=…:$PATH python -m benchmarks.peers`` runs those that are found on the path, in turn; with
``--copies N`` the list is N times as long, and each is run three times.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from .lint import COMMAND, FIXTURE

ROUNDS = 11
OURS = {"lint": [str(COMMAND), "lint"], "format": [str(COMMAND), "format"]}
PEERS = {
    "lint": {
        "pymarkdown": ["pymarkdown", "scan"],
        "markdownlint-cli2": ["markdownlint-cli2"],
        "remark": [
            *("remark", "--quiet", "--use", "remark-gfm"),
            *("--use", "remark-preset-lint-recommended", "--output", "/dev/null"),
        ],
        "awesome-lint": ["awesome-lint"],
    },
    "format": {
        # From standard input, as it would write into the file, which would then be in its form.
        "mdformat": ["mdformat", "-"],
        "prettier": ["prettier"],
    },
}


def _seconds(command: list[str], folder: Path) -> float:
    text = Path(folder, "list.md").read_bytes()
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, input=text, capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--task", choices=tuple(OURS))
    arguments = parser.parse_args()
    text = (FIXTURE.read_text("utf-8") + "\n\n") * arguments.copies
    rounds = ROUNDS if arguments.copies == 1 else 3
    print("| task | beside | their time to ours | ours, s |\n| --- | --- | ---: | ---: |")
    for task, ours in OURS.items():
        if arguments.task not in (None, task):
            continue
        for peer, command in PEERS[task].items():
            if not (found := shutil.which(command[0])):
                print(f"| {task} | {peer} | not found | |")
                continue
            # Node's tools read the packages that lie above the folder they work in.
            with tempfile.TemporaryDirectory(dir=Path(found).parent) as folder:
                file = Path(folder, "list.md")
                file.write_text(text, "utf-8")
                pairs = []
                for _ in range(rounds):
                    mine = _seconds([*ours, str(file)], Path(folder))
                    file_name = [] if command[-1] == "-" else ["list.md"]
                    theirs = _seconds([found, *command[1:], *file_name], Path(folder))
                    pairs.append((mine, theirs))
            ratio = median(theirs / mine for mine, theirs in pairs)
            print(f"| {task} | {peer} | {ratio:.1f} | {median(mine for mine, _ in pairs):.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
