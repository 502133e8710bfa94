"""Which lines are repaired, by what they say themselves and by what stands around them."""

import pytest

from llmpaper_md.repairing.channel import Channel
from llmpaper_md.repairing.evidence import intact_share
from llmpaper_md.repairing.inversion import Inverter
from llmpaper_md.repairing.line_selection import plan
from llmpaper_md.repairing.lines import lines_beyond_ascii

TURKISH = Channel("windows-1254", soft_hyphens="dropped")
CLEAN = "这是完好的一行中文。"
GARBLED = TURKISH.damage("请先阅读下面的说明，然后再开始。")


def planned(text: str, *, named: bool = False) -> list[int]:
    """The numbers of the lines that are to be repaired, from 0."""
    plans = plan(lines_beyond_ascii(text), Inverter(TURKISH), intact_share(TURKISH), named=named)
    return [text.count("\n", 0, made.line.start) for made in plans]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("12 Å²", id="a letter on its own"),
        pytest.param("Ã© 中", id="a letter beside a clean character"),
        pytest.param("æ–‡ 中文", id="one character beside clean ones"),
        pytest.param("ä¸ 中", id="a damaged character beside a clean one"),
        pytest.param("æ–‡ä¸ 中", id="one whole and one damaged beside a clean one"),
        pytest.param("é è ê 中", id="letters beside a clean one"),
        pytest.param("æ–‡æ–‡ Ã Ã Ã Ã Ã Ã Ã Ã", id="too many damaged letters"),
        pytest.param("æ–‡æ–‡æ–‡ Ã Ã Ã Ã Ã", id="a few too many"),
        pytest.param("ä¸", id="a damaged character alone"),
        pytest.param("`中文` Ã©", id="a letter beside clean code"),
        pytest.param("`æ–‡æ–‡æ–‡`", id="code alone"),
    ],
)
def test_a_line_that_may_be_clean_stays(line: str) -> None:
    assert planned(line) == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Ã©", id="a letter of Western Europe"),
        pytest.param("Ã¿", id="the last of them"),
        pytest.param("ÅÅ² Å²Å²", id="a letter beside its like"),
        pytest.param("æ–‡", id="a whole character"),
        pytest.param("æ–‡æ–‡ 中文", id="two beside clean ones"),
        pytest.param("æ–‡æ–‡ä¸ 中", id="most of them whole"),
        pytest.param("æ–‡ä¸ä¸ 中", id="one whole and two damaged beside a clean one"),
        pytest.param("| ä¸ä¸ä¸ä¸ | ⭐ |", id="four damaged in a cell beside stars"),
        pytest.param("æ–‡æ–‡æ–‡æ–‡ ä¸ ä¸ ä¸ ä¸ ä¸", id="enough of them whole"),
        pytest.param("ââââââââ æ–‡", id="damaged stars say nothing"),
        pytest.param("`中文` æ–‡æ–‡", id="whole characters beside clean code"),
    ],
)
def test_a_line_that_cannot_be_clean_is_repaired(line: str) -> None:
    assert planned(line) == [0]


LETTER = "12 Å²"
FEW = "ä¸ä¸ä¸ä¸ Ã©"
TWO = "- ä¸ä¸"
CODE = "`ä¸`"
HOLE = "- ä¸"
LEAD = "- é 1"
WORD = "café"


@pytest.mark.parametrize(
    ("line", "named", "garbled", "clean", "follows"),
    [
        (LETTER, False, 7, 0, False),
        (LETTER, False, 8, 0, True),
        (LETTER, False, 15, 1, False),
        (LETTER, False, 16, 1, True),
        (LETTER, False, 23, 2, False),
        (LETTER, True, 1, 0, True),
        (LETTER, True, 1, 1, False),
        (FEW, False, 1, 0, True),
        (FEW, False, 0, 1, True),
        (FEW, False, 10, 1, True),
        (TWO, False, 1, 9, True),
        (TWO, False, 0, 1, False),
        (HOLE, False, 0, 0, False),
        (HOLE, False, 1, 0, True),
        (HOLE, False, 4, 1, False),
        (HOLE, False, 5, 1, True),
        (HOLE, False, 9, 2, False),
        (HOLE, False, 10, 2, True),
        (HOLE, True, 0, 1, True),
        (CODE, False, 1, 0, True),
        (CODE, False, 0, 1, False),
        (LEAD, False, 4, 0, False),
        (LEAD, False, 5, 0, True),
        (LEAD, False, 9, 1, False),
        (LEAD, False, 10, 1, True),
        (LEAD, False, 14, 2, False),
        (LEAD, False, 15, 2, True),
        (LEAD, True, 0, 0, False),
        (LEAD, True, 5, 1, True),
        (LEAD, True, 4, 1, False),
        (WORD, False, 49, 0, False),
        (WORD, False, 50, 0, True),
        (WORD, False, 99, 1, False),
        (WORD, False, 100, 1, True),
        (WORD, True, 1, 0, True),
        (WORD, True, 49, 1, False),
        ("le Nestlé®", False, 49, 0, False),
        ("le Nestlé®", False, 50, 0, True),
        ("le é® 1", False, 1, 0, True),
        ("é b", False, 5, 0, True),
        ("éb 1", False, 49, 0, False),
        ("1 caé 1", False, 49, 0, False),
        ("1 é a, é2 bé", False, 49, 0, False),
        ("a é 1", False, 5, 0, True),
    ],
)
def test_a_line_with_nothing_but_damaged_characters_follows_its_file(
    line: str, named: bool, garbled: int, clean: int, follows: bool
) -> None:
    """The less it says, the more garbled lines there must be against each clean one."""
    around = [GARBLED] * (garbled - garbled // 2) + [CLEAN] * clean
    text = "\n".join([*([GARBLED] * (garbled // 2)), *reversed(around), line])
    assert (garbled + clean in planned(text, named=named)) is follows


@pytest.mark.parametrize(
    ("lines", "named", "expected"),
    [
        pytest.param(["```", GARBLED, "```"], False, [], id="nothing around"),
        pytest.param(["```", GARBLED, "```"], True, [1], id="nothing around, the channel named"),
        pytest.param(["```", GARBLED, GARBLED, "```", CLEAN], True, [], id="clean prose after"),
        pytest.param([CLEAN, "```", GARBLED, "```", GARBLED], False, [4], id="clean prose before"),
        pytest.param([CLEAN, GARBLED, f"`{GARBLED}`"], False, [1, 2], id="the nearest before"),
        pytest.param([GARBLED, CLEAN, f"`{GARBLED}`"], False, [0], id="which is clean"),
        pytest.param(
            ["```", GARBLED, GARBLED, GARBLED, "```", GARBLED, CLEAN], False, [1, 2, 3, 5],
            id="the nearest after",
        ),
        pytest.param(
            [f"`{GARBLED}`", f"`{GARBLED}`", CLEAN, GARBLED], False, [3], id="which is clean, too"
        ),
        pytest.param([GARBLED, "```", CLEAN, "é", "```"], False, [0], id="clean code"),
    ],
)  # fmt: skip
def test_code_follows_the_prose_around_it(
    lines: list[str], named: bool, expected: list[int]
) -> None:
    assert planned("\n".join(lines), named=named) == expected
