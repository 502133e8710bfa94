"""The identifiers of a paper, from whichever part of its entry has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from . import links
from .inline import Inline


class Identifiers:
    """The identifiers that the main link names, or else the first that the cells do.

    A cell of links may hold nothing but an identifier: 1706.03762.
    """

    def __init__(
        self, url: str | None, cells: Sequence[Inline], link_cells: Sequence[Inline]
    ) -> None:
        urls = [url] if url else []
        urls += (link.url for cell in cells for link in cell.links if link.kind != "image")
        text = "\n".join(cell.text for cell in cells)
        own = [cell.text for cell in link_cells]
        self.arxiv = (
            _first(links.arxiv_id, urls)
            or links.arxiv_id_in_text(text)
            or _first(links.lone_arxiv_id, own)
        )
        self.doi = _first(links.doi, urls) or links.doi_in_text(text) or _first(links.lone_doi, own)
        self.openreview = _first(links.openreview_id, urls)


_Found = TypeVar("_Found")


def _first(find: Callable[[str], _Found | None], urls: Sequence[str]) -> _Found | None:
    return next(filter(None, map(find, urls)), None)
