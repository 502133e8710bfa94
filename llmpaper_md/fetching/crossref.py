"""Requests for DOIs to Crossref's API, and its responses (https://api.crossref.org).

A response is JSON with ``items`` in its ``message``. Unknown DOIs, such as those registered with
DataCite, are left out. Filters are separated by commas, which cannot be escaped: a DOI with a
comma would end there, and the rest would be another filter. Such a DOI gets a request of its own,
to the URL that ends with it; if it is unknown, the response is plain text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit, urlunsplit

from .client import NonsenseError
from .service import Answer, in_groups, one_line

URL = "https://api.crossref.org/works"
_GROUP = 50
# Titles may contain JATS and MathML markup.
_TAG = re.compile(r"</?[a-z][a-z0-9:.-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


class Crossref:
    """Crossref: a request for up to fifty DOIs a second; longer queries may be refused.

    With ``email``, Crossref can contact the user and gives better service.
    """

    name = "Crossref"
    interval = 1.0

    def __init__(self, url: str = URL, email: str | None = None) -> None:
        self.url = url
        self._email = email

    def groups(self, identifiers: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The papers in groups, one for each request."""
        yield from in_groups([doi for doi in identifiers if "," not in doi], _GROUP)
        yield from ((doi,) for doi in identifiers if "," in doi)

    def address(self, identifiers: Sequence[str]) -> str:
        """The URL for these papers."""
        if not _is_alone(identifiers):
            return self.url
        parts = urlsplit(self.url)
        path = f"{parts.path.rstrip('/')}/{quote(identifiers[0], safe='')}"
        return urlunsplit(parts._replace(path=path))

    def parameters(self, identifiers: Sequence[str]) -> dict[str, str]:
        """The query for these papers; without ``rows`` only twenty would be returned."""
        contact = {"mailto": self._email} if self._email else {}
        if _is_alone(identifiers):
            return contact
        query = {
            "filter": ",".join(f"doi:{doi}" for doi in identifiers),
            "select": "DOI,title",
            "rows": str(len(identifiers)),
        }
        return query | contact

    def read(self, body: bytes, identifiers: Sequence[str]) -> Answer:
        """What a list of works has about the papers that were requested.

        Raises:
            NonsenseError: it is not a list of works.

        """
        alone = _is_alone(identifiers)
        if alone and body.strip().rstrip(b".").lower() == b"resource not found":
            return Answer(unknown=set(identifiers))
        try:
            message = json.loads(body)["message"]
            items = [message] if alone else message["items"]
            if not isinstance(items, list):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NonsenseError("something other than a list of works") from None
        asked = {doi.lower(): doi for doi in identifiers}
        answer = Answer()
        for item in items:
            doi = item.get("DOI") if isinstance(item, dict) else None
            identifier = asked.get(doi.lower()) if isinstance(doi, str) else None
            if identifier is None:
                answer.unasked += 1
            elif title := _title(item.get("title")):
                answer.found[identifier] = {"doi": identifier, "title": title, "source": "crossref"}
            else:
                answer.untitled.add(identifier)
        return answer.checked()


def _is_alone(identifiers: Sequence[str]) -> bool:
    """Whether a paper has a request of its own."""
    return len(identifiers) == 1 and "," in identifiers[0]


def _title(value: object) -> str:
    """The first title of the list, without markup.

    >>> _title(["Deep <i>residual</i> learning &amp;amp; more"])
    'Deep residual learning & more'
    """
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, str):
        return ""
    text = html.unescape(_TAG.sub("", html.unescape(first)))
    return one_line(text)
