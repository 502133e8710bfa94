"""An address that cannot be right.

## What it does

Reports links and images whose URL leads nowhere, whatever is on the web: a misspelt scheme
(`htps://`, `https//`, `https：//`, `httpshttps://`), no scheme before a known kind of host
(`arxiv.org/abs/…`), a host without a dot, a word in place of a URL (`tba`, `None`, `url`), a file
on one's own computer (`file://`), the address of a browser's reader (`chrome-extension://`), a
slash too many or characters after the identifier in an arXiv URL, and a bracket or full-width mark
at the end. Files in the list's own folder are left to `missing-file`, links inside URLs to
`broken-link`.

## Why it matters

To GitHub such a URL is the name of a file beside the list, or of a host that does not exist:
readers get an error page.

## Example

```markdown
- [BERT](ttps://arxiv.org/abs/1810.04805), [code](github.com/google-research/bert)
- [T5](https://arxiv.org/abs//1910.10683), [code](tba)
```

## Use instead

```markdown
- [BERT](https://arxiv.org/abs/1810.04805), [code](https://github.com/google-research/bert)
- [T5](https://arxiv.org/abs/1910.10683), [section](#t5), [notes](notes/t5.md)
```

## Fix safety

Writes the scheme, removes the second one, or removes what does not belong to the URL. The fix is
safe, because nothing else can be meant. There is no fix where the URL is unknown.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...choices import Severity
from ...reading.links import Link
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..placeholders import is_to_come
from ..url_fixes import url_fix

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

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
_TRAILING = re.compile(r"(?:\]|%5D|[）】》」”’。，、；])+$", _FLAGS)
_FEW = 32
_OPENS = re.compile(r"\[|%5B|[（【《「“‘]", _FLAGS)
_WORDS = frozenset(
    ["url", "link", "links", "href", "http", "https", "address", "path", "xxx", "..."]
)
_KNOWN_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", _FLAGS)


class _Fault(NamedTuple):
    """What is wrong with a URL, and the right one where it is known."""

    what: str
    right: str | None = None
    title: str = "Correct the URL"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    for entry in context.entries:
        for link in entry.paper.links:
            if link.url == "#":
                yield Problem('"#" in place of a URL: write the right one', link.span)
    for link in context.links:
        if link.kind == "bare" or not link.url:
            continue
        fault = _fault(link)
        if fault:
            fix = None
            message = f"{fault.what}: write the right one"
            if fault.right:
                message = f"{fault.what}: write {fault.right}"
                fix = url_fix(context.source.text, link, fault.right, fault.title)
            yield Problem(message, link.span, fix=fix)


def _fault(link: Link) -> _Fault | None:
    url = link.url
    if "](" in url or url.startswith("#"):
        return None  # a link in a link, a section
    if _RIGHT.match(url):
        return _in_web(url)
    if match := _SCHEME.match(url):
        scheme = "https" if "s" in match[0].lower() else "http"
        what = f"URL begins with {quoted(url[: match.end()])}"
        return _Fault(what, f"{scheme}://{url[match.end() :]}")
    if match := _EXTENSION.match(url):
        what = "URL opens a reader of one's own browser"
        return _Fault(what, url[match.end() :], "Remove the address of the reader")
    if _OWN_FILE.match(url) and not url.startswith("//"):
        return _Fault("URL is that of a file on one's own computer")
    if link.kind == "image":
        return None
    if (is_to_come(url) and any(map(str.isalnum, url))) or url.lower() in _WORDS:
        return _Fault(f"{quoted(url)} in place of a URL")
    if _NO_SCHEME.match(url) and not _KNOWN_SCHEME.match(url):
        return _Fault("URL without https://", f"https://{url}", "Add https://")
    return None


def _in_web(url: str) -> _Fault | None:
    """What is wrong after the scheme."""
    if match := _ARXIV_SLASHES.match(url):
        right = re.sub(r"(?<!:)/{2,}", "/", match[0]) + url[match.end() :]
        return _Fault("arXiv URL with a slash too many", right, "Remove the slash")
    if (match := _TRAILING.search(url, max(len(url) - _FEW, 0))) and not _OPENS.search(url):
        return _Fault(f"URL ends with {quoted(match[0])}", url[: match.start()], "Remove the mark")
    if match := _ARXIV_TAIL.match(url):
        right = url[: match.start("tail")]
        what = f"arXiv URL with {quoted(match['tail'])} after the identifier"
        return _Fault(what, right, "Remove what follows the identifier")
    match = _NO_DOT.match(url)
    if match and match["host"].lower() not in _LOCAL:
        return _Fault(f"{quoted(match['host'])} is no host of the web")
    if match := _ODD_HOST.match(url):
        return _Fault(f"{quoted(match['host'])} is no host of the web")
    return None
