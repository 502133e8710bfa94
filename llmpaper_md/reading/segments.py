"""The segments of a text outside tables: its links, quoted and emphasised words, each with its span.

A cell has one meaning; a list item has several, told apart by how their words are written. A
segment is a run of text written in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal, NamedTuple

from markdown_it.token import Token

from ..source import SPACES, Excerpt, Span
from .blocks import References
from .inline import inline_tokens, read_tokens
from .links import Link

SegmentKind = Literal["link", "image", "code", "quoted", "text", "line_end"]
Style = Literal["", "bold", "italic"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a paragraph that is written in one way.

    Attributes:
        kind: what it is. ``quoted`` words may hold a link.
        text: what a reader sees of it.
        span: where that is in the source, in code points; of a link, all of it.
        style: whether it is bold or italic.
        link: where it leads, of a link, an image, and quoted words that are one.

    >>> text = Excerpt('**Net**: "Nets", *A. Ames* [[pdf](http://a.org)]', ((0, 0),))
    >>> [(one.kind, one.style, one.text) for one in read_segments(text, {})]
    [('text', 'bold', 'Net'), ('text', '', ': '), ('quoted', '', 'Nets'), ('text', '', ', '), \
('text', 'italic', 'A. Ames'), ('text', '', ' ['), ('link', '', 'pdf'), ('text', '', ']')]
    """

    kind: SegmentKind
    text: str
    span: Span
    style: Style = ""
    link: Link | None = None


def read_segments(excerpt: Excerpt, references: References) -> tuple[Segment, ...]:
    """Cut a paragraph into segments.

    Args:
        excerpt: its inline Markdown.
        references: the link definitions of the file.

    Returns:
        The segments in order. Marks of emphasis, comments and HTML tags are in none of them; a line
        end and a ``<br>`` are a ``line_end``, but a line end in emphasised or quoted words is a
        space.

    Quotation marks are those of GitHub's readers: ``"…"``, ``“…”``, ``「…」``, ``《…》`` and others.
    """
    tokens = inline_tokens(excerpt.text, references, joins=False)
    return tuple(_quote(excerpt, _split(excerpt, tokens)))


class _Range(NamedTuple):
    """A construct in the text of an excerpt: from, up to, and what it is; None for nothing."""

    start: int
    end: int
    segment: Segment | None


