"""Damaged letters in Latin words: no capital inside a word, and pinyin where it is pinyin.

To the language model a run of Latin letters is one symbol, so it cannot distinguish ǎ and ǐ in
``n_ h_o`` or í and Î in ``aqu_``. The neighbouring letters can.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from .inversion import HOLE
from .lattice_hole import Hole

_CAPITAL: Final = 0.003
"""The factor of a capital after a lower-case letter."""
_NO_SYLLABLE: Final = 0.02
"""The factor of a letter that makes no pinyin, if another one does."""
_LAST_LETTER: Final = "\u024f"
_REACH: Final = 12
"""How many letters on each side are used."""
_ALSO_IN_WORDS: Final = frozenset(("’", HOLE))
_MARKS: Final = frozenset("\u0300\u0301\u0304\u030c")
"""The marks of the four tones."""
_SYLLABLE: Final = re.compile(
    "[bpm](?:a(?:i|o|ng?)?|o|e(?:i|ng?)|i(?:e|ao?|an|ng?|u)?|ou|u)|me"
    "|f(?:a(?:ng?)?|o|e(?:i|ng?)|ou|u)"
    "|[dtnl](?:a(?:i|o|ng?)?|e(?:i|ng?)?|i(?:a(?:o|ng?)?|e|ng?|u)?|o(?:u|ng)|u(?:an|i|n|o|e)?|ve?)"
    "|(?:[gkhzcs]|[zcs]h)(?:a(?:i|o|ng?)?|e(?:i|ng?)?|o(?:u|ng)|u(?:a(?:i|ng?)?|i|n|o)?)"
    "|(?:[zcs]h?|r)i|r(?:a(?:o|ng?)|e(?:ng?)?|o(?:u|ng)|u(?:an?|i|n|o)?)"
    "|[jqx](?:i(?:a(?:o|ng?)?|e|ng?|ong|u)?|u(?:an|e|n)?)"
    "|y(?:a(?:o|ng?)?|e|i(?:ng?)?|o(?:u|ng)?|u(?:an|e|n)?)"
    "|w(?:a(?:i|ng?)?|o|e(?:i|ng?)|u)"
    "|a(?:i|o|ng?)?|e(?:i|r|ng?)?|ou?"
)
_LONGEST: Final = 6
"""The letters of the longest syllable, zhuang."""


def in_words(text: str, holes: Sequence[Hole]) -> list[Hole]:
    """Weight letters by the Latin words that they are in.

    Args:
        text: a line as it was read, with `HOLE` for each damaged character.
        holes: the damaged characters, from left to right.

    Returns:
        The holes, those next to Latin letters with other weights for letters.
    """
    weighed = list(holes)
    at = -1
    for number, hole in enumerate(holes):
        at = text.index(HOLE, at + 1)
        if hole.least[0].text > _LAST_LETTER:  # they are in the order of their code points
            continue
        before = text[max(0, at - _REACH) : at]
        after = text[at + 1 : at + 1 + _REACH]
        start = len(before)
        while start and _in_word(before[start - 1]):
            start -= 1
        end = 0
        while end < len(after) and _in_word(after[end]):
            end += 1
        if start < len(before) or end:
            factors = _factors(before[start:], hole, after[:end])
            if factors:
                weighed[number] = hole.with_weights(factors)
    return weighed


def _in_word(char: str) -> bool:
    return (char < "\u0250" and (char.isalpha() or char == "'")) or char in _ALSO_IN_WORDS


def _factors(before: str, hole: Hole, after: str) -> dict[str, float]:
    letters = [text for texts in hole.members.values() for text, _ in texts if _is_letter(text)]
    factors = dict.fromkeys(letters, 1.0)
    if before[-1:].islower():
        for text in letters:
            if text.isupper():
                factors[text] *= _CAPITAL
    if HOLE not in before + after and len(before + after) < _REACH:
        syllables = {text for text in letters if _is_pinyin(before + text + after)}
        if syllables:
            for text in letters:
                if text not in syllables:
                    factors[text] *= _NO_SYLLABLE
    return {text: factor for text, factor in factors.items() if factor != 1.0}


def _is_letter(text: str) -> bool:
    return len(text) == 1 and "\u00c0" <= text <= _LAST_LETTER and text.isalpha()


@lru_cache(maxsize=1 << 12)
def _is_pinyin(word: str) -> bool:
    """Whether a word is pinyin with tones.

    Example:
        >>> [word for word in ("nǐhǎo", "nǎhǐo", "lǚ", "aquí", "Xī'ān") if _is_pinyin(word)]
        ['nǐhǎo', 'lǚ', "Xī'ān"]
    """
    if word[1:] != word[1:].lower():
        return False
    plain: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char == "\u0308" and plain and plain[-1] == "u":
            plain[-1] = "v"
        elif char not in _MARKS:
            plain.append(char)
    return _is_syllables("".join(plain))


def _is_syllables(letters: str) -> bool:
    """Whether letters without accents are syllables, with or without apostrophes after them.

    How far syllables reach is kept, as "nana" has several ways to be split: one pattern for all of
    them would try each way.
    """
    reached = {0}
    for start in range(len(letters)):
        if start not in reached:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
            if _SYLLABLE.fullmatch(letters, start, end):
                reached.add(end + 1 if letters[end : end + 1] in ("'", "’") else end)
    return letters != "" and len(letters) in reached
