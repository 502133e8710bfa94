"""The same work done by other tools, on the source README.

``PATH=…:$PATH python -m benchmarks.peers`` runs commands that are found on the path, and libraries
that can be imported, in turn with ours; with ``--copies N`` the list is N times as long.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from llmpaper_md import parse, repair

from .lint import COMMAND, FIXTURE

ROUNDS = 11
COMMANDS = {
    "lint": {
        "pymarkdown": ["pymarkdown", "scan"],
        "rumdl": ["rumdl", "check", "--no-cache"],
        "markdownlint-cli2": ["markdownlint-cli2"],
        "remark with remark-lint": [
            *("remark", "--quiet", "--use", "remark-gfm"),
            *("--use", "remark-preset-lint-recommended", "--output", "/dev/null"),
        ],
        "awesome-lint": ["awesome-lint"],
    },
    "format": {
        # From standard input, as it would write into the file, which would then be in its form.
        "mdformat with tables": ["mdformat", "-"],
        "prettier": ["prettier"],
    },
}
# The others write every row again, too.
OWN = {task: [task] for task in COMMANDS} | {"format": ["format", "--table-style", "compact"]}
_LIBRARIES = ("ftfy", "plsfix", "markdown-it-py", "mistune")


def versions() -> Iterator[str]:
    """The libraries that are here, and the commands that say what version they are."""
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
    for command in dict.fromkeys(own[0] for task in COMMANDS.values() for own in task.values()):
        found = shutil.which(command)
        option = "version" if command == "pymarkdown" else "--version"
        if found and command != "awesome-lint":
            said = subprocess.run([found, option], capture_output=True, text=True, check=False)
            words = (said.stdout or said.stderr).split("\n")[0].strip()
            yield words if words.startswith(command) else f"{command} {words}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--copies", type=int, default=1)
    copies = parser.parse_args(arguments).copies
    rounds = ROUNDS if copies == 1 else 3
    print("| task | other tool | their time to ours | ours, s |\n| --- | --- | ---: | ---: |")
    for task, peer, pairs in (*_in_process(rounds, copies), *_commands(rounds, copies)):
        if not pairs:
            print(f"| {task} | {peer} | not found | |")
            continue
        ratio = median(theirs / mine for mine, theirs in pairs)
        print(f"| {task} | {peer} | {ratio:.2f} | {median(mine for mine, _ in pairs):.3f} |")
    return 0


_Row = tuple[str, str, list[tuple[float, float]]]


def _in_process(rounds: int, copies: int) -> Iterator[_Row]:
    text = FIXTURE.read_bytes().decode() * copies
    garbled = FIXTURE.with_name("README.garbled.md").read_bytes().decode() * copies
    cases: list[tuple[str, str, str, str, Callable[[str], object], str]] = [
        ("repair, in process", "ftfy", "ftfy", "fix_text", repair, garbled),
        ("repair, in process", "plsfix", "plsfix", "fix_text", repair, garbled),
        ("parse, in process", "markdown-it-py", "markdown_it", "MarkdownIt", parse, text),
        ("parse, in process", "mistune", "mistune", "create_markdown", parse, text),
    ]
    for task, peer, module, name, ours, content in cases:
        try:
            function = getattr(import_module(module), name)
        except ImportError:
            yield task, peer, []
            continue
        if name == "MarkdownIt":
            function = function("commonmark").enable("table").parse
        elif name == "create_markdown":
            function = function(plugins=["table"])
        pairs = []
        for _ in range(rounds):
            start = time.perf_counter()
            ours(content)
            middle = time.perf_counter()
            function(content)
            pairs.append((middle - start, time.perf_counter() - middle))
        yield task, peer, pairs


def _commands(rounds: int, copies: int) -> Iterator[_Row]:
    text = (FIXTURE.read_text("utf-8") + "\n\n" * (copies > 1)) * copies
    for task, others in COMMANDS.items():
        for peer, command in others.items():
            found = shutil.which(command[0])
            if not found:
                yield task, peer, []
                continue
            # Node's tools read the packages that lie above the folder they work in.
            with TemporaryDirectory(dir=Path(found).parent) as folder:
                file = Path(folder, "list.md")
                file.write_text(text, "utf-8")
                theirs = [found, *command[1:], *([] if command[-1] == "-" else ["list.md"])]
                pairs = [
                    (_seconds([str(COMMAND), *OWN[task], str(file)], file), _seconds(theirs, file))
                    for _ in range(rounds)
                ]
            yield task, peer, pairs


def _seconds(command: list[str], file: Path) -> float:
    text = file.read_bytes()
    start = time.perf_counter()
    subprocess.run(command, cwd=file.parent, input=text, capture_output=True, check=False)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
