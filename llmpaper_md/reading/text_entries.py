"""Which list items and paragraphs are papers, decided over the whole list as for a table.

An item is a paper where it links to one and either more than half of its siblings do, or its own
form is strong: it begins with a title of several words. What is inside such an item, its authors,
keywords and links, belongs to it; what is inside another may be papers of that group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..source import Source, Span
from . import links
from .blocks import Blocks, Item, Paragraph
from .segments import Segment, read_segments
from .text_parts import TextParts, count_words, paper_labels, read_text_parts


@dataclass(frozen=True, slots=True)
class TextPaper:
    """A paper that was found in text.

    Attributes:
        parts: what its words are.
        groups: the items around it that are no papers themselves, from the outermost in.
        list_number: which list it is in, as `Item.list_number`; 0 in a paragraph.
        span: all of it.
        line: its first line.
    """

    parts: TextParts
    groups: tuple[str, ...]
    list_number: int
    span: Span
    line: int


Line = list[Segment]


@dataclass(slots=True, eq=False)
class _Node:
    """An item, with what it says itself and with what the items inside it say."""

    item: Item
    parent: _Node | None
    children: list[_Node] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    parts: TextParts = field(default_factory=TextParts)
    links_to_paper: bool = False
    is_paper: bool = False
    is_part: bool = False


def find_items(source: Source, blocks: Blocks) -> tuple[list[TextPaper], list[Item]]:
    """The papers in list items, and the items that link to a paper but were not read as one."""
    nodes = list(_nodes(source, blocks))
    siblings: dict[int, list[_Node]] = defaultdict(list)
    for node in nodes:
        siblings[node.item.list_number].append(node)
    # From the inside out: what an item holds decides what it is.
    for node in reversed(nodes):
        node.children = [*node.children]
        _read(source, node, blocks)
    share = sum(node.links_to_paper for node in nodes if not node.is_part)
    mostly = share * 2 > sum(not node.is_part for node in nodes)
    for group in siblings.values():
        _decide([node for node in group if not node.is_part], mostly=mostly)
    for node in nodes:
        if node.is_paper and any(child.is_part for child in node.children):
            node.parts = read_text_parts(source, list(_lines(node)))
    found = [_paper(source, node) for node in nodes if node.is_paper]
    skipped = [
        node.item
        for node in nodes
        if node.links_to_paper and not node.is_paper and not _belongs(node)
    ]
    return found, skipped


def _nodes(source: Source, blocks: Blocks) -> Iterator[_Node]:
    """The items of all lists that lead anywhere, each before those inside it."""
    leading = {
        item.list_number
        for item in blocks.items
        if source.text.find("](", *item.span) >= 0
        or source.text.find("://", *item.span) >= 0
        or source.text.find("][", *item.span) >= 0
    }
    waiting: list[tuple[Item, _Node | None]] = [
        (item, None) for item in reversed(blocks.items) if item.list_number in leading
    ]
    while waiting:
        item, parent = waiting.pop()
        node = _Node(item, parent)
        if parent:
            parent.children.append(node)
        yield node
        waiting += ((child, node) for child in reversed(item.children))


def split_lines(paragraphs: Sequence[Paragraph], blocks: Blocks) -> list[Line]:
    """The segments of each line of some paragraphs."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        lines.append([])
        for segment in read_segments(paragraph.content, blocks.references):
            if segment.kind == "line_end":
                lines.append([])
            else:
                lines[-1].append(segment)
    return [line for line in lines if line]


def _read(source: Source, node: _Node, blocks: Blocks) -> None:
    node.lines = split_lines(node.item.paragraphs, blocks)
    node.parts = read_text_parts(source, node.lines)
    own = links_to_paper(node.parts)
    for child in node.children:
        child.is_part = _is_part(child)
    node.links_to_paper = own or any(
        child.is_part and child.links_to_paper for child in node.children
    )
    if not own and node.links_to_paper and not _is_titled(node.parts):
        node.links_to_paper = False


def _is_part(node: _Node) -> bool:
    """Whether an item belongs to the one around it: a key and value, names, links, a note."""
    parts = node.parts
    if parts.is_key or parts.title is None:
        return True
    if parts.style == "plain" or parts.of("authors"):
        return not (links_to_paper(parts) and parts.words >= _LONG)
    if any(not child.is_part for child in node.children):
        return False
    return not (links_to_paper(parts) and parts.words >= _LONG - (parts.style != "link"))


