"""What comes of joining two lists, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..reading.document import Document, Paper

ConflictKind = Literal["differs", "no-column", "left-out"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the second list says and the joint list does not.

    ``kind`` is ``differs`` where the first list says something else, which is kept; ``no-column``
    where its table has no column for it; ``left-out`` where a row could not be added at all.
    ``field`` is the field, or the name of the column where no field knows it; ``surplus`` is a
    cell beyond the last column, ``row`` a whole one. ``ours`` and ``theirs`` are Markdown.
    ``line`` is where the first list has the paper, None where it does not; ``other_line`` where
    the second list does; both count from 1. ``title`` is that of the paper. `merge` shows one.
    """

    kind: ConflictKind
    field: str
    title: str
    ours: str
    theirs: str
    line: int | None
    other_line: int


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell that was empty in the first list and now says what the second one does.

    ``field`` and ``title`` are as in `Conflict`, ``text`` is Markdown; the paper stands in ``line``
    of the first list and in ``other_line`` of the second, both from 1.

    >>> from llmpaper_md import merge, parse
    >>> head = "|Paper|Notes|\\n|-|-|\\n|[A](https://arxiv.org/abs/1706.03762)|"
    >>> merge(parse(head + "|"), parse(head + "good|")).filled
    (FilledCell(field='introduction', title='A', text='good', line=3, other_line=3),)
    """

    field: str
    title: str
    text: str
    line: int
    other_line: int


@dataclass(frozen=True, slots=True)
class MergeResult:
    """A joint list, and what became of the second list.

    Attributes:
        document: the joint list, read with the column names and stars of the first one.
        added: the papers that only the second list had, with their places there.
        filled: the cells that were empty in the first list.
        conflicts: what the second list has otherwise, or that had no place.

    >>> from llmpaper_md import merge
    >>> head = "|Paper|\\n|-|\\n"
    >>> done = merge(head + "|[A](https://a.org)|\\n", head + "|[B](https://b.org)|\\n")
    >>> [paper.title for paper in done.document.papers], [paper.title for paper in done.added]
    (['A', 'B'], ['B'])
    """

    document: Document
    added: tuple[Paper, ...]
    filled: tuple[FilledCell, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def text(self) -> str:
        """The text of the joint list."""
        return self.document.source.text
