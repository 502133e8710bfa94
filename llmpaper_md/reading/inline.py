"""Inline Markdown: the plain text of a cell or heading, and its links with exact spans.

markdown-it-py's inline rules do the reading. Its tokens have no positions, so the rules that
make links are wrapped to note where each construct begins and ends, and bare URLs are read by
a rule of our own that stops where the URL stops (see `links`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    html_inline,
    image,
    link,
)
from markdown_it.token import Token

from ..source import SPACES, Excerpt, Span
from .blocks import References
from .emphasis import join_text, use_emphasis
from .links import BARE_URL_START, Link, LinkKind, bare_url_at
from .tables import Cell

_Rule = Callable[[StateInline, bool], bool]


class Inline(NamedTuple):
    """Inline Markdown as it is read.

    Attributes:
        text: plain text, as a reader sees it, without images and footnote marks; a ``<br>`` is a
            line ending.
        links: the links, in order.
        code: where the source has code spans, HTML tags and comments.
        strong: where ``text`` is bold.

    >>> from llmpaper_md import parse
    >>> parse("| Paper |\\n| - |\\n| [A](https://a.org) **b** |").entries[0].inlines[0].text
    'A b'
    """

    text: str
    links: tuple[Link, ...] = ()
    code: tuple[Span, ...] = ()
    strong: tuple[Span, ...] = ()


def read_inline(excerpt: Excerpt, references: References, *, cell: str | None = None) -> Inline:
    """Read inline Markdown.

    Args:
        excerpt: the Markdown, pipes unescaped if it is in a table (see `cell_excerpt`).
        references: the link definitions of the file.
        cell: the name of the column, which each link is given.

    >>> inline = read_inline(Excerpt("**a**: [b](http://c.d)见http://e.f。", ((0, 70),)), {})
    >>> inline.text
    'a: b见http://e.f。'
    >>> [(link.kind, link.url, link.span) for link in inline.links]
    [('inline', 'http://c.d', Span(start=77, end=92)), ('bare', 'http://e.f', \
Span(start=93, end=103))]
    """
    raw = excerpt.text
    if not (_MARKUP.search(raw) or "://" in raw or "www." in raw.lower()):
        return Inline(raw)
    if match := _LONE_LINK.match(raw):
        # Most titles: one link and nothing else. The general way gives the same, slower.
        text, url = match.groups()
        text = text.strip(SPACES)
        return Inline(text, (Link(text, url, "inline", excerpt.span(0, len(raw)), cell),))
    return _Reader(excerpt, cell).read(inline_tokens(raw, references))


def inline_tokens(text: str, references: References, *, joins: bool = True) -> list[Token]:
    """markdown-it-py's tokens of inline Markdown.

    In the ``meta`` of a token that is more than text is its ``place`` in the text, from and up to.
    Where ``joins`` does not join adjacent tokens of text, those of runs of marks have one, too, and
    those that begin emphasis an ``emphasis``: a list of from where, up to where, and with how many
    marks on either side.
    """
    state = StateInline(text, _parser(), {"references": references}, [])
    state.md.inline.tokenize(state)
    for rule in state.md.inline.ruler2.getRules(""):
        if joins or rule is not join_text:
            rule(state)
    return state.tokens


def read_tokens(excerpt: Excerpt, tokens: Sequence[Token]) -> Inline:
    """What the tokens of an excerpt, or some of them, read as."""
    return _Reader(excerpt, None).read(tokens)


def cell_excerpt(cell: Cell) -> Excerpt:
    r"""Make an excerpt of a cell's text as its inline Markdown is read, each ``\|`` made ``|``.

    >>> from llmpaper_md.source import Span
    >>> excerpt = cell_excerpt(Cell(r"a\|b", Span(10, 14)))
    >>> excerpt.text, excerpt.span(1, 3)
    ('a|b', Span(start=12, end=14))
    """
    if r"\|" not in cell.raw:
        return Excerpt(cell.raw, ((0, cell.span.start),))
    pieces = [(0, cell.span.start)]
    position = cell.raw.find(r"\|")
    while position >= 0:
        pieces.append((position - len(pieces) + 1, cell.span.start + position + 1))
        position = cell.raw.find(r"\|", position + 2)
    return Excerpt(cell.raw.replace(r"\|", "|"), tuple(pieces))


_MARKUP = re.compile(r"[\\*_~`\[<&]")
_LONE_LINK = re.compile(
    r"\[((?:(?!://|www\.)[^\[\]\\*_~`<&!])+)\]\((https?://[^\s()<>\\&\"']+)\)$", re.ASCII
)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 32})
    use_emphasis(parser)
    # URLs are wanted as they were written; what may be followed is for an exporter to decide.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    ruler = parser.inline.ruler
    ruler.at("link", _located(link))
    ruler.at("image", _located(_image_rule))
    ruler.at("autolink", _located(autolink))
    ruler.at("html_inline", _located(html_inline))
    ruler.at("backticks", _located(backtick))
    ruler.before("escape", "backslash", _backslash_rule)
    ruler.at("text", _text_rule)
    ruler.after("text", "bare_url", _bare_url_rule)
    return parser


def _located(rule: _Rule) -> _Rule:
    """The rule, noting on the first token that it makes where the construct stands."""

    def located(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        if not silent and count < len(state.tokens):  # lone backticks are text and no token
            state.tokens[count].meta["place"] = start, state.pos
        return True

    return located


# The text of an image is read again for each image that it is in.
_MAX_IMAGE_DEPTH = 4


def _image_rule(state: StateInline, silent: bool) -> bool:
    depth: int = state.env.get("image_depth", 0)
    if depth == _MAX_IMAGE_DEPTH:
        return False
    state.env["image_depth"] = depth + 1
    try:
        return image(state, silent)
    finally:
        state.env["image_depth"] = depth


_LONE_BACKSLASH = re.compile(r"\\[a-z]", re.IGNORECASE | re.ASCII)
_STOP = re.compile(rf"[\n\\*_~`\[\]!<&]|{BARE_URL_START}", re.IGNORECASE | re.ASCII)


def _text_rule(state: StateInline, silent: bool) -> bool:
    """Plain text up to what another rule may want, the beginning of a URL included."""
    stop = _STOP.search(state.src, state.pos, state.posMax)
    end = stop.start() if stop else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _backslash_rule(state: StateInline, silent: bool) -> bool:
    """A backslash before a letter escapes nothing: a bare URL may follow it."""
    if not _LONE_BACKSLASH.match(state.src, state.pos, state.posMax):
        return False
    if not silent:
        state.pending += "\\"
    state.pos += 1
    return True


def _bare_url_rule(state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel:
        return False
    span = bare_url_at(state.src, state.pos, state.posMax)
    if not span:
        return False
    url = span.cut(state.src)
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": url if "://" in url else f"http://{url}"}
    token.markup = "bare"
    token.meta["place"] = span.start, span.end
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1).markup = "bare"
    state.pos = span.end
    return True


# The mark of a footnote: [^1].
_FOOTNOTE = re.compile(r"\[\^[^\[\] \t\n]+\]")
_ATTRIBUTE = r"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))"""
_HREF, _SRC, _ALT = (
    re.compile(_ATTRIBUTE.format(name=name), re.IGNORECASE) for name in ("href", "src", "alt")
)
_EDGES = SPACES + "\n"
# Tags that begin or end a line, as <br> does.
_BLOCK_TAGS = frozenset("dd details div dl dt li ol p summary ul".split())
_TAG = re.compile(r"<(/?[a-z][a-z0-9-]*)", re.IGNORECASE)