def _belongs(node: _Node) -> bool:
    """Whether an item is part of a paper."""
    while node.is_part and node.parent:
        node = node.parent
        if node.is_paper:
            return True
    return False


def _lines(node: _Node) -> Iterator[Line]:
    """The lines of an item and of its parts, in order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield from current.lines
        waiting += (child for child in reversed(current.children) if child.is_part)


_LONG = 3  # words of a title that is surely one
_MAX_TITLE = 60  # words: more are a paragraph of prose


def links_to_paper(parts: TextParts) -> bool:
    """Whether a text leads to a paper, by an address or by what a label says."""
    return any(
        links.is_paper(link.url) or _is_pdf(link.url)
        for link in parts.links
        if link.kind != "image" and link not in parts.mentioned
    ) or any(True for _ in paper_labels(parts.labelled))


def _is_pdf(url: str) -> bool:
    return url.lower().partition("?")[0].endswith(".pdf") and "://" in url


def _is_titled(parts: TextParts) -> bool:
    return parts.title is not None and 0 < parts.words <= _MAX_TITLE


def _is_strong(parts: TextParts) -> bool:
    """Whether a text has the form of a paper by itself."""
    if not (_is_titled(parts) and parts.leads and parts.words >= _LONG and links_to_paper(parts)):
        return False
    if parts.style == "link":
        return parts.title is not None and not parts.title.inline.links[0].url.startswith("#")
    return parts.style in ("quoted", "bold") or (
        bool(parts.of("authors") and parts.of("year")) and parts.style == "plain"
    )


def _decide(siblings: Sequence[_Node], *, mostly: bool) -> None:
    """Decide which items of a list are papers."""
    linked = [node for node in siblings if node.links_to_paper and _is_titled(node.parts)]
    is_list = len(linked) * 2 > len(siblings) and (len(siblings) > 2 or mostly)  # noqa: PLR2004
    for node in linked:
        parts = node.parts
        strong = _is_strong(parts) or (
            parts.leads
            and parts.style != "plain"
            and parts.words >= (_LONG - 1 if any(paper_labels(parts.labelled)) else _LONG)
        )
        if parts.title and any(link.url.startswith("#") for link in parts.title.inline.links):
            continue
        node.is_paper = strong or (is_list and (parts.leads or parts.words >= _LONG))
    papers = [node for node in siblings if node.is_paper]
    if len(papers) * 2 <= len(siblings) or len(siblings) <= 2:  # noqa: PLR2004
        return
    usual = Counter(node.parts.style for node in papers).most_common(1)[0][0]
    for node in siblings:
        parts = node.parts
        if node.is_paper or not _is_titled(parts) or parts.style != usual or parts.words < 2:  # noqa: PLR2004
            continue
        said = TextParts(parts=[*parts.parts])
        if any(child.is_part for child in node.children):
            said.parts += (part for child in node.children for part in child.parts.parts)
        has_authors = said.of("authors") is not None
        leads_elsewhere = parts.style == "link" or any(
            link.kind != "image" for link in said.links
        )
        node.is_paper = has_authors and (not leads_elsewhere or usual == "link" or True)


def _paper(source: Source, node: _Node) -> TextPaper:
    groups: list[str] = []
    around = node.parent
    while around:
        if not around.is_paper and not around.is_part and around.lines:
            groups.append(_group_name(around.lines[0]))
        around = around.parent
    end = node.item.span.end
    others = [child for child in node.children if not child.is_part]
    if others:
        end = max(
            [segment.span.end for line in _lines(node) for segment in line],
            default=node.item.span.start,
        )
    return TextPaper(
        node.parts,
        tuple(filter(None, reversed(groups))),
        node.item.list_number,
        Span(node.item.span.start, end),
        node.item.line,
    )


def _group_name(line: Line) -> str:
    text = "".join(segment.text for segment in line if segment.kind != "image")
    return text.strip(" \t:：*_")[:200]


def is_title_alone(parts: TextParts) -> bool:
    """Whether a text is a title and nothing else."""
    return parts.title is not None and count_words(parts.title.inline.text) >= 1
