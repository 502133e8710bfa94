"""Names of authors: which text is a list of them, and where one name ends."""

from __future__ import annotations

import re

from .labels import label_like

_OTHERS = re.compile(
    r"(?<![\s,，、;；])[\s,，、;；]*+"
    r"(?:(?:\bet\.?\s?al\b|\band\s+others\b|等人?)[\s.。)]*+|(?:\.\.\.|…)\s*+)$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（\[]")
_OPENING, _CLOSING = "(（[", ")）]"
# Marks of affiliations and equal contribution: Ann Lee¹*, Bo Li†, Cy Kim1,2.
_MARKS = re.compile(r"[*∗⁎†‡§¶‖✉⁰¹²³⁴-⁹♯♭]|\\\*|(?<=[a-zà-ÿ.])\d(?:,\d)*(?=$|[\s,;，、*†‡])")
_SEPARATOR = re.compile(
    r"(?<!\s)(?:\s*(?:[,;，、；\n]|(?<!\w)/|&)|\s+(?:/\s|(?:and|und|et|y)\s+))\s*"
)
_AND = re.compile(r"^and\s+", re.IGNORECASE)  # Ann Lee, and Bo Li
_NAME_WORD = re.compile(r"(?:[^\W\d_a-z][\w'’.\-‐]*|(?:[A-Z]\.)+-?(?:[A-Z]\.)?)$")
_PARTICLES = frozenset(
    """
    al bin da das de del della den der di do dos du el ibn la le los mac mc of ten ter van
    von zu zur y e jr sr ii iii
    """.split()
)
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff·•]{2,6}")
_MOST_WORDS = 5
# Capitalized words of venues, prizes and places, which no author is called.
_NO_NAMES = frozenset(
    """
    award best paper oral spotlight poster university institute conference journal workshop
    proceedings transactions research lab laboratory google microsoft openai deepmind meta
    nvidia report technical arxiv preprint science nature model models learning network networks
    language large neural deep vision image video code project findings track survey benchmark
    dataset data using via toward towards with without for the on in from to is are how why what
    """.split()
)


def without_brackets(text: str) -> str:
    """The text less what is in brackets, those in one another included."""
    if not _BRACKETED.search(text):
        return text
    kept: list[str] = []
    depth = 0
    for sign in text:
        if sign in _OPENING:
            depth += 1
            while kept and kept[-1] == " ":
                kept.pop()
        elif sign in _CLOSING and depth:
            depth -= 1
        elif not depth:
            kept.append(sign)
    return "".join(kept)


def without_marks(text: str) -> str:
    """A list of authors less affiliations in brackets and marks of them.

    >>> without_marks("Ann Lee¹* (MIT (CSAIL)), Bo Li†")
    'Ann Lee, Bo Li'
    """
    return _MARKS.sub("", without_brackets(text)) or text


def split_names(text: str) -> tuple[list[str], bool]:
    """The names in a list of authors, and whether it says that there are others.

    Affiliations in brackets, and marks of them, are left out.

    >>> split_names("Ann Lee¹*, Bo Li (MIT) and Cy Kim et.al.")
    (['Ann Lee', 'Bo Li', 'Cy Kim'], True)
    """
    bare = without_marks(text)
    named = _OTHERS.sub("", bare)
    parts = (_AND.sub("", part.strip(" \t.:：*_")) for part in _SEPARATOR.split(named))
    names = [*filter(None, parts)]
    return names, named != bare


def looks_like_authors(text: str, *, single: bool = False) -> bool:
    """Whether a text is a list of authors by the look of it.

    Args:
        text: plain text.
        single: whether one name is enough, as below a title.

    >>> looks_like_authors("Ann Lee, Bo van der Li"), looks_like_authors("Graphs, how to draw them")
    (True, False)
    """
    if label_like(text):
        return False
    names, others = split_names(text)
    if not names or (len(names) == 1 and not (single or others)):
        return False
    people = sum(map(_is_name, names))
    # A hyphenated or lower-case name among many is a name all the same.
    return people == len(names) if len(names) < 4 else people >= len(names) * 0.8


def _is_name(text: str) -> bool:
    if _CHINESE_NAME.fullmatch(text):
        return len(text) <= 4 or "·" in text or "•" in text
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return False
    return all(
        word.lower() in _PARTICLES
        or (bool(_NAME_WORD.match(word)) and word.lower().strip(".") not in _NO_NAMES)
        for word in words
    )
