"""Entries with titles, and what to highlight in an entry."""

from __future__ import annotations

from ..reading.columns import Field
from ..reading.document import Document, Entry, RowEntry
from ..reading.group_rows import is_paper_row
from ..source import Source, Span


def titled_entries(document: Document) -> list[list[RowEntry]]:
    """The entries of each table that are papers with a title."""
    source = document.source
    return [
        [entry for entry in entries if _is_titled(entry, source)] for entries in document.siblings
    ]


def _is_titled(entry: Entry, source: Source) -> bool:
    """Whether there is a title (a dash means none) and the row is a paper."""
    title = entry.part("title")
    if title is None or not (title.inline.links or any(map(str.isalnum, title.inline.text))):
        return False
    return is_paper_row(entry, source)


def highlight_span(entry: Entry, *fields: Field) -> Span:
    """The span to highlight: the first non-empty part among these fields, or the whole entry."""
    parts = map(entry.part, fields)
    return next((part.span for part in parts if part and part.raw), entry.span)
