from __future__ import annotations

import pytest

from llmpaper_md import parse
from llmpaper_md.sections import split_number

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
