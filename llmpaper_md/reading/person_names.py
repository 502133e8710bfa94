"""Whether words are the names of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_SEPARATOR = re.compile(
    r"(?<!\s)\s*(?:[,，、;；·|]|\s(?:and|und|et|y|&)\s|&|和)\s*(?:(?:and|&)\s+)?"
)
_OTHERS = re.compile(
    r"(?<![\s,，])[\s,，]*+(?:\bet\.?\s?al\b\.?|\band others\b|等人?)[.。]?\s*+$", re.IGNORECASE
)
_SIGNS = re.compile(r"[*†‡§¶^¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\d+\)|(?<=[^\W\d])\d+$")
# A capital letter first; an apostrophe, a hyphen or a full stop inside.
_WORD = re.compile(r"[^\W\d_a-z][^\W\d_'’`.\-‐]*(?:['’`.\-‐][^\W\d_]*)*\.?$")
_INITIAL = re.compile(r"[^\W\d_a-z](?:\.[- ]?[^\W\d_a-z])*\.?$")
_PARTICLES = frozenset(
    """
    al bin da dal de del della den der des di do dos du e el ibn la le te ten ter van von y zu
    """.split()
)
_CAPITALS = re.compile(r"[A-Z]{3,}$")
_MAY_BE_INITIAL = re.compile(r"(?:^|[\s.-])[^\W\d_a-z](?:[\s.,]|$)")
_FIRST = re.compile(r"[^\s,，、;；:]+")
_CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}$|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,6}$")
# Words with a capital letter that titles, venues and institutions have and names have not. Jan,
# Jun, May, April, June and August are names of people too.
_NO_NAMES = frozenset(
    """
    a about all an analysis and approach are as at attention based beyond by can comprehensive
    computer conference data deep detection do does efficient end evaluation findings fast for
    framework from general generation generative how image in institute international is journal
    lab labs language large learning letters machine method methods model modeling models multi
    nature network networks neural new of on oral paper poster preprint press proceedings
    processing recognition report research review robust science segmentation self spotlight
    survey symposium systems technology text the through to toward towards transactions
    transformer transformers tutorial understanding university unsupervised using via video vision
    visual what when why with workshop
    january february march july september october november december
    feb mar apr jul aug sep sept oct nov dec
    """.split()
)
_GROUP = re.compile(r"\w\s(?:[Cc]ontributors|[Cc]onsortium|[Cc]ollaboration|[Tt]eam)$")
# What is asked of the same words several times is remembered.
_CACHED = 2048
_MAX_WORDS = 6
# A year, or what an arXiv identifier has: then a venue follows the names.
_NUMBER = re.compile(r"(?:19|20)\d\d|\d{4}\.\d{4}")


def split_names(text: str) -> list[str]:
    """The names in a text that holds nothing else, without what abbreviates the others.

    >>> split_names("Ann Ames*, B. Berg and Chen Chu, et al.")
    ['Ann Ames', 'B. Berg', 'Chen Chu']
    """
    text = _OTHERS.sub("", text.strip())
    return [name for part in _SEPARATOR.split(text) if (name := _SIGNS.sub("", part).strip(" ."))]


def abbreviates_others(text: str) -> bool:
    """Whether a text ends with "et al." or the like.

    >>> abbreviates_others("A. Ames et al.")
    True
    """
    return bool(_OTHERS.search(text))


def is_name(text: str) -> bool:
    """Whether a text can be the name of one person.

    >>> [is_name(text) for text in ("Ann van der Berg", "Y. LeCun", "张三", "Deep Learning")]
    [True, True, True, False]
    """
    if _CHINESE_WORD.search(text):
        return bool(_CHINESE.match(text))
    if _GROUP.search(text):
        return True
    words = text.split()
    if not words or len(words) > _MAX_WORDS or words[-1] in _PARTICLES:
        return False
    return all(
        word.lower() in _PARTICLES
        or (
            bool(_WORD.match(word))
            and (
                word.lower() not in _NO_NAMES and word.rstrip(".").lower() not in _NO_NAMES - {"a"}
            )
            and not _CAPITALS.match(word)
        )
        for word in words
    )


def may_begin_names(text: str) -> bool:
    """Whether a text can begin with a name: what `are_names` asks, for its first word alone."""
    word = _FIRST.match(text)
    if not word:
        return False
    return bool(_CHINESE_WORD.match(word[0])) or (is_name(word[0]) or word[0].lower() in _PARTICLES)


@lru_cache(_CACHED)
def are_names(text: str, *, alone: bool = False) -> bool:
    """Whether a text lists names and holds nothing else.

    Args:
        text: plain text.
        alone: whether something else sets the text apart, such as italics or a line of its own: a
            single name without an initial is taken for one only there.

    >>> are_names("Ann Ames, Ben Berg"), are_names("Graph Nets, Trees"), are_names("Ann Ames")
    (True, False, False)
    >>> are_names("Ann Ames", alone=True), are_names("OpenStone: Ann Ames, Ben Berg")
    (True, True)
    """
    group, colon, rest = text.partition(":")
    if colon and rest.strip() and len(group.split()) <= 3:
        text = rest
    names = split_names(text)
    if not names or _NUMBER.search(text):
        return False
    found = sum(map(is_name, names))
    if abbreviates_others(text):
        return found == len(names)
    if len(names) == 1:
        return found == 1 and (
            _has_initial(names[0]) or (alone and 2 <= len(names[0].split()) <= 4)
        )
    # Surnames alone, as in "Ames & Berg", are words with capital letters like any other.
    full = sum(len(name.split()) > 1 or bool(_CHINESE.match(name)) for name in names)
    return found >= len(names) * (0.75 if alone else 0.9) and (alone or full * 4 >= len(names) * 3)


def _has_initial(name: str) -> bool:
    words = name.split()
    return (len(words) > 1 and any(map(_INITIAL.match, words[:-1]))) or bool(
        len(words) > 1 and _INITIAL.match(words[-1])
    )


def leading_names(parts: Sequence[str]) -> int:
    """How many of the parts at the beginning are names, each for sure: with an initial.

    >>> leading_names(["A. Ames", "Ben B. Berg", "Sorting Pebbles", "NIPS"])
    2
    """
    count = 0
    for part in parts:
        if not _MAY_BE_INITIAL.search(part):
            break
        names = split_names(part)
        if not names or not all(is_name(name) and _has_initial(name) for name in names):
            break
        count += 1
    return count
