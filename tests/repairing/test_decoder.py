"""The decoder against the sum over all fillings, written out; and how a hole weighs its candidates."""

from collections.abc import Iterator
from itertools import product
from math import exp, log

import pytest

from llmpaper_md.repairing.candidates import class_weight
from llmpaper_md.repairing.channel import Channel
from llmpaper_md.repairing.decoder import Decoder
from llmpaper_md.repairing.emoji import USUAL
from llmpaper_md.repairing.inversion import HOLE
from llmpaper_md.repairing.lattice_hole import Hole
from llmpaper_md.repairing.model import LanguageModel
from llmpaper_md.repairing.result import Candidate

TURKISH = Channel("windows-1254", soft_hyphens="dropped")
BALTIC = Channel("windows-1257", soft_hyphens="dropped")
START = [1, 1, 1]  # line ends


@pytest.fixture(scope="module")
def model() -> Iterator[LanguageModel]:
    with LanguageModel.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def decoder(model: LanguageModel) -> Decoder:
    return Decoder(model, TURKISH)


def posteriors(model: LanguageModel, line: str, holes: list[Hole]) -> list[dict[int, float]]:
    """For each hole the posterior of each symbol, -1 for those that the model does not see."""
    weights = [
        [*zip(hole.numbers, map(exp, hole.weights), strict=True), (-1, hole.unseen)]
        for hole in holes
    ]
    masses: list[dict[int, float]] = [{} for _ in holes]
    for filling in product(*weights):
        waiting = iter(filling)
        ids = model.ids(line)
        probability = 1.0
        for place, char in enumerate(line):
            if char == HOLE:
                ids[place], weight = next(waiting)
                probability *= weight
        if not probability:
            continue
        path = [*START, *(i for i in ids if i != -1), *START]
        for a, b, c, d in zip(path, path[1:], path[2:], path[3:], strict=False):
            probability *= exp(model.logprob(a, b, c, d))
        for mass, (number, _) in zip(masses, filling, strict=True):
            mass[number] = mass.get(number, 0.0) + probability
    return [{number: p / sum(mass.values()) for number, p in mass.items() if p} for mass in masses]


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        pytest.param("这是_种方法", [b"\xe4\xb8"], id="one hole"),
        pytest.param("_", [b"\xe4\xb8"], id="nothing else"),
        pytest.param("_们在学习", [b"\xe6\x88"], id="at the beginning"),
        pytest.param("他在大学学_", [b"\xe4\xb9"], id="at the end"),
        pytest.param("请_装程_", [b"\xe5\xae", b"\xe5\xba"], id="two that see each other"),
        pytest.param("请__程序", [b"\xe5\xae", b"\xe8\xa3"], id="two side by side"),
        pytest.param("_在的大家都在学习_", [b"\xe7\x8e", b"\xe4\xb9"], id="two that do not"),
        pytest.param("的__人_", [b"\xe4\xb8", b"\xe5\xbf", b"\xe5\xae"], id="three"),
        pytest.param("_了_了", [b"\xe5", b"\xe4"], id="two that nothing tells apart"),
        pytest.param("天_的", [b"\xc2"], id="one that may be no symbol at all"),
        pytest.param("_天_地_", [b"\xc2", b"\xe4\xb8", b"\xc2"], id="and others beside it"),
    ],
)
def test_the_posterior_is_the_sum_over_all_fillings(
    model: LanguageModel, line: str, groups: list[bytes]
) -> None:
    """But for what the beam leaves out."""
    line = line.replace("_", HOLE)
    decoder = Decoder(model, BALTIC if b"\xc2" in groups else TURKISH)
    holes = [decoder.hole(group) for group in groups]
    filled = decoder.fill(line, holes)
    expected = posteriors(model, line, holes)
    assert len(filled) == len(holes)
    for hole, filling, masses in zip(holes, filled, expected, strict=True):
        exact = {candidate.text: candidate.probability for candidate in hole.ranked(masses)}
        assert len(exact) > 2
        for candidate in filling:
            assert candidate.probability == pytest.approx(exact[candidate.text], abs=0.02)


def test_blanks_of_all_kinds_are_candidates_that_the_model_does_not_see(
    model: LanguageModel,
) -> None:
    hole = Decoder(model, BALTIC).hole(b"\xc2")
    assert [text for text, _ in hole.members[-1]] == ["\u00ad"]
    assert hole.unseen == pytest.approx(class_weight("\u00ad") / 30_000)
    assert {text for number in hole.numbers for text, _ in hole.members[number]} == set("¡¥")
    first = Decoder(model, Channel("iso-8859-1")).hole(b"\xe3")
    assert [text for text, _ in first.members[-1]] == ["\u3000"]
    assert "、" in {text for number in first.numbers for text, _ in first.members[number]}


@pytest.mark.parametrize(
    ("line", "best", "least"),
    [
        pytest.param("他说我们不去了_然后就走了", "、", 0.99, id="none"),
        pytest.param("他说「我们不去了」_然后就走了", "、", 0.99, id="a pair"),
        pytest.param("他说「我们不去了_然后就走了", "」", 0.999, id="one to be closed"),
        pytest.param("他说『我们不去了_然后就走了", "』", 0.99, id="another to be closed"),
    ],
)
def test_a_bracket_that_was_read_decides(
    decoder: Decoder, line: str, best: str, least: float
) -> None:
    [filling] = decoder.fill(line.replace("_", HOLE), [decoder.hole(b"\xe3\x80")])
    assert filling[0].text == best
    assert filling[0].probability > least
    assert sum(candidate.probability for candidate in filling) == pytest.approx(1, abs=1e-3)


