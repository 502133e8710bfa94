"""A quick check whether a text may be damaged: most texts are not.

Nothing here loads ftfy or the language model.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from .multibyte import may_show

# In misread text, the lead byte of a character and the next byte are two letters or signs of one
# code page; the ranges have those of all pages, without pairs of clean Chinese. (One class first,
# and then which of its characters it was: searching for alternatives would take ten times as long.)
_LETTERS: Final = re.compile(
    "[\x80-\x9f\xa1-\u06ff\u2030-\u20ac\u2122-\u2265\u2500-\u25ff\ufb01\ufb02]"
    "(?:(?<=[\x80-\x9f])|(?<=[ÂÃ]) |[\x80-\u06ff\u2000-\u2265\u2500-\u25ff\ufffd?])"
)
_PAIRS: Final = re.compile(
    "[\x80-\u0530‚ƒ„†‡‰‹‘’“”•–—™›][\x80-\u0530@-~\u2010-\u2122]"
    "[\x80-\u0530‚ƒ„†‡‰‹‘’“”•–—™›][\x80-\u0530@-~\u2010-\u2122]"
)
ESCAPES: Final = re.compile(
    r"(?<!\\)(?:\\u[0-9A-Fa-f]{4}){2,}|(?:&#(?:x[0-9A-Fa-f]{4,6}|[0-9]{5,7});){2,}"
)
"""At least two escapes in a row."""


def may_be_letters(text: str) -> bool:
    """Whether a text has letters that may be Chinese in another encoding.

    Example:
        >>> may_be_letters("ÖÐÎÄ"), may_be_letters("déjà vu, 论文")
        (True, False)
    """
    return _PAIRS.search(text) is not None


def may_hold_escapes(text: str) -> bool:
    r"""Whether a text has escapes.

    Example:
        >>> may_hold_escapes("a \\u4e2d\\u6587"), may_hold_escapes("a\\b & c")
        (True, False)
    """
    return ("\\u" in text or "&#" in text) and ESCAPES.search(text) is not None


def may_have_lost(text: str) -> bool:
    """Whether a text has signs from which nothing can be restored.

    Example:
        >>> may_have_lost("锟斤拷"), may_have_lost("Really??")
        (True, False)
    """
    return "???" in text or "?? ??" in text or "锟斤拷" in text or "\ufffd" in text


class Glance:
    """What a text may contain, each searched for once.

    Args:
        text: any text.
        seen: its characters, if they are known.

    Attributes:
        letters: whether there may be Chinese in another encoding.
        escapes: whether there are escapes.
        lost: whether there are signs from which nothing can be read.
        pages: the code pages of two bytes a character that UTF-8 may have been read with.

    Example:
        >>> Glance("璁烘枃").pages, Glance("论文, été, 12 Å").pages
        (('gbk',), ())
    """

    def __init__(self, text: str, seen: Set[str] | None = None) -> None:
        plain = text.isascii()
        self.pages = () if plain else may_show(text, seen)
        self.letters = not plain and may_be_letters(text)
        self.escapes = may_hold_escapes(text)
        self.lost = may_have_lost(text)


def may_be_damaged(text: str) -> bool:
    """Whether a text is worth a repair.

    Example:
        >>> may_be_damaged("论文, été, 12 Å"), may_be_damaged("Ã©tÃ©"), may_be_damaged("璁烘枃")
        (False, True, True)
    """
    glance = Glance(text)
    return (
        glance.escapes
        or glance.lost
        or glance.letters
        or bool(glance.pages)
        or (not text.isascii() and _LETTERS.search(text) is not None)
    )
