"""The identifiers of a paper, from the links and texts of its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from . import links
from .links import ArxivId


class Identifiers(NamedTuple):
    """The identifiers of a paper, None where the entry has none."""

    arxiv: ArxivId | None = None
    doi: str | None = None
    openreview: str | None = None


def read_identifiers(
    urls: Sequence[str], texts: Iterable[str] = (), lone: Sequence[str] = ()
) -> Identifiers:
    """The first identifier of each kind.

    Args:
        urls: where links lead to that are those of the paper, the surest first.
        texts: where an identifier may be written out: arXiv:1706.03762.
        lone: what may be an identifier and nothing else: 1706.03762.

    >>> read_identifiers(["https://arxiv.org/abs/1706.03762v5"], ["doi: 10.1000/a"])
    Identifiers(arxiv=ArxivId(id='1706.03762', version=5), doi='10.1000/a', openreview=None)
    """
    arxiv = doi = openreview = None
    for url in urls:
        if found := links.arxiv_id_inside(url):
            arxiv = arxiv or found
            continue
        if doi is None and not links.is_data(url):
            doi = links.doi(url)
        if openreview is None and "openreview" in url:
            openreview = links.openreview_id(url)
    if arxiv is None or doi is None:
        text = "\n".join(texts)
        if arxiv is None:
            arxiv = links.arxiv_id_in_text(text) or _first(links.lone_arxiv_id, lone)
        if doi is None and "10." in text:
            doi = links.doi_in_text(text) or _first(links.lone_doi, lone)
    return Identifiers(arxiv, doi, openreview)


_Found = TypeVar("_Found")


def _first(find: Callable[[str], _Found | None], values: Iterable[str]) -> _Found | None:
    return next(filter(None, map(find, values)), None)
