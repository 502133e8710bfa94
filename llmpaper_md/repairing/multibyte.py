"""Channels that read UTF-8 through a code page of two bytes a character: GBK, Big5 and others.

Two bytes of UTF-8 become one character, wherever the bytes of one character of the original end. A
pair that the page does not have, a lead byte before a space, a digit or a line end, and in some
programs the byte 80 become a sign (``?`` or U+FFFD), which may take the next byte with it. A lead
byte before a letter or a ``|`` becomes an ideograph with it, and nothing is lost.

How programs differ in what they lose is a `Form`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from ..errors import ChannelError

REPLACEMENT: Final = "\ufffd"
SIGNS: Final = "?" + REPLACEMENT
"""What may stand for bytes that fit nothing."""


class Form(NamedTuple):
    """How a program reads bytes that are no character of its code page.

    Attributes:
        name: in words.
        pair: the sign for a pair without a character.
        again: whether the second byte of such a pair is read again.
        private: whether pairs of the private areas become private characters.
        euro: whether the byte 80 is a euro sign, and not damaged.
        lead: the sign for a lead byte before ASCII that it makes no pair with.
        swallows: whether that sign takes the ASCII byte with it.
    """

    name: str
    pair: str
    again: bool
    private: bool
    euro: bool
    lead: str
    swallows: bool


_QUESTIONS: Final = "invalid bytes replaced by ?"
_REPLACED: Final = "invalid bytes replaced by U+FFFD"
FORMS: Final = (
    Form(f"{_QUESTIONS}, with the next byte", "?", False, False, True, "?", True),
    Form(_QUESTIONS, "?", False, False, True, "?", False),
    Form(
        "invalid pairs replaced by ?, single bytes by U+FFFD",
        *("?", False, False, True, REPLACEMENT, False),
    ),
    Form(_REPLACED, REPLACEMENT, False, False, True, REPLACEMENT, False),
    Form(
        "each invalid byte replaced by U+FFFD", REPLACEMENT, True, False, False, REPLACEMENT, False
    ),
    Form(f"private characters, {_REPLACED}", REPLACEMENT, False, True, True, REPLACEMENT, False),
    Form(
        f"private characters, {_REPLACED}, no euro sign",
        *(REPLACEMENT, False, True, False, REPLACEMENT, False),
    ),
    Form(f"private characters, {_QUESTIONS}", "?", False, True, True, "?", True),
    Form("each invalid byte replaced by ?", "?", True, False, False, "?", False),
)
"""The forms that occur, the most likely first."""

_CODECS: Final = {
    "gbk": "gbk",
    "big5": "cp950",
    "cp949": "cp949",
    "cp932": "cp932",
}
CODEPAGES: Final = tuple(_CODECS)
_ALIASES: Final = {
    "cp936": "gbk", "windows-936": "gbk", "gb18030": "gbk", "gb2312": "gbk", "cp950": "big5",
    "windows-949": "cp949", "euc-kr": "cp949", "uhc": "cp949", "windows-932": "cp932",
    "windows-31j": "cp932", "shift-jis": "cp932", "shift_jis": "cp932", "sjis": "cp932",
}  # fmt: skip
LOSSY: Final = ("big5", "cp949")
"""The pages that lose so much that what was there cannot be restored: it is reported."""
LOSSLESS: Final = "nothing lost"


@dataclass(frozen=True, slots=True)
class MultiByteChannel:
    """UTF-8 read through a code page of two bytes a character.

    Attributes:
        codec: the code page, ``gbk``, ``big5``, ``cp949`` or ``cp932``.
        form: what became of invalid bytes.

    Example:
        >>> MultiByteChannel("gbk").damage("论文")
        '璁烘枃'
        >>> MultiByteChannel("gbk").damage("文，")
        '鏂囷紝'
        >>> MultiByteChannel("gbk", FORMS[3]).damage("本文 1")
        '鏈�枃 1'
    """

    codec: str
    form: Form = FORMS[0]

    def describe(self) -> str:
        """The channel in words, which `parse` reads back.

        Example:
            >>> MultiByteChannel("gbk", FORMS[1]).describe()
            'gbk, invalid bytes replaced by ?'
        """
        return f"{self.codec}, {self.form.name}"

    @classmethod
    def parse(cls, text: str) -> MultiByteChannel:
        """A channel from its description.

        Raises:
            ChannelError: the code page or the form is unknown.

        Example:
            >>> MultiByteChannel.parse("cp936").codec
            'gbk'
        """
        name, _, form = text.partition(",")
        codec = multi_byte_page(name)
        if codec is None:
            raise ChannelError(f"unknown code page {name!r}: use one of {', '.join(CODEPAGES)}")
        form = form.strip(" ")
        if not form:
            return cls(codec)
        for known in FORMS:
            if known.name == form:
                return cls(codec, known)
        names = "; ".join(known.name for known in FORMS)
        raise ChannelError(f"unknown phrase {form!r} in the channel {text!r}; known: {names}")

    def damage(self, text: str) -> str:
        """Damage clean text as the channel does.

        Args:
            text: clean text.

        Returns:
            Its UTF-8 bytes as read through the channel.
        """
        return self.read(text.encode("utf-8", "surrogatepass"))

    def read(self, data: bytes) -> str:
        """What the channel makes of bytes."""
        form, made = self.form, []
        place, end = 0, len(data)
        pairs = pair_table(self.codec)
        singles = single_table(self.codec)
        while place < end:
            byte = data[place]
            if byte < 0x80:
                made.append(chr(byte))
                place += 1
                continue
            if byte in singles:
                made.append(singles[byte])
                place += 1
                continue
            if byte in (0x80, 0xFF):
                made.append("€" if form.euro and byte == 0x80 else form.pair)
                place += 1
                continue
            after = data[place + 1] if place + 1 < end else -1
            if after < 0x40 or after == 0x7F:
                made.append(form.lead)
                place += 2 if form.swallows and after >= 0 else 1
                continue
            char = pairs.get((byte << 8) | after)
            if char is None and form.private:
                char = private_character(self.codec, byte, after)
            if char is not None:
                made.append(char)
                place += 2
            else:
                made.append(form.pair)
                place += 1 if form.again or (after < 0x80 and not form.swallows) else 2
        return "".join(made)


def multi_byte_page(name: str) -> str | None:
    """The name under which a code page of two bytes is known here, None if it is none.

    Example:
        >>> multi_byte_page("CP936"), multi_byte_page("cp1252")
        ('gbk', None)
    """
    plain = name.lower().replace("_", "-").strip(" ")
    plain = _ALIASES.get(plain, plain)
    return plain if plain in _CODECS else None


@cache
def pair_table(codec: str) -> dict[int, str]:
    """The character of each pair of bytes that a page has."""
    trails = bytes(range(0x40, 0xFF)).replace(b"\x7f", b"")
    table = {}
    for lead in range(0x81, 0xFF):
        # Line ends between them keep a pair that is none from taking part of the next.
        read = b"".join(bytes((lead, trail, 10)) for trail in trails).decode(
            _CODECS[codec], "replace"
        )
        for trail, text in zip(trails, read.split("\n"), strict=False):
            if len(text) == 1 and text != REPLACEMENT and not "\ue000" <= text <= "\uf8ff":
                table[(lead << 8) | trail] = text
    return table


@cache
def single_table(codec: str) -> dict[int, str]:
    """The bytes from 80 on that are characters by themselves: half-width katakana."""
    if codec != "cp932":
        return {}
    return {byte: bytes([byte]).decode("cp932") for byte in (0x80, *range(0xA0, 0xE0))}


@cache
def byte_table(codec: str) -> dict[str, bytes]:
    """The bytes of each character outside ASCII."""
    table = {char: bytes((pair >> 8, pair & 0xFF)) for pair, char in pair_table(codec).items()}
    table |= {char: bytes([byte]) for byte, char in single_table(codec).items()}
    if codec == "gbk":
        table["€"] = b"\x80"
        for lead, trails in _PRIVATE:
            for trail in trails:
                table[_private(lead, trail)] = bytes((lead, trail))
    return table


_PRIVATE: Final = (
    *((lead, range(0xA1, 0xFF)) for lead in range(0xAA, 0xB0)),
    *((lead, range(0xA1, 0xFF)) for lead in range(0xF8, 0xFF)),
    *(
        (lead, tuple(trail for trail in range(0x40, 0xA1) if trail != 0x7F))
        for lead in range(0xA1, 0xA8)
    ),
)
"""The three private areas of GBK."""


def private_character(codec: str, lead: int, trail: int) -> str | None:
    """The private character of a pair of GBK, None if the pair is in none of its private areas."""
    if codec != "gbk":
        return None
    if (0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE) and trail >= 0xA1:
        return _private(lead, trail)
    if 0xA1 <= lead <= 0xA7 and trail <= 0xA0:
        return _private(lead, trail)
    return None


def _private(lead: int, trail: int) -> str:
    if trail >= 0xA1:
        row = lead - 0xAA if lead < 0xB0 else lead - 0xF8 + 6
        return chr(0xE000 + 94 * row + trail - 0xA1)
    return chr(0xE4C6 + 96 * (lead - 0xA1) + trail - 0x40 - (trail > 0x7F))


_LEADS: Final = (*range(0xE3, 0xEA), 0xEF)
_REST: Final = range(0x80, 0xC0)


def _read(codec: str, leads: Sequence[int], trails: Sequence[int]) -> set[str]:
    """The characters of pairs of bytes, all read at once."""
    data = b"".join(bytes((a, b, 10)) for a in leads for b in trails)
    texts = data.decode(_CODECS[codec], "replace").split("\n")
    return {
        text
        for text in texts
        if len(text) == 1 and text != REPLACEMENT and not "\ue000" <= text <= "\uf8ff"
    }


@cache
def trigger(codec: str) -> re.Pattern[str]:
    """Matches where a run may show: what the first two bytes of a Chinese character make.

    Clean text seldom has such a character, and hardly ever before another that fits.
    """
    first = _read(codec, _LEADS, _REST)
    across = _read(codec, _REST, _LEADS)
    after = across | _read(codec, _REST, _REST) | set(SIGNS) | set(single_table(codec).values())
    if codec == "gbk":
        after |= _read(codec, _REST, range(0x40, 0x7F))
    one = f"[{_class(first)}][{_class(after)}]"
    # Chinese text has ideographs of the other pages: with another close by they are rare.
    more = "" if codec == "gbk" else f"[^\r\n]{{0,8}}?[{_class(first | across)}]"
    return re.compile(one + more)


@cache
def wide_trigger(codec: str) -> re.Pattern[str]:
    """Matches where a run may show in a file that has others."""
    telling = {char for char, tells in kinds(codec).items() if tells}
    return re.compile(f"[{_class(telling)}]")


def _class(chars: set[str]) -> str:
    return re.escape("".join(sorted(chars)))


@cache
def possible(codec: str) -> frozenset[str]:
    """The characters that may be part of a run."""
    others = (*_REST, *_LEADS, 0xE2, 0xF0, 0xC2, 0xC3, 0xC4, 0xC5, 0xCE, 0xCF)
    found = _read(codec, others, others) | _read(codec, _REST, range(0x40, 0x7F))
    found |= set(single_table(codec).values()) | set(SIGNS) | {"€"}
    if codec == "gbk":
        found |= {_private(lead, trail) for lead, trails in _PRIVATE for trail in trails}
    return frozenset(found)


@cache
def accented(codec: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Accented letters as a page shows them within a word of ASCII letters, and what each is."""
    letters = {}
    for lead in range(0xC3, 0xC6):
        for rest in _REST:
            for shown in _read(codec, (lead,), (rest,)):
                letters[shown] = bytes((lead, rest)).decode()
    shown = _class(set(letters))
    beside = "[A-Za-z]"
    return re.compile(f"(?<={beside})[{shown}](?={beside})"), letters


