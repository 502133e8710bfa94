"""Links without a URL: which of them hold a place for one that is to come."""

from __future__ import annotations

import re

from ..reading.document import Document
from ..reading.links import Link
from ..source import SPACES, Span
from .context import Context

# Texts that say themselves that there is nothing yet, or nothing.
_TO_COME = re.compile(
    r"""
    (?:(?:code|paper|model|data|link)[ ])? (?:(?:is|are)[ ])?
    (?: com\w+[ ]soon | soon | to[ ]come | to[ ]be[ ](?:released|announced|updated|added|determined)
      | tb[acdu] | todo | wip | pending | in[ ]progress | not[ ](?:yet[ ])?(?:available|released)
      | unavailable | n/?a | none | null | nan | [-—/\\]+
      | 待(?:更新|补充|定|开源|发布) | 暂无 | 即将(?:开源|发布) | 无 )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EDGES = re.compile(r"^[\W_]+(?=\w)|(?<=\w)[\W_]+$")


def has_url(link: Link) -> bool:
    """Whether a link leads anywhere."""
    return bool(link.url.strip(SPACES))


def is_to_come(text: str) -> bool:
    """Whether a text says that what belongs there is still to come, or does not exist.

    >>> [is_to_come(text) for text in ("Coming soon!", "TBA", "Code", "")]
    [True, True, False, False]
    """
    return bool(_TO_COME.fullmatch(_EDGES.sub("", text) or text))


def shows_nothing(context: Context, link: Link) -> bool:
    """Whether there are only spaces between the link's brackets."""
    if link.kind == "image" or link.text:
        return False
    text, position = context.source.text, link.span.start + 1
    while position < link.span.end and text[position] in SPACES:
        position += 1
    return text.startswith("]", position)


def shows_image(context: Context, link: Link) -> bool:
    """Whether a link shows an image, such as a badge, and nothing else."""
    text = context.source.text[link.span.start + 1 : link.span.end].lstrip(SPACES)
    return link.kind in ("inline", "reference") and text.startswith(("![", "<img"))


def is_placeholder(context: Context, link: Link) -> bool:
    """Whether a link without a URL only holds a place: a reader who ignores it loses nothing."""
    return link.kind != "image" and (
        shows_nothing(context, link)
        or shows_image(context, link)
        or is_to_come(link.text)
        or link.span in context.cached(_of_templates)
    )


def _of_templates(document: Document) -> frozenset[Span]:
    """The links of entries that name no paper, kept for the next one to be filled in."""
    return frozenset(
        link.span
        for entry in document.entries
        if not any(map(str.isalnum, entry.paper.title or ""))
        for link in entry.paper.links
    )
