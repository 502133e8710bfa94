"""The URLs of a list, for link checkers and for finding rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from ..reading.document import Document
from ..unprintable import UNSAFE
from .documents import Readable, as_documents
from .flat_rows import percent_encode_spaces
from .text import replace_surrogates, safe_url, unicode_escape

_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
# The characters that RFC 3986 allows in a URL, including % of what is already encoded.
_ALLOWED = "!#$%&'()*+,/:;=?@[]~"
_HOST = re.compile(r"(?P<before>https?://(?:[^/?#]*@)?)(?P<host>[^/?#:@]+)", re.IGNORECASE)
# What link checkers take for the end of a sentence at the end of a URL.
_END = re.compile(r"(?<![.,:;!'*])[.,:;!'*]++$")


def to_urls(documents: Readable | Iterable[Readable], *, bare: bool = False) -> str:
    r"""The http and https URLs in the tables and papers of one or more lists, one per line.

    They are without duplicates, in order of first appearance, and as written in the list, with
    spaces and invisible characters percent-encoded. After each URL and a tab come the lines with
    it: ``FILE:LINE,LINE``, and after a further tab those of the next file.

    Args:
        documents: one list or several, as text, `Source` or `Document`.
        bare: only the URLs, in a form that link checkers extract completely from text: ASCII
            (hosts in Punycode, the rest percent-encoded as UTF-8), with punctuation at the end
            percent-encoded.

    Returns:
        The lines, each with a line ending.

    >>> to_urls("| Paper |\n| - |\n| [A](https://a.org) |\n| https://a.org |")
    'https://a.org\t<string>:3,4\n'
    """
    places: dict[str, dict[str, dict[int, None]]] = {}
    for document in as_documents(documents):
        name = _file_name(document.source.name)
        for line, url in _links(document):
            if _WEB.match(url):
                address = _ascii(url) if bare else _clean(url)
                places.setdefault(address, {}).setdefault(name, {})[line] = None
    if bare:
        return "".join(f"{url}\n" for url in places)
    return "".join(
        "\t".join([url, *(f"{name}:{','.join(map(str, rows))}" for name, rows in files.items())])
        + "\n"
        for url, files in places.items()
    )


def _file_name(name: str) -> str:
    name = UNSAFE.sub(lambda match: unicode_escape(ord(match[0])), replace_surrogates(name))
    return name.replace("\t", r"\u0009")


def _links(document: Document) -> Iterable[tuple[int, str]]:
    """The line and the URL of each link of the tables and papers, in the file's order."""
    found = [
        (row.line, link.url)
        for named in document.tables
        for row, cells in zip(named.grid.rows, named.inlines, strict=True)
        for cell in cells
        for link in cell.links
    ]
    in_text = [
        (document.source.position(link.span.start).line, link.url)
        for entry in document.entries
        if entry.kind != "row"
        for link in entry.paper.links
    ]
    return sorted([*found, *in_text], key=lambda link: link[0]) if in_text else found


def _clean(url: str) -> str:
    return safe_url(percent_encode_spaces(replace_surrogates(url)))


def _ascii(url: str) -> str:
    text = _HOST.sub(_punycode, replace_surrogates(url), count=1)
    text = quote(safe_url(text), safe=_ALLOWED)
    for opening, closing in ("()", "[]"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1] + quote(closing)
    return _END.sub(lambda match: "".join(f"%{ord(sign):02X}" for sign in match[0]), text)


def _punycode(match: re.Match[str]) -> str:
    try:
        host = match["host"].encode("idna").decode()
    except UnicodeError:  # not a valid host name: the link checker will report it
        host = match["host"]
    return match["before"] + host
