"""Where the parts of a link are in the text: what it shows, and its URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..source import Excerpt, Source, Span
from .blocks import Blocks
from .links import Link

_DESTINATION = re.compile(r"<[^<>\r\n]*>|[^ \t\r\n]*")
_REST = re.compile(r">?[ \t\r\n]*+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))?[ \t\r\n]*+\)", re.DOTALL)
_BEGINS = frozenset("[`")
_MOST_SIGNS = 8
_DEFINITION = re.compile(r"\]:[ \t\r\n>]*")
_TARGET = re.compile(r"[ \t\r\n]*<?")
_SHOWN = re.compile(r"(?:https?|ftp)://[^ \t\r\n<>\"]*", re.IGNORECASE)
_RUN = re.compile(r"[^ \t\r\n\f\v<]++")


def text_span(source: Source, link: Link) -> Span | None:
    """The span of the text of an inline or reference link, None if that is uncertain.

    >>> link = Link("a", "http://b.c", "inline", Span(2, 18))
    >>> text_span(Source.of("x [ a ](http://b.c)"), link)
    Span(start=3, end=6)
    """
    text, start, end = source.text, link.span.start, link.span.end
    if link.kind == "inline":
        close = destination_start(text, link) - 2
        place = close + 2
        # A title may contain what looks like the beginning of a destination.
        if not text.startswith(("<", "\\", "&", link.url[:8]), place + _blanks(text, place)):
            return None
    elif link.kind == "reference":
        # [text][label], [text][] or [text]
        close = text.rfind("][", start, end)
        close = end - 1 if close < 0 else close
    else:
        return None
    return Span(start + 1, close) if close > start else None


def destination_start(text: str, link: Link) -> int:
    """The offset after the ``](`` of an inline link or an image; below 2 if there is none.

    Both the text and what follows may hold such a sign: ``[[a](b)](c)``, ``[a]([b](c))``.

    >>> link = Link("a", "[b](c)", "inline", Span(0, 11))
    >>> destination_start("[a]([b](c))", link)
    4
    """
    start, end = link.span.start, link.span.end
    last = close = text.rfind("](", start, end)
    for _ in range(_MOST_SIGNS):
        if close < 0:
            break
        url = close + 2 + _blanks(text, close + 2)
        url += text.startswith("<", url)
        if text.startswith(link.url, url) and _REST.fullmatch(text, url + len(link.url), end):
            return close + 2
        close = text.rfind("](", start, close)
    return last + 2  # escapes in the URL


def _blanks(text: str, start: int) -> int:
    end = start
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return end - start


def addresses(source: Source, links: Iterable[Link], blocks: Blocks) -> Iterator[Span]:
    """Where URLs are: bare ones, in texts of links, and where links, images, definitions lead."""
    text = source.text
    searched = 0  # links may be inside one another
    for link in links:
        if link.kind == "html" or "://" in link.text:
            # A text may show a URL.
            for shown in _SHOWN.finditer(text, max(link.span.start, searched), link.span.end):
                yield Span(*shown.span())
            searched = max(searched, link.span.end)
        if link.kind in ("bare", "autolink"):
            yield link.span
        elif link.kind in ("inline", "image"):
            place = destination_start(text, link)
            if place >= 2:
                match = _DESTINATION.match(text, place + _blanks(text, place), link.span.end)
                yield Span(*match.span()) if match else Span(place, place)
    for reference in blocks.references.values():
        first, last = reference.get("map", (0, 0))
        span = Span(source.offset(first + 1), source.line_span(last or 1).end)
        if (colon := _DEFINITION.search(text, span.start, span.end)) and (
            match := _DESTINATION.match(text, colon.end(), span.end)
        ):
            yield Span(*match.span())


def taken_in(text: str, links: Iterable[Link], excerpt: Excerpt) -> Iterator[Span]:
    """What follows the bare URLs of a paragraph or cell up to a space or a ``<``.

    It is the whole rest where a bracket or backtick is taken in that begins something: GitHub reads
    all that follows in another way then.

    >>> links = [Link("http://a.b", "http://a.b", "bare", Span(1, 11))]
    >>> list(taken_in("见http://a.b，即 c", links, Excerpt("见http://a.b，即 c", ((0, 0),))))
    [Span(start=11, end=13)]
    """
    end = 0
    for link in links:
        if link.kind != "bare":
            continue
        start = link.span.end
        if start >= end:
            limit = excerpt.span(len(excerpt.text) - 1, len(excerpt.text)).end
            match = _RUN.match(text, start, limit)
            if not match:
                continue
            end = match.end() if _BEGINS.isdisjoint(match[0]) else limit
        yield Span(start, end)


def url_spans(text: str, link: Link) -> tuple[Span, ...]:
    """Where the URL of a link is: as its text, if that is the URL, and as its destination.

    Empty where it is written otherwise (escapes, entities) or elsewhere (a reference).
    """
    start, end, url = link.span.start, link.span.end, link.url
    found: list[int] = []
    if link.kind == "bare":
        found = [start]
    elif link.kind == "autolink":
        found = [start + 1]
    elif link.kind == "html" or (link.kind == "image" and text[start] == "<"):
        found = [text.find(url, start, end)]
        shown = text.find(f">{url}<", start, end) + 1
        found += [shown] if link.text == url and shown else []
    elif link.kind in ("inline", "image"):
        closing = destination_start(text, link) - 2
        target = _TARGET.match(text, closing + 2, end)
        found = [target.end()] if target and closing >= 0 else []
        if link.text == url:
            shown = text.find(url, start, closing)
            found = [shown, *found] if shown >= 0 else []
    spans = tuple(Span(place, place + len(url)) for place in found)
    if not all(text.startswith(url, span.start) and span.end <= end for span in spans):
        return ()
    return spans
