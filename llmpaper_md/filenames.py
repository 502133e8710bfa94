r"""File names in text formats.

On most systems a file name is bytes, and Python represents each byte that is not UTF-8 by a lone
surrogate (PEP 383). No encoding has bytes for those, so each format needs its own way of writing
them: JSON has escapes (``\udcff``); the others are here.
"""

from __future__ import annotations

import shlex
import unicodedata
from urllib.parse import quote

# What git and GNU patch write in a name as a letter after a backslash.
_LETTERS = dict(zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True))
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def as_bytes(name: str) -> bytes:
    r"""The name in UTF-8; bytes that are not UTF-8 are restored.

    >>> as_bytes("文\udcff.md")
    b'\xe6\x96\x87\xff.md'
    """
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a name on Windows may not be valid UTF-16
        return name.encode("utf-8", "surrogatepass")


def percent_encoded(name: str) -> str:
    r"""The name as part of a URL: each byte not allowed in one as % and two digits.

    >>> percent_encoded("a b/文\udcff.md")
    'a%20b/%E6%96%87%FF.md'
    """
    return quote(as_bytes(name))


def quoted_as_in_c(name: str) -> str:
    r"""The name as git and GNU patch read it in a diff.

    A name with quotation marks, backslashes or invisible characters is put in quotation marks, with
    escapes; other names, including Chinese ones, are unchanged.

    >>> print(quoted_as_in_c("文.md"), quoted_as_in_c("文\udcff\n.md"))
    文.md "文\377\n.md"
    """
    if not any(c in _LETTERS or _is_unseen(c) for c in name):
        return name
    return f'"{"".join(map(_in_c, name))}"'


def quoted_for_shell(name: str) -> str:
    r"""The name as an argument of a command for a POSIX shell, on one line, and never an option.

    >>> print(quoted_for_shell("a b.md"), quoted_for_shell("-a\udcff'.md"))
    'a b.md' $'./-a\377\'.md'
    """
    if name.startswith("-"):
        name = f"./{name}"
    if not any(map(_is_unseen, name)):
        return shlex.quote(name)
    # POSIX shells read a letter or three octal digits after the backslash, as C does.
    escaped = "".join(map(_in_c, name)).replace("'", r"\'")
    return f"$'{escaped}'"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def _in_c(character: str) -> str:
    if letter := _LETTERS.get(character):
        return f"\\{letter}"
    if _is_unseen(character):
        return "".join(f"\\{byte:03o}" for byte in as_bytes(character))
    return character
