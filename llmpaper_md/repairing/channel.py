"""How a text was damaged: the channel from the author's bytes to the damaged text.

The word is that of the noisy channel model (C. E. Shannon, 1948), used for Chinese text with
damaged bytes by W. Chang, Noisy Channel Models for Corrupted Chinese Text Restoration and
GB-to-BIG5 Conversion, Computational Linguistics and Chinese Language Processing 3(2), 1998. Here
the channel is without noise but loses information: UTF-8 bytes are read through a code page, and
the bytes it does not define are dropped, kept as C1 controls or replaced by one and the same sign.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from ..errors import ChannelError
from .codepages import UNDEFINED, CodePage, code_page, page_name

Undefined = Literal["dropped", "c1", "question", "replacement"]
SoftHyphens = Literal["kept", "dropped"]
NoBreakSpaces = Literal["kept", "space", "trimmed"]

_UNDEFINED_WORDS: Final[dict[Undefined, str]] = {
    "dropped": "undefined bytes dropped",
    "c1": "undefined bytes kept as C1 controls",
    "question": "undefined bytes replaced by ?",
    "replacement": "undefined bytes replaced by U+FFFD",
}
_NONE_UNDEFINED: Final = "no undefined bytes"
_SPACE_WORDS: Final[dict[NoBreakSpaces, str]] = {
    "kept": "no-break spaces kept",
    "space": "no-break spaces turned into spaces",
    "trimmed": "no-break spaces trimmed at the edges of cells",
}
_SOFT_HYPHEN, _NO_BREAK_SPACE = "\u00ad", "\u00a0"
REPLACEMENT_BYTE: Final = 0x1A
"""The byte used for an undefined one while text with U+FFFD is inverted."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which UTF-8 text was misread.

    Attributes:
        codec: the code page, such as ``windows-1254``.
        undefined: what became of the bytes that the page leaves undefined.
        soft_hyphens: whether U+00AD, read from the byte AD, is still in the text.
        no_break_spaces: whether U+00A0, read from the byte A0, is still in the text, became a
            space, or was trimmed with the spaces at the ends of table cells and lines.

    Example:
        >>> Channel("windows-1254", soft_hyphens="dropped").damage("中文，表达")
        'ä¸æ–‡ï¼Œè¡¨è¾¾'
    """

    codec: str
    undefined: Undefined = "dropped"
    soft_hyphens: SoftHyphens = "kept"
    no_break_spaces: NoBreakSpaces = "kept"

    def describe(self) -> str:
        """The channel in words, which `parse` reads back.

        Returns:
            The code page and what was lost, separated by commas.

        Example:
            >>> Channel("windows-1254", soft_hyphens="dropped").describe()
            'windows-1254, undefined bytes dropped, soft hyphens dropped'
        """
        undefined = _UNDEFINED_WORDS[self.undefined] if self.page.undefined else _NONE_UNDEFINED
        words = [self.codec, undefined, f"soft hyphens {self.soft_hyphens}"]
        if self.no_break_spaces != "kept":
            words.append(_SPACE_WORDS[self.no_break_spaces])
        return ", ".join(words)

    @classmethod
    def parse(cls, text: str) -> "Channel":
        """A channel from its description.

        Args:
            text: a code page in any usual spelling, and any of the phrases that `describe` uses,
                separated by commas. The rest is as by default.

        Returns:
            The channel.

        Raises:
            ChannelError: the code page or a phrase is unknown.

        Example:
            >>> Channel.parse("cp1252, soft hyphens dropped")
            Channel(codec='windows-1252', undefined='dropped', soft_hyphens='dropped', \
no_break_spaces='kept')
        """
        name, *phrases = (part.strip(" ") for part in text.split(","))
        undefined: Undefined = "dropped"
        soft_hyphens: SoftHyphens = "kept"
        spaces: NoBreakSpaces = "kept"
        by_words = {words: key for key, words in _UNDEFINED_WORDS.items()}
        space_by_words = {words: key for key, words in _SPACE_WORDS.items()}
        for phrase in phrases:
            if phrase in by_words:
                undefined = by_words[phrase]
            elif phrase in space_by_words:
                spaces = space_by_words[phrase]
            elif phrase == "soft hyphens dropped":
                soft_hyphens = "dropped"
            elif phrase not in ("soft hyphens kept", _NONE_UNDEFINED):
                hyphens = ("soft hyphens kept", "soft hyphens dropped")
                known = ", ".join([*by_words, *hyphens, *space_by_words])
                raise ChannelError(
                    f"unknown phrase {phrase!r} in the channel {text!r}; known: {known}"
                )
        return cls(page_name(name), undefined, soft_hyphens, spaces)

    @property
    def page(self) -> CodePage:
        """The code page itself."""
        return code_page(self.codec)

    @property
    def lost(self) -> frozenset[int]:
        """The bytes that leave nothing, or all the same sign, in the text.

        Example:
            >>> sorted(f"{byte:02X}" for byte in Channel("windows-1252").lost)
            ['81', '8D', '8F', '90', '9D']
        """
        lost = set() if self.undefined == "c1" else set(self.page.undefined)
        if self.soft_hyphens == "dropped":
            lost |= {b for b, char in enumerate(self.page.table) if char == _SOFT_HYPHEN}
        return frozenset(lost)

    @property
    def no_break_byte(self) -> int | None:
        """The byte that the page reads as U+00A0, if it has one outside ASCII."""
        position = self.page.table.find(_NO_BREAK_SPACE)
        return position if position >= 0 else None

    def damage(self, text: str) -> str:
        """Damage clean text as the channel does.

        Spaces at the ends of cells are not trimmed, since bytes alone do not decide that.

        Args:
            text: clean text.

        Returns:
            Its UTF-8 bytes as read through the channel.

        Example:
            >>> Channel("windows-1252", undefined="question").damage("”")
            'â€?'
        """
        return codecs.charmap_decode(text.encode("utf-8", "surrogatepass"), "ignore", table(self))[
            0
        ]


# The tables are made once for each channel; a channel is hashable because it is frozen.


@lru_cache(maxsize=256)
def table(channel: Channel) -> str:
    """The character of each byte after the channel, U+FFFE if nothing is left of it."""
    chars = list(channel.page.table)
    for byte in channel.page.undefined:
        if channel.undefined == "c1":
            chars[byte] = chr(byte)
        else:
            signs = {"dropped": UNDEFINED, "question": "?", "replacement": "\ufffd"}
            chars[byte] = signs[channel.undefined]
    for byte, char in enumerate(chars):
        if char == _SOFT_HYPHEN and channel.soft_hyphens == "dropped":
            chars[byte] = UNDEFINED
        elif char == _NO_BREAK_SPACE and channel.no_break_spaces == "space":
            chars[byte] = " "
    return "".join(chars)


@lru_cache(maxsize=256)
def repertoire(channel: Channel) -> dict[str, int]:
    """Every character outside ASCII that the channel can make, with its byte.

    U+FFFD is no particular byte and maps to `REPLACEMENT_BYTE`.
    """
    chars = {
        char: byte
        for byte, char in enumerate(table(channel))
        if byte >= 0x80 and char > "\x7f" and char != UNDEFINED
    }
    if channel.undefined == "replacement":
        chars["\ufffd"] = REPLACEMENT_BYTE
    if channel.no_break_spaces != "kept" and channel.no_break_byte is not None:
        # Some of them may have become spaces while others stayed.
        chars[_NO_BREAK_SPACE] = channel.no_break_byte
    return chars


def policies(codec: str, sample: str, code: str = "") -> Iterator[Channel]:
    """The channels through one code page that a text can have gone through.

    What a channel leaves must be in the text, and what it drops must not: without a C1 control, it
    does not matter whether these were kept.

    Args:
        codec: the code page.
        sample: text that looks damaged.
        code: code that was damaged with it.

    Yields:
        Channels that keep no-break spaces, the mildest first.
    """
    page = code_page(codec)
    ways: list[Undefined] = ["dropped"]
    if page.undefined:
        if any(chr(byte) in sample for byte in page.undefined):
            ways.append("c1")
        if "?" in sample:
            ways.append("question")
        if "\ufffd" in sample:
            ways.append("replacement")
    for undefined in ways:
        yield Channel(codec, undefined)
        if _SOFT_HYPHEN in page.table and _SOFT_HYPHEN not in sample + code:
            yield Channel(codec, undefined, "dropped")
