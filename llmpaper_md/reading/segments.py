"""The segments of a text outside tables: its links, quoted and emphasised words, with their spans.

A cell has one meaning; a list item has several, told apart by how their words are written. A
segment is a run of text written in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.token import Token

from ..source import SPACES, Excerpt, Span
from .blocks import References
from .emphasis import flanking
from .inline import inline_tokens, read_tokens
from .links import Link

SegmentKind = Literal["link", "image", "code", "quoted", "text", "line_end"]
Style = Literal["", "bold", "italic"]


class Segment(NamedTuple):
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

    Quotation marks are ``"…"``, ``“…”``, ``「…」``, ``《…》`` and others.
    """
    found = _simple_constructs(excerpt, references)
    if found is None:
        found = _constructs(excerpt, inline_tokens(excerpt.text, references, joins=False))
    segments = _split(excerpt, *found)
    return tuple(_quote(segments) if _MAY_QUOTE.search(excerpt.text) else segments)


_Emphasis = tuple[int, int, int]
"""Emphasis in the text of an excerpt: from, up to, and how many marks are on either side."""


class _Range(NamedTuple):
    """A construct in the text of an excerpt: from, up to, and what it is; None for nothing.

    A tag of bold or italic words is a number, as in `_split`.
    """

    start: int
    end: int
    segment: Segment | int | None


_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_CLOSING_LINK = re.compile(r"</a\b", re.IGNORECASE)
_OPENING_LINK = re.compile(r"<a\b", re.IGNORECASE)
_EMPHASIS_TAG = re.compile(r"<(/?)(b|strong|i|em)\s*>", re.IGNORECASE)
_LINE_END = re.compile(r"(?:\\|(?<![ \t])[ \t]*+)\n[ \t]*")
_FOOTNOTE = re.compile(r"\[\^[^\[\] \t\n]+\]")


def _split(
    excerpt: Excerpt, constructs: Sequence[_Range], emphases: Sequence[_Emphasis]
) -> list[Segment]:
    text = excerpt.text
    # Where something begins and ends that is no text, and what it is: a construct, marks that
    # begin (above 0) or end emphasis, or a line end (0).
    events: list[tuple[int, int, Segment | int | None]] = [*constructs]
    for start, end, used in emphases:
        events += ((start, start + used, used), (end - used, end, -used))
    if "\n" in text:
        events += ((*match.span(), 0) for match in _LINE_END.finditer(text))
    if len(events) > len(constructs):
        events.sort(key=lambda event: event[:2])
    segments: list[Segment] = []
    active: list[int] = []
    style: Style = ""
    place = 0
    for start, end, what in events:
        if start < place:
            continue  # inside a link
        if place < start and (words := plain(text[place:start])):
            segments.append(Segment("text", words, excerpt.span(place, start), style))
        place = end
        if isinstance(what, Segment):
            segments.append(what._replace(style=style) if style else what)
        elif what == 0:
            span = excerpt.span(start, end)
            if style:
                segments.append(Segment("text", " ", span, style))
            else:
                is_hard = text[start] == "\\" or text.startswith("  ", start)
                segments.append(Segment("line_end", "\n" if is_hard else " ", span))
        elif what is not None:
            if what > 0:
                active.append(what)
            elif -what in active:
                active.remove(-what)
            style = "bold" if 2 in active else "italic" if active else ""
    if place < len(text) and (words := plain(text[place:])):
        segments.append(Segment("text", words, excerpt.span(place, len(text)), style))
    return segments


