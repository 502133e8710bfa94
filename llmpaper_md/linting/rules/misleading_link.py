"""A link whose text is a URL other than the one it leads to.

## What it does

Reports links whose text and URL are different addresses. Differences that do not matter are left
alone: http or https, www, case, slashes at the end, percent-encoding, a missing or shorter path,
query or fragment, a text shortened with …, the same arXiv identifier, DOI, OpenReview forum or
repository, other names of one site, and services that forward or shorten URLs.

## Why it matters

The text promises one page and the link opens another: one of the two was changed without the other,
or pasted by mistake.

## Example

```markdown
[https://arxiv.org/abs/1706.03762](https://arxiv.org/abs/1810.04805)
```

## Use instead

```markdown
[arxiv.org/abs/1706.03762](https://arxiv.org/pdf/1706.03762v5)
```

## Fix safety

There is no fix: only a person knows which of the two is right.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ...choices import Severity
from ...reading import links
from ...reading.links import Link
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

# A name such as Booking.com or train.py/test.py is no URL: without http:// or www. it takes a path
# and a domain that many papers and their code are found at.
_URL_TEXT = re.compile(
    r"(?:https?://|www\.)[!-~…]+"
    r"|(?:[a-z0-9-]+\.)+(?:ai|app|cc|ch|cn|co|com|de|dev|edu|fr|gov|io|jp|kr|net|org|tv|uk|xyz)"
    r"/[!-~…]+",
    re.IGNORECASE | re.ASCII,
)
_ABSOLUTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PREFIX = re.compile(r"(?:https?:)?(?://)?(?:(?:www|m|mobile|amp)\.(?=[^/]*\.))?")
_CUT = re.compile(r"…|\.\.\.")
_PORT = re.compile(r":(?:80|443)(?=/|$)")
_ENDS = " .,;:!?)]}>/"
# Other names of one site, by how their URLs begin.
_SAME_SITES = {
    "aclweb.org/anthology": "aclanthology.org",
    "dblp.uni-trier.de": "dblp.org",
    "dx.doi.org": "doi.org",
    "export.arxiv.org": "arxiv.org",
    "hf.co": "huggingface.co",
    "nips.cc": "neurips.cc",
    "papers.nips.cc": "neurips.cc",
    "papers.neurips.cc": "neurips.cc",
    "proceedings.neurips.cc": "neurips.cc",
    "twitter.com": "x.com",
    "youtu.be": "youtube.com",
}
_SHORTENERS = frozenset(
    """
    aka.ms amzn.to b23.tv bit.ly buff.ly cutt.ly fb.me goo.gl git.io is.gd j.mp lnkd.in ow.ly rb.gy
    reurl.cc t.cn t.co t.ly tiny.cc tinyurl.com url.cn
    """.split()
)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link whose text is another URL."""
    source = context.source.text
    for link in context.links:
        if (
            link.kind not in ("inline", "reference", "html")
            or link.text == link.url
            or not _URL_TEXT.fullmatch(link.text)
            or not _ABSOLUTE.match(link.url)
            or _is_badge(source, link)
            or _is_same_place(link.text, link.url)
        ):
            continue
        message = (
            f"link text is {quoted(link.text, 80)}, but the link leads to "
            f"{quoted(link.url, 80)}: correct one of them"
        )
        yield Problem(message, link.span)


def _is_badge(text: str, link: Link) -> bool:
    """Whether the text of a link is that of an image."""
    start = link.span.start
    if link.kind == "html":
        return text.find("<img", start, min(link.span.end, start + 2000)) >= 0
    return text.startswith(("[![", "[<img"), start)


def _is_same_place(text: str, url: str) -> bool:
    first, second = _identifier(text), _identifier(url)
    if first and second:
        return first == second
    shown, meant = _plain(text), _plain(url)
    hosts = shown.partition("/")[0], meant.partition("/")[0]
    if "doi.org" in hosts or not _SHORTENERS.isdisjoint(hosts) or "xn--" in shown + meant:
        # Where these lead on to is not known.
        return True
    begin, *ends = _CUT.split(shown)
    if ends:
        return meant.startswith(begin) and meant.endswith(ends[-1])
    if shown in meant:
        # A page of the site that the text names, or one that is passed on or archived by another.
        return not meant.startswith(shown) or not meant[len(shown) :][:1].isalnum()
    shown, _, query = shown.partition("?")
    if query and shown == meant:
        return True
    # Another address of the same thing, such as /watch?v=NAME for /NAME.
    name = shown.rpartition("/")[2].partition(".")[0]
    return hosts[0] == hosts[1] and len(name) > 3 and name in meant


def _identifier(url: str) -> str | None:
    """What a URL is about, whatever its form."""
    url = url if _ABSOLUTE.match(url) else f"https://{url}"
    if arxiv := links.arxiv_id(url):
        return f"arxiv:{arxiv.id}"
    found = links.doi(url) or links.openreview_id(url) or links.repository(url)
    return found.casefold() if found else None


def _plain(url: str) -> str:
    """A URL without what makes no difference."""
    url = unquote(url.partition("#")[0]).casefold()
    url = _PORT.sub("", _PREFIX.sub("", url, count=1), count=1)
    for start, instead in _SAME_SITES.items():
        if url.startswith(f"{start}/"):
            url = instead + url.removeprefix(start)
            break
    # The three dots of a text cut short stay.
    return url if url.endswith("...") else url.rstrip(_ENDS)
