"""Fixes that rules of links share."""

from __future__ import annotations

from ..reading.link_spans import url_spans
from ..reading.links import Link
from ..source import Edit, Span
from .findings import Fix


def url_fix(text: str, link: Link, new: str, title: str) -> Fix | None:
    """A safe fix that changes the URL of a link to another, wherever the link shows it."""
    old = link.url
    before, most = 0, min(len(old), len(new))
    while before < most and old[before] == new[before]:
        before += 1
    after = 0
    while after < most - before and old[-1 - after] == new[-1 - after]:
        after += 1
    edits = tuple(
        Edit(Span(span.start + before, span.end - after), new[before : len(new) - after])
        for span in url_spans(text, link)
    )
    return Fix(title, edits, "safe", "links") if edits else None
