"""Which list items and paragraphs are papers, decided over the whole list as for a table.

An item is a paper where it links to one and either more than half of its siblings do, or its own
form is strong: it begins with a title of several words. What is inside such an item, its authors,
keywords and links, belongs to it; what is inside another may be papers of that group.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..choices import Place
from ..source import SPACES, Excerpt, Source, Span
from . import links
from .blocks import Blocks, Heading, Item, Paragraph, References
from .document import EntryKind, Paper, Part, TextEntry, TextList
from .inline import read_inline
from .paper_fields import read_fields
from .person_names import are_names
from .sections import Section, list_title
from .segments import Segment, read_segments
from .text_parts import TextParts, paper_labels, read_more_parts, read_text_parts

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


@dataclass(slots=True)
class _Found:
    """A paper that was found, and what has to be known of where it is."""

    kind: EntryKind
    parts: TextParts
    span: Span
    line: int
    group: tuple[str, int]  # those of the same kind and number are in one list
    groups: tuple[str, ...] = ()
    is_heading: bool = False


def read_text_entries(
    source: Source, blocks: Blocks, sections: Sequence[Section], read: Collection[Place]
) -> tuple[list[TextEntry], list[Span]]:
    """The papers in list items and paragraphs.

    Args:
        source: the file.
        blocks: its blocks.
        sections: its sections, in order.
        read: where papers are looked for.

    Returns:
        The entries in order, and where items and paragraphs link to a paper but were not read as
        one.
    """
    in_items = not {"items", "paragraphs"}.isdisjoint(read)
    nodes = _read_nodes(source, blocks) if in_items else []
    found: list[_Found] = []
    skipped: list[Span] = []
    if "items" in read:
        _decide_all(nodes)
        found += (_item(source, node) for node in nodes if node.is_paper)
    if "paragraphs" in read:
        titled = [*_titled_lists(source, blocks, nodes), *_titled_links(source, blocks)]
        taken = sorted(one.span for one in titled)
        alone = {one.line for one in blocks.paragraphs if not _is_taken(one.span.start, taken)}
        paragraphs, others = _paragraphs(source, blocks, sections, alone)
        found += (*titled, *paragraphs)
        skipped += others
    taken = sorted(one.span for one in found)
    skipped += (
        node.item.span
        for node in nodes
        if node.links_to_paper
        and not node.is_paper
        and not _is_taken(node.item.span.start, taken)
        and not any(child.is_paper for child in node.children)
    )
    found.sort(key=lambda one: one.span.start)
    return _entries(found, sections, blocks.references), sorted(skipped)


def _is_taken(place: int, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, (place, place + 1))
    return any(span.start <= place < span.end for span in spans[max(index - 2, 0) : index + 1])


def _entries(
    found: Sequence[_Found], sections: Sequence[Section], references: References
) -> list[TextEntry]:
    outermost = 1 if list_title(sections) else 0
    starts = [section.line for section in sections]
    rates = any(one.parts.rating > 1 for one in found)
    lists: dict[tuple[str, int], TextList] = {}
    entries = []
    for one in found:
        section = sections[index] if (index := _section(starts, one.line)) >= 0 else None
        path = section.path if section else ()
        if one.is_heading:
            path = path[:-1]
        container = lists.setdefault(one.group, TextList(len(lists) + 1, section))
        paper = _paper(one, (*path, *one.groups), container.number, references, rates=rates)
        path = (*path[outermost:], *one.groups)
        entries.append(TextEntry(paper, path, container, tuple(one.parts.parts)))
    return entries


def _section(starts: Sequence[int], line: int) -> int:
    return bisect_right(starts, line) - 1


def _paper(
    one: _Found, section: tuple[str, ...], number: int, references: References, *, rates: bool
) -> Paper:
    parts = one.parts
    # What is labelled as a paper leads to it, whatever else is linked before.
    labelled = set(paper_labels(parts.labelled))
    ordered = sorted(parts.parts, key=lambda part: labelled.isdisjoint(part.inline.links))
    fields = [(None if part.field == "name" else part.field, part.inline) for part in ordered]
    read = read_fields(fields, section=section)
    introduction, name = parts.of("introduction"), parts.of("name")
    extra: dict[str, str] = {}
    for part in parts.parts:
        if part.name:
            extra.setdefault(part.name, part.raw)
    return Paper(
        stars=parts.rating if parts.rating > (0 if rates else 1) else None,
        title=read.title,
        url=read.url,
        arxiv=read.arxiv,
        doi=read.doi,
        openreview_id=read.openreview_id,
        code=read.code,
        authors=read.authors,
        year=read.year,
        year_from=read.year_from,
        date=read.date,
        date_text=read.date_text,
        venue=read.venue,
        links=tuple(link for part in parts.parts for link in part.inline.links),
        introduction=_markdown(introduction, references) if introduction else None,
        introduction_text=introduction.inline.text if introduction else None,
        extra=extra,
        section=section,
        table=None,
        span=one.span,
        line=one.line,
        name=name.inline.text if name else read.name,
        kind=one.kind,
        list=number if one.kind == "item" else None,
    )


def _markdown(part: Part, references: References) -> str | None:
    """The Markdown of a part; None where it is cut from what it has to be read with, as in code."""
    excerpt = Excerpt(part.raw, ((0, part.span.start),))
    return part.raw if read_inline(excerpt, references).text == part.inline.text else None


def _read_nodes(source: Source, blocks: Blocks) -> list[_Node]:
    nodes = list(_nodes(source, blocks))
    # From the inside out: what an item holds decides what it is.
    for node in reversed(nodes):
        _read(source, node, blocks)
    return nodes


def _decide_all(nodes: Sequence[_Node]) -> None:
    siblings: dict[int, list[_Node]] = defaultdict(list)
    for node in nodes:
        if not (node.parent and node.is_part):
            siblings[node.item.list_number].append(node)
    whole = [node for group in siblings.values() for node in group]
    mostly = sum(node.links_to_paper for node in whole) * 2 > len(whole)
    for group in siblings.values():
        _decide(group, mostly=mostly)


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
    if links_to_paper(parts) and _titled_part(node):
        return False
    if parts.style == "plain" or parts.of("authors"):
        return not (links_to_paper(parts) and parts.words >= _LONG)
    if any(not child.is_part for child in node.children):
        return False
    return not (links_to_paper(parts) and parts.words >= _LONG - (parts.style != "link"))


def _titled_part(node: _Node) -> _Node | None:
    """The part of an item that has its title, after authors: the item names a group of people."""
    if node.parts.style not in ("plain", "bold"):
        return None
    found = [
        child
        for child in node.children
        if child.is_part and child.parts.words >= _LONG and _begins_with_authors(child.parts)
    ]
    return found[0] if len(found) == 1 else None


def _begins_with_authors(parts: TextParts) -> bool:
    authors = parts.of("authors")
    return (
        authors is not None
        and parts.title is not None
        and parts.style in ("italic", "quoted", "plain")
        and authors.span < parts.title.span
    )


def _lines(node: _Node) -> Iterator[Line]:
    """The lines of an item and of its parts, in order."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield from current.lines
        waiting += (child for child in reversed(current.children) if child.is_part)


