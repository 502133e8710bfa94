"""Years and dates, as lists write them."""

from __future__ import annotations

import re

# 2023, 2023.05, 20230501, NeurIPS'23, but not arXiv:2005.14165.
_YEAR = re.compile(
    r"""
    (?<!\d) (?P<year>(?:19|20)\d\d) (?: (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01]) )? (?!\d|\.\d{4})
  | (?<!\d) ['’‘] (?P<short>\d\d) (?![A-Za-z\d])
    """,
    re.VERBOSE,
)
_CENTURY_BEGAN = 70


def read_year(text: str) -> int | None:
    """The first year in a text, or None.

    >>> [read_year(text) for text in ("CVPR 2019", "NeurIPS'23", "arXiv:2005.14165")]
    [2019, 2023, None]
    """
    match = _YEAR.search(text)
    if not match:
        return None
    if match["year"]:
        return int(match["year"])
    short = int(match["short"])
    return short + (1900 if short >= _CENTURY_BEGAN else 2000)