_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_CLOSING_LINK = re.compile(r"</a\b", re.IGNORECASE)
_OPENING_LINK = re.compile(r"<a\b", re.IGNORECASE)
_LINE_END = re.compile(r"(?:\\|[ \t]*)\n[ \t]*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_FOOTNOTE = re.compile(r"\[\^[^\[\] \t\n]+\]")


def _split(excerpt: Excerpt, tokens: Sequence[Token]) -> list[Segment]:
    constructs, emphases = _constructs(excerpt, tokens)
    segments: list[Segment] = []
    place = 0
    for start, end, segment in constructs:
        segments += _text(excerpt, place, start, emphases)
        if segment:
            segments.append(replace(segment, style=_style(emphases, start)))
        place = end
    segments += _text(excerpt, place, len(excerpt.text), emphases)
    return segments


def _constructs(
    excerpt: Excerpt, tokens: Sequence[Token]
) -> tuple[list[_Range], list[tuple[int, int, int]]]:
    """What is no plain text, in order, and the emphasis: from, up to, and how many marks."""
    found: list[_Range] = []
    emphases: list[tuple[int, int, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        first = index
        index += 1
        emphases += token.meta.get("emphasis", ())
        if token.type not in ("link_open", "image", "code_inline", "html_inline"):
            continue
        start, end = token.meta["place"]
        if token.type == "link_open":
            index = _closing(tokens, index)
        elif token.type == "html_inline" and _OPENING_LINK.match(token.content):
            closing = next(
                (
                    number
                    for number in range(index, len(tokens))
                    if tokens[number].type == "html_inline"
                    and _CLOSING_LINK.match(tokens[number].content)
                ),
                None,
            )
            if closing is not None:
                index = closing + 1
                end = tokens[closing].meta["place"][1]
        span = excerpt.span(start, end)
        if token.type == "code_inline":
            found.append(_Range(start, end, Segment("code", token.content, span)))
            continue
        inline = read_tokens(excerpt, tokens[first:index])
        if token.type == "html_inline" and _BREAK.match(token.content):
            found.append(_Range(start, end, Segment("line_end", "\n", span)))
        elif not inline.links:
            found.append(_Range(start, end, None))
        elif inline.links[0].kind == "image":
            link = inline.links[0]
            found.append(_Range(start, end, Segment("image", link.text, span, link=link)))
        else:
            link = inline.links[0]
            found.append(_Range(start, end, Segment("link", link.text, span, link=link)))
    return found, sorted(emphases, key=lambda emphasis: (emphasis[0], -emphasis[1]))


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The number of the token after the one that closes a link."""
    depth = 1
    while depth and index < len(tokens):
        depth += tokens[index].nesting if tokens[index].tag == "a" else 0
        index += 1
    return index


def _style(emphases: Sequence[tuple[int, int, int]], place: int) -> Style:
    """Whether a place is in bold, or else in italic text."""
    marks = {used for start, end, used in emphases if start < place < end}
    return "bold" if 2 in marks else "italic" if marks else ""


def _text(
    excerpt: Excerpt, start: int, end: int, emphases: Sequence[tuple[int, int, int]]
) -> Iterator[Segment]:
    """The segments of plain text: it is cut where emphasis begins and ends, and where lines end."""
    if start >= end:
        return
    text = excerpt.text
    cuts = {start, end}
    marks: list[tuple[int, int]] = []
    for first, last, used in emphases:
        for mark in (first, last - used):
            if mark < end and mark + used > start:
                marks.append((mark, mark + used))
                cuts.update((max(mark, start), min(mark + used, end)))
    breaks = {match.start(): match.end() for match in _LINE_END.finditer(text, start, end)}
    for begin, stop in breaks.items():
        cuts.update((begin, stop))
    places = sorted(cuts)
    for first, last in zip(places, places[1:], strict=False):
        if breaks.get(first) == last:
            if style := _style(emphases, first):
                yield Segment("text", " ", excerpt.span(first, last), style)
            else:
                is_hard = last - first > 1 and text[first] in "\\ " and text[first:last] != " \n"
                yield Segment("line_end", "\n" if is_hard else " ", excerpt.span(first, last))
        elif any(begin < first < stop for begin, stop in breaks.items()):
            continue
        elif not any(begin <= first and last <= stop for begin, stop in marks):
            words = plain(text[first:last])
            if words:
                yield Segment("text", words, excerpt.span(first, last), _style(emphases, first))


def plain(text: str) -> str:
    """Inline Markdown that has no links and no emphasis, as a reader sees it.

    >>> plain(r"a\\_b &amp; c[^1]")
    'a_b & c'
    """
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


# What opens a quotation, and what closes it. A straight mark opens after a space or a sign, and
# closes before one.
_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "«": "»", "„": "“", "”": "”", "``": "''"}
_OPENING = re.compile(r"(?<![^\W_])\"(?=\S|$)|[“「『《«„]|``(?=\w)")
_CLOSING = {mark: re.compile(re.escape(mark)) for mark in {*_QUOTES.values()}} | {
    '"': re.compile(r"\"(?![^\W_])|[”“]"),
    "”": re.compile('[”“"]'),
}


def _quote(excerpt: Excerpt, segments: Sequence[Segment]) -> Iterator[Segment]:
    """The segments with those between quotation marks, in one line, made one."""
    index = 0
    rest = list(segments)
    while index < len(rest):
        segment = rest[index]
        opening = _OPENING.search(segment.text) if segment.kind == "text" else None
        closed = _closing_quote(rest, index, opening) if opening else None
        if opening and closed:
            last, end, after = closed
            before, content = _cut(segment, opening.start(), opening.end())
            inner: list[Segment]
            if last == index:
                inner = [_cut(segment, end, end)[0]]
                inner = [_cut(inner[0], opening.end(), opening.end())[1]]
            else:
                inner = [content, *rest[index + 1 : last], _cut(rest[last], end, end)[0]]
            inner = [one for one in inner if one.text or one.link]
            if before.text:
                yield before
            if inner:
                yield _joined(inner)
            rest[last] = _cut(rest[last], after, after)[1]
            index = last
            if not rest[index].text:
                index += 1
            continue
        yield segment
        index += 1


def _closing_quote(
    segments: Sequence[Segment], index: int, opening: re.Match[str]
) -> tuple[int, int, int] | None:
    """The segment that the closing mark is in, and where in its text it begins and ends."""
    mark = opening[0]
    pattern = _CLOSING[_QUOTES.get(mark, mark)]
    place = opening.end()
    for number in range(index, len(segments)):
        segment = segments[number]
        if segment.kind == "line_end" and segment.text == "\n":
            return None
        if segment.kind == "text":
            if closing := pattern.search(segment.text, place):
                return number, closing.start(), closing.end()
            place = 0
    return None


def _joined(segments: Sequence[Segment]) -> Segment:
    links = [segment.link for segment in segments if segment.kind == "link"]
    text = "".join(segment.text for segment in segments if segment.kind != "image")
    return Segment(
        "quoted",
        text.strip(SPACES),
        Span(segments[0].span.start, segments[-1].span.end),
        segments[0].style,
        links[0] if len(links) == 1 else None,
    )


def _cut(segment: Segment, end: int, start: int) -> tuple[Segment, Segment]:
    """The part of a segment of text up to ``end``, and that from ``start`` on.

    Where escapes make the text shorter than its source, both keep the span of the whole.
    """
    text, span = segment.text, segment.span
    if len(text) != span.end - span.start:
        first, second = span, span
    else:
        first = Span(span.start, span.start + end)
        second = Span(span.start + start, span.end)
    return replace(segment, text=text[:end], span=first), replace(
        segment, text=text[start:], span=second
    )