_LONG = 3  # words of a title that is surely one
_MAX_TITLE = 60  # words: more are a paragraph of prose
_MAX_NAME = 200  # characters of the name of a group
_MAX_LINES = 8  # of a paragraph that is a paper
_SEVERAL = 3  # paragraphs of one form


def links_to_paper(parts: TextParts) -> bool:
    """Whether a text leads to a paper, by an address or by what a label says."""
    if parts.links_to_paper is None:
        parts.links_to_paper = _links_to_paper(parts)
    return parts.links_to_paper


def _links_to_paper(parts: TextParts) -> bool:
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
    return parts.style in ("quoted", "bold", "italic") or (
        bool(parts.of("authors") and parts.of("year")) and parts.style == "plain"
    )


def _decide(siblings: Sequence[_Node], *, mostly: bool) -> None:
    """Decide which items of a list are papers."""
    linked = [node for node in siblings if node.links_to_paper and _is_titled(node.parts)]
    is_list = len(linked) * 2 > len(siblings) and (len(siblings) > 2 or mostly)
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
    if len(papers) * 2 <= len(siblings) or len(siblings) <= 2:
        return
    usual = Counter(node.parts.style for node in papers).most_common(1)[0][0]
    for node in siblings:
        parts = node.parts
        if node.is_paper or not _is_titled(parts) or parts.style != usual or parts.words < 2:
            continue
        said = (parts, *(child.parts for child in node.children if child.is_part))
        node.is_paper = any(one.of("authors") for one in said)


def _item(source: Source, node: _Node) -> _Found:
    groups: list[str] = []
    around = node.parent
    while around:
        if not around.is_paper and not around.is_part and around.lines:
            groups.append(_group_name(around.lines[0]))
        around = around.parent
    lines = list(_lines(node))
    parts = node.parts
    if titled := _titled_part(node):
        parts = _titled_parts(source, node, titled, lines)
    elif len(lines) > len(node.lines):
        read_more_parts(source, parts, lines[len(node.lines) :])
    span = node.item.span
    if not all(child.is_part for child in node.children):
        # Papers inside it are none of it.
        span = Span(span.start, max(segment.span.end for line in lines for segment in line))
    names = tuple(filter(None, reversed(groups)))
    return _Found("item", parts, span, node.item.line, ("item", node.item.list_number), names)


