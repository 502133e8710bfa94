"""Strings inside the formats that are exported."""

from __future__ import annotations

import re

# Beside what JSON and TOML escape themselves: controls of terminals and of text direction, line
# ends that some readers take for such, halves of surrogate pairs, which UTF-8 cannot hold, and the
# beginning of a command that GitHub's runner obeys wherever it stands in the output of a step.
_UNSAFE = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|#(?=#\[)")
_HALVES = re.compile("[\ud800-\udfff]")


def escape(text: str) -> str:
    r"""JSON or TOML with what is unsafe in a terminal or for other readers as escapes.

    >>> print(escape('"a\x9b文"'))
    "a\u009b文"
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encodable(text: str) -> str:
    """A text that UTF-8 can hold: halves of surrogate pairs become U+FFFD.

    A list read from a file has none; the name of a file may, where it is not UTF-8.

    >>> encodable("a\\udcff文")
    'a\ufffd文'
    """
    return text if text.isascii() else _HALVES.sub("\ufffd", text)
