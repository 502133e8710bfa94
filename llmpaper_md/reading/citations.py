"""Citations written out in full: Lee, Ann, and Bo Li. "Title." In Conference, pp. 1-9. 2017."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .dates import read_year


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says."""

    title: str
    authors: str | None
    venue: str | None
    year: int | None = None


# Chicago and MLA: Lee, Ann, and Bo Li. "Title." Journal 3 (2017): 1-9.
_QUOTED = re.compile(
    r"(?P<authors>[^\W\d_][^\"“”]{3,400}?)[.,:]?\s*[\"“](?P<title>[^\"“”]{8,300}?)[.,]?[\"”][.,]?\s*"
    r"(?P<venue>[^\n]*)",
)
# APA: Lee, A., & Li, B. (2017). Title. In Conference (pp. 1-9).
_DATED = re.compile(
    r"(?P<authors>[^\W\d_][^\n(]{3,400}?)\s*\((?P<year>(?:19|20)\d\d)[a-z]?(?:,[^)]*)?\)[.,]\s*"
    r"(?P<title>[^\n]{8,300}?)(?:[.?!]\s+(?P<venue>[^\n]*)|\.?$)"
)
_VENUE_END = re.compile(
    r"(?<![\s,])[\s,]*+(?:pp?\.|pages|vol\.|no\.|arXiv preprint|(?<!\d)\d++[.:,(]|\(|\d{4}\b)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"^[^\W\d_][\w'’.-]*(?:\s[\w'’.-]+){0,3},\s|\bet al\b|\band\b|&")


def read_citation(text: str) -> Citation | None:
    """What a text says that is a citation in full, or None.

    >>> read_citation('Lee, Ann, and Bo Li. "Deep alpha for all." In Some Venue, pp. 1-9. 2017.')
    Citation(title='Deep alpha for all', authors='Lee, Ann, and Bo Li', venue='In Some Venue', \
year=2017)
    >>> read_citation("Attention is all you need (2017)")
    """
    for pattern in (_QUOTED, _DATED):
        match = pattern.match(text)
        if match and _AUTHORS.search(match["authors"]):
            authors = match["authors"].strip(" ,:")
            behind = match["venue"] or ""
            year = match.groupdict().get("year") or behind
            return Citation(match["title"].strip(), authors, _venue(behind), read_year(year))
    return None


def _venue(text: str) -> str | None:
    end = _VENUE_END.search(text)
    return (text[: end.start()] if end else text).strip(" .,;") or None
