"""Radicals against the Unicode data that Python carries."""

from __future__ import annotations

import unicodedata

from llmpaper_md.repairing.radicals import UNIFIED, fold_radicals


def test_every_kangxi_radical_is_what_compatibility_normalisation_makes_of_it() -> None:
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert fold_radicals(kangxi) == unicodedata.normalize("NFKC", kangxi)


def test_every_radical_becomes_an_ideograph() -> None:
    for radical, ideograph in UNIFIED.items():
        assert "RADICAL" in unicodedata.name(chr(radical))
        assert unicodedata.name(chr(ideograph)).startswith("CJK UNIFIED IDEOGRAPH-")


def test_nothing_else_is_touched() -> None:
    text = "".join(map(chr, (*range(0x2E80), *range(0x2FE0, 0xD800))))
    assert fold_radicals(text) == text