class _Reader:
    """Gathers text and links from the tokens of one cell."""

    def __init__(self, excerpt: Excerpt, cell: str | None) -> None:
        self._excerpt = excerpt
        self._cell = cell
        self._text: list[str] = []
        self._links: list[Link] = []
        self._code: list[Span] = []
        # Where bold text begins and ends among the pieces of text.
        self._strong: list[tuple[int, int]] = []
        self._strong_open: list[int] = []
        # Of each open link: kind, URL, place, and where its own text and links begin.
        self._open: list[tuple[LinkKind, str, tuple[int, int], int, int]] = []

    def read(self, tokens: Sequence[Token]) -> Inline:
        for token in tokens:
            match token.type:
                case "text":
                    text = token.content
                    self._text.append(_FOOTNOTE.sub("", text) if "[^" in text else text)
                    if "strong" in token.meta:
                        self._bold(token.meta["strong"])
                case "text_special":
                    self._text.append(token.content)
                case "code_inline":
                    self._text.append(token.content)
                    self._code.append(self._excerpt.span(*token.meta["place"]))
                case "softbreak" | "hardbreak":
                    self._text.append("\n")
                case "link_open":
                    place: tuple[int, int] = token.meta["place"]
                    self._begin(self._kind(token, place), str(token.attrs["href"]), place)
                case "link_close":
                    self._end()
                case "image":
                    self._image(_alt(token), str(token.attrs["src"]), token.meta["place"])
                case "html_inline":
                    self._html(token.content, token.meta["place"])
        while self._open:
            self._end()
        self._links.sort(key=lambda link: (link.span.start, -link.span.end))
        text = "".join(self._text)
        strong = self._strong_spans(text) if self._strong else ()
        return Inline(text.strip(_EDGES), tuple(self._links), tuple(self._code), strong)

    def _bold(self, side: str) -> None:
        """Note where bold text begins or ends; the mark itself is the last piece of text."""
        if side == "open":
            self._strong_open.append(len(self._text))
        elif self._strong_open:
            self._strong.append((self._strong_open.pop(), len(self._text) - 1))

    def _strong_spans(self, text: str) -> tuple[Span, ...]:
        ends = [0, *accumulate(map(len, self._text))]
        before = len(text) - len(text.lstrip(_EDGES))
        length = len(text.strip(_EDGES))
        spans = (
            Span(max(ends[start] - before, 0), min(ends[end] - before, length))
            for start, end in self._strong
        )
        return tuple(span for span in spans if span.start < span.end)

    def _kind(self, token: Token, place: tuple[int, int]) -> LinkKind:
        if token.markup:
            return "bare" if token.markup == "bare" else "autolink"
        return "inline" if self._excerpt.text[place[1] - 1] == ")" else "reference"

    def _begin(self, kind: LinkKind, url: str, place: tuple[int, int]) -> None:
        self._open.append((kind, url, place, len(self._text), len(self._links)))

    def _end(self, end: int | None = None) -> None:
        kind, url, place, text_from, links_from = self._open.pop()
        text = "".join(self._text[text_from:]).strip(_EDGES)
        if not text and links_from < len(self._links):
            # A badge: the text of the link is that of the image in it.
            text = self._links[links_from].text
        span = self._excerpt.span(place[0], end or place[1])
        self._links.append(Link(text, url, kind, span, self._cell))

    def _image(self, text: str, url: str, place: tuple[int, int]) -> None:
        self._links.append(Link(text, url, "image", self._excerpt.span(*place), self._cell))

    def _html(self, tag: str, place: tuple[int, int]) -> None:
        self._code.append(self._excerpt.span(*place))
        match = _TAG.match(tag)
        name = match[1].lower() if match else ""
        if name == "br":
            self._text.append("\n")
        elif name.removeprefix("/") in _BLOCK_TAGS:
            if self._text and not self._text[-1].endswith("\n"):
                self._text.append("\n")
        elif name == "img" and (source := _attribute(_SRC, tag)):
            self._image(_attribute(_ALT, tag), source, place)
        elif name == "a" and (url := _attribute(_HREF, tag)):
            self._begin("html", url, place)
        elif name == "/a" and self._open and self._open[-1][0] == "html":
            self._end(place[1])


def _attribute(pattern: re.Pattern[str], tag: str) -> str:
    match = pattern.search(tag)
    return unescape(next(filter(None, match.groups()), "")) if match else ""


def _alt(token: Token) -> str:
    """The plain text of an image's description."""
    return "".join(
        _alt(child) if child.type == "image" else child.content for child in token.children or ()
    )
