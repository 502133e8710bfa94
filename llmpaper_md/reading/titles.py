"""Titles: which of a cell's words are the paper's name, and where its name leads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import SPACES
from . import links
from .inline import Inline
from .labels import NOT_LABEL, is_label
from .links import Link

_BRACKETED = re.compile(r"[\[(（【{]([^\[\](){}（）【】]*)[\])）】}]")


def title_links(cell: Inline) -> list[Link]:
    """The links whose words can be a title: no images, badges or labels."""
    return [link for link in _worded(cell) if not is_label(link)]


def _worded(cell: Inline) -> list[Link]:
    """The links with words of their own: no images, nor badges, whose words are an image's."""
    if len(cell.links) == 1:  # as in most cells: it holds no other
        return [link for link in cell.links if link.kind != "image"]
    behind = [*cell.links[1:], None]  # what a link holds stands behind it in their order
    return [
        link
        for link, inner in zip(cell.links, behind, strict=False)
        if link.kind != "image"
        and not (
            inner
            and inner.kind == "image"
            and inner.span.end <= link.span.end
            and inner.text == link.text
        )
    ]


def says_nothing(cell: Inline) -> bool:
    """Whether a title cell has no title, but links such as ``[link](…)`` or signs alone."""
    return not NOT_LABEL.sub("", _without_labels(cell)) or not NOT_LABEL.sub("", read_title(cell))


def _without_labels(cell: Inline) -> str:
    """The cell's text less links such as ``[[code](…)]``."""
    text = cell.text
    if len(title_links(cell)) == len(cell.links):
        return text
    # The plain text leaves the words of badges out already.
    labels = [link.text for link in _worded(cell) if is_label(link)]
    for label in filter(None, labels):
        before, found, after = text.rpartition(label)
        text = before + after if found else text
    text = _BRACKETED.sub(lambda match: match[0] if NOT_LABEL.sub("", match[1]) else "", text)
    return "\n".join(line.strip(" \t,;|/-·") for line in text.split("\n"))


def read_title(cell: Inline) -> str:
    """The plain title in a title cell: its first line, less links that are no title."""
    lines = (line.strip(SPACES) for line in (_without_labels(cell) + "\n" + cell.text).split("\n"))
    return next(filter(None, lines), "")


def main_url(title: Inline, link_cells: Sequence[Inline]) -> str | None:
    """Where the title leads; failing that, the first link that a column of links has."""
    if titled := title_links(title):
        return titled[0].url
    rest = [
        link.url
        for cell in (title, *link_cells)
        for link in cell.links
        if link.kind != "image" and link.url
    ]
    return next(filter(links.is_paper, rest), None) or next(iter(rest), None)
