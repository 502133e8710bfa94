"""The block structure of a Markdown file: where its tables and headings are.

What is a block is for `block_parser` to find, as GitHub's parser does; here its blocks become the
values that the rest of the package knows. Nothing here reads inline Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from ..source import SPACES, Excerpt, Source, Span
from .block_parser import COMMENT_END, Block, BlockParser
from .tables import Grid, Row, split_row


class Heading(NamedTuple):
    """A heading as it stands in the text.

    ``content`` is its inline Markdown, ``marker`` the number of the list item that it opens
    (``1. # Title``), or None.
    """

    level: int
    content: Excerpt
    span: Span
    line: int
    marker: str | None


class Paragraph(NamedTuple):
    """A paragraph, or a heading in a list item.

    ``content`` is its inline Markdown, ``span`` where that is in the source, ``line`` and
    ``last_line`` count from 1.
    """

    content: Excerpt
    span: Span
    line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Item:
    """A list item.

    Attributes:
        marker: ``-``, ``*`` or ``+``, or a number with the ``.`` or ``)`` after it.
        depth: how many lists it is in, from 1.
        paragraphs: its own text, without that of the items inside it; its code is left out.
        children: the items inside it, in order.
        span: from its marker to the end of the text in it, its children's too.
        line: the line of its marker, from 1.
        list_number: which of the file's lists it is in, from 1; those inside items count too.
    """

    marker: str
    depth: int
    paragraphs: tuple[Paragraph, ...]
    children: tuple[Item, ...] = field(compare=False)  # however deep they are
    span: Span
    line: int
    list_number: int


References = Mapping[str, Any]
"""Link reference definitions, in the form that markdown-it-py keeps them."""


class Blocks(NamedTuple):
    """The blocks of a file.

    ``blocks`` are its headings and tables in order, ``texts`` the inline Markdown of its headings
    and paragraphs, ``raw`` the lines (from and up to, from 1) of its code, HTML and front matter,
    ``references`` its link reference definitions, ``code`` those of ``raw`` that are code,
    ``unended`` the last lines of code and HTML that lack their end: an empty line after one of them
    may belong to it. ``items`` are the outermost list items, ``paragraphs`` those that are in none.
    """

    blocks: tuple[Heading | Grid, ...]
    texts: tuple[Excerpt, ...]
    raw: tuple[tuple[int, int], ...]
    references: References
    code: frozenset[tuple[int, int]] = frozenset()
    unended: frozenset[int] = frozenset()
    items: tuple[Item, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


def read_blocks(source: Source) -> Blocks:
    """Find the headings, tables and link definitions of a file.

    >>> blocks = read_blocks(Source.of("> # A\\n> | b |\\n> | - |\\n> | c |"))
    >>> [type(block).__name__ for block in blocks.blocks]
    ['Heading', 'Grid']
    """
    blocks: list[Heading | Grid] = []
    texts: list[Excerpt] = []
    raw: list[tuple[int, int]] = []
    code: set[tuple[int, int]] = set()
    parser = BlockParser(source)
    if matter := _front_matter_end(source):
        raw.append((1, matter + 1))
    parser.run(matter + 1)
    paragraphs: list[Paragraph] = []
    in_items: dict[Block, list[Paragraph]] = {item: [] for item in parser.items}
    for leaf in parser.leaves:
        match leaf.kind:
            case "table":
                blocks.append(_table(source, leaf))
            case "heading":
                heading = _heading(source, leaf)
                texts.append(heading.content)
                blocks.append(heading)
                if leaf.in_item and (item := _item_around(leaf)):
                    in_items[item].append(_paragraph(leaf, heading.content))
            case "paragraph":
                content = _excerpt(source, leaf)
                texts.append(content)
                item = _item_around(leaf) if leaf.in_item else None
                (in_items[item] if item else paragraphs).append(_paragraph(leaf, content))
            case _:
                raw.append(_raw_lines(source, leaf))
                if leaf.kind in ("code", "fence"):
                    code.add(raw[-1])
    unended = frozenset(leaf.last_line for leaf in parser.leaves if leaf.lacks_end)
    return Blocks(
        tuple(blocks),
        tuple(texts),
        tuple(raw),
        parser.references,
        frozenset(code),
        unended,
        _outermost_items(source, in_items),
        tuple(paragraphs),
    )


def comment_lines(source: Source) -> Iterator[int]:
    r"""The lines, from 1, that begin with an HTML comment: none in code or in another comment.

    >>> list(comment_lines(Source.of("<!-- a -->\n\n```\n<!-- b -->\n```\n<!--\n<!-- c -->\n")))
    [1, 6]
    """
    parser = BlockParser(source)
    parser.run(_front_matter_end(source) + 1)
    for leaf in parser.leaves:
        if leaf.kind != "html" or leaf.ending not in (None, COMMENT_END):
            continue
        is_inside = False
        for piece in leaf.pieces:
            line = source.text[piece.start : piece.end]
            if not is_inside and line.lstrip(SPACES).startswith("<!--"):
                yield piece.line
            is_inside = _is_comment_open(line, is_inside)


def _is_comment_open(line: str, is_open: bool) -> bool:
    """Whether a comment is open at the end of a line of HTML."""
    place = 0
    while (found := line.find("-->" if is_open else "<!--", place)) >= 0:
        place = found + (3 if is_open else 2)  # <!--> is a whole one
        is_open = not is_open
    return is_open


def _front_matter_end(source: Source) -> int:
    """The last line of the front matter, 0 if there is none."""
    text = source.text.removeprefix("\ufeff")
    if not text.startswith("---"):
        return 0
    first = next(iter(_front_matter_parser().parse(text)), None)
    return first.map[1] if first and first.type == "front_matter" and first.map else 0


@cache
def _front_matter_parser() -> MarkdownIt:
    return MarkdownIt("zero").use(front_matter_plugin)


def _table(source: Source, leaf: Block) -> Grid:
    header, delimiter, *rows = (
        Row(split_row(source.text, start, end), Span(start, end), line)
        for line, start, end, _ in leaf.pieces
    )
    continues = leaf.pieces[0].continues
    return Grid(header, delimiter, tuple(rows), in_list=leaf.in_item, continues=continues)


def _item_around(leaf: Block) -> Block | None:
    """The innermost list item that a block is in."""
    block = leaf.parent
    while block and block.kind != "item":
        block = block.parent
    return block


def _paragraph(leaf: Block, content: Excerpt) -> Paragraph:
    span = content.span(0, len(content.text))
    return Paragraph(content, span, leaf.first_line, leaf.last_line)


def _outermost_items(
    source: Source, paragraphs: Mapping[Block, Sequence[Paragraph]]
) -> tuple[Item, ...]:
    """The tree of list items. Each block comes before those inside it."""
    depths: dict[Block | None, int] = {None: 0}
    parents: dict[Block, Block | None] = {}
    numbers: dict[Block | None, int] = {}
    for block in paragraphs:
        parents[block] = parent = _item_around(block)
        depths[block] = depths[parent] + 1
        numbers.setdefault(block.parent, len(numbers) + 1)
    # Built from the last to the first, so that the children of each are there before it.
    children: dict[Block | None, list[Item]] = {block: [] for block in (None, *paragraphs)}
    for block in reversed([*paragraphs]):
        marker = block.pieces[0]
        inner: list[Item] = children.pop(block)[::-1]
        ends = [part.span.end for part in paragraphs[block]]
        ends += [child.span.end for child in inner[-1:]]
        item = Item(
            source.text[marker.start : marker.end],
            depths[block],
            tuple(paragraphs[block]),
            tuple(inner),
            Span(marker.start, max(ends, default=marker.end)),
            marker.line,
            numbers[block.parent],
        )
        children[parents[block]].append(item)
    return tuple(children[None][::-1])


def _raw_lines(source: Source, leaf: Block) -> tuple[int, int]:
    """The lines of code or HTML; empty ones after indented code are none of it."""
    last = leaf.last_line
    if leaf.kind == "code":
        while last > leaf.first_line and not source.line(last).strip(SPACES + ">"):
            last -= 1
    return leaf.first_line, last + 1


def _excerpt(source: Source, leaf: Block) -> Excerpt:
    """The content of a paragraph or heading: its lines without what containers put before them."""
    lines = [source.text[piece.start : piece.end] for piece in leaf.pieces]
    lines[-1] = lines[-1].rstrip(SPACES)
    pieces: list[tuple[int, int]] = []
    offset = 0
    for line, piece in zip(lines, leaf.pieces, strict=True):
        pieces.append((offset, piece.start))
        offset += len(line) + 1
    return Excerpt("\n".join(lines).replace("\0", "\ufffd"), tuple(pieces))


def _heading(source: Source, leaf: Block) -> Heading:
    start = leaf.offset
    end = source.offset(leaf.last_line) + len(source.line(leaf.last_line))
    if not leaf.pieces:
        content = Excerpt("", ((0, end),))
    else:
        content = _excerpt(source, leaf)
        if source.text[start] == "#" and start < leaf.pieces[0].start:
            content = content._replace(text=_without_closing(content.text))
    opener = leaf.opener
    marker = opener.marker or None if opener and opener.kind == "item" else None
    return Heading(leaf.level, content, Span(start, end), leaf.first_line, marker)


def _without_closing(text: str) -> str:
    """The content of a heading without the ``#`` that may close it."""
    core = text.rstrip("#")
    if core == text or core[-1:] not in ("", *SPACES):
        return text
    return core.rstrip(SPACES)
