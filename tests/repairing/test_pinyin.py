"""Damaged letters in Latin words."""

import pytest

from llmpaper_md.repairing import Channel, repair
from llmpaper_md.repairing.inversion import HOLE
from llmpaper_md.repairing.pinyin import in_words
from tests.repairing.lattice_holes import factors, hole

TURKISH = Channel("windows-1254", soft_hyphens="dropped")
THIRD, ACUTE = "ǎǐǍǏ", "íÎÍÝ"


@pytest.mark.parametrize(
    ("line", "offer"),
    [
        pytest.param("你_好", "与不中", id="no Latin letters"),
        pytest.param("a_b", "与不中", id="no letter among the candidates"),
        pytest.param("_", ACUTE, id="a word of one letter"),
        pytest.param("A_", "ÎÍ", id="capitals in a row"),
        pytest.param("很_a", "ÎÍ", id="a capital at the beginning"),
        pytest.param("haohaohaohaohao" * 3 + "_", "áó", id="too long for a word"),
    ],
)
def test_left_alone(line: str, offer: str) -> None:
    one = hole(offer)
    [again] = in_words(line.replace("_", HOLE), [one])
    assert factors(again) == factors(one)


@pytest.mark.parametrize(
    ("line", "offer", "best"),
    [
        ("h_o", THIRD, "ǎ"),
        ("xi_o", THIRD, "ǎ"),
        ("nǐh_o", THIRD, "ǎ"),
        ("zh_", "īǎ", "īǎ"),
        ("j_ng", THIRD, "ǐ"),
        ("q_ng", "áíÎ", "í"),
        ("aqu_", ACUTE, "í"),
        ("d_a", ACUTE, "í"),
        ("b_i", "āčďĝ", "ā"),
        ("zh_ng", "ōŏŝŭ", "ō"),
        ("Zh_ng", "ōŏŝŭ", "ō"),
        ("Xī'_n", "āčďĝ", "ā"),
    ],
)
def test_letters_fit_their_word(line: str, offer: str, best: str) -> None:
    [again] = in_words(line.replace("_", HOLE), [hole(offer)])
    own = factors(again)
    assert {text for text in own if own[text] == max(own.values())} == set(best)


def test_several_damaged_letters_in_one_word() -> None:
    first, second = in_words(f"n{HOLE}h{HOLE}o", [hole(THIRD), hole(THIRD)])
    for again in (first, second):
        own = factors(again)
        assert own["ǎ"] == own["ǐ"] > 100 * own["Ǎ"]


@pytest.mark.parametrize(
    "text", ["“你好”读作 hǎo。", "我在家里说 aquí 和 día。", "这是四川的 xiǎo miàn。"]
)
def test_words_come_out_as_they_were(text: str) -> None:
    around = "请先阅读下面的说明，然后再开始安装程序。\n"
    whole = around + text + "\n" + around
    assert repair(TURKISH.damage(whole), channel=TURKISH).text == whole
