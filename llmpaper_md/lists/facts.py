"""What entries say about a paper besides its title, compared between entries."""

from __future__ import annotations

import re

from ..reading.document import Entry, Paper
from ..words import quoted

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_DIGITS = re.compile(r"\d")
_NOT_WORD = re.compile(r"[\W_]+")
_PREPRINTS = frozenset(["", "arxiv", "arxivpreprint", "preprint", "corr", "techreport", "blog"])
_OTHER_NAMES = {"nips": "neurips", "neurlps": "neurips"}


def venue_key(venue: str) -> str:
    """A venue without its year, case and punctuation.

    >>> venue_key("NeurIPS'23"), venue_key("NIPS 2017")
    ('neurips', 'neurips')
    """
    key = _NOT_LETTERS.sub("", venue.casefold())
    return _OTHER_NAMES.get(key, key)


def is_preprint(paper: Paper) -> bool:
    """Whether an entry names no venue other than a server for preprints."""
    return venue_key(paper.venue or "") in _PREPRINTS


def conflicts(entry: Entry, first: Entry) -> list[str]:
    """What an entry says differently from the first one of its paper, in words.

    >>> from llmpaper_md import parse
    >>> rows = "| [A](https://a.org) | ICML |\\n| [A](https://a.org) | ICLR |\\n"
    >>> one, other = parse("| Paper | Venue |\\n| - | - |\\n" + rows).entries
    >>> conflicts(other, one)
    ['venue "ICLR" here, "ICML" there']
    """
    here, there = entry.paper, first.paper
    found: list[str] = []
    if here.own_year and there.own_year and here.own_year != there.own_year:
        found.append(f"year {here.own_year} here, {there.own_year} there")
    elif here.date and there.date and _are_other_dates(here.date, there.date):
        found.append(f"date {quoted(here.date)} here, {quoted(there.date)} there")
    if here.venue and there.venue:
        one, other = venue_key(here.venue), venue_key(there.venue)
        if one and other and one not in other and other not in one:
            found.append(f"venue {quoted(here.venue)} here, {quoted(there.venue)} there")
    if here.code and not there.code and _asks_for_code(first):
        found.append("code only here")
    elif there.code and not here.code and _asks_for_code(entry):
        found.append("code only there")
    return found


def _are_other_dates(one: str, other: str) -> bool:
    """Whether dates of one form differ; one that is more precise says the same."""
    if _DIGITS.sub("0", one) != _DIGITS.sub("0", other):
        return False
    return _NOT_WORD.sub("", one) != _NOT_WORD.sub("", other)


def _asks_for_code(entry: Entry) -> bool:
    """Whether code is missing in an entry rather than that there is no place for it."""
    return entry.part("code") is not None
