"""From the parts of an entry to the fields of its papers: the same for rows and list items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from . import columns, labels, links, titles
from .columns import Field
from .dates import read_date, read_year
from .identifiers import Identifiers, read_identifiers
from .inline import Inline
from .labels import Role
from .links import ArxivId, Link
from .titles import TitleText, leads_to_paper

Parts = Sequence[tuple[Field | None, Inline]]
"""What an entry says, in the order of the text: what each part holds, None where no field knows
it, and how it reads."""
YearSource = Literal["entry", "heading", "arxiv"]
"""What says the year of a paper: its entry, a heading above it, its arXiv identifier."""


@dataclass(frozen=True, slots=True)
class PaperFields:
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


class _Own(NamedTuple):
    """A link of an entry, where it is, and what it says that it is."""

    field: Field | None
    link: Link
    role: Role | None


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
    title = _first(parts, "title")
    pieces = titles.split_papers(title) if title else []
    if len(pieces) < 2:
        return [read_fields(parts, name=name, section=section, day_first=day_first)]
    shared = [
        (field, Inline(part.text, (), part.code) if field in _OF_ONE else part)
        for field, part in parts
        if field not in ("title", "code", "links")
    ]
    return [
        read_fields([("title", piece), *shared], name=name, section=section, day_first=day_first)
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
    title_part = _first(parts, "title") or Inline("")
    said = titles.read_title_text(title_part, single=is_piece)
    title: str | None = said.title
    called = said.name
    if name is not None and name is not title_part and not labels.says_none(name.text):
        if titles.says_nothing(title_part):
            title = titles.read_title(name) or title
        else:
            called = titles.read_title(name)
    # An author's name may lead to a page of hers.
    by = said.authors if said.authors and "\n" in title_part.text else ""
    owned = [
        _Own(field, link, "other" if link.text in by else _role(field, link))
        for field, part in parts
        for link in part.links
        if link.kind != "image"
    ]
    titled = [link for link in titles.title_links(title_part) if link.text not in by]
    url = _url(owned, titled)
    named = _identifiers(parts, owned, titled, url)
    authors = _text(_first(parts, "authors")) or said.authors
    venue = _text(_first(parts, "venue")) or said.venue
    year, year_from = _year(parts, said, section, named.arxiv)
    return PaperFields(
        title=title or None,
        name=called or None,
        url=url,
        arxiv=named.arxiv,
        doi=named.doi,
        openreview_id=named.openreview,
        code=_code(owned),
        authors=authors,
        year=year,
        year_from=year_from,
        date=_date(parts, day_first),
        date_text=_text(_first(parts, "date")),
        venue=venue,
        links=tuple(link for _, part in parts for link in part.links),
        evident=_is_evident(owned, named, url, authors, venue),
    )


def _of(parts: Parts, field: Field | None) -> Iterator[Inline]:
    return (part for own, part in parts if own == field)


def _first(parts: Parts, field: Field) -> Inline | None:
    return next(_of(parts, field), None)


def _text(part: Inline | None) -> str | None:
    """The text of a part that says anything."""
    return part.text if part and part.text and not labels.says_none(part.text) else None


# Links.


def _role(field: Field | None, link: Link) -> Role | None:
    """What a link is by its label, or else by the column that it is in."""
    own = labels.role(link.text)
    if field in _ASIDE:
        # Who wrote a paper and what it is about may link to anything; a label is meant.
        return own if own == "paper" and field == "introduction" else "other"
    if field == "code" and own != "paper":
        is_both = own is None and leads_to_paper(link.url) and link.cell is not None
        return None if is_both and columns.names_paper(link.cell or "", part=True) else "code"
    if own is None and link.cell and columns.names_paper(link.cell) and field != "venue":
        return "paper" if labels.is_label(link) and not links.repository(link.url) else None
    return own


_ASIDE: tuple[Field | None, ...] = ("authors", "introduction")


def leads_anywhere(url: str) -> bool:
    """Whether an address leads anywhere: not ``#``, ``tba`` or nothing.

    >>> leads_anywhere("https://a.org"), leads_anywhere("tba"), leads_anywhere("")
    (True, False, False)
    """
    return len(url) > 1 and ("/" in url or "." in url)


# Places of models, data and talks, and not of papers.
_THINGS = (
    *("huggingface.co", "hf.co", "modelscope.cn", "kaggle.com", "github.io", "youtube.com"),
    *("youtu.be", "bilibili.com", "twitter.com", "x.com", "medium.com", "zhihu.com"),
    *("github.com", "gitlab.com", "gitee.com", "bitbucket.org", "drive.google.com"),
)


def leads_to_thing(url: str) -> bool:
    """Whether an address is that of code, a model, data or a talk rather than of a paper."""
    return not leads_to_paper(url) and links.is_at(links.host(url), *_THINGS)


def _is_paper(url: str) -> bool:
    return leads_to_paper(url) and not links.is_data(url)


def _url(owned: Sequence[_Own], titled: Sequence[Link]) -> str | None:
    """Where the paper is: where its title leads, or else a link that is the paper's.

    A repository is no paper, unless the title leads there and nothing else is linked.
    """
    title = titled[0].url if titled else None
    if title is not None and leads_anywhere(title) and _is_paper(title):
        return title
    open_ones = [own for own in owned if leads_anywhere(own.link.url) and own.role != "code"]
    labelled = [own for own in open_ones if own.role == "paper"]
    in_column = [own for own in labelled if own.link.cell and columns.names_paper(own.link.cell)]
    if found := _surest(in_column):
        return found
    if title is not None and leads_anywhere(title) and not leads_to_thing(title):
        return title
    if found := _surest(labelled):
        return found
    plain = [own for own in open_ones if own.role is None]
    if found := next((own.link.url for own in plain if _is_paper(own.link.url)), None):
        return found
    if title is not None:
        return title
    return next(
        (
            own.link.url
            for own in plain
            if own.field in ("links", "title") and not leads_to_thing(own.link.url)
        ),
        None,
    )


def _surest(owned: Sequence[_Own]) -> str | None:
    urls = [own.link.url for own in owned]
    return next(filter(_is_paper, urls), None) or next(iter(urls), None)


def _identifiers(
    parts: Parts, owned: Sequence[_Own], titled: Sequence[Link], url: str | None
) -> Identifiers:
    # The links of other titles in the same part are those of other papers.
    others = {id(link) for link in titled[1:] if link.url != url}
    sure = [
        own.link.url
        for own in owned
        if own.role in (None, "paper") and own.field is not None and id(own.link) not in others
    ]
    # What a paper is about may name others; where nothing is linked, it is the paper's.
    fields = _IDENTIFYING if url else (*_IDENTIFYING, "introduction")
    texts = [part.text for field, part in parts if field in fields]
    lone = [part.text for part in _of(parts, "links")]
    named = read_identifiers([url, *sure] if url else sure, texts, lone)
    # A column of a name that nobody knows may say them, if it says one thing only.
    unknown = {own.link.url for own in owned if own.role in (None, "paper") and own.field is None}
    if unknown:
        found = [read_identifiers([one]) for one in sorted(unknown)]
        named = Identifiers(
            named.arxiv or _only(one.arxiv for one in found),
            named.doi or _only(one.doi for one in found),
            named.openreview or _only(one.openreview for one in found),
        )
    return named


_Value = TypeVar("_Value")


def _only(values: Iterable[_Value | None]) -> _Value | None:
    different = {value for value in values if value is not None}
    return different.pop() if len(different) == 1 else None


_IDENTIFYING: tuple[Field | None, ...] = ("title", "links", "venue")


def _code(owned: Sequence[_Own]) -> tuple[str, ...]:
    """The repositories that an entry links to, and what its labels or columns call code."""
    found: list[str] = []
    for own in owned:
        url = own.link.url
        if own.role == "paper" or (leads_to_paper(url) and not links.is_data(url)):
            continue
        if repository := _repository(url):
            found.append(repository)
        elif own.role == "code" and leads_anywhere(url):
            found.append(url)
    return tuple(dict.fromkeys(found))


_REPOSITORY = re.compile(r"(?:www\.)?(?:github|gitlab)\.com/.*", re.IGNORECASE)


def _repository(url: str) -> str | None:
    """The repository that an address leads to, or is meant to: https://https://github.com/a/b."""
    if found := links.repository(url):
        return found
    broken = "://" not in url or url.count("://") > 1
    match = _REPOSITORY.search(url) if broken else None
    return links.repository(f"https://{match[0]}") if match else None


