"""From the parts of an entry to the fields of its paper: the same for rows and list items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import links, titles
from .columns import Field
from .dates import read_year
from .identifiers import Identifiers
from .inline import Inline
from .links import ArxivId, Link

Parts = Sequence[tuple[Field | None, Inline]]
"""What an entry says, in the order of the text: what each part holds, None where no field knows
it, and how it reads."""


@dataclass(frozen=True, slots=True)
class PaperFields:
    """What the parts of an entry say of its paper, under the names that `Paper` has."""

    title: str | None
    url: str | None
    arxiv: ArxivId | None
    doi: str | None
    openreview_id: str | None
    code: tuple[str, ...]
    authors: str | None
    year: int | None
    date: str | None
    venue: str | None
    links: tuple[Link, ...]


def read_fields(
    parts: Parts, *, name: Inline | None = None, section: Sequence[str] = ()
) -> PaperFields:
    """Read the fields of a paper.

    Args:
        parts: what the entry says.
        name: what the entry calls the thing that the paper is about, such as a model; it is the
            title where the entry has no other.
        section: the titles of the sections around the entry, from the outermost in.

    >>> from .links import Link
    >>> from ..source import Span
    >>> url = "https://arxiv.org/abs/1706.03762"
    >>> link = Link("pdf", url, "inline", Span(0, 0))
    >>> title, venue, more = Inline("Attention"), Inline("NIPS 2017"), Inline("pdf", (link,))
    >>> fields = read_fields([("title", title), ("venue", venue), ("links", more)])
    >>> fields.title, fields.url, fields.arxiv, fields.year
    ('Attention', 'https://arxiv.org/abs/1706.03762', ArxivId(id='1706.03762', version=None), 2017)
    """
    title_part = _first(parts, "title") or Inline("")
    title = titles.read_title(title_part)
    if name is not None and titles.says_nothing(title_part):
        title = name.text or title
    everywhere = tuple(link for _, part in parts for link in part.links)
    link_parts = list(_of(parts, "links"))
    url = titles.main_url(title_part, link_parts)
    if url is None:
        url = next((link.url for link in everywhere if links.is_paper(link.url)), None)
        named = Identifiers(None, [part for _, part in parts], link_parts)
    else:
        named = Identifiers(url, [title_part, *link_parts], link_parts)
        if named.arxiv is None:
            # A column of a name that nobody knows may say it, if it says one thing only.
            others = {link.url for part in _of(parts, None) for link in part.links}
            found = set(filter(None, map(links.arxiv_id, others)))
            named.arxiv = found.pop() if len(found) == 1 else None
    return PaperFields(
        title=title or None,
        url=url,
        arxiv=named.arxiv,
        doi=named.doi,
        openreview_id=named.openreview,
        code=_code(parts, everywhere),
        authors=_text(_first(parts, "authors")),
        year=_year(parts),
        date=_text(_first(parts, "date")),
        venue=_text(_first(parts, "venue")),
        links=everywhere,
    )


def _of(parts: Parts, field: Field | None) -> Iterator[Inline]:
    return (part for own, part in parts if own == field)


def _first(parts: Parts, field: Field) -> Inline | None:
    return next(_of(parts, field), None)


def _text(part: Inline | None) -> str | None:
    return (part.text or None) if part else None


def _year(parts: Parts) -> int | None:
    for field in ("year", "date", "venue", "authors"):
        part = _first(parts, field)
        if part and (year := read_year(part.text)):
            return year
    return None


def _code(parts: Parts, everywhere: Sequence[Link]) -> tuple[str, ...]:
    """The repositories that an entry links to, and whatever its parts for code link to."""
    found = [links.repository(link.url) for link in everywhere if link.kind != "image"]
    for part in _of(parts, "code"):
        found += (
            link.url
            for link in part.links
            if link.kind != "image"
            and not links.repository(link.url)
            and not links.is_paper(link.url)
        )
    return tuple(dict.fromkeys(filter(None, found)))
