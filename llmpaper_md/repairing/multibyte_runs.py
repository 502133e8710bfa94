"""Find what UTF-8 read through a page of two bytes a character left of a line.

The stretch around a character that clean text seldom has is turned back into bytes as far as these
can be of UTF-8. Then the language model is asked about both readings: a run is where what comes out
is likelier than what is there, by more than clean text ever reaches (17 million characters of many
kinds were looked at), over the boundaries that make the difference greatest.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from .lines import Line
from .model import LanguageModel
from .multibyte import (
    LOSSY,
    REPLACEMENT,
    SIGNS,
    accented,
    byte_table,
    kinds,
    possible,
    trigger,
    wide_trigger,
)
from .normalise import BOUNDARY, symbol

SURE_GAIN: Final = 20.0
"""Logarithms by which the reading must be likelier."""
FAIR_GAIN: Final = 9.0
"""The same in a file that was misread in this way elsewhere."""
_GARBAGE: Final = 15.0
"""What a character costs that no UTF-8 comes out of, without a sign for lost bytes beside it."""
_ENOUGH: Final = 4
_LOST: Final = {"cp932": f"{REPLACEMENT}・"}
"""Signs of which no bytes are known. Windows writes ・ for what code page 932 does not have; that a
text has it because of a byte 81 before an E is far less likely."""
_ONE_OF_MANY: Final = -7.0
"""The logarithm of the share of each character that two bytes of UTF-8 make, roughly."""
_RAREST: Final = -13.0


@dataclass(frozen=True, slots=True)
class MultiByteRun:
    """A stretch of a line that was misread.

    Attributes:
        start: its first code point in the line.
        end: the code point after its last.
        gain: the logarithm by which what comes out is likelier than what is there.
        whole: how many characters of the original are whole.
        lost: whether any lost bytes.
        text: the original, where nothing was lost.
    """

    start: int
    end: int
    gain: float
    whole: int
    lost: bool
    text: str

    @property
    def sure(self) -> bool:
        """Whether it speaks for itself: two whole characters, much likelier than what is there."""
        return self.gain >= SURE_GAIN and self.whole >= 2


class Scorer:
    """The logarithm of the probability of characters, one after the other."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._boundary = model.ids(BOUNDARY)[0]
        self._ids: dict[str, int] = {}

    def scores(self, chars: str) -> list[float]:
        """For each character its score after those before it; 0 for ASCII and what is not seen."""
        a = b = c = self._boundary
        found = []
        for char in chars:
            number = self._ids.get(char)
            if number is None:
                if char <= "\x7f":
                    number = -1
                else:
                    seen = symbol(char)
                    number = self._model.ids(seen)[0] if seen else -1
                self._ids[char] = number
            if number < 0:
                found.append(0.0)
                if char in "|\n":
                    a = b = c = self._boundary
                continue
            found.append(self._model.logprob(a, b, c, number))
            a, b, c = b, c, number
        return found


def find_runs(
    line: Line, codec: str, scorer: Scorer, text: str | None = None, *, supported: bool = False
) -> list[MultiByteRun]:
    """Find the runs of a line.

    Args:
        line: the line.
        codec: the code page of two bytes.
        scorer: the language model.
        text: the line with what is not to be looked at blanked out, if not all of it is.
        supported: whether the file was misread in this way elsewhere: then less shows a run.

    Returns:
        The runs, from left to right, whatever their gain.
    """
    text = line.text if text is None else text
    pattern = wide_trigger(codec) if supported else trigger(codec)
    fitting = possible(codec)
    runs: list[MultiByteRun] = []
    position = 0
    while True:
        found = pattern.search(text, position)
        if found is None:
            return runs
        start, end = found.span()
        # The border of a cell that is still there is one.
        while start > position and _may_be(text[start - 1], fitting):
            start -= 1
        while end < len(text) and _may_be(text[end], fitting):
            end += 1
        here = _best(text, start, end, codec, scorer)
        if codec in LOSSY:
            # Little comes out whole there: what does may be part of more that was lost.
            exact = [run for run in here if not run.lost and run.gain >= SURE_GAIN]
            here = _by_kind(text, start, end, codec, scorer, supported=supported)
            if exact and all(
                run.whole >= _ENOUGH
                and not any(r.start < run.start or run.end < r.end for r in here if _meet(r, run))
                for run in exact
            ):
                here = exact
        runs += here
        position = end


