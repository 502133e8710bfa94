"""Chinese and Japanese in an encoding of its own (GBK, Big5, Shift-JIS) that was read as letters.

Two letters are one character: 中文 in GBK is ÖÐÎÄ in Latin-1. Every byte has its letter, so the way
back is exact; what is needed is to know such letters from a language that is written with them.
What comes out is looked at by the language model: of accented letters side by side, three pairs
hardly ever make Chinese.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from .codepages import UNDEFINED, code_page
from .multibyte import REPLACEMENT
from .multibyte_runs import Scorer

PAGES: Final = (
    "windows-1252", "iso-8859-1", "windows-1254", "windows-1250", "windows-1251", "windows-1257",
    "windows-1258", "iso-8859-2", "iso-8859-9", "iso-8859-15", "windows-1253",
)  # fmt: skip
ENCODINGS: Final = {"gbk": "GBK", "cp950": "Big5", "cp932": "Shift-JIS"}
_LEAST: Final = {"gbk": -7.2, "cp950": -8.0, "cp932": -14.0}
"""The mean logarithm of the probability of a character that is believed."""
_LEAST_OF_FEW: Final = -12.0
"""The same of those in a file that has many."""
_STRETCH: Final = re.compile(rb"(?:\xa8[CD]|[\x80-\xff])+")
_FEW: Final = re.compile(rb"(?:\xa8[CD]|[\xa1-\xf7][\xa1-\xfe])+")
"""GB 2312, and the dashes ¨C and ¨D."""
_KANA_ENOUGH: Final = 4
_KANA: Final = re.compile("[\u3041-\u30fa]")
_HANZI: Final = re.compile("[\u4e00-\u9fff\u3041-\u30fa]")


@dataclass(frozen=True, slots=True)
class LetterRun:
    """Letters that are Chinese.

    Attributes:
        start: the first code point in the text.
        end: the code point after its last.
        text: what comes out.
        page: the code page that it was read through.
        encoding: the encoding that it is in.
        score: the mean logarithm of the probability of its characters.
        sure: whether it speaks for itself.
        whole: whether no byte of it seems to be lost. With one lost, such as a soft hyphen that an
            editor took out, pairs can be told in several ways.
    """

    start: int
    end: int
    text: str
    page: str
    encoding: str
    score: float
    sure: bool
    whole: bool

    @property
    def channel(self) -> str:
        """How it was damaged, in words."""
        return f"{ENCODINGS[self.encoding]} read as {self.page}"


def find_letters(text: str, scorer: Scorer) -> list[LetterRun]:
    """Find the letters in a line that are Chinese.

    Args:
        text: the line, code blanked out.
        scorer: the language model.

    Returns:
        The runs, from left to right, those included that do not speak for themselves.
    """
    best: dict[tuple[int, int], list[LetterRun]] = {}
    weights: dict[tuple[int, int], float] = {}
    for page in PAGES:
        if not _gate(page).search(text):
            continue
        data = _to_bytes(text, page)
        for segment in _SEGMENT.finditer(data):
            if segment[0].isascii():
                continue
            for encoding in ENCODINGS:
                runs = _runs(segment.start(), segment[0], page, encoding, scorer)
                weight = sum((run.score + 16) * len(run.text) for run in runs)
                if runs and weight > weights.get(segment.span(), 0.0):
                    best[segment.span()] = runs
                    weights[segment.span()] = weight
    # Pages cut a line differently: the segments that explain most come first.
    chosen: list[LetterRun] = []
    for span in sorted(best, key=lambda span: -weights[span]):
        runs = best[span]
        if all(run.end <= span[0] or span[1] <= run.start for run in chosen):
            chosen += runs
    return sorted(chosen, key=lambda run: run.start)


def _runs(start: int, data: bytes, page: str, encoding: str, scorer: Scorer) -> list[LetterRun]:
    """The runs of a stretch of a cell, if together they are Chinese."""
    blocks: list[tuple[int, int, str]] = []
    left = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    for match in _PAIRS[encoding].finditer(data):
        block = match[0]
        try:
            made = block.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any("\ue000" <= char <= "\uf8ff" for char in made) or made.encode(encoding) != block:
            continue
        blocks.append((match.start(), match.end(), made))
        left -= len(block) - len(block.translate(None, bytes(range(0x80, 0x100))))
    said = "".join(made for _, _, made in blocks)
    characters = len(_HANZI.findall(said))
    if characters < 2 or left > 0.1 * len(data) or len(set(said)) < 2:
        return []
    joined: list[str] = []
    place = 0
    for begin, end, made in blocks:
        joined += (data[place:begin].decode("ascii", "ignore"), made)
        place = end
    text = "".join(joined)
    scores = [score for char, score in zip(text, scorer.scores(text), strict=True) if char > "\x7f"]
    mean = sum(scores) / len(scores)
    if encoding == "cp932" and (
        characters < _KANA_ENOUGH or len(_KANA.findall(said)) < 0.3 * characters
    ):
        return []
    if mean < _LEAST[encoding] or 2 * characters < len(scores):
        return []
    sure = characters >= 3 and (mean >= _LEAST[encoding] + 0.7 or characters >= 5)
    return [
        LetterRun(
            start + begin, start + end, made, page, encoding, mean, sure,
            max(data[begin - 1 : begin] + data[end : end + 1], default=0) < 0x80,
        )
        for begin, end, made in blocks
    ]  # fmt: skip


def find_few(
    text: str, page: str, scorer: Scorer, known: Sequence[LetterRun] = ()
) -> list[LetterRun]:
    """Find single characters of GBK, in a file that has many read in this way.

    Args:
        text: the line, code blanked out.
        page: the code page that the file was read through.
        scorer: the language model.
        known: the runs of the line that were found.

    Returns:
        The pairs of letters that are usual characters; none where other letters stay, for then the
        line is in a language that is written with them.
    """
    found: list[LetterRun] = []
    for match in _STRETCH.finditer(_to_bytes(text, page)):
        start, end = match.span()
        if any(run.start <= start and end <= run.end for run in known):
            continue
        made = match[0].decode("gbk", "replace") if _FEW.fullmatch(match[0]) else REPLACEMENT
        score = sum(scorer.scores(made)) / len(made)
        if REPLACEMENT in made or score < _LEAST_OF_FEW:
            return []
        found.append(LetterRun(start, end, made, page, "gbk", score, False, True))
    return found


def misread(text: str, page: str, encoding: str) -> str | None:
    """Do to Chinese what was done to it; None where the encoding or the page cannot."""
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return None
    table = _table(page)
    made = "".join(table[byte] for byte in data)
    return None if UNDEFINED in made else made


_SEGMENT: Final = re.compile(rb"[^\n|]+")
_PAIRS: Final = {
    # Pairs of GB 2312 first: a letter of ASCII is a second byte only where nothing else fits.
    "gbk": re.compile(rb"(?:[\x81-\xfe](?:[\x80-\xfe]|[\x40-\x7e](?=[\x81-\xfe])))+"),
    "cp950": re.compile(rb"(?:[\xa1-\xf9][\x40-\x7e\xa1-\xfe])+"),
    "cp932": re.compile(rb"(?:[\x81-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]|[\xa1-\xdf])+"),
}


@cache
def _gate(page: str) -> re.Pattern[str]:
    """Two pairs of letters of which the first are lead bytes of usual characters."""
    table = _table(page)
    leads = re.escape("".join(table[b] for b in (*range(0x81, 0xA0), *range(0xA1, 0xD8))))
    rest = re.escape("".join(table[b] for b in (*range(0x40, 0x7F), *range(0x80, 0xFF))))
    return re.compile(f"[{leads}][{rest}][{leads}][{rest}]".replace(UNDEFINED, ""))


@cache
def _table(page: str) -> str:
    own = code_page(page)
    return "".join(
        chr(byte) if char == UNDEFINED and 0x80 <= byte < 0xA0 else char
        for byte, char in enumerate(own.table)
    )


@cache
def _mapping(page: str) -> dict[int, int]:
    return {ord(char): byte for byte, char in enumerate(_table(page)) if char != UNDEFINED}


def _to_bytes(text: str, page: str) -> bytes:
    """One byte for each character, a line end for those that the page does not have."""
    mapping = _mapping(page)
    inside = "".join(char if ord(char) in mapping else "\n" for char in text)
    return codecs.charmap_encode(inside, "strict", mapping)[0]
