"""Places that several rules ask for: where URLs stand, and which headings links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .blocks import Blocks
from .links import Link
from ..source import BLANKS, Source, Span

_DESTINATION = re.compile(r"<[^<>\r\n]*>|[^ \t\r\n]*")
_DEFINITION = re.compile(r"\]:[ \t\r\n>]*")
_SLUG = re.compile(r"[^\w\- ]+")


def text_span(source: Source, link: Link) -> Span | None:
    """Where the text of an inline or reference link stands, None where that is not sure.

    >>> link = Link("a", "http://b.c", "inline", Span(2, 18))
    >>> text_span(Source.of("x [ a ](http://b.c)"), link)
    Span(start=3, end=6)
    """
    text, start, end = source.text, link.span.start, link.span.end
    if link.kind == "inline":
        close = text.rfind("](", start, end)
        place = close + 2
        # A title may hold what looks like the beginning of a destination.
        if not text.startswith(("<", "\\", "&", link.url[:8]), place + _blanks(text, place)):
            return None
    elif link.kind == "reference":
        # [text][label], [text][] or [text]
        close = text.rfind("][", start, end)
        close = end - 1 if close < 0 else close
    else:
        return None
    return Span(start + 1, close) if close > start else None


def _blanks(text: str, start: int) -> int:
    end = start
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return end - start


def addresses(source: Source, links: Iterable[Link], blocks: Blocks) -> Iterator[Span]:
    """Where URLs stand: bare ones, and the destinations of links, images and definitions."""
    text = source.text
    for link in links:
        if link.kind in ("bare", "autolink"):
            yield link.span
        elif link.kind in ("inline", "image"):
            place = text.rfind("](", link.span.start, link.span.end) + 2
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


def slug(heading: str) -> str:
    """The name that GitHub gives a heading for links to lead to.

    >>> slug("2.1 LLM 的关键技术：")
    '21-llm-的关键技术'
    """
    return _SLUG.sub("", heading.strip(BLANKS).lower()).replace(" ", "-")
