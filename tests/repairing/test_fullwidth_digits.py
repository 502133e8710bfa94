"""Full-width digits: what a hole beside them can be."""

import pytest

from llmpaper_md import repair
from llmpaper_md.repairing.channel import Channel
from llmpaper_md.repairing.fullwidth_digits import beside_digits
from llmpaper_md.repairing.inversion import HOLE
from tests.repairing.lattice_holes import factors, hole

OFFER = "！０．／"


@pytest.mark.parametrize(
    ("line", "offers", "orders"),
    [
        pytest.param("好_", [OFFER], ["！０．／"], id="no digits"),
        pytest.param("好_１好", [OFFER], ["０．／！"], id="a digit follows"),
        pytest.param("_好１", [OFFER], ["！０．／"], id="a digit, but not beside it"),
        pytest.param("1_0", [OFFER], ["！０．／"], id="ASCII digits"),
        pytest.param("１_好", ["人大"], ["人大"], id="no digit among the candidates"),
        pytest.param("１_好", [OFFER], ["０．／！"], id="at the end of a number"),
        pytest.param(
            "１_６_", [OFFER] * 2, ["０．／！"] * 2, id="within a number, its end damaged"
        ),
        pytest.param("１__好_", [OFFER] * 3, ["０．／！"] * 2 + ["！０．／"], id="holes in a row"),
    ],
)
def test_digits_are_likelier_beside_digits(line: str, offers: list[str], orders: list[str]) -> None:
    weighed = beside_digits(line.replace("_", HOLE), [hole(texts) for texts in offers], {})
    found = [factors(one) for one in weighed]
    assert ["".join(sorted(own, key=own.__getitem__, reverse=True)) for own in found] == orders


@pytest.mark.parametrize(
    ("line", "best"),
    [
        pytest.param("２０_９％；", "．", id="per cent"),
        pytest.param("３_２４％，", "．", id="two digits after the point"),
        pytest.param("达２０６９_７万吨", "．", id="many digits before, one after, and a unit"),
        pytest.param("口１_２６_９亿", "０．", id="a nought in the number before"),
        pytest.param("达３２５__６亿", "０．", id="a nought and a point"),
        pytest.param("下跌９８_８点", "．", id="points of an index"),
        pytest.param("下跌__１６％", "０．", id="nought point"),
        pytest.param("“__７”", "００", id="a name of digits"),
        pytest.param("高１_７米", "０", id="three digits"),
        pytest.param("长２__９％", "０．", id="a nought before the point"),
        pytest.param("１__５年", "００", id="two noughts in a year"),
        pytest.param("收入６_９元", "０", id="another unit"),
        pytest.param("约２０_９万人", "０", id="ten thousands"),
        pytest.param("到２_１０年", "０", id="a year"),
    ],
)
def test_a_point_in_a_number_is_told_by_its_length_and_unit(line: str, best: str) -> None:
    """The model sees runs of digits as one, so it cannot tell."""
    line = line.replace("_", HOLE)
    weighed = beside_digits(line, [hole(OFFER) for _ in range(line.count(HOLE))], {})
    assert len(weighed) == len(best)
    for one, sign in zip(weighed, best, strict=True):
        own = {text: share for texts in one.members.values() for text, share in texts}
        assert (own["．"] > own["０"]) is (sign == "．")
        assert factors(one).keys() == set("！０／")


@pytest.mark.parametrize(
    "text",
    [
        "祝贺你们取得了这么好的成绩！",
        "这所学校有３００名学生，每人一本书！",
        "第１０届会议在北京召开。",
    ],
)
def test_numbers_come_out_as_they_were(text: str) -> None:
    channel = Channel("windows-1254", soft_hyphens="dropped")
    assert repair(channel.damage(text), channel=channel).text == text


def test_what_stands_within_a_number_is_not_sure() -> None:
    """１３．６ and １３０６ leave the same bytes, and nothing around them tells which it was."""
    channel = Channel("windows-1254", soft_hyphens="dropped")
    guesses = repair(channel.damage("今年的产量增长了１３．６％。"), channel=channel).guesses
    inside = next(guess for guess in guesses if "．" in {c.text for c in guess.candidates})
    likely = {c.text: c.probability for c in inside.candidates[:2]}
    assert set(likely) == {"０", "．"}
    assert min(likely.values()) > 0.05