@cache
def kinds(codec: str) -> dict[str, bool]:
    """The characters that two bytes of Chinese UTF-8 make, and whether a lead byte is in them."""
    made = dict.fromkeys(_read(codec, _REST, _REST), False)
    made |= dict.fromkeys(_read(codec, _LEADS, _REST) | _read(codec, _REST, _LEADS), True)
    return made


def may_show(text: str, seen: Set[str] | None = None) -> tuple[str, ...]:
    """The code pages of two bytes through which part of a text may have been read.

    Args:
        text: any text.
        seen: its characters, if they are known.

    Example:
        >>> may_show("论文 論文 논문"), may_show("璁烘枃")
        ((), ('gbk',))
    """
    if seen is None:
        seen = set(text)
    return tuple(
        codec
        for codec in CODEPAGES
        if not (seen.isdisjoint(_first(codec)) or seen.isdisjoint(_BESIDE.get(codec, seen)))
        and trigger(codec).search(text)
    )


@cache
def _first(codec: str) -> frozenset[str]:
    return frozenset(_read(codec, _LEADS, _REST))


_BESIDE: Final = {
    "cp949": frozenset(map(chr, range(0xAC00, 0xD7A4))),  # Hangul syllables
    "cp932": frozenset(map(chr, range(0xFF61, 0xFFA0))),  # half-width katakana
}
"""What stands beside the ideographs of these pages, of which Chinese text has some."""
