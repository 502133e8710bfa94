from __future__ import annotations

import re

import pytest

from llmpaper_md import parse
from llmpaper_md.reading.blocks import Heading
from llmpaper_md.reading.sections import split_number
from llmpaper_md.source import Source
from tests import github

TITLES = {
    "2023 papers": (None, "2023 papers"),
    "3D vision": (None, "3D vision"),
    "GPT-4.5": (None, "GPT-4.5"),
    "100+ papers": (None, "100+ papers"),
    "I think": (None, "I think"),
    "一些论文": (None, "一些论文"),
    "2.": (None, "2."),
    "1.5-bit models": (None, "1.5-bit models"),
    "2.5% of papers": (None, "2.5% of papers"),
    "": (None, ""),
    "2023.05 papers": (None, "2023.05 papers"),
    "2023.05.01": (None, "2023.05.01"),
    "一部分论文": (None, "一部分论文"),
    "第一": (None, "第一"),
    "第一批论文": (None, "第一批论文"),
    "3部曲": (None, "3部曲"),
    "1.部署与推理": ("1", "部署与推理"),
    "2、部分方法": ("2", "部分方法"),
    "2.2CoT": ("2.2", "CoT"),
    "2.4 PEFT": ("2.4", "PEFT"),
    "2.5. Embedding": ("2.5", "Embedding"),
    "1.1.1 GPT family": ("1.1.1", "GPT family"),
    "3. Models": ("3", "Models"),
    "4) Data": ("4", "Data"),
    "5、方法": ("5", "方法"),
    "6 Results": ("6", "Results"),
    "一、概述": ("一", "概述"),
    "（十二）评测": ("十二", "评测"),
    "(3) Tools": ("3", "Tools"),
    "第二章 方法": ("二", "方法"),
    "第3节：方法": ("3", "方法"),
    "第 4 章 方法": ("4", "方法"),
    "第一部分 基础": ("一", "基础"),
    "2 .NET tools": ("2", ".NET tools"),
    "1 ) Tools": ("1", "Tools"),
    "IV. Results": ("IV", "Results"),
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items())
def test_tells_number_and_title_apart(title: str, expected: tuple[str | None, str]) -> None:
    assert split_number(title) == expected


def test_builds_the_tree() -> None:
    text = "### a\n# b\n## c\n#### d\n## e\n1. # f\n2. ## *g* `h`\n> ### i\n\nj\n===\n"
    sections = parse(text).sections
    assert [(s.number, s.level, " > ".join(s.path), s.line) for s in sections] == [
        (None, 3, "a", 1),
        (None, 1, "b", 2),
        (None, 2, "b > c", 3),
        (None, 4, "b > c > d", 4),
        (None, 2, "b > e", 5),
        ("1", 1, "f", 6),
        ("2", 2, "f > g h", 7),
        (None, 3, "f > g h > i", 8),
        (None, 1, "j", 10),
    ]
    assert sections[6].span.cut(text) == "## *g* `h`"
    assert sections[8].span.cut(text) == "j\n==="


ENDS = [
    "#",
    "# ",
    "## ##",
    "# a\t \n",
    "#   a  ##  \n",
    "# \u00a0a\u00a0\n",
    "# a \u2028 ##\n",
    "# \u00a0\n",
    "# a\u00a0##\n",
    "> 1. # \u3000 a\u0085\r\n",
    "\u00a0a\n b \u00a0\n===\n",
]


@pytest.mark.parametrize("text", ENDS)
def test_only_blanks_are_stripped_from_a_title(text: str) -> None:
    """As GitHub does it: what else looks like a blank is data in damaged text."""
    (shown,) = re.findall(r"<h1>(.*?)</h1>|<h2></h2>", github.html(text), re.DOTALL)
    (heading,) = (block for block in parse(text).blocks.blocks if isinstance(block, Heading))
    assert re.sub(r"\n *", "\n", heading.content.text) == shown
    source = Source.of(text)
    for (start, place), line in zip(
        heading.content.pieces, heading.content.text.split("\n"), strict=True
    ):
        assert heading.content.text[start:].startswith(line)
        assert source.text[place:].startswith(line)
