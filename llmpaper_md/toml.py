"""Reading untrusted TOML.

The memory that Python's parser takes grows with the square of the number of names in a dotted key,
and it fails if arrays are nested a few hundred deep. So the text is checked first.
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 32
"""The most names in a dotted key, and the deepest nesting of arrays and inline tables, including
the settings of other tools in the same file."""

# Strings (unclosed ones up to where the parser gives up), comments, and the signs that count.
_TOKEN = re.compile(
    r'''
      """ (?: [^"\\]++ | \\. | "(?!"") )*+ (?: "{3,5} )?
    | \'\'\' (?: [^']++ | '(?!'') )*+ (?: '{3,5} )?
    | " (?: [^"\\\n]++ | \\[^\n] )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    | [\[\]{}.=,\n]
    ''',
    re.DOTALL | re.VERBOSE,
)


def loads(text: str, *, deepest: int = DEEPEST) -> dict[str, Any]:
    """Parse TOML.

    Args:
        text: the TOML.
        deepest: the most names in a dotted key, and the deepest nesting of arrays and inline
            tables.

    Raises:
        ValueError: it is not valid, or its keys, arrays or inline tables are nested too deeply.

    >>> loads("a.b = [1.5]")
    {'a': {'b': [1.5]}}
    """
    import tomllib  # slow to import, and usually there is no file to read

    _check(text, deepest)
    try:
        return tomllib.loads(text)
    except RecursionError:  # the caller's stack is already deep
        raise ValueError("nested too deeply") from None


def _check(text: str, deepest: int) -> None:
    """Refuse deeper nesting."""
    depth = names = 0
    line = 1
    for match in _TOKEN.finditer(text):
        found = match[0]
        if found in "[{":
            depth += 1
            names = 1
        elif found in "]}":
            depth = max(depth - 1, 0)
        elif found == ".":
            names += 1
        elif found in "=,\n":
            names = 1
        line += found.count("\n")
        if depth > deepest:
            raise ValueError(f"nested more than {deepest} deep (line {line})")
        if names > deepest:
            raise ValueError(f"a key of more than {deepest} names (line {line})")
