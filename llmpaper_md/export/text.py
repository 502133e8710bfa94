"""Strings inside the formats that are exported."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from ..unprintable import UNSAFE, UNSEEN

_SECOND_HASH = re.compile(r"(?<=#)#(?=\[)")
_HALVES = re.compile("[\ud800-\udfff]")

# How a formula begins, or a line that is a command to GitHub's runner: both may have whitespace
# before them, and quotes. The full-width signs are taken for the others by some spreadsheets.
_BEGINS = r"(?=(?:[^\S\t\r\n]|[\"'])*(?:[=+\-@＝＋－＠]|::))"
_STARTS = re.compile(rf"{_BEGINS}|(?='*[\t\r\n])")
_INSIDE = re.compile(rf"[;\t\r\n]{_BEGINS}|#(?='*#\[)")
_GUARD = re.compile(rf"(?:^|(?<=[;\t\r\n]))'{_BEGINS}|^'(?='*[\t\r\n])|(?<=#)'(?='*#\[)")


def guarded(cell: str) -> str:
    """A cell of a table of text that no reader takes for a formula, or for a command.

    A reader with another separator than the comma splits cells at it, within quotes too: ``;``
    where the comma is the decimal sign, and tab; and a line end inside a cell then ends the row.
    So each place where a cell may begin counts.

    >>> [guarded(cell) for cell in ("=1+1", "a;=1+1", "a; b", "C = A")]
    ["'=1+1", "a;'=1+1", 'a; b', 'C = A']
    """
    text = _INSIDE.sub(r"\g<0>'", cell)
    return f"'{text}" if _STARTS.match(cell) else text


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("a;'=1+1"), unguarded("it's")
    ('=1+1', 'a;=1+1', "it's")
    """
    return _GUARD.sub("", cell)


def guarded_json(text: str) -> str:
    r"""JSON for a cell, which means the same and needs no guard.

    >>> print(guarded_json('{"a": "b;=c"}'))
    {"a": "b\u003b=c"}
    """
    return _INSIDE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def escape_unsafe(text: str) -> str:
    r"""JSON with what is unsafe in a terminal or for other readers as escapes.

    >>> print(escape_unsafe('"a\x9b文\U000e0041"'))
    "a\u009b文\udb40\udc41"
    """
    return _escape(text, _json)


def escape_unsafe_toml(text: str) -> str:
    r"""TOML, without strings over several lines, with the same characters as escapes.

    >>> print(escape_unsafe_toml('"a\x9b文\U000e0041"'))
    "a\u009b文\U000e0041"
    """
    return _escape(text, unicode_escape)


def unicode_escape(code: int) -> str:
    r"""A code point as an escape.

    >>> print(unicode_escape(0x9B), unicode_escape(0xE0041))
    \u009b \U000e0041
    """
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escape(text: str, spell: Callable[[int], str]) -> str:
    # Line ends are those between the values: in a string they are escaped already.
    return UNSAFE.sub(lambda match: match[0] if match[0] in "\r\n" else spell(ord(match[0])), text)


def _json(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def safe_url(url: str) -> str:
    """A URL with what nobody sees percent-encoded, and so a ``#`` of what would be a command.

    It is the second one of ``##[``: the first may begin the fragment, and must go on to do so.

    >>> safe_url("https://a.org/b\u200e##[c]")
    'https://a.org/b%E2%80%8E#%23[c]'
    """
    url = UNSEEN.sub(lambda match: quote(match[0], errors="replace"), url)
    return _SECOND_HASH.sub("%23", url)


def replace_surrogates(text: str) -> str:
    """A text that UTF-8 can hold: halves of surrogate pairs become U+FFFD.

    A list read from a file has none; the name of a file may, where it is not UTF-8.

    >>> replace_surrogates("a\\udcff文")
    'a\ufffd文'
    """
    return text if text.isascii() else _HALVES.sub("\ufffd", text)
