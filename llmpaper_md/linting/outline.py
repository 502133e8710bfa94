"""The headings of a file as a tree, for the rules that number them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..reading.blocks import Heading
from ..reading.sections import Section, section_paths
from .context import Context


class Sibling(NamedTuple):
    """A heading, the section it opens, and the heading of the section around it."""

    heading: Heading
    section: Section
    parent: Sibling | None

    @property
    def line(self) -> int:
        """The line (from 1) of the heading."""
        return self.heading.line


def siblings(context: Context) -> Iterable[list[Sibling]]:
    """The headings of each level inside one section, outer ones before inner ones."""
    document = context.document
    headings = (block for block in document.blocks.blocks if isinstance(block, Heading))
    groups: dict[tuple[int, int], list[Sibling]] = {}
    made: list[Sibling] = []
    paths = section_paths(document.sections)
    for heading, section, path in zip(headings, document.sections, paths, strict=True):
        parent = made[path[-2]] if len(path) > 1 else None
        made.append(Sibling(heading, section, parent))
        groups.setdefault((parent.line if parent else 0, heading.level), []).append(made[-1])
    return groups.values()