def _is_evident(
    owned: Sequence[_Own],
    named: Identifiers,
    url: str | None,
    authors: str | None,
    venue: str | None,
) -> bool:
    return bool(
        any(named)
        or authors
        or venue
        or (url and _is_paper(url))
        or any(own.role == "paper" and own.link.url == url for own in owned)
    )


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
    for title in reversed(section):
        match = _HEADING.fullmatch(title.strip())
        if match and not _NOT_OF_ONE_YEAR.search(title):
            return int(match["year"])
    return None


def _year(
    parts: Parts, said: TitleText, section: Sequence[str], arxiv: ArxivId | None
) -> tuple[int | None, YearSource | None]:
    for field in ("year", "date", "venue", "authors"):
        for part in _of(parts, field):
            if not part.text:
                continue
            if field == "authors":
                year = read_year(part.text)
            elif field == "date":
                found = read_date(part.text)
                year = found.year if found else None
            else:
                year = read_year(part.text, venue=True) or _dated_year(part.text, field)
            if year:
                return year, "entry"
    if said.year:
        return said.year, "entry"
    if said.venue and (year := read_year(said.venue, venue=True)):
        return year, "entry"
    if year := heading_year(section):
        return year, "heading"
    if arxiv and (year := links.arxiv_year(arxiv)):
        return year, "arxiv"
    return None, None


def _dated_year(text: str, field: Field) -> int | None:
    """A year of two digits in a column of years: 24.03."""
    found = read_date(text) if field == "year" else None
    return found.year if found else None


def _date(parts: Parts, day_first: bool) -> str | None:
    """The date in ISO 8601, as precise as it is given."""
    for part in _of(parts, "date"):
        if found := read_date(part.text, day_first=day_first):
            return found.iso
    for part in _of(parts, "year"):
        found = read_date(part.text, day_first=day_first)
        if found and found.month:
            return found.iso
    return None
