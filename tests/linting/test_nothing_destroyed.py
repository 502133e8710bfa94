"""No fix makes a later repair worse: what may be half a character is left alone, in any channel."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from llmpaper_md import LintOptions, fix, repair
from llmpaper_md.linting.registry import RULES
from llmpaper_md.repairing import Channel, MultiByteChannel
from llmpaper_md.repairing.codepages import CODE_PAGES
from llmpaper_md.repairing.misread_chinese import ENCODINGS, PAGES, misread as as_letters
from llmpaper_md.repairing.multibyte import CODEPAGES, FORMS

Damage = Callable[[str], str]

ROWS = [
    "提出了完全基于注意力机制的模型结构，效果与训练速度都优于循环网络。",
    "用低秩矩阵更新参数，从而大幅度减少训练成本；不需要显卡！",
    "通过人类反馈的强化学习来对齐模型，回答更有用、更安全，本文的重点是训练。",
    "我们介绍一种新的方法",
]
LIST = "# 论文列表\n\n| ID | 论文 | 介绍 |\n| -- | -- | -- |\n" + "".join(
    f"| {number} | [论文](https://arxiv.org/abs/2001.0000{number}) ⭐⭐ | {row} |\n"
    for number, row in enumerate(ROWS)
)


def _letters(page: str, encoding: str) -> Damage:
    return lambda text: as_letters(text, page, encoding) or text


def _channels() -> dict[str, Damage]:
    found: dict[str, Damage] = {}
    for number, page in enumerate(CODE_PAGES):
        # Each page in one way, and the most usual one in all.
        for place, undefined in enumerate(("dropped", "c1", "question", "replacement")):
            for hyphens in ("kept", "dropped"):
                if page == "windows-1254" or (number % 4 == place and hyphens == "kept"):
                    channel = Channel(page, undefined, hyphens)  # type: ignore[arg-type]
                    found[channel.describe()] = channel.damage
    for codec in CODEPAGES:
        for form in FORMS if codec == "gbk" else FORMS[:1]:
            other = MultiByteChannel(codec, form)
            found[other.describe()] = other.damage
    for number, page in enumerate(PAGES):
        encoding = list(ENCODINGS)[0 if number < 4 else number % 3]
        found[f"{encoding} as {page}"] = _letters(page, encoding)
    return found


CHANNELS = _channels()


@pytest.mark.parametrize("name", CHANNELS)
def test_a_repair_after_the_fixes_is_the_repair(name: str) -> None:
    """Whole lists, and single cells in clean ones; all rules, the strict ones too."""
    damage = CHANNELS[name]
    whole = damage(LIST)
    mixed = re.sub(r"(?<=⭐ \| )[^|]+(?= \|)", lambda match: damage(match[0]), LIST)
    for text in (whole, mixed):
        right = repair(text).text
        for rules in (LintOptions(strict=True), LintOptions(ignore=("mojibake", "lost-bytes"))):
            made = repair(fix(text, rules).text).text
            assert made in (right, fix(right, rules).text)
        halves = LintOptions(select=("invisible-character",))
        assert repair(fix(text, halves, unsafe=True).text).text == right


def test_every_rule_is_among_those_tried() -> None:
    assert {"mojibake", "lost-bytes", "invisible-character"} < set(RULES)
