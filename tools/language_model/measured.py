"""Keep the texts that measure the repair out of what is counted.

    python measured.py --measured FILE… -- TEXT…

A model that has read a text restores it better than others, so a line that shares a run of `RUN` or
more Chinese characters with a text that measures must not be counted. The script prints such lines
of the texts, with file and line, and exits with 1 if there are any; `shared_lines` is for programs
that count. Repositories from which a measured text comes are named in `REPOSITORIES`: none may be
among the sources.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

RUN = 12
"""So many Chinese characters in a row are no coincidence."""

REPOSITORIES = (
    "QwenLM/Qwen",
    "cncf/glossary",
    "km1994/LLMs_interview_notes",
    "open-mmlab/mmpose",
    "isnowfy/snownlp",
    "Anduin2017/HowToCook",
    "geekan/HowToLiveLonger",
    "byoungd/English-level-up-tips",
    "521xueweihan/HelloGitHub",
    "doggy8088/Learn-Git-in-30-days",
)
"""The repositories of the texts in ``benchmarks/README.md``."""

_CHINESE = re.compile(f"[\u3400-\u9fff]{{{RUN},}}")


def runs(lines: Iterable[str]) -> set[str]:
    """Every run of exactly `RUN` Chinese characters in some lines.

    >>> sorted(runs(["大语言模型可以理解和生成文本。"]))
    ['大语言模型可以理解和生成', '言模型可以理解和生成文本', '语言模型可以理解和生成文']
    """
    return {
        match[0][start : start + RUN]
        for line in lines
        for match in _CHINESE.finditer(line)
        for start in range(len(match[0]) - RUN + 1)
    }


def shared_lines(lines: Iterable[str], measured: set[str]) -> Iterator[tuple[int, str]]:
    """The lines that share a run with measured texts, with their numbers from 1.

    measured: what `runs` gives for them.
    """
    for number, line in enumerate(lines, 1):
        if not measured.isdisjoint(runs([line])):
            yield number, line


def counted_repositories(folder: Path) -> set[str]:
    """The names of all sources below a folder, as its ``SOURCES.tsv`` files have them."""
    return {
        line.split("\t")[0].split(" ")[0]
        for path in sorted(folder.rglob("SOURCES.tsv"))
        for line in path.read_text("utf-8").split("\n")
        if line
    }


def main() -> int:
    """Print the lines of some texts that share a run with measured ones."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--measured", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("texts", type=Path, nargs="+", metavar="TEXT")
    options = parser.parse_args()
    measured: set[str] = set()
    for path in options.measured:
        measured |= runs(path.read_text("utf-8").split("\n"))
    found = False
    for path in options.texts:
        for number, line in shared_lines(path.read_text("utf-8").split("\n"), measured):
            print(f"{path}:{number}: {line}")
            found = True
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
