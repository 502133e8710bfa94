"""How a list is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..choices import PLACES, EndOfLine, Place, SortKey, TableStyle
from ..reading.columns import Field
from ..reading.stars import MAX_STARS

MAX_TABLE_WIDTH = 120


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """How a list is written.

    Attributes:
        table_style: ``keep`` writes again only what is broken, in the style of its table;
            ``compact`` puts one space on either side of a cell; ``aligned`` pads the cells of a
            column to one display width.
        max_table_width: the width, in columns of a terminal (a Chinese character takes two), up to
            which an aligned table has its last column padded.
        end_of_line: what every line of the file ends with; with ``keep`` lines end as they did,
            and new ones as the first one.
        sort: what the papers of each table are sorted by; None leaves their order.
        columns: names of columns that the list uses in addition to the known ones (see `parse`).
        max_stars: the most stars that the list gives (see `parse`).
        read: where papers are looked for (see `parse`).

    >>> from llmpaper_md import format_text
    >>> print(format_text("|ID|论文|\\n|-|-|\\n|1|A|", FormatOptions("aligned")), end="")
    | ID  | 论文 |
    | --- | ---- |
    | 1   | A    |
    """

    table_style: TableStyle = "keep"
    max_table_width: int = MAX_TABLE_WIDTH
    end_of_line: EndOfLine = "keep"
    sort: SortKey | None = None
    columns: Mapping[Field, Sequence[str]] = field(default_factory=dict, hash=False)
    max_stars: int = MAX_STARS
    read: tuple[Place, ...] = PLACES
