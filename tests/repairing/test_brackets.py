"""Brackets and quotation marks: which are out of place, and which ask for their other half."""

from collections.abc import Sequence

import pytest

from llmpaper_md.repairing.brackets import (
    Demand,
    apply_pairing,
    penalize_unpaired,
    unmatched_brackets,
)
from llmpaper_md.repairing.inversion import HOLE
from llmpaper_md.repairing.result import Candidate
from tests.repairing.lattice_holes import factors, hole


@pytest.mark.parametrize(
    ("line", "offers", "unlikely"),
    [
        pytest.param("天地", [], [], id="nothing to weigh"),
        pytest.param("_天_", ["人", "大"], ["", ""], id="no brackets"),
        pytest.param("「天_", ["人」"], [""], id="what was opened is closed"),
        pytest.param("_天」", ["人「"], [""], id="what is closed was opened"),
        pytest.param("_天_", ["「", "」"], ["", ""], id="one hole opens, another closes"),
        pytest.param("「天」_天」", ["「"], [""], id="a second pair"),
        pytest.param("_", ["人「"], ["「"], id="opened and never closed"),
        pytest.param("_", ["人」"], ["」"], id="closed and never opened"),
        pytest.param("天」_", ["「"], ["「"], id="opened where it was closed before"),
        pytest.param("_「天", ["」"], ["」"], id="closed where it is opened after"),
        pytest.param("_天_", ["」", "「"], ["」", "「"], id="the wrong way round"),
        pytest.param("天_", ["「」"], ["「」"], id="one hole is not both"),
        pytest.param("「_『", ["』"], ["』"], id="closed by another kind"),
        pytest.param("_天』_", ["「", "』"], ["「", "』"], id="opened by another kind"),
        pytest.param("「__", ["人", "」』"], ["", "』"], id="the second of two"),
    ],
)
def test_a_bracket_that_nothing_goes_with_is_less_likely(
    line: str, offers: list[str], unlikely: list[str]
) -> None:
    weighed = penalize_unpaired(line.replace("_", HOLE), [hole(texts) for texts in offers])
    assert len(weighed) == len(offers)
    for made, texts, less in zip(weighed, offers, unlikely, strict=True):
        for text, factor in factors(made).items():
            assert 0 < factor < 0.1 if text in less else factor == 1, (texts, text)


@pytest.mark.parametrize(
    ("line", "offers", "expected"),
    [
        pytest.param("_天_", ["「", "」"], [], id="no bracket was read"),
        pytest.param("「天」_", ["」"], [], id="a pair"),
        pytest.param("_「天」_", ["「", "」"], [], id="a pair between holes"),
        pytest.param("「『天』」_", ["』」"], [], id="a pair in a pair"),
        pytest.param("「天_", ["人』"], [], id="no hole can be the other half"),
        pytest.param("_「天", ["」"], [], id="only one before can"),
        pytest.param("天」_", ["「"], [], id="only one after can"),
        pytest.param("「天_", ["人」"], [("」", (0,))], id="to be closed"),
        pytest.param("_天」", ["人「"], [("「", (0,))], id="to be opened"),
        pytest.param(
            "「____", ["」", "人", "』」", "」"], [("」", (0, 2, 3))], id="by one of several"
        ),
        pytest.param(
            "_「__「_", ["」"] * 4, [("」", (1, 2)), ("」", (3,))], id="before its like opens again"
        ),
        pytest.param(
            "_」__」_", ["「"] * 4, [("「", (0,)), ("「", (1, 2))], id="after its like closed"
        ),
        pytest.param("「『_」_", ["』", "』"], [("』", (0, 1))], id="the inner one"),
        pytest.param("「『_』_", ["」", "」"], [("」", (0, 1))], id="the outer one"),
        pytest.param("「_』", ["」『"], [("『", (0,)), ("」", (0,))], id="two kinds at once"),
        pytest.param(
            "「《“_", ["”》」"], [("」", (0,)), ("》", (0,)), ("”", (0,))], id="three deep"
        ),
        pytest.param(
            "🌟～（天_「_",
            ["）", "」"],
            [("）", (0,)), ("」", (1,))],
            id="among signs of full width",
        ),
    ],
)
def test_a_bracket_asks_for_its_other_half(
    line: str, offers: list[str], expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    found = unmatched_brackets(line.replace("_", HOLE), [hole(texts) for texts in offers])
    assert found == [Demand(bracket, holes) for bracket, holes in expected]


def filled(probabilities: Sequence[float]) -> list[tuple[Candidate, ...]]:
    return [(Candidate("。", 1 - p), Candidate("」", p)) for p in probabilities]


@pytest.mark.parametrize(
    "before", [(0.5,), (0.01,), (0.5, 0.5), (0.2, 0.3), (0.9, 0.01), (0.4, 0.04, 0.004)]
)
def test_holes_share_what_is_asked_of_them(before: tuple[float, ...]) -> None:
    """If one of them is the bracket, each is it with its share of the odds."""
    holes = [hole("。」") for _ in before]
    weighed = apply_pairing(holes, [Demand("」", tuple(range(len(before))))], filled(before))
    odds = [p / (1 - p) for p in before]
    for made, own in zip(weighed, odds, strict=True):
        assert factors(made)["。"] == 1
        now = own * factors(made)["」"]
        assert now / (1 + now) == pytest.approx(own / (sum(odds) + 1e-4 * max(odds)), rel=1e-6)


def test_only_holes_that_are_asked_change() -> None:
    """One that is sure of it already keeps the others from it."""
    holes = [hole("。」") for _ in range(3)]
    weighed = apply_pairing(holes, [Demand("」", (0, 2))], filled([1.0, 0.5, 0.5]))
    assert weighed[1] is holes[1]
    assert 0 < factors(weighed[2])["」"] < 1e-6
    assert apply_pairing(holes, [], filled([0.5] * 3)) == holes
