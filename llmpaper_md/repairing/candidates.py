"""What a damaged character may have been.

A hole is a lead byte with too few continuation bytes. Its candidates are all characters whose bytes
leave exactly these bytes when they pass through the channel: lost bytes are tried in every place,
and everything that is valid UTF-8 and assigned in Unicode is a candidate. Nothing is left out,
since a missing candidate would make the others look more certain than they are.

The language model knows some 20,000 characters. All others share the probability of its unknown
symbol, in proportion to weights by class: roughly, how often characters of such a kind occur in
Chinese text. Only their ratios and orders of magnitude matter.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final

from .channel import REPLACEMENT_BYTE, Channel
from .emoji import USUAL

EDGE: Final = b"\xff"
"""Appended to the bytes of a hole at the end of a cell, where a no-break space may be trimmed.
Spaces after it are those between the hole and the border: one in the hole may belong to them."""

_LITERAL_SIGN: Final = {"?": 0.002, " ": 0.05}
"""How likely a sign after a damaged character is itself rather than one of its bytes."""

_PADDING: Final = (0.02, 1.0, 0.1)
"""How likely it is that no space, one, or some other number of them follows the text of a cell, in
a row with spaces around its cells: two and more where columns are aligned."""

_CUT_OFF: Final = {"trimmed": 0.5, "kept": 0.01, "space": 0.1}
"""How likely a no-break space at the end of a cell was trimmed, by the channel. If it had become a
space, anything that formats a table trims it."""

_NEVER: Final = frozenset({"Cn", "Co", "Cs", "Cc"})


@dataclass(frozen=True, slots=True)
class Option:
    """One way to fill a hole.

    Attributes:
        text: the character, followed by each ``?`` or space that was not one of its bytes.
        weight: its share among characters that the model does not know.
        factor: how likely its form is, independent of the character.
    """

    text: str
    weight: float
    factor: float


def sequence_length(lead: int) -> int:
    """The number of bytes of the UTF-8 character with this lead byte.

    For a continuation byte, 3: the rest of a character whose lead byte was lost.

    Example:
        >>> sequence_length(0xE4)
        3
    """
    return 2 if 0xC0 <= lead < 0xE0 else 3 if lead < 0xF0 else 4


@lru_cache(maxsize=256)
def options(group: bytes, channel: Channel) -> tuple[Option, ...]:
    r"""List what a damaged character may have been.

    Args:
        group: the bytes left of it; at the end of a cell, also `EDGE` and the spaces up to the
            border.
        channel: how it was damaged.

    Returns:
        Every valid and assigned character that the channel turns into these bytes, in the order of
        their code points; none if there is no such character.

    Example:
        >>> channel = Channel("windows-1254", soft_hyphens="dropped")
        >>> "".join(option.text for option in options(b"\xe4\xb8", channel)[-8:])
        '丁不与丏丐丝丞中'
    """
    found: dict[str, Option] = {}
    left, edge, padding = group.partition(EDGE)
    for data, tail in _fillings(left, channel, bool(edge)):
        try:
            char = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if unicodedata.category(char) not in _NEVER:
            in_padding = edge and channel.no_break_spaces == "space"
            literal = tail.rstrip(" ") if in_padding else tail
            factor = prod(_LITERAL_SIGN[sign] for sign in literal)
            if in_padding:
                factor *= _PADDING[min(len(tail) - len(literal) + len(padding), 2)]
            if edge and _cut_off(data, left[: len(left) - len(tail)], channel):
                factor *= _CUT_OFF[channel.no_break_spaces]
            found.setdefault(char + tail, Option(char + tail, class_weight(char), factor))
    return tuple(sorted(found.values(), key=lambda option: option.text))


def _cut_off(data: bytes, left: bytes, channel: Channel) -> bool:
    """Whether a no-break space that belongs to these bytes is not among those left of them."""
    space = channel.no_break_byte
    if space is None:
        return False
    there = left.count(space)
    if channel.no_break_spaces == "space":
        there += left.count(b" ")
    return data.count(space) > there


def _fillings(group: bytes, channel: Channel, at_edge: bool) -> Iterator[tuple[bytes, str]]:
    """All byte sequences of a character's length that the channel turns into a group.

    Yields:
        The sequence, and the signs after it in the group that are themselves.
    """
    undefined = channel.page.undefined
    signs: dict[int, list[int]] = {}
    silent = {byte for byte in channel.lost if byte not in undefined}
    if channel.undefined == "dropped":
        silent |= undefined
    elif channel.undefined in ("question", "replacement"):
        mark = ord("?") if channel.undefined == "question" else REPLACEMENT_BYTE
        signs[mark] = sorted(undefined)
    if channel.no_break_spaces == "space" and channel.no_break_byte is not None:
        signs[ord(" ")] = [channel.no_break_byte]
    inserts = sorted(byte for byte in silent if 0x80 <= byte <= 0xBF)
    if group[0] < 0xC0:  # the lead is what was lost
        rest = group if group[0] >= 0x80 else group[1:]
        for lead in sorted(channel.lost):
            if lead >= 0xC0 and sequence_length(lead) == len(rest) + 1:
                yield bytes([lead]) + rest, ""
        return
    length = sequence_length(group[0])

    def fill(read: int, made: tuple[list[int], ...]) -> Iterator[tuple[tuple[list[int], ...], int]]:
        """Ways to continue after ``read`` bytes of the group, as choices for each byte."""
        if len(made) == length:
            yield made, read
            return
        if read < len(group):
            byte = group[read]
            own = signs.get(byte) or [byte]
            yield from fill(read + 1, (*made, own))
        if inserts:
            yield from fill(read, (*made, inserts))
        if at_edge and not group[read:].strip(b" ") and channel.no_break_byte is not None:
            # A byte that was trimmed can only be followed by bytes that were dropped before, and by
            # the spaces at the end of the cell.
            yield from fill(read, (*made, [channel.no_break_byte]))

    for choices, read in fill(1, ([group[0]],)):
        tail = group[read:].decode("latin-1")
        if tail.strip("".join(_LITERAL_SIGN)):
            continue
        for data in product(*choices):
            yield bytes(data), tail


@lru_cache(maxsize=1 << 14)
def class_weight(char: str) -> float:
    """How often a character of this kind occurs in Chinese text, in uncounted ideographs.

    Args:
        char: one assigned character.

    Returns:
        A weight; 1 for an ideograph of the basic block.

    Example:
        >>> class_weight("䀀") < class_weight("鵺") < class_weight("🎉")
        True
    """
    if char in USUAL:
        return USUAL[char]
    code = ord(char)
    for first, last, weight in _BLOCKS:
        if first <= code <= last:
            return weight
    category = unicodedata.category(char)
    return _CATEGORIES.get(category, _CATEGORIES[category[0]])


_BLOCKS: Final = (
    (0x4E00, 0x9FFF, 1.0),  # CJK Unified Ideographs
    (0x00A0, 0x00FF, 2.0),  # Latin-1
    (0x0100, 0x017F, 1.0),  # Latin Extended-A, with the letters of pinyin
    (0x01CD, 0x01DC, 1.0),  # ǎ ǐ ǒ ǔ ǖ ǘ ǚ ǜ
    (0x0370, 0x03FF, 2.0),  # Greek
    (0x0400, 0x045F, 1.0),  # Cyrillic
    (0x2010, 0x2027, 4.0),  # dashes and quotation marks
    (0x2190, 0x22FF, 2.0),  # arrows, mathematical operators
    (0x2460, 0x24FF, 1.0),  # enclosed numbers
    (0x2500, 0x25FF, 1.0),  # box drawing, geometric shapes
    (0x2600, 0x27BF, 1.0),  # miscellaneous symbols, dingbats
    (0x2B1B, 0x2B55, 1.0),  # ⭐ and its like
    (0x2E80, 0x2FDF, 0.2),  # radicals, which PDF readers write for ideographs
    (0x3001, 0x3017, 2.0),  # CJK punctuation
    (0x3041, 0x30FF, 2.0),  # kana
    (0x3400, 0x4DBF, 0.02),  # CJK Extension A
    (0xAC00, 0xD7A3, 0.5),  # Hangul syllables
    (0xF900, 0xFAFF, 0.02),  # CJK compatibility ideographs
    (0xFB00, 0xFDFF, 0.02),  # presentation forms
    (0xFE0E, 0xFE0E, 0.1),  # text presentation
    (0xFE0F, 0xFE0F, 50.0),  # emoji presentation
    (0xFE30, 0xFE4F, 0.1),  # CJK compatibility forms
    (0xFE50, 0xFEFE, 0.02),  # small and Arabic forms
    (0xFF01, 0xFF5E, 2.0),  # full-width ASCII
    (0x1D400, 0x1D7FF, 0.5),  # mathematical alphanumeric symbols
    (0x1F300, 0x1F64F, 2.0),  # emoji
    (0x1F680, 0x1F6FF, 1.0),
    (0x1F900, 0x1F9FF, 1.0),
    (0x1FA70, 0x1FAFF, 0.5),
    (0x10000, 0x16FFF, 0.001),  # scripts of the past
    (0x1B000, 0x1CFFF, 0.001),
    (0x20000, 0x3FFFF, 0.005),  # CJK Extensions B and later
)
_CATEGORIES: Final = {
    "L": 0.02,  # scripts rarely met in Chinese text
    "M": 0.02,
    "N": 0.1,
    "P": 0.2,
    "S": 0.2,
    "Z": 0.2,
    "Cf": 0.1,
    "C": 0.01,
}
