"""Escaping text in the export formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from ..unprintable import UNSAFE, UNSEEN

_SECOND_HASH = re.compile(r"(?<=#)#(?=\[)")
_HALVES = re.compile("[\ud800-\udfff]")

# The beginning of a formula, or of a line that is a command to GitHub's runner, after optional
# whitespace and quotation marks. Some spreadsheets read full-width signs like the others.
_BEGINS = r"(?=(?:[^\S\t\r\n]|[\"'])*(?:[=+\-@＝＋－＠]|::))"
_STARTS = re.compile(rf"{_BEGINS}|(?='*[\t\r\n])")
_INSIDE = re.compile(rf"[;\t\r\n]{_BEGINS}|#(?='*#\[)")
_GUARD = re.compile(rf"(?:^|(?<=[;\t\r\n]))'{_BEGINS}|^'(?='*[\t\r\n])|(?<=#)'(?='*#\[)")


def guarded(cell: str) -> str:
    """A CSV cell that no reader takes for a formula or a command.

    A reader that expects another separator splits cells there, even within quotation marks: at
    ``;`` where the comma is the decimal separator, and at tabs; and a line ending inside a cell
    then ends the row. So every place where a cell may begin is guarded.

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
    r"""Equivalent JSON for a cell that needs no guard.

    >>> print(guarded_json('{"a": "b;=c"}'))
    {"a": "b\u003b=c"}
    """
    return _INSIDE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def escape_unsafe(text: str) -> str:
    r"""JSON with escapes for what is unsafe on a terminal or for other readers.

    >>> print(escape_unsafe('"a\x9b文\U000e0041"'))
    "a\u009b文\udb40\udc41"
    """
    return _escape(text, _json)


def escape_unsafe_toml(text: str) -> str:
    r"""TOML without multi-line strings, with escapes for the same characters.

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
    # Line endings occur only between values: in strings they are already escaped.
    return UNSAFE.sub(lambda match: match[0] if match[0] in "\r\n" else spell(ord(match[0])), text)


def _json(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def safe_url(url: str) -> str:
    """The URL with invisible characters percent-encoded, and ``##[`` broken up, as it is a command.

    The second ``#`` is encoded, since the first may begin the fragment.

    >>> safe_url("https://a.org/b\u200e##[c]")
    'https://a.org/b%E2%80%8E#%23[c]'
    """
    url = UNSEEN.sub(lambda match: quote(match[0], errors="replace"), url)
    return _SECOND_HASH.sub("%23", url)


def replace_surrogates(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot encode, replaced by U+FFFD.

    A list read from a file has none; a file name may, if it is not UTF-8.

    >>> replace_surrogates("a\\udcff文")
    'a\ufffd文'
    """
    return text if text.isascii() else _HALVES.sub("\ufffd", text)
