r"""The lines of a text that are not plain ASCII, and which of their parts are code.

Lines end at ``\r\n``, ``\r`` and ``\n`` and nowhere else: U+0085 and U+2028 are data in damaged
text.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(r"[^\r\n]+")
_FENCE: Final = re.compile(r"[ \t>]*(?:[-*+][ \t]+|[0-9]{1,9}[.)][ \t]+)?(`{3,}|~{3,})([^\r\n]*)")
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, usually one that is not plain ASCII.

    Attributes:
        start: the offset of its first code point in the text.
        text: the line without its line ending.
        fenced: whether it is in a fenced code block.
    """

    start: int
    text: str
    fenced: bool

    def code_spans(self) -> Iterator[tuple[int, int]]:
        """Where code spans begin and end in the line."""
        if "`" in self.text:
            for match in _CODE.finditer(self.text):
                yield match.span()

    @property
    def prose(self) -> str:
        """The line with each code point of its code spans replaced by a space."""
        if "`" not in self.text:
            return self.text
        return _CODE.sub(lambda match: " " * len(match[0]), self.text)


def lines_beyond_ascii(text: str, also: Collection[str] = ()) -> Iterator[Line]:
    r"""Find the lines that are not plain ASCII.

    Args:
        text: any text.
        also: strings; lines that contain one of them are found as well.

    Yields:
        These lines, from first to last.

    Example:
        >>> [line.text for line in lines_beyond_ascii("plain\rna\x85ïve\n`œ` œ")]
        ['na\x85ïve', '`œ` œ']
        >>> [line.prose for line in lines_beyond_ascii("`œ` œ")]
        ['    œ']
    """
    fence = ""
    fences = "```" in text or "~~~" in text
    for match in _LINE.finditer(text):
        line = match[0]
        if fences and ("```" in line or "~~~" in line):
            opening = _FENCE.match(line)
            if opening is not None:
                sign, rest = opening[1], opening[2]
                if not fence:
                    if sign[0] == "~" or "`" not in rest:
                        fence = sign
                        continue
                elif sign.startswith(fence) and not rest.strip(" \t"):
                    fence = ""
                    continue
        if not line.isascii() or any(sign in line for sign in also):
            yield Line(match.start(), line, bool(fence))
