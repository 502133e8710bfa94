"""Turn misread text back into bytes, and the bytes into characters and holes.

Hardly a channel loses a lead byte of Chinese text, so the bytes still fall into groups without
doubt, one for each character of the original: a lead byte and as many continuation bytes as are
left of it. A group that is complete is a character; one that lacks bytes is a hole, to be filled by
the decoder. Code page 857 leaves one lead undefined, E7: there two continuation bytes on their own
are a group.

Text that the channel cannot have made (a character that its code page does not have, a
continuation byte that belongs to no group) is clean, and ends the stretch before it.
"""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .channel import REPLACEMENT_BYTE, Channel, repertoire

HOLE: Final = "\udfff"
"""Stands for one damaged character: a surrogate, as no UTF-8 text can hold it."""

PRESENTATION: Final = b"\xef\xb8"
"""What is left of U+FE0F after an emoji: it says nothing of Chinese."""

_HOLE_BYTES: Final = HOLE.encode("utf-8", "surrogatepass")
_OTHER_SURROGATES: Final = re.compile("[\ud800-\udffe]")
_VALID: Final = (
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_WITHOUT_LEAD: Final = (
    rb"|(?<![\xc2-\xf4])(?<![\xe0-\xf4][\x80-\xbf])(?<![\xf0-\xf4][\x80-\xbf]{2})%s[\x80-\xbf]{2}"
)
"""What is left of a character of three bytes whose lead was lost, or became a sign."""
_MARKS: Final = {
    "dropped": b"",
    "c1": b"",
    "question": rb"\?",
    "replacement": re.escape(bytes([REPLACEMENT_BYTE])),
}
_NOT_LEADS: Final = bytes(byte for byte in range(256) if not 0xC2 <= byte <= 0xF4)
_NOT_LONG_LEADS: Final = bytes(byte for byte in range(256) if not 0xE0 <= byte <= 0xF4)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that the channel can have made.

    Attributes:
        start: its first code point in the line.
        end: the code point after its last.
        text: what it was read from, with `HOLE` for each damaged character.
        groups: the bytes left of each damaged character, in order.
        characters: how many characters outside ASCII are complete.
        long_characters: how many of these have three or four bytes.
    """

    start: int
    end: int
    text: str
    groups: tuple[bytes, ...]
    characters: int
    long_characters: int

    @property
    def emoji(self) -> int:
        """How many emoji lost no more than their last byte."""
        return sum(len(group) == 3 and group.startswith(b"\xf0\x9f") for group in self.groups)


class Inverter:
    r"""Turns text that went through one channel back.

    Args:
        channel: the channel.

    Attributes:
        characters: what the channel can make outside ASCII, with the byte of each.
        damaged: matches the bytes of a damaged character.
        stretch: matches the longest run of characters, damaged ones included.

    Example:
        >>> inverter = Inverter(Channel("windows-1254", soft_hyphens="dropped"))
        >>> [piece] = inverter.pieces("ä¸æ–‡")
        >>> piece.text.replace(HOLE, "_"), piece.groups
        ('_文', (b'\xe4\xb8',))
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.characters = repertoire(channel)
        self._to_byte = _encoding_map(channel)
        ascii_ = "\x00-\x7f"
        if channel.undefined == "replacement":
            # The byte 1A stands for U+FFFD, so a U+001A of the text's own ends a piece.
            ascii_ = "\x00-\x19\x1b-\x7f"
        self._outside = re.compile(f"[^{ascii_}{re.escape(''.join(self.characters))}]")
        signs = rb"\x80-\xbf"
        if channel.undefined == "question":
            signs += rb"?"
        elif channel.undefined == "replacement":
            signs += bytes([REPLACEMENT_BYTE])
        if channel.no_break_spaces == "space":
            signs += rb" "
        damaged = (
            rb"[\xc2-\xdf](?![\x80-\xbf])[%s]?"
            rb"|[\xe0-\xef](?![\x80-\xbf]{2})[%s]{0,2}"
            rb"|[\xf0-\xf4](?![\x80-\xbf]{3})[%s]{0,3}" % (signs, signs, signs)
        )
        if any(0xE0 <= byte <= 0xEF for byte in channel.lost):
            damaged += _WITHOUT_LEAD % _MARKS[channel.undefined]
        self.damaged = re.compile(damaged)
        # A sign for a lost byte belongs to a damaged character or to none: then it ends a piece.
        self._sign = bytes([REPLACEMENT_BYTE]) if channel.undefined == "replacement" else b""
        alone = rb"(?!\x1a)" if self._sign else b""
        self.stretch = re.compile(b"(?:" + alone + b"(?:" + _VALID + b")|" + damaged + b")+")

    def pieces(self, line: str) -> list[Piece]:
        """Cut a line into the stretches that the channel can have made.

        Args:
            line: one line, without its end.

        Returns:
            The stretches that hold something other than ASCII, from left to right.
        """
        try:
            data = codecs.charmap_encode(line, "strict", self._to_byte)[0]
        except UnicodeEncodeError:
            found: list[Piece] = []
            start = 0
            for match in self._outside.finditer(line):
                if match.start() > start:
                    self._cut(line[start : match.start()], start, found)
                start = match.end()
            self._cut(line[start:], start, found)
            return found
        whole = self._piece(data, 0)
        if whole is not None:
            return [whole] if whole.groups or whole.characters else []
        found = []
        self._cut_bytes(data, 0, found)
        return found

    def encode_all(self, text: str) -> tuple[bytes, int]:
        """Turn text into bytes, a line end for each character that the channel cannot make.

        Args:
            text: any text.

        Returns:
            One byte for each code point, and how many were replaced.
        """
        inside, outside = self._outside.subn("\n", text)
        return codecs.charmap_encode(inside, "strict", self._to_byte)[0], outside

    def stray(self, data: bytes) -> int:
        """Count the bytes that belong to no character, not even a damaged one."""
        try:
            self.damaged.sub(b"", data).decode()
        except UnicodeDecodeError:
            return len(self.stretch.sub(b"", data))
        return 0

    def _cut(self, text: str, start: int, found: list[Piece]) -> None:
        if not text.isascii():
            self._cut_bytes(codecs.charmap_encode(text, "strict", self._to_byte)[0], start, found)

    def _cut_bytes(self, data: bytes, start: int, found: list[Piece]) -> None:
        for match in self.stretch.finditer(data):
            if match[0].isascii():
                continue
            piece = self._piece(match[0], start + match.start())
            if piece is not None:
                found.append(piece)

    def _piece(self, data: bytes, start: int) -> Piece | None:
        groups = tuple(self.damaged.findall(data))
        filled = self.damaged.sub(_HOLE_BYTES, data) if groups else data
        if self._sign and self._sign in filled:
            return None
        try:
            text = filled.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return None
        if _OTHER_SURROGATES.search(text) or text.count(HOLE) != len(groups):
            return None
        long_leads = len(data.translate(None, _NOT_LONG_LEADS))
        long_groups = sum(group[0] >= 0xE0 for group in groups)
        leads = len(data.translate(None, _NOT_LEADS))
        whole = leads - sum(group[0] >= 0xC0 for group in groups)
        return Piece(start, start + len(data), text, groups, whole, long_leads - long_groups)


@lru_cache(maxsize=256)
def _encoding_map(channel: Channel) -> dict[int, int]:
    """A mapping for ``codecs.charmap_encode`` from the characters that the channel can make."""
    mapping = {byte: byte for byte in range(0x80)}
    if channel.undefined == "replacement":
        del mapping[REPLACEMENT_BYTE]
    mapping |= {ord(char): byte for char, byte in repertoire(channel).items()}
    return mapping
