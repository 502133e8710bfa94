"""How Crossref's API is asked for DOIs, and what it answers (https://api.crossref.org).

It answers with JSON whose ``message`` holds ``items``. A DOI that it has not, as those registered
with DataCite, is left out. Filters are separated by commas, and no escape keeps one in a value: a
DOI with a comma, as some have, would end there, and what follows it would be another filter. Such
a one has a request of its own, to the address that ends with it; a plain text says that there is
no such work.
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
# Titles may hold markup of JATS and MathML.
_TAG = re.compile(r"</?[a-z][a-z0-9:.-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


class Crossref:
    """Crossref, asked for up to fifty DOIs a second: a query of that length passes everywhere.

    ``email`` lets Crossref write to who asks, and gets better service.
    """

    name = "Crossref"
    interval = 1.0

    def __init__(self, url: str = URL, email: str | None = None) -> None:
        self.url = url
        self._email = email

    def groups(self, identifiers: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The papers in groups, each of which it is asked for at once."""
        yield from in_groups([doi for doi in identifiers if "," not in doi], _GROUP)
        yield from ((doi,) for doi in identifiers if "," in doi)

    def address(self, identifiers: Sequence[str]) -> str:
        """Where it is asked for these papers."""
        if not _is_alone(identifiers):
            return self.url
        parts = urlsplit(self.url)
        path = f"{parts.path.rstrip('/')}/{quote(identifiers[0], safe='')}"
        return urlunsplit(parts._replace(path=path))

    def parameters(self, identifiers: Sequence[str]) -> dict[str, str]:
        """The query that asks for these papers; without ``rows`` twenty would be answered."""
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
        """What a list of works says of the papers that were asked for.

        Raises:
            NonsenseError: it is no list of works.

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
            raise NonsenseError("something that is no list of works") from None
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
