"""The result of merging two lists, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..reading.document import Document, Paper

ConflictKind = Literal["differs", "no-column", "left-out"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the second list that is missing from the merged list.

    Attributes:
        kind: ``differs`` if the first list has another value, which is kept; ``no-column`` if its
            table has no column for the value; ``left-out`` if a row could not be added at all.
        field: the field, or the name of a column of no field; ``surplus`` for a cell beyond the
            last column, ``row`` for a whole row.
        title: the title of the paper.
        ours: the value in the first list, as Markdown.
        theirs: the value in the second list, as Markdown.
        line: the line (from 1) of the paper in the first list, None if it is not in it.
        other_line: the line of the paper in the second list.

    >>> from llmpaper_md import merge
    >>> row = "| [A](https://arxiv.org/abs/1706.03762) |"
    >>> head = "| Paper | Notes |\\n| - | - |\\n"
    >>> (conflict,) = merge(head + row + " good |", head + row + " bad |").conflicts
    >>> conflict.kind, conflict.field, conflict.ours, conflict.theirs
    ('differs', 'introduction', 'good', 'bad')
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
    """A cell that was empty in the first list and was filled from the second.

    ``field``, ``title``, ``line`` and ``other_line`` are as in `Conflict`; ``text`` is Markdown.

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
    """A merged list, and what became of the second list.

    Attributes:
        document: the merged list, read with the column names and stars of the first one.
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
        """The text of the merged list."""
        return self.document.source.text
