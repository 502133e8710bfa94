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
        pytest.param("１_６", [OFFER], ["０．／！"], id="within a number"),
        pytest.param("１__好_", [OFFER] * 3, ["０．／！"] * 2 + ["！０．／"], id="holes in a row"),
    ],
)
def test_digits_are_likelier_beside_digits(line: str, offers: list[str], orders: list[str]) -> None:
    weighed = beside_digits(line.replace("_", HOLE), [hole(texts) for texts in offers], {})
    found = [factors(one) for one in weighed]
    assert ["".join(sorted(own, key=own.__getitem__, reverse=True)) for own in found] == orders


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