def _constructs(excerpt: Excerpt, tokens: Sequence[Token]) -> tuple[list[_Range], list[_Emphasis]]:
    """What is no plain text, in order, and the emphasis: from, up to, and how many marks."""
    found: list[_Range] = []
    emphases: list[_Emphasis] = []
    may_close = True
    index = 0
    opened: list[tuple[str, int]] = []  # tags of emphasis, and which construct each is
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
        elif token.type == "html_inline" and may_close and _OPENING_LINK.match(token.content):
            closing = next(
                (
                    number
                    for number in range(index, len(tokens))
                    if tokens[number].type == "html_inline"
                    and _CLOSING_LINK.match(tokens[number].content)
                ),
                None,
            )
            may_close = closing is not None
            if closing is not None:
                index = closing + 1
                end = tokens[closing].meta["place"][1]
        span = excerpt.span(start, end)
        if token.type == "code_inline":
            found.append(_Range(start, end, Segment("code", token.content, span)))
            continue
        inline = read_tokens(excerpt, tokens[first:index])
        tag = _EMPHASIS_TAG.match(token.content) if token.type == "html_inline" else None
        if token.type == "html_inline" and _BREAK.match(token.content):
            found.append(_Range(start, end, Segment("line_end", "\n", span)))
        elif tag:
            name = tag[2].lower()
            if not tag[1]:
                opened.append((name, len(found)))
            elif opened and opened[-1][0] == name:
                marks = 2 if name in ("b", "strong") else 1
                number = opened.pop()[1]
                found[number] = found[number]._replace(segment=marks)
                found.append(_Range(start, end, -marks))
                continue
            found.append(_Range(start, end, None))
        elif not inline.links:
            found.append(_Range(start, end, None))
        elif inline.links[0].kind == "image":
            link = inline.links[0]
            found.append(_Range(start, end, Segment("image", link.text, span, link=link)))
        else:
            link = inline.links[0]
            found.append(_Range(start, end, Segment("link", link.text, span, link=link)))
    return found, sorted(emphases, key=lambda emphasis: (emphasis[0], -emphasis[1]))


