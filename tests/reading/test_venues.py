"""Venues and years, as lists write them after a title."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading.venues import is_known_venue, read_appearance

NOTHING = [
    "",
    "nets of pebbles",
    "Ann Ames",
    "May",
    "v2.2023.1",
    "12023",
    "https://a.org/2023/x",
    "20 000 pebbles",
    "it's 20",
]


@pytest.mark.parametrize("text", NOTHING)
def test_leaves_alone(text: str) -> None:
    assert read_appearance(text) is None or not read_appearance(text)[0]  # type: ignore[index]
    assert read_appearance(text) is None or read_appearance(text)[1] is None  # type: ignore[index]


APPEARANCES: dict[str, tuple[str, int | None, str]] = {
    "2023": ("", 2023, ""),
    "ICML 2023": ("ICML", 2023, ""),
    "ICML, 2023": ("ICML", 2023, ""),
    "ICML(2023)": ("ICML", 2023, ""),
    "ICML'23": ("ICML", 2023, ""),
    "ICML’ 23": ("ICML", 2023, ""),
    "CVPR-19": ("CVPR", 2019, ""),
    "NIPS '98": ("NIPS", 1998, ""),
    "ICML": ("ICML", None, ""),
    "Preprint'25": ("Preprint", 2025, ""),
    "2023 ICML": ("ICML", 2023, ""),
    "2023, ICML": ("ICML", 2023, ""),
    "In Proceedings of the ICML 2023": ("Proceedings of the ICML", 2023, ""),
    "ACL'23 Findings": ("ACL Findings", 2023, ""),
    "NeurIPS 2023 Workshop": ("NeurIPS Workshop", 2023, ""),
    "arXiv, Jul 2023": ("arXiv", 2023, "Jul 2023"),
    "July 2023": ("", 2023, "July 2023"),
    "11 Jul 2021": ("", 2021, "11 Jul 2021"),
    "2023-07-11": ("", 2023, "2023-07-11"),
    "2023年7月": ("", 2023, "2023年7月"),
    "2023年7月11日": ("", 2023, "2023年7月11日"),
    "Journal of Pebbles 12, 2014": ("Journal of Pebbles 12", 2014, ""),
    "arXiv:2301.00001": ("arXiv", None, ""),
    "arXiv:2301.00001v2 / ICML 2023": ("ICML", 2023, ""),
    "arXiv preprint arXiv:2301.00001": ("arXiv preprint", None, ""),
}


@pytest.mark.parametrize(("text", "expected"), APPEARANCES.items())
def test_reads(text: str, expected: tuple[str, int | None, str]) -> None:
    found = read_appearance(text)
    assert found
    assert (found.venue, found.year, found.date) == expected


@pytest.mark.parametrize(("text", "cut"), [
    (". arXiv, 2022.", "arXiv, 2022"),
    ("A. Ames et al. ICML 2023", "ICML 2023"),
    ("accepted, ACL'23 Findings, oral", "ACL'23 Findings"),
])  # fmt: skip
def test_says_where_it_is(text: str, cut: str) -> None:
    found = read_appearance(text)
    assert found
    assert text[found.start : found.end] == cut


@pytest.mark.parametrize(
    "text", ["NeurIPS", "neurips", "Preprint.", "ACL Findings", "EMNLP-Findings", "arXiv"]
)
def test_knows_venues(text: str) -> None:
    assert is_known_venue(text)


@pytest.mark.parametrize("text", ["", "Pebbles", "Findings", "Ann", "2023"])
def test_knows_what_is_no_venue(text: str) -> None:
    assert not is_known_venue(text)


WORDS = st.sampled_from(
    [
        "ICML",
        "Journal of Pebbles",
        "in",
        "In:",
        "Jul",
        "11",
        "2023",
        "'23",
        "(",
        ")",
        ",",
        ".",
        "-",
        "Findings",
        "et al.",
        "年",
        "[",
        "]",
        "/",
    ]
)


@given(st.one_of(st.lists(WORDS, max_size=7).map(" ".join), st.text(max_size=20)))
def test_it_is_in_the_text(text: str) -> None:
    found = read_appearance(text)
    if found:
        assert 0 <= found.start <= found.end <= len(text)
        assert found.venue or found.year
        assert found.year is None or 1900 <= found.year < 2100
