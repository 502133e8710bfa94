"""Comparing two lists: which papers were added, removed or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from ..reading.document import Document, Entry, Paper, RowEntry
from ..reading.parser import as_document
from ..source import SPACES, Source
from .matching import match_entries, paper_entries
from .transfer import inline_references

ChangedField = Literal[
    "title",
    "url",
    "section",
    "id",
    "stars",
    "authors",
    "year",
    "venue",
    "introduction",
]
CHANGED_FIELDS: tuple[ChangedField, ...] = get_args(ChangedField)

Value = str | int | tuple[str, ...] | None
_SPACES = re.compile(rf"[{SPACES}]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a paper before and after.

    ``before`` and ``after`` are text, a number, or None if there is no value; a ``section`` is the
    titles of the sections, outermost first.

    >>> before = "|Year|Paper|\\n|-|-|\\n|2016|[A](https://arxiv.org/abs/1706.03762)|"
    >>> compare(before, before.replace("2016", "2017")).changed[0].changes
    (Change(field='year', before=2016, after=2017),)
    """

    field: ChangedField
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class ChangedPaper:
    """A paper that both lists have, as it is in each, and the fields that differ.

    >>> from llmpaper_md.reading.parser import parse
    >>> head = "|Stars|Paper|\\n|-|-|\\n"
    >>> a = parse(head + "|★|[A](https://arxiv.org/abs/1706.03762)|")
    >>> b = parse(head + "|★★|[A](https://arxiv.org/abs/1706.03762)|")
    >>> (changed,) = compare(a, b).changed
    >>> changed.after.title, [change.field for change in changed.changes]
    ('A', ['stars'])
    """

    before: Paper
    after: Paper
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The papers that only one of two lists has, and those that differ.

    ``before`` and ``after`` are the lists. ``added`` and ``changed`` are in the order of the list
    after, ``removed`` in that of the list before, and papers have the line numbers of their own
    list. If ``only_papers`` is true, changes were not looked for.

    >>> done = compare("", "|Paper|\\n|-|\\n|[A](https://a.org)|")
    >>> done.is_same, [(paper.title, paper.line) for paper in done.added]
    (False, [('A', 3)])
    """

    before: Source
    after: Source
    added: tuple[Paper, ...]
    removed: tuple[Paper, ...]
    changed: tuple[ChangedPaper, ...]
    only_papers: bool = False

    @property
    def is_same(self) -> bool:
        """Whether both lists hold the same papers with the same data."""
        return not (self.added or self.removed or self.changed)


def compare(
    a: str | Source | Document, b: str | Source | Document, *, only_papers: bool = False
) -> Comparison:
    """Find the papers that were added, removed or changed between two lists.

    Two papers are the same if their arXiv, DOI or OpenReview identifiers are the same, or else the
    pages that they link to, or else their titles, unless these are short; rows without a link are
    compared by title alone. The order of papers and text outside tables do not matter.

    Args:
        a: the list before, as text, `Source` or `Document`.
        b: the list after, likewise.
        only_papers: only look for added and removed papers, for example in translations.

    Returns:
        The papers that only one of the lists has, and the differences between the others.

    >>> rows = ["|Stars|Paper|", "|-|-|", "|★|[A](https://arxiv.org/abs/1706.03762)|"]
    >>> before = "\\n".join(rows)
    >>> rows[2:] = ["|★★|[A](https://arxiv.org/abs/1706.03762)|", "|★|[B](https://b.org/b.pdf)|"]
    >>> done = compare(before, "\\n".join(rows))
    >>> [paper.title for paper in done.added], done.removed
    (['B'], ())
    >>> done.changed[0].changes
    (Change(field='stars', before=1, after=2),)
    """
    a, b = as_document(a), as_document(b)
    pairs = match_entries(paper_entries(a), paper_entries(b))
    changed = []
    if not only_papers:
        for old, new in pairs.matched:
            if changes := tuple(_changes(a, old, b, new)):
                changed.append(ChangedPaper(old.paper, new.paper, changes))
    return Comparison(
        a.source,
        b.source,
        tuple(entry.paper for entry in pairs.only_b),
        tuple(entry.paper for entry in pairs.only_a),
        tuple(changed),
        only_papers,
    )


def _changes(a: Document, old: Entry, b: Document, new: Entry) -> Iterator[Change]:
    was, now = _values(a, old), _values(b, new)
    for field in CHANGED_FIELDS:
        if field == "stars" and old.kind != new.kind and not (was[field] or now[field]):
            continue  # in a table that rates, no star is 0; text says nothing of it
        if was[field] != now[field]:
            yield Change(field, was[field], now[field])


def _values(document: Document, entry: Entry) -> dict[ChangedField, Value]:
    paper = entry.paper
    return {
        "title": _joined(paper.title),
        "url": paper.url,
        "section": entry.section_path,
        "id": paper.id_text,
        "stars": paper.stars,
        "authors": _joined(paper.authors),
        "year": paper.own_year,
        "venue": _joined(paper.venue),
        "introduction": _joined(_introduction(document, entry)),
    }


def _introduction(document: Document, entry: Entry) -> str | None:
    """The introduction's Markdown, with reference-style links made inline so that they compare."""
    if not entry.paper.introduction:
        return None
    if not isinstance(entry, RowEntry):
        return entry.paper.introduction
    column = entry.container.fields.index("introduction")
    return inline_references(
        entry.row.cells[column], entry.inlines[column], document.blocks.references
    )


def _joined(text: str | None) -> str | None:
    """The text with single spaces, as it is rendered."""
    return _SPACES.sub(" ", text) if text else None
