"""The entries of a list that are papers with a title, and where to point at in one."""

from __future__ import annotations

from ..reading.columns import Field
from ..reading.document import Document, Entry
from ..reading.group_rows import is_paper_row
from ..source import Source, Span


def titled_entries(document: Document) -> list[list[Entry]]:
    """The entries of each table that list a paper with a title."""
    source = document.source
    return [
        [entry for entry in entries if _is_titled(entry, source)] for entries in document.siblings
    ]


def _is_titled(entry: Entry, source: Source) -> bool:
    """Whether the title says anything (a dash says that there is none) and the row is a paper's."""
    title = entry.part("title")
    if title is None or not (title.inline.links or any(map(str.isalnum, title.inline.text))):
        return False
    return is_paper_row(entry, source)


def highlight_span(entry: Entry, *fields: Field) -> Span:
    """Where to point at: the first part of these fields that is not empty, or the whole entry."""
    parts = map(entry.part, fields)
    return next((part.span for part in parts if part and part.raw), entry.span)
