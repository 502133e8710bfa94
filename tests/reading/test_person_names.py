"""Which words are the names of people, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading.person_names import (
    abbreviates_others,
    are_names,
    is_name,
    leading_names,
    may_begin_names,
    split_names,
)

NO_NAME = [
    "",
    "pebbles",
    "Deep Learning",
    "CVPR",
    "NeurIPS Workshop",
    "Graph Neural Networks",
    "University of Nowhere",
    "A Survey",
    "Feb 2023",
    "J. 2023",
    "Nets for Pebbles",
    "Ann Ames Berg Chu Dietz Egger Faro",
    "深度学习方法",
]
NAMES = [
    "Ann Ames",
    "A. Ames",
    "Ames A.",
    "J.-P. Dupont",
    "Y. LeCun",
    "Ann van der Berg",
    "Conan O'Brien",
    "Zoë Zürn",
    "Li Fei-Fei",
    "Jun Zhu",
    "May Li",
    "Quoc V. Le",
    "张三",
    "欧阳明日",
    "让·雅克",
    "s1 contributors",
]


@pytest.mark.parametrize("text", NO_NAME)
def test_leaves_alone(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("text", NAMES)
def test_knows_a_name(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(("text", "names"), [
    ("", []),
    ("Ann Ames", ["Ann Ames"]),
    ("A. Ames, B. Berg", ["A. Ames", "B. Berg"]),
    ("A. Ames and B. Berg", ["A. Ames", "B. Berg"]),
    ("Ann Ames, Ben Berg, and Chen Chu", ["Ann Ames", "Ben Berg", "Chen Chu"]),
    ("Ann Ames & Ben Berg", ["Ann Ames", "Ben Berg"]),
    ("Ann Ames; Ben Berg", ["Ann Ames", "Ben Berg"]),
    ("张三、李四和王五 等", ["张三", "李四", "王五"]),
    ("Ann Ames*, Ben Berg†, Chen Chu1", ["Ann Ames", "Ben Berg", "Chen Chu"]),
    ("Ann Ames et al.", ["Ann Ames"]),
    ("Sandy Anderson", ["Sandy Anderson"]),
])  # fmt: skip
def test_splits(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    "text", ["et al.", "A. Ames et al", "A. Ames, et. al.", "张三等", "A. Ames and others"]
)
def test_knows_what_abbreviates(text: str) -> None:
    assert abbreviates_others(text)


@pytest.mark.parametrize("text", ["Metal", "et alia", "A. Ames"])
def test_knows_what_does_not_abbreviate(text: str) -> None:
    assert not abbreviates_others(text)


NOT_NAMES_FOR_SURE = [
    "Ann Ames",  # a title of two words looks like it
    "Graph Nets, Trees",
    "Ames & Berg",
    "NeurIPS 2023",
    "Deep Learning, Machine Learning",
    "keyword: sorting, safety",
    "",
]
NAMES_FOR_SURE = [
    "Ann Ames, Ben Berg",
    "A. Ames",
    "A. Ames and B. Berg",
    "Ann Ames et al.",
    "Ann Ames, Jun Zhu, Quoc Le",
    "OpenStone: Ann Ames, Ben Berg",
    "张三、李四",
]


@pytest.mark.parametrize("text", NOT_NAMES_FOR_SURE)
def test_leaves_alone_what_are_no_names_for_sure(text: str) -> None:
    assert not are_names(text)


@pytest.mark.parametrize("text", NAMES_FOR_SURE)
def test_knows_names(text: str) -> None:
    assert are_names(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("Ann Ames", True), ("Ames & Berg", True), ("Ann", False), ("Deep Learning", False),
    ("Pebble nets for everybody", False), ("Ann Ames, Ben Berg, Chen Chu, pebbles", True),
])  # fmt: skip
def test_what_is_set_apart_is_a_name_more_often(text: str, expected: bool) -> None:
    assert are_names(text, alone=True) is expected


@pytest.mark.parametrize(("parts", "count"), [
    ([], 0), (["Pebbles", "A. Ames"], 0), (["A. Ames", "B. Berg", "Pebbles of glass", "NIPS"], 2),
    (["A. Ames and B. Berg", "Pebbles"], 1), (["Ann Ames", "Pebbles"], 0),
])  # fmt: skip
def test_counts_names_at_the_beginning(parts: list[str], count: int) -> None:
    assert leading_names(parts) == count


WORDS = st.sampled_from(
    [
        "Ann",
        "A.",
        "Berg",
        "van",
        "der",
        "of",
        "Nets",
        "Deep",
        "et al.",
        "张三",
        "等",
        ",",
        "and",
        "&",
        ";",
        ":",
        "2023",
        "O'",
        ".",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


@given(TEXTS, st.booleans())
def test_names_begin_as_names_do(text: str, alone: bool) -> None:
    """The quick question never says no where the whole one says yes."""
    text = text.strip(" ,.:;&")
    if are_names(text, alone=alone) and ":" not in text:
        assert may_begin_names(text)


@given(TEXTS)
def test_what_are_names_for_sure_are_names_when_set_apart(text: str) -> None:
    assert are_names(text, alone=True) or not are_names(text)
