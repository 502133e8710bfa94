"""The links of an entry: which lead to its paper, to code, and what they identify."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from . import columns, labels, links
from .columns import Field
from .identifiers import Identifiers, read_identifiers
from .inline import Inline
from .labels import Role
from .links import Link
from .titles import leads_to_paper

Parts = Sequence[tuple[Field | None, Inline]]
"""What an entry says, in the order of the text: what each part holds, None where no field knows
it, and how it reads."""


class OwnLink(NamedTuple):
    """A link of an entry: where it is, what it says that it is, and whether it leads to a paper."""

    field: Field | None
    link: Link
    role: Role | None
    is_paper: bool


def own_links(parts: Parts, aside: str = "") -> list[OwnLink]:
    """The links of an entry, without images.

    Args:
        parts: what the entry says.
        aside: the authors as written below the title: their names may lead to their pages.
    """
    found = []
    for field, part in parts:
        for link in part.links:
            if link.kind == "image":
                continue
            is_paper = leads_to_paper(link.url) and not links.is_data(link.url)
            by = bool(aside and link.text) and link.text in aside
            found.append(
                OwnLink(field, link, "other" if by else _role(field, link, is_paper), is_paper)
            )
    return found


def _role(field: Field | None, link: Link, is_paper: bool) -> Role | None:
    """What a link is by its label, or else by the column that it is in."""
    own = labels.role(link.text)
    if field in _ASIDE:
        # Who wrote a paper and what it is about may link to anything; a label is meant.
        return own if own == "paper" and field == "introduction" else "other"
    if field == "code" and own != "paper":
        is_both = own is None and is_paper and columns.names_paper(link.cell or "", part=True)
        return None if is_both else "code"
    if own is None and link.cell and field != "venue" and columns.names_paper(link.cell):
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
    """Whether an address is that of code, a model, data or a talk rather than of a paper.

    >>> leads_to_thing("https://huggingface.co/a/b"), leads_to_thing("https://a.org/paper")
    (True, False)
    """
    return not leads_to_paper(url) and links.is_at(links.host(url), *_THINGS)


def paper_url(owned: Sequence[OwnLink], titled: Sequence[Link]) -> str | None:
    """Where the paper is: where its title leads, or else a link that is the paper's.

    A repository is no paper, unless the title leads there and nothing else is linked.

    Args:
        owned: the links of the entry.
        titled: those of them whose words are the title.
    """
    title = None
    if titled:
        lead = next((own for own in owned if own.link is titled[0]), None)
        if lead and lead.is_paper:
            return lead.link.url
        title = titled[0].url
    candidates = [own for own in owned if own.role != "code" and leads_anywhere(own.link.url)]
    labelled = [own for own in candidates if own.role == "paper"]
    if labelled and (
        found := _surest(
            own for own in labelled if own.link.cell and columns.names_paper(own.link.cell)
        )
    ):
        return found
    if title is not None and leads_anywhere(title) and not leads_to_thing(title):
        return title
    if found := _surest(labelled):
        return found
    plain = [own for own in candidates if own.role is None]
    if found := next((own.link.url for own in plain if own.is_paper), None):
        return found
    if title is not None:
        return title
    rest = [own for own in plain if not leads_to_thing(own.link.url)]
    beside = [own for own in rest if own.field in ("links", "title")]
    at_venue = [own for own in rest if own.field == "venue" and _PAGE.match(own.link.url)]
    return next((own.link.url for own in (*beside, *at_venue)), None)


# A page of a site, and not its home page, which is a venue's own.
_PAGE = re.compile(r"[a-z]+://[^/]+/[^/]+.*\d", re.IGNORECASE)


def _surest(owned: Iterable[OwnLink]) -> str | None:
    listed = [*owned]
    return next((own.link.url for own in (*filter(_IS_PAPER, listed), *listed)), None)


_IS_PAPER = operator.attrgetter("is_paper")


def paper_identifiers(
    parts: Parts, owned: Sequence[OwnLink], titled: Sequence[Link], url: str | None
) -> Identifiers:
    """The identifiers of the paper, from every part that may have them.

    Args:
        parts: what the entry says.
        owned: its links.
        titled: those of them whose words are titles; the first one is the paper's.
        url: where the paper is.
    """
    urls = [url] if url else []
    unknown = set()
    for own in owned:
        address = own.link.url
        if address == url or own.role in ("code", "other"):
            continue
        if own.field is None:
            if own.is_paper or "arxiv.org" in address:
                unknown.add(address)
        # The links of other titles in the same part are those of other papers.
        elif not any(own.link is other for other in titled[1:]):
            urls.append(address)
    # What a paper is about may name others; where nothing is linked, it is the paper's.
    fields = _IDENTIFYING if url else (*_IDENTIFYING, "introduction")
    named = read_identifiers(
        urls,
        [part.text for field, part in parts if field in fields and part.text],
        [part.text for field, part in parts if field == "links"],
    )
    # A column of a name that nobody knows may say them, if it says one thing only.
    if unknown and not all(named):
        found = [read_identifiers([one]) for one in sorted(unknown)]
        named = Identifiers(
            named.arxiv or _only(one.arxiv for one in found),
            named.doi or _only(one.doi for one in found),
            named.openreview or _only(one.openreview for one in found),
        )
    return named


_IDENTIFYING: tuple[Field | None, ...] = ("title", "links", "venue")
_Value = TypeVar("_Value")


def _only(values: Iterable[_Value | None]) -> _Value | None:
    different = {value for value in values if value is not None}
    return different.pop() if len(different) == 1 else None


def code_urls(owned: Sequence[OwnLink]) -> tuple[str, ...]:
    """The repositories that an entry links to, and what its labels or columns call code."""
    found: list[str] = []
    for own in owned:
        if own.role == "paper" or own.is_paper:
            continue
        if own.role != "code" and _TALK.search(own.link.url):
            continue
        if own.field == "introduction" and labels.role(own.link.text) == "other":
            continue  # notes, posts
        if repository := _repository(own.link.url):
            found.append(repository)
        elif own.role == "code" and leads_anywhere(own.link.url):
            found.append(own.link.url)
    return tuple(dict.fromkeys(found)) if found else ()


# Pages of a repository where people talk about papers, and no code.
_TALK = re.compile(r"/(?:issues|pull|discussions)(?:/|$)", re.IGNORECASE)
_REPOSITORY = re.compile(r"(?:www\.)?(?:github|gitlab)\.com/.*", re.IGNORECASE)


def _repository(url: str) -> str | None:
    """The repository that an address leads to, or is meant to: https://https://github.com/a/b."""
    if found := links.repository(url):
        return found
    broken = "://" not in url or url.count("://") > 1
    match = _REPOSITORY.search(url) if broken else None
    return links.repository(f"https://{match[0]}") if match else None
