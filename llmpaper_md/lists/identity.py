"""Which paper a row speaks of: its canonical key, and titles as they compare."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from ..reading.document import Paper
from ..reading.links import canonical, host

# Shorter titles (Introduction, GPT-4) are not enough to say that two rows are one paper.
_LONG = 16
_CHINESE = 3  # what a Chinese character counts for


@lru_cache(4096)  # of one title several times, by several rules
def title_key(title: str) -> str:
    """A title without what may differ: case, width, blanks and punctuation.

    >>> title_key("GPT‑4: A  Report ") == title_key("gpt4 a report")
    True
    """
    return "".join(filter(str.isalnum, normalize("NFKC", title).casefold()))


def is_distinctive_title(key: str) -> bool:
    """Whether a title, as `title_key` makes it, is long enough to be the name of one paper only."""
    if len(key) >= _LONG or len(key) * _CHINESE < _LONG:
        return len(key) >= _LONG
    return len(key) + (_CHINESE - 1) * sum("\u3400" <= char <= "\u9fff" for char in key) >= _LONG


def paper_key(paper: Paper) -> str | None:
    """The canonical key of a paper: an identifier if it has one, else that of its main URL."""
    main = canonical(paper.url) if paper.url else None
    if main and is_identifier(main):
        return main
    if paper.arxiv_id:
        return f"arxiv:{paper.arxiv_id.lower()}"
    if paper.doi:
        return f"doi:{paper.doi}"
    if paper.openreview_id:
        return f"openreview:{paper.openreview_id}"
    return main


def is_identifier(key: str) -> bool:
    """Whether a canonical key is an identifier and not a URL."""
    return key.startswith(("arxiv:", "doi:", "openreview:"))


def are_distinct(one: Paper, other: Paper) -> bool:
    """Whether two papers of one title are two nevertheless.

    They are if identifiers of one kind differ, or the authors, or the pages of one site.
    """
    pairs = (
        (one.arxiv_id, other.arxiv_id),
        (one.doi, other.doi),
        (one.openreview_id, other.openreview_id),
    )
    if any(a and b and a != b for a, b in pairs):
        return True
    if one.authors and other.authors and title_key(one.authors) != title_key(other.authors):
        return True
    if one.url and other.url:
        return host(one.url) == host(other.url) and canonical(one.url) != canonical(other.url)
    return False