def test_a_character_in_use_counts_as_itself(model: LanguageModel, decoder: Decoder) -> None:
    hole = decoder.hole(b"\xe4\xb8")
    weights = dict(zip(hole.numbers, hole.weights, strict=True))
    for char in "不与中":
        [number] = model.ids(char)
        assert weights[number] == 0
        assert hole.members[number] == ((char, 1.0),)


def test_a_radical_is_seldom_meant(model: LanguageModel, decoder: Decoder) -> None:
    """It is the symbol of its ideograph, which nearly everybody writes instead."""
    hole = decoder.hole(b"\xe2\xbc")
    weights = dict(zip(hole.numbers, hole.weights, strict=True))
    for radical, ideograph in (("⼝", "口"), ("⼭", "山")):
        [number] = model.ids(ideograph)
        assert hole.members[number] == ((radical, 1.0),)
        assert -9 < weights[number] < -4


def test_rare_characters_share_one_symbol_by_how_rare_they_are(
    model: LanguageModel, decoder: Decoder
) -> None:
    shares = dict(decoder.hole(b"\xe2\x98").members[0])
    counted = {text: model.ids(text)[0] for text in shares}
    rare = {text: model.logprob(0, 0, 0, n) for text, n in counted.items() if n}
    never = {text: class_weight(text) for text, n in counted.items() if not n}
    assert len(rare) > 1
    assert len(never) > 1
    assert max(rare.values()) < -12
    unknown = model.logprob(0, 0, 0, 0) - log(30_000)
    for text, share in shares.items():
        weight = exp(rare[text]) if text in rare else exp(unknown) * never[text]
        other = next(iter(rare))
        assert share / shares[other] == pytest.approx(weight / exp(rare[other]), rel=0.01)


@pytest.mark.parametrize("group", [b"\xc2", b"\xe4\xb8", b"\xe5", b"\xf0\x9f", b"\xf0"])
def test_no_candidate_is_ever_ruled_out(decoder: Decoder, group: bytes) -> None:
    """The more there are, the more each keeps; all together they keep less than a hundredth.

    Of several usual emoji none can be sure.
    """
    hole = decoder.hole(group)
    number = len(hole.least)
    assert [candidate.text for candidate in hole.least] == sorted(c.text for c in hole.least)
    [least] = {candidate.probability for candidate in hole.least}
    emoji = sum(candidate.text in USUAL for candidate in hole.least) > 1
    expected = 0.05 / number if emoji else min(1e-6 * number, 8e-3 / number)
    assert least == pytest.approx(expected, rel=0.06)


def test_a_group_that_no_character_leaves_has_no_members(decoder: Decoder) -> None:
    assert decoder.hole(b"\xf4\xbf\xbf\xbf").members == {}


PAIR = Hole(
    (7, 8),
    (0.0, -1.0),
    0.5,
    {7: (("甲", 0.25), ("乙", 0.75)), 8: (("丙", 1.0),), -1: (("\u3000", 1.0),)},
    (),
    tuple(Candidate(text, 1e-4) for text in "\u3000丙乙甲"),
)


def test_weighing_no_text_changes_nothing() -> None:
    assert PAIR.with_weights({"丁": 9.0}) == PAIR


def test_weighing_one_text_of_a_symbol_leaves_the_others_as_likely_as_they_were() -> None:
    weighed = PAIR.with_weights({"甲": 2.0, "丙": 0.5})
    assert weighed.weights == pytest.approx((log(1.25), -1 + log(0.5)))
    assert dict(weighed.members[7]) == pytest.approx({"甲": 0.4, "乙": 0.6})
    assert dict(weighed.members[8]) == {"丙": 1.0}
    assert (weighed.unseen, weighed.members[-1]) == (0.5, PAIR.members[-1])


def test_candidates_are_ranked_by_the_mass_of_their_symbols() -> None:
    """Each with the least on top; those without mass have the least, by code points."""
    ranked = PAIR.ranked({7: 3.0, 8: 1.0})
    scale = 1 - 4e-4
    assert [candidate.text for candidate in ranked] == ["乙", "丙", "甲", "\u3000"]
    assert [candidate.probability for candidate in ranked] == pytest.approx(
        [0.75 * 0.75 * scale + 1e-4, 0.25 * scale + 1e-4, 0.75 * 0.25 * scale + 1e-4, 1e-4]
    )
    assert [c.text for c in PAIR.ranked({-1: 1e-30, 7: 0.0})] == ["\u3000", "丙", "乙", "甲"]


def test_equally_likely_candidates_stand_in_the_order_of_their_code_points() -> None:
    even = PAIR.ranked({7: 4.0, 8: 1.0, -1: 1.0})
    assert [candidate.text for candidate in even] == ["乙", "\u3000", "丙", "甲"]


def test_a_single_candidate_is_certain() -> None:
    alone = Hole((7,), (0.0,), 0.0, {7: (("甲", 1.0),)}, (), (Candidate("甲", 1e-6),))
    [candidate] = alone.ranked({7: 0.5})
    assert candidate.probability == pytest.approx(1, abs=1e-9)