# What nearly all of a list is written in. In these there is nothing that could be read otherwise.
_SIMPLE = re.compile(
    r"""
    (?P<plain> (?: [^\\*_~`\[\]!<&\n:wW] | :(?!//) | w(?!ww\.) | W(?![Ww][Ww]\.) | !(?!\[)
      | (?<=[^\W_])_(?=[^\W_]) | &(?![#\w]+;) | \\[!-/:-@\[-`{-~] | \\(?![\n!-/:-@\[-`{-~]) )+ )
  | (?P<image> !?) \[ (?P<text> [^\[\]\\*_~`<&!\n]+ ) \]
    \( (?P<url> https?://[^\s()<>\\&"'*`\[\]]+ ) \)
  | \[!\[ (?P<alt> [^\[\]\\*_~`<&!\n]* ) \] \(https?://[^\s()<>\\&"'*`\[\]]+\) \]
    \( (?P<target> https?://[^\s()<>\\&"'*`\[\]]+ ) \)
  | \[\[ (?P<boxed> [^\[\]\\*_~`<&!\n^]+ ) \]\]
    \( (?P<boxed_url> https?://[^\s()<>\\&"'*`\[\]]+ ) \)
  | \[ (?P<shortcut> [^\[\]\\*_~`<&!\n^]+ ) \] (?! [(\[:] )
  | (?P<opening> \[ ) (?= \[ | !\[ )
  | (?P<closing> \] ) (?! [(:] | \[(?!\[) )
  | (?P<marks> \*+ )
  | ` (?P<code> [^`\s] (?: [^`\n]* [^`\s] )? ) ` (?!`)
  | (?P<break> <br[ ]?/?> )
  | (?P<end> \\?\n )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _simple_constructs(
    excerpt: Excerpt, references: References
) -> tuple[list[_Range], list[_Emphasis]] | None:
    """The same as `_constructs` for text that is simple enough, else None: in a third of the time.

    `tests/reading/test_segments.py` holds that both give the same.
    """
    text = excerpt.text
    found: list[_Range] = []
    marks: list[tuple[int, int]] = []
    emphases: list[_Emphasis] = []
    depth = place = 0
    while place < len(text):
        match = _SIMPLE.match(text, place)
        if not match:
            return None
        kind = match.lastgroup
        start, place = match.span()
        if kind == "url":
            label = match["text"].strip(SPACES)
            if not label or "://" in label or "_" in label:
                return None
            span = excerpt.span(start, place)
            if match["image"]:
                link = Link(match["text"], match["url"], "image", span)
                found.append(_Range(start, place, Segment("image", link.text, span, link=link)))
            else:
                link = Link(label, match["url"], "inline", span)
                found.append(_Range(start, place, Segment("link", label, span, link=link)))
        elif kind == "target":
            span = excerpt.span(start, place)
            link = Link(match["alt"], match["target"], "inline", span)
            found.append(_Range(start, place, Segment("link", link.text, span, link=link)))
        elif kind == "boxed_url":
            label = match["boxed"]
            if (references and normalizeReference(label) in references) or "://" in label:
                return None
            span = excerpt.span(start, place)
            link = Link(f"[{label}]", match["boxed_url"], "inline", span)
            found.append(_Range(start, place, Segment("link", link.text, span, link=link)))
        elif kind == "shortcut":
            label = match["shortcut"]
            if references and normalizeReference(label) in references:
                return None
            if "://" in label or "www." in label.lower():
                return None
        elif kind == "opening":
            depth += 1
        elif kind == "closing":
            depth -= 1
            if depth < 0:
                return None
        elif kind == "code":
            span = excerpt.span(start, place)
            found.append(_Range(start, place, Segment("code", match["code"], span)))
        elif kind == "break":
            span = excerpt.span(start, place)
            found.append(_Range(start, place, Segment("line_end", "\n", span)))
        elif kind == "marks":
            length = place - start
            opens, closes = flanking(text, start, place, len(text))
            if length > 2 or opens == closes:
                return None
            if opens:
                marks.append((start, length))
            elif marks and marks[-1][1] == length:
                emphases.append((marks.pop()[0], place, length))
            else:
                return None
    if marks or depth:
        return None
    return found, sorted(emphases, key=lambda emphasis: (emphasis[0], -emphasis[1]))


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The number of the token after the one that closes a link."""
    depth = 1
    while depth and index < len(tokens):
        depth += tokens[index].nesting if tokens[index].tag == "a" else 0
        index += 1
    return index


def plain(text: str) -> str:
    """Inline Markdown that has no links and no emphasis, as a reader sees it.

    >>> plain(r"a\\_b &amp; c[^1]")
    'a_b & c'
    """
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    return unescapeAll(text)


# What opens a quotation, and what closes it. A straight mark opens after a space or a sign, and
# closes before one.
_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "«": "»", "„": "“", "”": "”", "``": "''"}
_OPENING = re.compile(r"(?<![^\W_])\"(?=\S|$)|[“「『《«„]|``(?=\w)")
_CLOSING = {
    '"': re.compile(r"\"(?![^\W_])|[”“]"),
    "”": re.compile('[”“"]'),
    "“": re.compile("“"),
    "」": re.compile("」"),
    "』": re.compile("』"),
    "》": re.compile("》"),
    "»": re.compile("»"),
    "''": re.compile("''"),
}
_WORD = re.compile(r"[^\W_]")
_MAY_QUOTE = re.compile('["“「『《«„]|``')


def _quote(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The segments with those between quotation marks, in one line, made one."""
    index = 0
    rest = list(segments)
    while index < len(rest):
        segment = rest[index]
        opening = _OPENING.search(segment.text) if segment.kind == "text" else None
        closed = _closing_quote(rest, index, opening) if opening else None
        if opening and closed and _is_inside(segment, opening.start(), rest[closed[0]], closed[2]):
            closed = None
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


def _is_inside(first: Segment, start: int, last: Segment, end: int) -> bool:
    """Whether a quotation is only a part of emphasised words."""
    return bool(
        (first.style and _WORD.search(first.text[:start]))
        or (last.style and _WORD.search(last.text[end:]))
    )


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
    kind, style, link = segment.kind, segment.style, segment.link
    return Segment(kind, text[:end], first, style, link), Segment(
        kind, text[start:], second, style, link
    )
