"""Time of whole commands beside those of other tools, on the source README.

``PATH=…:$PATH python -m benchmarks.peers`` runs those that are found on the path, in turn.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from .lint import COMMAND, FIXTURE

ROUNDS = 11
OURS = {"lint": [str(COMMAND), "lint"]}
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
}


def _seconds(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - start


def main() -> int:
    """Print the table."""
    print("| task | beside | their time to ours | ours, s |\n| --- | --- | ---: | ---: |")
    for task, ours in OURS.items():
        for peer, command in PEERS[task].items():
            if not (found := shutil.which(command[0])):
                print(f"| {task} | {peer} | not found | |")
                continue
            # Node's tools read the packages that lie above the folder they work in.
            with tempfile.TemporaryDirectory(dir=Path(found).parent) as folder:
                file = Path(folder, "list.md")
                shutil.copy(FIXTURE, file)
                pairs = []
                for _ in range(ROUNDS):
                    mine = _seconds([*ours, str(file)], Path(folder))
                    pairs.append((mine, _seconds([found, *command[1:], "list.md"], Path(folder))))
            ratio = median(theirs / mine for mine, theirs in pairs)
            print(f"| {task} | {peer} | {ratio:.1f} | {median(mine for mine, _ in pairs):.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
