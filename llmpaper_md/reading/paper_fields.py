"""From the parts of an entry to the fields of its papers: the same for rows and list items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from . import labels, links, titles
from .columns import Field
from .dates import read_date, read_year
from .inline import Inline
from .links import ArxivId, Link
from .paper_links import Parts, code_urls, own_links, paper_identifiers, paper_url
from .titles import TitleText

YearSource = Literal["entry", "heading", "arxiv"]
"""What says the year of a paper: its entry, a heading above it, its arXiv identifier."""


class PaperFields(NamedTuple):
    """What the parts of an entry say of a paper, under the names that `Paper` has.

    ``evident`` is whether they say that it is one: by a link to a paper, an identifier, authors or
    a venue.
    """

    title: str | None
    name: str | None
    url: str | None
    arxiv: ArxivId | None
    doi: str | None
    openreview_id: str | None
    code: tuple[str, ...]
    authors: str | None
    year: int | None
    year_from: YearSource | None
    date: str | None
    date_text: str | None
    venue: str | None
    links: tuple[Link, ...]
    evident: bool


def read_papers(
    parts: Parts,
    *,
    name: Inline | None = None,
    section: Sequence[str] = (),
    day_first: bool = False,
) -> list[PaperFields]:
    """Read the papers of an entry: one, or several where the part of the title lists them.

    Args:
        parts: what the entry says.
        name: what the entry calls the thing that the papers are about, such as a model; it is the
            title where the entry has no other.
        section: the titles of the sections around the entry, from the outermost in.
        day_first: whether 4/5/22 is the fourth of May (see `dates.is_day_first`).

    Of several papers, each has the links of its own place only; what else the entry says is said
    of all of them.
    """
    title = next((part for field, part in parts if field == "title"), None)
    pieces = titles.split_papers(title) if title else []
    if len(pieces) < 2:
        return [read_fields(parts, name=name, section=section, day_first=day_first)]
    shared = [
        (field, Inline(part.text, (), part.code) if field in _OF_ONE else part)
        for field, part in parts
        if field not in ("title", "code", "links")
    ]
    return [
        read_fields(
            [("title", piece), *shared],
            name=name,
            section=section,
            day_first=day_first,
            is_piece=True,
        )
        for piece in pieces
    ]


_OF_ONE: tuple[Field | None, ...] = (None, "venue", "date", "year", "introduction")
"""Parts whose links are of one paper, where an entry lists several."""


def read_fields(
    parts: Parts,
    *,
    name: Inline | None = None,
    section: Sequence[str] = (),
    day_first: bool = False,
    is_piece: bool = False,
) -> PaperFields:
    """Read the fields of an entry that is about one paper; the arguments are `read_papers`'s.

    ``is_piece`` says that the part of the title is one of several in its place.

    >>> from .links import Link
    >>> from ..source import Span
    >>> url = "https://arxiv.org/abs/1706.03762"
    >>> link = Link("pdf", url, "inline", Span(0, 0))
    >>> title, venue, more = Inline("Attention"), Inline("NIPS 2017"), Inline("pdf", (link,))
    >>> fields = read_fields([("title", title), ("venue", venue), ("links", more)])
    >>> fields.title, fields.url, fields.arxiv, fields.year, fields.year_from
    ('Attention', 'https://arxiv.org/abs/1706.03762', ArxivId(id='1706.03762', version=None), \
2017, 'entry')
    """
    by_field: dict[Field, Inline] = {}
    for field, part in parts:
        if field is not None:
            by_field.setdefault(field, part)
    title_part = by_field.get("title", _EMPTY)
    said = titles.read_title_text(title_part, single=is_piece)
    title: str | None = said.title
    called = said.name
    if name is not None and name is not title_part and not labels.says_none(name.text):
        if titles.says_nothing(title_part):
            title = titles.read_title(name) or title
        else:
            called = titles.read_title(name)
    below = said.authors if said.authors and "\n" in title_part.text else ""
    owned = own_links(parts, below)
    titled = titles.title_links(title_part) if title_part.links else []
    if below:
        titled = [link for link in titled if link.text not in below]
    url = paper_url(owned, titled)
    named = paper_identifiers(parts, owned, titled, url)
    authors = _text(by_field.get("authors")) or said.authors
    venue = _text(by_field.get("venue")) or said.venue
    year, year_from = _year(by_field, said, section, named.arxiv)
    return PaperFields(
        title=title or None,
        name=called or None,
        url=url,
        arxiv=named.arxiv,
        doi=named.doi,
        openreview_id=named.openreview,
        code=code_urls(owned),
        authors=authors,
        year=year,
        year_from=year_from,
        date=_date(by_field, day_first),
        date_text=_written(by_field.get("date")),
        venue=venue,
        links=tuple(link for _, part in parts for link in part.links),
        evident=bool(
            any(named)
            or authors
            or venue
            or any(own.link.url == url and (own.is_paper or own.role == "paper") for own in owned)
        ),
    )


_EMPTY = Inline("")


def _written(part: Inline | None) -> str | None:
    """The text of a part, dashes alone left out."""
    return part.text if part and any(map(str.isalnum, part.text)) else None


def _text(part: Inline | None) -> str | None:
    """The text of a part that says anything."""
    return part.text if part and part.text and not labels.says_none(part.text) else None


# When and where.

# A heading that is a year, or the year of a venue; but not "Before 2018", "2015-2018".
_HEADING = re.compile(
    r"(?:[A-Z][\w&./'’-]*\s+|[^\W\d_]+\s+(?=(?:19|20)\d\d\W*$))?[(（\[]?"
    r"(?P<year>(?:19|20)\d\d)[)）\]]?(?:\s*年)?(?:\s+(?:papers?|publications?|论文))?\W*"
)
_NOT_OF_ONE_YEAR = re.compile(
    r"\b(?:before|until|since|from|to|after|pre|up|through|by|earlier|awesome)\b", re.IGNORECASE
)


def heading_year(section: Sequence[str]) -> int | None:
    """The year that the innermost heading with one is about.

    >>> heading_year(["Papers", "2018"]), heading_year(["CVPR 2019"]), heading_year(["Before 2018"])
    (2018, 2019, None)
    """
    return _heading_year(tuple(section))


@lru_cache(256)
def _heading_year(section: tuple[str, ...]) -> int | None:
    for title in reversed(section):
        match = _HEADING.fullmatch(title.strip())
        if match and not _NOT_OF_ONE_YEAR.search(title):
            return int(match["year"])
    return None


def _year(
    by_field: Mapping[Field, Inline],
    said: TitleText,
    section: Sequence[str],
    arxiv: ArxivId | None,
) -> tuple[int | None, YearSource | None]:
    for field in _DATED:
        part = by_field.get(field)
        if part and part.text and (year := _year_in(part.text, field)):
            return year, "entry"
    if said.year:
        return said.year, "entry"
    if said.venue and (year := read_year(said.venue, venue=True)):
        return year, "entry"
    if year := _heading_year(tuple(section)):
        return year, "heading"
    if arxiv and (year := links.arxiv_year(arxiv)):
        return year, "arxiv"
    return None, None


_DATED: tuple[Field, ...] = ("year", "date", "venue", "authors")


def _year_in(text: str, field: Field) -> int | None:
    if field == "authors":
        return read_year(text)
    if field == "venue":
        return read_year(text, venue=True)
    found = read_date(text)
    return found.year if found else read_year(text, venue=True)


def _date(by_field: Mapping[Field, Inline], day_first: bool) -> str | None:
    """The date in ISO 8601, as precise as it is given."""
    if part := by_field.get("date"):
        found = read_date(part.text, day_first=day_first)
        return found.iso if found else None
    part = by_field.get("year")
    if part and len(part.text) > len("2023"):
        found = read_date(part.text, day_first=day_first)
        return found.iso if found and found.month else None
    return None