def _titled_parts(source: Source, node: _Node, titled: _Node, lines: Sequence[Line]) -> TextParts:
    """The parts of an item that has its title in a part of its own."""
    own = node.parts.title
    assert own is not None  # noqa: S101 - where a style is, a title is
    taken = {id(line) for line in titled.lines}
    rest = (
        [one for one in line if one.link or not own.span.start <= one.span.start < own.span.end]
        for line in lines
        if id(line) not in taken
    )
    parts = read_text_parts(source, [*titled.lines, *rest])
    if not (parts.title and own.inline.text.casefold() == parts.title.inline.text.casefold()):
        parts.add(replace(own, field="name"))
    parts.parts.sort(key=lambda part: part.span)
    return parts


def _group_name(line: Line) -> str:
    text = "".join(segment.text for segment in line if segment.kind != "image")
    return text.strip(" \t:：*_")[:_MAX_NAME]


def _titled_lists(source: Source, blocks: Blocks, nodes: Sequence[_Node]) -> Iterator[_Found]:
    """Bold lines and headings that are titles, with the list of labelled links after each."""
    titles: dict[int, Paragraph] = {one.last_line: one for one in blocks.paragraphs}
    headings = {
        block.line: Paragraph(block.content, block.span, block.line, block.line)
        for block in blocks.blocks
        if isinstance(block, Heading) and block.marker is None
    }
    lists: dict[int, list[_Node]] = defaultdict(list)
    for node in nodes:
        if node.parent is None:
            lists[node.item.list_number].append(node)
    for group in lists.values():
        first, last = group[0].item, group[-1].item
        if any(node.is_paper or not _is_part(node) for node in group):
            continue
        if not any(links_to_paper(node.parts) for node in group):
            continue
        if any(node.parts.style == "link" for node in group):
            continue  # links with words of their own: news
        line = first.line - 1
        while line and not source.line(line).strip(SPACES):
            line -= 1
        title = titles.get(line) or headings.get(line)
        if title is None:
            continue
        own = split_lines([title], blocks)
        parts = read_text_parts(source, [*own, *(one for node in group for one in _lines(node))])
        is_heading = line in headings
        if not _is_titled(parts) or parts.words < _LONG or len(own) > _MAX_LINES:
            continue
        if parts.title and are_names(parts.title.inline.text):
            continue
        if parts.style == "plain" and not is_heading:
            continue
        span = Span(title.span.start, last.span.end)
        yield _Found("paragraph", parts, span, title.line, ("paragraph", -1), is_heading=is_heading)


def _titled_links(source: Source, blocks: Blocks) -> Iterator[_Found]:
    """Bold lines that are titles, with a paragraph of nothing but links after each."""
    for title, after in pairwise(blocks.paragraphs):
        if not title.content.text.startswith(("**", "__", "<b>")) or "](" not in after.content.text:
            continue
        between = (source.line(line) for line in range(title.last_line + 1, after.line))
        if title.last_line + 1 == after.line or any(line.strip(SPACES) for line in between):
            continue
        own, lines = split_lines([title], blocks), split_lines([after], blocks)
        linked = read_text_parts(source, lines)
        parts = read_text_parts(source, [*own, *lines])
        is_title = parts.style == "bold" and parts.words >= _LONG and len(own) == 1
        if is_title and linked.title is None and links_to_paper(linked):
            span = Span(title.span.start, after.span.end)
            yield _Found("paragraph", parts, span, title.line, ("paragraph", -1))


def _paragraphs(
    source: Source, blocks: Blocks, sections: Sequence[Section], lines: Collection[int]
) -> tuple[list[_Found], list[Span]]:
    """The paragraphs that are papers, and those that link to one and were not read so.

    ``lines`` are where those begin that belong to nothing else.
    """
    starts = [section.line for section in sections]
    by_section: dict[int, list[tuple[_Found, int]]] = defaultdict(list)
    for paragraph in blocks.paragraphs:
        text = paragraph.content.text
        if "://" not in text and "](" not in text and "][" not in text:
            continue
        if paragraph.line not in lines:
            continue
        own = split_lines([paragraph], blocks)
        parts = read_text_parts(source, own)
        if links_to_paper(parts):
            index = _section(starts, paragraph.line)
            found = _Found("paragraph", parts, paragraph.span, paragraph.line, ("paragraph", index))
            by_section[index].append((found, len(own)))
    strong = [
        found for group in by_section.values() for found, _ in group if _is_strong(found.parts)
    ]
    papers: list[_Found] = []
    skipped: list[Span] = []
    for group in by_section.values():
        usual = [found for found, _ in group if _is_strong(found.parts)]
        is_list = len(usual) * 2 > len(group) and len(strong) >= _SEVERAL
        for found, count in group:
            parts = found.parts
            said = parts.of("authors") or parts.of("year") or any(paper_labels(parts.labelled))
            is_like = parts.leads and parts.style != "plain" and _is_titled(parts)
            is_paper = (
                (_is_strong(parts) or (is_list and is_like))
                and bool(said)
                and count <= _MAX_LINES
                and not source.text.startswith("|", found.span.start)  # of a broken table
                and (is_list or (count > 1 and parts.of("authors") is not None))
            )
            if is_paper:
                papers.append(found)
            else:
                skipped.append(found.span)
    return papers, skipped
