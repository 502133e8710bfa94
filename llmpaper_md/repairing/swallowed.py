"""The ASCII character that a sign for lost bytes took with it.

Some programs write one ``?`` for a byte that fits nothing and for the ASCII character after it.
Which one that was is told by what is around: before ``- `` it was a line ending, after an open
``**`` and before ``*`` it was a star, before `` |`` nothing was taken. The shares are those of
9,000 such places in Chinese Markdown, rounded; what an open bracket, quotation or bold text asks
for comes before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Final

from .lines import Line
from .multibyte import SIGNS

DIGIT: Final = "\x02"
"""Any digit. One that was taken is never said to be sure."""
LETTER: Final = "\x03"
"""Any letter, and other ASCII characters from 40 on."""
NOTHING: Final = ""
LINE_ENDS: Final = ("\n", "\r")

NO_PAIR: Final = frozenset((LETTER, "]"))
"""What only a byte can take that makes no pair with ASCII at all."""
NO_SPACE_AFTER: Final = "。！？、，；"
SPACE_AFTER: Final = 0.05
"""The factor of a space after one of these: mostly it is a line ending that is there."""

Shares = tuple[tuple[str, float], ...]
"""Characters with their shares, the likeliest first."""

_ANYWHERE: Final = {
    " ": 3e-3, "\n": 2e-3, DIGIT: 2e-3, "(": 5e-4, ")": 5e-4, ",": 5e-4, ".": 3e-4, ":": 5e-4,
    "-": 5e-4, "/": 5e-4, "'": 3e-4, '"': 5e-4, "!": 1e-4, "?": 3e-4, "<": 5e-4, ">": 1e-4,
    "+": 2e-4, "=": 2e-4, "%": 1e-4, "&": 1e-4, ";": 2e-4, "$": 3e-4, "*": 5e-4, "#": 1e-4,
    LETTER: 0.1, "]": 2e-3,
}  # fmt: skip
_BEFORE_MARKER: Final = {"\n": 0.97, " ": 0.02}
_BEFORE: Final[dict[str, dict[str, float]]] = {
    "end": {"\n": 0.8, " ": 0.1},
    "line ending": {"\n": 0.97, " ": 0.01},
    "blank line": {"\n": 0.77, " ": 0.13},
    "marker": _BEFORE_MARKER,
    "indent": {"\n": 0.93, " ": 0.06},
    "space": {",": 0.27, ":": 0.22, " ": 0.2, "/": 0.2, "\n": 0.03},
    "bar": {" ": 0.9, "<": 0.05},
    "*": {"*": 0.9, " ": 0.07},
    "**": {" ": 0.9, "\n": 0.08},
    "letter": {" ": 0.88, "\n": 0.05, "(": 0.02, DIGIT: 0.01, "$": 0.01, '"': 0.01},
    "digit": {DIGIT: 0.65, " ": 0.34},
    "other": {" ": 0.5, "\n": 0.25, DIGIT: 0.13, "/": 0.06},
    "tag": {"<": 0.97},
    "/": {" ": 0.9, "<": 0.05},
    ".": {DIGIT: 0.9, ".": 0.05},
    "sign": {" ": 0.9, "\n": 0.07},
}
"""Shares by what is after the sign."""
_NOTHING: Final = {"end": 0.9, "line ending": 0.9, "blank line": 0.9, "bar": 0.9, "other": 0.5}
"""How likely a stretch that was misread by itself ends before these: its last sign took nothing."""
_KINDS: Final = {
    "end": 0.001, "line ending": 0.27, "blank line": 0.005, "marker": 0.11, "indent": 0.06,
    "space": 0.02, "bar": 0.02, "*": 0.04, "**": 0.03, "letter": 0.13, "digit": 0.07, "other": 0.15,
}  # fmt: skip
"""How often each of these is after an ASCII character that is after a Chinese one."""
_MARKER: Final = re.compile(r"[-*+] |[0-9]{1,3}[.)] |#{1,6} |> ?|```|~~~|---|!\[")
_BARE: Final = re.compile(f"[{SIGNS}]\n")
_FAR: Final = 80
"""How many characters after a sign are looked at, the next line included."""
_BACK: Final = 1000
"""How many characters before a stretch are looked at."""
_LINK: Final = re.compile(r"\((?:https?:|mailto:|[/#.])")
_TAG: Final = re.compile("/[a-z][a-z0-9]*>")
_CLOSING: Final = {"**": "*", "(": ")", "[": "]", '"': '"', "'": "'"}


@dataclass(frozen=True)
class File:
    """What is known of the file.

    Attributes:
        text: its text.
        whole: whether it was misread as a whole. A cell or a line that was misread by itself has
            nothing at its end that a sign can take.
    """

    text: str
    whole: bool

    @cached_property
    def carriage_returns(self) -> bool:
        """Whether lines ended with a carriage return first: that is what a sign took then."""
        return "\r\n" in self.text and _BARE.search(self.text) is not None


def swallowed(line: Line, start: int, end: int, file: File) -> Iterator[Shares]:
    r"""Say what each sign of a stretch may have taken with it.

    Args:
        line: the line.
        start: where the stretch begins in it.
        end: where it ends.
        file: what is known of the file.

    Yields:
        The shares for each sign, from left to right.

    Example:
        >>> text = "- **鐜?*锛氭槑鐧?- 鐜?\n"
        >>> [bold, item, last] = swallowed(Line(0, text[:-1], False), 0, 16, File(text, True))
        >>> bold[0][0], item[0][0], last[0][0]
        ('*', '\n', '\n')
    """
    opened = _Open()
    text = line.text + file.text[line.start + len(line.text) :][:_FAR]
    begin = _begin(line.text, start)
    for place, char in enumerate(line.text[begin:end], begin):
        if char not in SIGNS:
            opened.read(line.text, place)
            continue
        after = text[place + 1 : place + _FAR]
        shares = _shares(after, opened.asks(after), file)
        opened.read_swallowed(shares[0][0], text[place + 1 : place + 2])
        if place >= start:
            yield shares


def kept(line: Line, start: int, end: int, file: File) -> float:
    """Say how likely it is that no sign of a stretch took anything with it.

    Args:
        line: the line.
        start: where the stretch begins in it.
        end: where it ends.
        file: what is known of the file.

    Returns:
        The logarithm of the ratio of that to the likelihood that each took a character: of what is
        after a sign, as what comes after a Chinese character or after one ASCII character more.
    """
    opened = _Open()
    text = line.text + file.text[line.start + len(line.text) :][:_FAR]
    ratio = 0.0
    begin = _begin(line.text, start)
    for place, char in enumerate(line.text[begin:end], begin):
        if char not in SIGNS:
            opened.read(line.text, place)
            continue
        after = text[place + 1 : place + _FAR]
        if place < start or not after or after[0] >= "@":
            continue
        ending = len(after) - len(after.removeprefix("\r\n")) or 1
        own = DIGIT if after[0].isdigit() else "\n" if ending == 2 else after[0]
        rest = after[ending:]
        shares = dict(_shares(rest, opened.asks(rest), File("", whole=True)))
        ratio += log(shares.get(own, 1e-5) * _share_of(rest) / _share_of(after))
    return ratio


def _begin(text: str, start: int) -> int:
    """Where to begin reading what is open: at a cell border, or not too far back."""
    far = max(0, start - _BACK)
    return max(far, text.rfind("|", far, start) + 1)


def _share_of(after: str) -> float:
    """How often such text is after an ASCII character that is after a Chinese one."""
    kind = _kind(after)
    if kind in ("marker", "digit"):
        return _KINDS[kind] / (3 if kind == "marker" else 10)
    return _KINDS.get(kind, 2e-3)


@dataclass(slots=True)
class _Open:
    """What is open in a line so far."""

    bold: bool = False
    quote: str = ""
    brackets: int = 0
    links: int = 0
    star: int = -2

    def read(self, line: str, place: int) -> None:
        char = line[place]
        if char == "|":
            self.bold, self.quote, self.brackets, self.links = False, "", 0, 0
        elif char == "[":
            self.links += 1
        elif char == "]":
            self.links = max(0, self.links - 1)
        elif char == "(":
            self.brackets += 1
        elif char == ")":
            self.brackets = max(0, self.brackets - 1)
        elif char == "*":
            if self.star == place - 1:
                self.bold = not self.bold
                self.star = -2
            else:
                self.star = place
        elif char in "\"'":
            beside = line[max(0, place - 1) : place] + line[place + 1 : place + 2]
            if char == "'" and beside.isascii() and beside.isalpha():
                return
            self.quote = "" if self.quote == char else self.quote or char

    def read_swallowed(self, char: str, after: str) -> None:
        if char == "*" and after == "*":
            self.bold = not self.bold
        elif char and char == self.quote:
            self.quote = ""
        elif char == ")":
            self.brackets = max(0, self.brackets - 1)
        elif char == "]":
            self.links = max(0, self.links - 1)

    def asks(self, after: str) -> str:
        """What must be closed first."""
        # The bracket that opened a link can be part of an ideograph.
        if _LINK.match(after) or (self.links and after.startswith("[")):
            return "["
        return "**" if self.bold else self.quote or ("(" if self.brackets else "")


def _shares(after: str, asked: str, file: File) -> Shares:
    kind = _kind(after)
    found = dict(_ANYWHERE)
    for char, share in _BEFORE[kind].items():
        found[char] = found.get(char, 0.0) + share
    if file.carriage_returns:
        ending = found.pop("\n")
        found["\r"] = 50.0 if after.startswith("\n") else 0.0
        found[" "] += 0.1 * ending
    if asked:
        closing = _CLOSING[asked]
        share = _closes(kind, asked, after)
        found = {char: own * (1 - share) for char, own in found.items()}
        found[closing] += share
    nothing = 0.0 if file.whole else _NOTHING.get(kind, 0.0)
    if nothing:
        found = {char: own * (1 - nothing) for char, own in found.items()}
        found[NOTHING] = nothing
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


def _closes(kind: str, asked: str, after: str) -> float:
    """How likely what is open was closed by what the sign took."""
    if asked == "**":
        return 0.97 if after.startswith("*") and kind != "**" else 0.01
    if kind in ("letter", "digit", "indent"):
        return 0.05
    if kind == "other":
        return 0.9 if asked == "(" else 0.2
    return 0.9


def _kind(after: str) -> str:
    """What is after a sign, as `_BEFORE` calls it."""
    rest = after.lstrip(" \t")
    spaces = len(after) - len(rest)
    if not rest:
        return "end"
    if rest[0] in "\r\n":
        return "blank line" if not rest.lstrip("\r\n \t") or _blank(rest) else "line ending"
    if rest[0] == "|":
        return "bar"
    if spaces > 1:
        return "indent"
    if _MARKER.match(rest):
        return "marker"
    if spaces:
        return "space"
    if _TAG.match(after):
        return "tag"
    if after.startswith("*"):
        return "**" if after.startswith("**") else "*"
    if after[0] > "\x7f":
        return "other"
    if after[0].isalpha():
        return "letter"
    if after[0].isdigit():
        return "digit"
    return after[0] if after[0] in _BEFORE else "sign"


def _blank(rest: str) -> bool:
    """Whether the line after a line ending is blank."""
    second = rest[2:] if rest.startswith("\r\n") else rest[1:]
    return second.lstrip(" \t")[:1] in ("\r", "\n")