def _may_be(char: str, fitting: Set[str]) -> bool:
    return char in fitting or (char <= "\x7f" and char != "|")


def find_accented(line: Line, codec: str) -> list[MultiByteRun]:
    """Accented letters within words, in a file that was misread elsewhere."""
    pattern, letters = accented(codec)
    return [
        MultiByteRun(match.start(), match.end(), SURE_GAIN, 1, False, letters[match[0]])
        for match in pattern.finditer(line.text)
    ]


def _best(text: str, start: int, end: int, codec: str, scorer: Scorer) -> list[MultiByteRun]:
    """The runs within a stretch of characters that may all be part of one."""
    stretch = text[start:end]
    reading = read_back(stretch, codec)
    before = scorer.scores(stretch)
    after = scorer.scores("".join(unit.text for unit in reading))
    # Per unit what is gained; a unit is a character of the original or what is left of some.
    gains: list[float] = []
    place = 0
    for unit in reading:
        length = len(unit.text)
        gains.append(sum(after[place : place + length]))
        place += length
    owners: list[list[int]] = [[] for _ in stretch]
    for number, unit in enumerate(reading):
        owners[unit.last].append(number)
    deltas = [0.0] * len(stretch)
    for number, unit in enumerate(reading):
        deltas[unit.last] += gains[number]
        if unit.garbage:
            deltas[unit.last] -= _GARBAGE
    garbage = {
        place for unit in reading if unit.garbage for place in range(unit.first, unit.last + 1)
    }
    for place, char in enumerate(stretch):
        if char > "\x7f" and place not in garbage:
            deltas[place] -= before[place]
    opens = {unit.first for unit in reading if unit.at_start}
    closes = {unit.last + 1 for unit in reading if unit.at_end}
    found: list[MultiByteRun] = []
    total, begin = 0.0, -1
    best: tuple[float, int, int] | None = None
    for place in range(len(stretch) + 1):
        if begin >= 0 and place in closes and (best is None or total > best[0]) and total > 0:
            best = (total, begin, place)
        if place == len(stretch):
            break
        if begin >= 0 and best is not None and total < best[0] - 2 * _GARBAGE:
            # It has ended where it was best.
            found += _trimmed(stretch, best, reading, start)
            total, begin, best = 0.0, -1, None
        if begin < 0 or total <= 0:
            begin, total, best = (place, 0.0, None) if place in opens else (-1, 0.0, None)
        if begin >= 0:
            total += deltas[place]
    if best is not None:
        found += _trimmed(stretch, best, reading, start)
    return found


def _meet(one: MultiByteRun, other: MultiByteRun) -> bool:
    return one.start < other.end and other.start < one.end


def _by_kind(
    text: str, start: int, end: int, codec: str, scorer: Scorer, *, supported: bool
) -> list[MultiByteRun]:
    """The runs within a stretch of which too little is whole to be read.

    All characters that two bytes of UTF-8 make are about as likely as each other there, and most of
    them are rare elsewhere.
    """
    stretch = text[start:end]
    scores = scorer.scores(stretch)
    own = kinds(codec)
    found: list[MultiByteRun] = []
    total, begin, best = 0.0, -1, (0.0, 0, 0)
    for place, (char, score) in enumerate(zip(stretch, scores, strict=True)):
        if char <= "\x7f":
            continue
        if char in SIGNS:
            delta = 1.0
        elif char in own:
            delta = _ONE_OF_MANY - max(score, _RAREST)
        else:
            # An ASCII letter may be in it, or a sign of another block.
            delta = min(0.0, -9.0 - max(score, _RAREST))
        if total + delta <= 0:
            found += _lost_run(stretch, best, codec, start, supported=supported)
            total, begin, best = 0.0, -1, (0.0, 0, 0)
            continue
        if begin < 0:
            begin = place
        total += delta
        if total > best[0]:
            best = (total, begin, place + 1)
    return found + _lost_run(stretch, best, codec, start, supported=supported)


def _lost_run(
    stretch: str, best: tuple[float, int, int], codec: str, shift: int, *, supported: bool
) -> list[MultiByteRun]:
    gain, begin, end = best
    chars = [char for char in stretch[begin:end] if char > "\x7f" and char not in SIGNS]
    own = kinds(codec)
    telling = sum(own.get(char, False) for char in chars)
    least = 1 if supported else 2
    if len(chars) <= least or telling < least or telling < (0.2 if supported else 0.3) * len(chars):
        return []
    return [MultiByteRun(shift + begin, shift + end, gain, telling, True, "")]


