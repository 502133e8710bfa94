"""The second pass: what a document's damaged characters tell about one another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from llmpaper_md.repairing import Channel, repair
from llmpaper_md.repairing.adaptation import Adaptation
from llmpaper_md.repairing.decoder import _TRUST, Decoder, FilledLine
from llmpaper_md.repairing.inversion import HOLE
from llmpaper_md.repairing.lattice_hole import Hole
from llmpaper_md.repairing.model import LanguageModel
from llmpaper_md.repairing.result import Candidate
from tests.repairing.lattice_holes import factors, hole

TURKISH = Channel("windows-1254", soft_hyphens="dropped")


class Even(LanguageModel):
    """A model to which all characters are the same."""

    def __init__(self) -> None:
        pass

    def logprob(self, a: int, b: int, c: int, d: int) -> float:
        return -1.0


def filling(**probabilities: float) -> tuple[Candidate, ...]:
    return tuple(Candidate(text, p) for text, p in probabilities.items())


UNSURE = filling(甲=0.5, 乙=0.4, 丙=0.1)
SURE = filling(乙=1.0)
Line = tuple[str, tuple[Candidate, ...]]


def weighed(lines: list[Line], line: Line, one: Hole | None = None) -> dict[str, float]:
    """The factors of the candidates in a line, after learning some and that one."""
    one = one or hole("甲乙丙")
    adaptation = Adaptation(Even())
    for symbols, found in [*lines, line]:
        adaptation.learn(symbols.replace("_", HOLE), [one], [found])
    [again] = adaptation.weighed(line[0].replace("_", HOLE), [one], [line[1]])
    return factors(again)


def others(*pairs: str) -> list[Line]:
    """Places where 乙 is sure, as 'before_after'."""
    return [(pair, SURE) for pair in pairs]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([], UNSURE, id="nothing else in the document"),
        pytest.param([("一二_三四", UNSURE)], UNSURE, id="only the same place again"),
        pytest.param([("一二_三四", UNSURE)] * 9, UNSURE, id="the same place many times"),
        pytest.param(others("上_下", "左_右"), filling(甲=0.9999, 乙=0.0001), id="a sure place"),
    ],
)
def test_left_as_they_are(lines: list[Line], found: tuple[Candidate, ...]) -> None:
    one = hole("甲乙丙．")
    adaptation = Adaptation(Even())
    symbols = f"一二{HOLE}三四"
    for text, filled in [*lines, (symbols, found)]:
        adaptation.learn(text.replace("_", HOLE), [one], [filled])
    again = adaptation.weighed(symbols, [one], [found])
    assert [factors(h) for h in again] == [factors(one)]


@pytest.mark.parametrize(
    ("symbols", "changed"), [("达0_0亿", False), ("好_0", False), ("０_好", False), ("好_好", True)]
)
def test_numbers_say_nothing_of_one_another(symbols: str, changed: bool) -> None:
    one = hole("０．！")
    found = filling(**{"０": 0.6, "．": 0.4})
    point = filling(**{"．": 1.0})
    adaptation = Adaptation(Even())
    lines = [(symbols, found), *((f"{c}_", point) for c in "甲乙丙丁戊己")]
    for text, filled in lines:
        adaptation.learn(text.replace("_", HOLE), [one], [filled])
    [again] = adaptation.weighed(symbols.replace("_", HOLE), [one], [found])
    assert (factors(again) != factors(one)) is changed


def test_a_line_with_nothing_to_weigh_keeps_its_objects() -> None:
    one, two = hole("甲乙丙"), hole("子丑")
    adaptation = Adaptation(Even())
    symbols, found = f"{HOLE}好{HOLE}", [SURE, filling(子=1.0)]
    adaptation.learn(symbols, [one, two], found)
    assert adaptation.weighed(symbols, [one, two], found) == [one, two]


def test_what_is_sure_elsewhere_is_likelier_here() -> None:
    own = weighed(others("上_下", "左_右", "东_西"), ("一二_三四", UNSURE))
    assert own["甲"] == own["丙"] == pytest.approx(1)
    assert own["乙"] > 1.3


def test_the_weight_grows_with_the_text() -> None:
    places = [f"{chr(0x4E00 + i)}_{chr(0x5E00 + i)}" for i in range(64)]
    grown = [weighed(others(*places[:n]), ("一二_三四", UNSURE))["乙"] for n in (1, 4, 16, 64)]
    assert grown == sorted(set(grown))
    assert grown[0] < 1.2


def test_a_repeated_phrase_has_one_voice() -> None:
    once = weighed(others("上_下"), ("一二_三四", UNSURE))
    often = weighed(others(*["上_下"] * 30), ("一二_三四", UNSURE))
    assert often == once


@pytest.mark.parametrize("there", ["外二_下", "上_三内"])
def test_the_same_neighbour_says_more(there: str) -> None:
    beside = weighed(others(there, "左_右"), ("一二_三四", UNSURE))
    apart = weighed(others("上_下", "左_右"), ("一二_三四", UNSURE))
    assert beside["乙"] > 1.2 * apart["乙"]


def test_a_place_has_no_say_in_its_own_matter() -> None:
    """However likely one candidate is at a place, that place alone does not make it likelier."""
    almost = filling(甲=0.98, 乙=0.02)
    own = weighed([("上_下", UNSURE)], ("一二_三四", almost))
    expected = weighed([("上_下", UNSURE)], ("一二_三四", filling(甲=0.02, 乙=0.98)))
    assert own["甲"] == pytest.approx(expected["甲"], rel=0.05)


def test_a_character_frequent_in_chinese_needs_more_evidence() -> None:
    """What is expected is no news."""
    frequent = hole("甲乙丙").with_weights({"乙": 50.0})
    adaptation = Adaptation(Even())
    lines = [*others("上_下", "左_右", "东_西"), ("一二_三四", UNSURE)]
    for symbols, found in lines:
        adaptation.learn(symbols.replace("_", HOLE), [frequent], [found])
    [again] = adaptation.weighed(f"一二{HOLE}三四", [frequent], [UNSURE])
    gained = factors(again)["乙"] / factors(frequent)["乙"]
    assert 1 < gained < weighed(lines[:-1], lines[-1])["乙"]


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with LanguageModel.open() as model:
        yield Decoder(model, TURKISH)


def line_of(decoder: Decoder, text: str) -> tuple[FilledLine, list[Hole]]:
    from llmpaper_md.repairing.inversion import Inverter
    from llmpaper_md.repairing.normalise import normalise

    [piece] = Inverter(TURKISH).pieces(TURKISH.damage(text))
    holes = [decoder.hole(group) for group in piece.groups]
    return decoder.fill_line(normalise(piece.text), holes), holes


def test_filling_again_without_other_weights_changes_nothing(decoder: Decoder) -> None:
    line, _ = line_of(decoder, "我们今天介绍一种新的方法，它可以解决这个问题。")
    assert decoder.fill_again(line, list(line.weighed)).fillings == line.fillings


def test_filling_again_weighs_each_candidate_by_its_factor(decoder: Decoder) -> None:
    """For a character with nothing damaged near it: odds times factor."""
    line, _ = line_of(decoder, "这里的卖家很多")
    assert len(line.holes) == 1
    first, second, *_ = (candidate.text for candidate in line.fillings[0])
    plain = decoder.fill_again(line, [line.weighed[0].with_weights({second: 1.0})])
    again = decoder.fill_again(line, [line.weighed[0].with_weights({second: 3.0})])
    before, after = (
        {candidate.text: candidate.probability for candidate in filled.fillings[0]}
        for filled in (plain, again)
    )
    gained = (after[second] / after[first]) / (before[second] / before[first])
    assert gained == pytest.approx(3.0**_TRUST, rel=2e-2)


WORDS = [
    "每个单词都有词性。", "先查词典，再看词义。", "这个词语有两个意思。",
    "名词和动词不同。", "词汇量要大。", "歌词写得好。",
]  # fmt: skip
SALES = ["卖家把货卖掉了。", "出售就是卖出。", "她卖花。", "小卖部在楼下。", "他做买卖。"]


@pytest.mark.parametrize(
    ("document", "line"), [(WORDS, "的词"), (WORDS, "词是"), (SALES, "的卖"), (SALES, "卖是")]
)
def test_a_document_tells_what_one_line_does_not(document: list[str], line: str) -> None:
    """A line that is read wrong by itself is read right among others."""
    assert repair(TURKISH.damage(line), channel=TURKISH).text != line
    text = "\n".join([*document, line])
    assert repair(TURKISH.damage(text), channel=TURKISH).text.split("\n")[-1] == line


def test_repairing_lines_in_another_order_gives_the_same_lines() -> None:
    """What is learned is learned from the whole document before any line is filled again."""
    lines = [*WORDS, *SALES, "的词", "卖是"]
    one = repair(TURKISH.damage("\n".join(lines)), channel=TURKISH).text.split("\n")
    other = repair(TURKISH.damage("\n".join(lines[::-1])), channel=TURKISH).text.split("\n")
    assert one == other[::-1]
