"""The identity of a paper: its canonical key, and normalized titles."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from ..reading.document import Paper
from ..reading.links import canonical, host

# Shorter titles (Introduction, GPT-4) do not identify a paper.
_LONG = 16
_CHINESE = 3  # the weight of a Chinese character


@lru_cache(4096)  # several rules ask for the same title
def title_key(title: str) -> str:
    """A title normalized for comparison: without case, width, spaces and punctuation.

    >>> title_key("GPT‑4: A  Report ") == title_key("gpt4 a report")
    True
    """
    return "".join(filter(str.isalnum, normalize("NFKC", title).casefold()))


def is_distinctive_title(key: str) -> bool:
    """Whether a title key is long enough to identify a single paper."""
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
    """Whether a canonical key is an identifier rather than a URL."""
    return key.startswith(("arxiv:", "doi:", "openreview:"))


def are_distinct(a: Paper, b: Paper) -> bool:
    """Whether two papers with the same title are different papers.

    They are if identifiers of the same kind differ, or the authors, or their pages on one site.
    """
    pairs = (
        (a.arxiv_id, b.arxiv_id),
        (a.doi, b.doi),
        (a.openreview_id, b.openreview_id),
    )
    if any(left and right and left != right for left, right in pairs):
        return True
    if a.authors and b.authors and title_key(a.authors) != title_key(b.authors):
        return True
    if a.url and b.url:
        return host(a.url) == host(b.url) and canonical(a.url) != canonical(b.url)
    return False