def _trimmed(
    stretch: str, best: tuple[float, int, int], reading: list[Unit], shift: int
) -> list[MultiByteRun]:
    gain, begin, end = best
    while begin < end and stretch[begin] <= "\x7f" and stretch[begin] not in SIGNS:
        begin += 1
    while end > begin and stretch[end - 1] <= "\x7f" and stretch[end - 1] not in SIGNS:
        end -= 1
    units = [unit for unit in reading if begin <= unit.first and unit.last < end]
    whole = sum(unit.text > "\x7f" and len(unit.text) == 1 for unit in units)
    lost = any(not unit.text for unit in units)
    text = "" if lost else "".join(unit.text for unit in units)
    if begin >= end or not (whole or (lost and gain >= SURE_GAIN / 2)):
        return []
    return [MultiByteRun(shift + begin, shift + end, gain, whole, lost, text)]


@dataclass(slots=True)
class Unit:
    """A character that came out of misread text, or bytes of which none did.

    Attributes:
        text: the character; empty where bytes are missing.
        first: the first character of the misread text that holds a byte of it.
        last: the last one.
        at_start: whether its first byte is the first of that character.
        at_end: whether its last byte is the last of that.
        garbage: how many characters are accounted for by no lost byte.
    """

    text: str
    first: int
    last: int
    at_start: bool
    at_end: bool
    garbage: int = 0


def read_back(text: str, codec: str) -> list[Unit]:
    """Turn misread text into characters of UTF-8, as far as they are whole.

    Args:
        text: characters of a code page of two bytes, ASCII, and signs for lost bytes.
        codec: the code page.

    Returns:
        The characters, and the stretches between them, from left to right.
    """
    table = byte_table(codec)
    lost = _LOST.get(codec, REPLACEMENT)
    data = bytearray()
    owner: list[int] = []
    signs: set[int] = set()
    for place, char in enumerate(text):
        own = char.encode("ascii") if char <= "\x7f" else table.get(char, b"\xff")
        if char in lost:
            own = b"\xff"
        if own == b"\xff" or char == "?":
            signs.add(place)
        data += own
        owner += [place] * len(own)
    units: list[Unit] = []
    place, end = 0, len(data)
    rest = -1  # where a stretch begins of which nothing comes out
    while place <= end:
        length = _whole(data, place) if place < end else 1
        sign = place < end and data[place] == 0x3F and _is_sign(data, place, rest >= 0)
        if place < end and (length == 0 or sign):
            if rest < 0:
                rest = place
            place += 1
            continue
        if rest >= 0:
            units.append(_left_over(owner, signs, rest, place))
            rest = -1
        if place == end:
            break
        first, last = owner[place], owner[place + length - 1]
        units.append(
            Unit(
                bytes(data[place : place + length]).decode(),
                first,
                last,
                place == 0 or owner[place - 1] != first,
                place + length == end or owner[place + length] != last,
            )
        )
        place += length
    return units


def _left_over(owner: list[int], signs: set[int], start: int, end: int) -> Unit:
    first, last = owner[start], owner[end - 1]
    marked = any(place in signs for place in range(first, last + 1))
    return Unit(
        "",
        first,
        last,
        start == 0 or owner[start - 1] != first,
        end == len(owner) or owner[end] != last,
        0 if marked else last - first + 1,
    )


def _is_sign(data: bytearray, place: int, open_: bool) -> bool:
    """Whether a ``?`` stands for lost bytes: bytes of an unfinished character are beside it."""
    if open_:
        return True
    after = data[place + 1] if place + 1 < len(data) else 0
    return 0x80 <= after < 0xC0


def _whole(data: bytearray, place: int) -> int:
    """How many bytes the character has that begins here, 0 where none is whole."""
    byte = data[place]
    if byte < 0x80:
        return 1
    length = 2 if 0xC2 <= byte < 0xE0 else 3 if 0xE0 <= byte < 0xF0 else 4 if byte < 0xF5 else 0
    if byte < 0xC2 or not length or place + length > len(data):
        return 0
    if data[place : place + length] == b"\xef\xbf\xbd":
        return 0  # U+FFFD: nothing comes out
    try:
        bytes(data[place : place + length]).decode()
    except UnicodeDecodeError:
        return 0
    return length
