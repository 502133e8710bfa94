"""TOML from strangers.

Python's parser takes memory with the square of the number of names in a dotted key, and gives up
where arrays are nested a few hundred deep. So the text is looked through first.
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 32
"""How many names a dotted key may have, and how deep arrays and inline tables may be nested:
settings of other tools in the same file included."""

# Strings and comments, an unclosed one up to where the parser will find it so; and what counts.
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
        deepest: how many names a dotted key may have, and how deep arrays and inline tables may
            be nested.

    Raises:
        ValueError: it is not valid, or its keys, arrays or inline tables are nested too deep.

    >>> loads("a.b = [1.5]")
    {'a': {'b': [1.5]}}
    """
    import tomllib  # slow to load, and mostly there is no file to read

    _check(text, deepest)
    try:
        return tomllib.loads(text)
    except RecursionError:  # of a caller that is deep already
        raise ValueError("nested too deep") from None


def _check(text: str, deepest: int) -> None:
    """Refuse what is nested deeper than that."""
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
