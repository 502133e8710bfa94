"""From a text to the list of papers that it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ..choices import PLACES, Place
from ..errors import ConfigError
from ..source import Source, Span, as_source
from . import stars
from .blocks import Blocks, Heading, read_blocks
from .columns import Field, check_names
from .document import Document, Entry, Table
from .sections import Section, list_title, read_sections
from .table_reader import TableReader

_LEADS = re.compile(r"\]\(|\]\[|://")


def parse(
    text: str | Source | Document,
    *,
    columns: Mapping[Field, Sequence[str]] | None = None,
    max_stars: int = stars.MAX_STARS,
    read: Collection[Place] = PLACES,
) -> Document:
    """Read a Markdown list of papers.

    Args:
        text: the Markdown, a `Source` that holds it, or a `Document`, whose text is parsed again.
        columns: names of columns that the list uses in addition to the known ones, by field:
            ``id``, ``stars``, ``title``, ``introduction``, ``authors``, ``year``, ``date``,
            ``venue``, ``code`` or ``links``.
        max_stars: the most stars that the list gives. A column of numbers up to this one may be
            a rating. Stars that are drawn are counted as they are, however many.
        read: where papers are looked for: in ``tables``, list ``items`` and ``paragraphs``.

    Returns:
        Its sections, tables and papers, each with its place: lines from 1, spans in code points.

    Raises:
        ConfigError: ``columns`` are no lists of names by field, or ``read`` names another place.

    >>> document = parse('''
    ... ## 2.1 Attention
    ... | ID    | Paper                                              | Notes |
    ... | ----- | -------------------------------------------------- | ----- |
    ... | 01★★★ | [Attention](https://arxiv.org/abs/1706.03762v5)    | 原始  |
    ... ''')
    >>> paper = document.papers[0]
    >>> paper.id, paper.id_text, paper.stars, paper.title, paper.arxiv_id, paper.section
    (1, '01', 3, 'Attention', '1706.03762', ('Attention',))

    """
    check_names(columns or {})
    _check_places(read)
    source = as_source(text)
    found = read_blocks(source)
    headings = (block for block in found.blocks if isinstance(block, Heading))
    sections = read_sections(headings, found.references)
    tables: list[Table] = []
    entries: list[Entry] = []
    outermost = 1 if list_title(sections) else 0
    upcoming = iter(sections)
    section: Section | None = None
    for block in found.blocks:
        if isinstance(block, Heading):
            section = next(upcoming)
            continue
        reader = TableReader(block, len(tables) + 1, section, found.references, columns, max_stars)
        table, listed = reader.read(section.path[outermost:] if section else ())
        tables.append(table)
        entries += listed
    if "tables" not in read:
        entries = []
    skipped: list[Span] = []
    if _may_have_papers(found, read):
        from .text_entries import read_text_entries  # which takes a while to load

        in_text, skipped = read_text_entries(source, found, sections, read)
        if in_text:
            entries = sorted([*entries, *in_text], key=lambda entry: entry.span.start)
    return Document(
        source,
        found,
        tuple(sections),
        tuple(tables),
        tuple(entries),
        columns or None,
        max_stars,
        tuple(read),
        tuple(skipped),
    )


def as_document(
    text: str | Source | Document,
    columns: Mapping[Field, Sequence[str]] | None = None,
    max_stars: int = stars.MAX_STARS,
    read: Collection[Place] = PLACES,
) -> Document:
    """The list: parsed with these arguments of `parse`, or as it is where it was parsed before."""
    if isinstance(text, Document):
        return text
    return parse(text, columns=columns, max_stars=max_stars, read=read)


def parse_again(document: Document, text: str) -> Document:
    """A new text of a list, parsed as the list was."""
    if text == document.source.text:
        return document
    source = Source.of(text, document.source.name)
    return parse(source, columns=document.columns, max_stars=document.max_stars, read=document.read)


def _may_have_papers(blocks: Blocks, read: Collection[Place]) -> bool:
    """Whether there is text to be looked at: list items, or paragraphs that lead anywhere."""
    if blocks.items and not {"items", "paragraphs"}.isdisjoint(read):
        return True
    texts = (paragraph.content.text for paragraph in blocks.paragraphs)
    return "paragraphs" in read and any(map(_LEADS.search, texts))


def _check_places(read: Collection[Place]) -> None:
    for place in read:
        if place not in PLACES:
            raise ConfigError(f"read: unknown place {place!r}; known are {', '.join(PLACES)}")
