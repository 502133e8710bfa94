"""Requests to arXiv's API, and its responses (https://info.arxiv.org/help/api/user-manual.html).

A response is an Atom feed, in any order. A paper that does not exist is left out, or is an entry
without ``id``; ``totalResults`` may count it all the same. If an identifier is impossible (month
13), the whole request fails: the feed then has one entry, an error that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError  # parsed by defusedxml

from defusedxml.ElementTree import fromstring

from ..lists.known_titles import Record
from ..reading import links
from .client import NonsenseError
from .service import Answer, in_groups, one_line

URL = "https://export.arxiv.org/api/query"
_GROUP = 100
_ATOM = "{http://www.w3.org/2005/Atom}"
_ERROR = "arxiv.org/api/errors"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Arxiv:
    """arXiv: a request for up to a hundred identifiers every three seconds, as its terms allow."""

    name = "arXiv"
    interval = 3.0

    def __init__(self, url: str = URL) -> None:
        self.url = url

    def groups(self, identifiers: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The papers in groups, one for each request."""
        return in_groups(identifiers, _GROUP)

    def address(self, identifiers: Sequence[str]) -> str:
        """The URL: the same for all papers."""
        return self.url

    def parameters(self, identifiers: Sequence[str]) -> dict[str, str]:
        """The query for these papers; without ``max_results`` only ten would be returned."""
        plain = list(dict.fromkeys(map(_plain, identifiers)))
        return {"id_list": ",".join(plain), "max_results": str(len(plain))}

    def read(self, body: bytes, identifiers: Sequence[str]) -> Answer:
        """What an Atom feed has about the papers that were requested.

        Raises:
            NonsenseError: it is not an Atom feed, or is an error that names none of them.

        """
        asked: dict[str, list[str]] = {}
        for identifier in identifiers:
            asked.setdefault(_plain(identifier), []).append(identifier)
        answer = Answer()
        for entry in _feed(body).findall(f"{_ATOM}entry"):
            address = entry.findtext(f"{_ATOM}id", "").strip()
            if _ERROR in address:
                summary = one_line(entry.findtext(f"{_ATOM}summary", ""))
                blamed = asked.get(_plain(summary.rpartition(" ")[2]))
                if blamed is None:
                    raise NonsenseError(f"an error ({summary[:100] or 'without a message'})")
                answer.unknown.update(blamed)
                continue
            named = links.arxiv_id(address)
            if named is None:
                continue  # a paper that does not exist
            written = asked.get(_plain(named.id))
            if written is None:
                answer.unasked += 1
                continue
            for identifier in written:
                if record := _record(entry, identifier):
                    answer.found[identifier] = record
                else:
                    answer.untitled.add(identifier)
        return answer.checked()


def _plain(identifier: str) -> str:
    """An identifier as arXiv returns it: math/0309136 for ``math.GT/0309136``."""
    archive, slash, number = identifier.lower().partition("/")
    return f"{archive.partition('.')[0]}/{number}" if slash else archive


def _feed(body: bytes) -> Element:
    try:
        # Without a document type there are no entities, which could expand or be external.
        feed: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        kind = "a web page" if b"<html" in body[:2000].lower() else "something other than XML"
        raise NonsenseError(f"{kind} instead of a feed") from None
    if feed.tag != f"{_ATOM}feed":
        raise NonsenseError("XML that is not an Atom feed")
    return feed


def _record(entry: Element, identifier: str) -> Record | None:
    title = one_line(entry.findtext(f"{_ATOM}title", ""))
    if not title:
        return None
    record: dict[str, object] = {"arxiv_id": identifier, "title": title}
    names = [one_line(name.text or "") for name in entry.findall(f"{_ATOM}author/{_ATOM}name")]
    record["authors"] = [name for name in names if name]
    if date := _DATE.match(entry.findtext(f"{_ATOM}published", "").strip()):
        record["published"] = date[0]
    return record | {"source": "arxiv"}
