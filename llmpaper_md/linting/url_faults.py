"""What is wrong with a URL, whatever is on the web."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..reading.links import Link
from ..words import quoted
from .placeholders import is_to_come

_FLAGS = re.IGNORECASE | re.ASCII
# https:// and what becomes of it: letters lost, doubled or swapped, other marks, twice.
_SCHEME = re.compile(
    r"(?:%20|[ \t])*+(?P<name>h{0,2}[tp]{2,4}s{0,2}(?:[:：]?/{0,3}h?t{1,3}ps?)?+)"
    r"(?:[:：；;.]?[/\\／]{1,3}:?|[:：；])(?P<again>(?:h?t{1,3}ps?[:：]?/{0,3})?+)"
    r"(?=[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$))",
    _FLAGS,
)
_RIGHT = re.compile(r"https?://+(?!https?(?:[:/]|$))", _FLAGS)
_KNOWN_HOSTS = (
    r"(?:[\w-]+\.)*(?:arxiv\.org|github\.com|github\.io|openreview\.net|huggingface\.co|doi\.org"
    r"|aclanthology\.org|thecvf\.com|neurips\.cc|mlr\.press|ieee\.org|acm\.org|springer\.com"
    r"|youtube\.com|youtu\.be|nature\.com|sciencedirect\.com|semanticscholar\.org)"
)
_NO_SCHEME = re.compile(
    rf"(?:www\.[\w-]+(?:\.[\w-]+)+|{_KNOWN_HOSTS}|(?:[\w-]+\.)+(?:com|org|net|edu))(?=[/?#:]|$)"
    r"|(?:[\w-]+\.)+(?:io|cn|ai|gov|uk|de|fr|jp|ch|kr|eu)/",
    _FLAGS,
)
_ARXIV_SLASHES = re.compile(
    r"https?://(?:www\.)?arxiv\.org(?:/{2,}(?=abs|pdf)|/(?:abs|pdf)/{2,}(?=\d))", _FLAGS
)
_ARXIV_TAIL = re.compile(
    r"https?://(?:www\.)?arxiv\.org/(?P<form>abs|pdf)/\d{4}\.\d{4,5}(?:v\d{1,2})?"
    r"(?P<tail>(?!\.pdf(?:[/?#]|$))[^\d/?#v][^/?#]{0,20}|v(?!\d)[^/?#]{0,20})$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?:chrome|moz|edge)-extension://[^/]*/(?:[\w/.]*\?(?:file|pdfurl|src)=)?(?=https?://)", _FLAGS
)
_OWN_FILE = re.compile(r"file:/|[a-z]:[\\/]|/(?:Users|home)/[^/]+/", _FLAGS)
_NO_DOT = re.compile(r"https?://(?P<host>[\w-]+)(?::\d+)?(?:[/?#]|$)", _FLAGS)
_LOCAL = frozenset(["localhost", "host"])
_ODD_HOST = re.compile(
    r"https?://(?P<host>[^/?#@:\[\]]*[,;，。、(){}|\\^`\"'=*+][^/?#@\[\]]*)", _FLAGS
)
_TRAILING = "]）】》」”’。，、；"
_OPENS = re.compile(r"[\[（【《「“‘]|%5B", re.IGNORECASE)
_WORDS = frozenset(
    ["url", "link", "links", "href", "http", "https", "path", "xxx", "...", "链接", "地址", "网址"]
)
# As templates name a URL that is to be filled in.
_NAMED = re.compile(r"[\w-]+[_-](?:link|url)|(?:your|paper|code|project)[ _-]?(?:link|url)", _FLAGS)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", _FLAGS)
_OPENING = re.compile(r"[\[(<（【\"'“]+(?=https?://)", re.IGNORECASE)
_KNOWN_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", _FLAGS)


class UrlFault(NamedTuple):
    """What is wrong with a URL, the right one where that is known, and the title of the fix."""

    what: str
    right: str | None = None
    title: str = "Correct the URL"


def url_fault(link: Link) -> UrlFault | None:
    """Why the URL of a link cannot be right; None if it can.

    >>> from llmpaper_md.source import Span
    >>> url_fault(Link("a", "ttps://a.b", "inline", Span(0, 15)))
    UrlFault(what='URL begins with "ttps://"', right='https://a.b', title='Correct the URL')
    """
    url = link.url
    if "](" in url or url.startswith("#"):
        return None  # a link in a link, a section
    if _RIGHT.match(url):
        return _in_web(url)
    if match := _SCHEME.match(url):
        scheme = "https" if "s" in match[0].lower() else "http"
        what = f"URL begins with {quoted(url[: match.end()])}"
        return UrlFault(what, f"{scheme}://{url[match.end() :]}")
    if match := _OPENING.match(url):
        what = f"URL begins with {quoted(match[0])}"
        return UrlFault(what, url[match.end() :], "Remove what is before the URL")
    if match := _EXTENSION.match(url):
        what = "URL opens a reader of one's own browser"
        return UrlFault(what, url[match.end() :], "Remove the address of the reader")
    if _OWN_FILE.match(url) and not url.startswith("//"):
        return UrlFault("URL is that of a file on one's own computer")
    if link.kind == "image":
        return None
    if _MAIL.fullmatch(url):
        return UrlFault("e-mail address without a scheme", f"mailto:{url}", "Add the scheme mailto")
    if is_placeholder_url(url):
        return UrlFault(f"{quoted(url)} in place of a URL")
    if _NO_SCHEME.match(url) and not _KNOWN_SCHEME.match(url):
        return UrlFault("URL without https://", f"https://{url}", "Add https://")
    return None


def is_placeholder_url(url: str) -> bool:
    """Whether a word holds the place of a URL.

    >>> [is_placeholder_url(url) for url in ("tba", "paper_link", "tba.md", "/")]
    [True, True, False, False]
    """
    if is_to_come(url):
        return any(map(str.isalnum, url))
    return url.lower() in _WORDS or _NAMED.fullmatch(url) is not None


def _in_web(url: str) -> UrlFault | None:
    """What is wrong after the scheme."""
    if match := _ARXIV_SLASHES.match(url):
        right = re.sub(r"(?<!:)/{2,}", "/", match[0]) + url[match.end() :]
        return UrlFault("arXiv URL with a slash too many", right, "Remove the slash")
    bare = url.rstrip(_TRAILING)
    if bare != url and not _OPENS.search(url):
        return UrlFault(
            f"URL ends with {quoted(url[len(bare) :])}", bare, "Remove the mark at the end"
        )
    if match := _ARXIV_TAIL.match(url):
        right = url[: match.start("tail")]
        what = f"arXiv URL with {quoted(match['tail'])} after the identifier"
        return UrlFault(what, right, "Remove what follows the identifier")
    match = _NO_DOT.match(url)
    if match and match["host"].lower() not in _LOCAL:
        return UrlFault(f"{quoted(match['host'])} is no host of the web")
    if match := _ODD_HOST.match(url):
        return UrlFault(f"{quoted(match['host'])} is no host of the web")
    return None
