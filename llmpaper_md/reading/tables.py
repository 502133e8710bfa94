r"""GFM tables: the grammar of a row, and the values a table is made of.

The grammar is that of GitHub's own parser (cmark-gfm, ``extensions/table.c``), which the
GitHub Flavored Markdown specification, section 4.10, describes: a row is cut at each ``|``
that is not directly preceded by ``\``, even inside code spans; the pipe at either end is
optional. Unlike in renderers, nothing is dropped: cells beyond the width of the header are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ..source import SPACES, Span

_PIPE = re.compile(r"(?<!\\)\|")
# For cmark-gfm, vertical tab and form feed are whitespace here, which can decide whether a line is
# a row.
_ROW_SPACES = " \t\v\f"
_DELIMITER_CELL = r"[ \t\v\f]*+:?-++:?[ \t\v\f]*+"
_DELIMITER_ROW = re.compile(rf"\|?{_DELIMITER_CELL}(?:\|{_DELIMITER_CELL})*+(?:\|[ \t\v\f]*+)?$")
# Lines that are the underline of a heading or a list item, which take precedence.
_NO_DELIMITER_ROW = re.compile(r"-+[ \t]*$|-[ \t]")

Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The source text of a cell without the spaces around it, and its place.

    ``raw`` is Markdown, ``span`` is in code points of the file. The span of an empty cell is empty
    and one space after the pipe before it, if there is a space.

    >>> split_row("| a | |", 0, 7)
    (Cell(raw='a', span=Span(start=2, end=3)), Cell(raw='', span=Span(start=6, end=6)))
    """

    raw: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table.

    ``cells`` are all cells, including those beyond the header; ``span`` is the line without its
    indentation and line ending, in code points; ``line`` counts from 1.

    >>> from llmpaper_md import parse
    >>> row = parse("| A | B |\\n| - | - |\\n| 1 |").tables[0].grid.rows[0]
    >>> row.line, row.texts(2)
    (3, ('1', ''))
    """

    cells: tuple[Cell, ...]
    span: Span
    line: int

    @property
    def is_empty(self) -> bool:
        """Whether all cells are empty."""
        return not any(cell.raw for cell in self.cells)

    def texts(self, width: int) -> tuple[str, ...]:
        """The source text of the cells, with empty ones added up to ``width``."""
        texts = tuple(cell.raw for cell in self.cells)
        return texts + ("",) * (width - len(texts))


@dataclass(frozen=True, slots=True)
class Grid:
    """A GFM table: its header, the delimiter row below that, and its rows.

    A row may have fewer cells than the header, or more. ``in_list`` is true in a list item or a
    footnote, ``continues`` if the header depends on the paragraph before it: alone, it would be
    code, or in another block.

    >>> from llmpaper_md import parse
    >>> table = parse("| A | B |\\n| - | :-: |\\n| 1 | 2 |").tables[0].grid
    >>> table.line, table.alignments, [cell.raw for cell in table.rows[0].cells]
    (1, (None, 'center'), ['1', '2'])
    """

    header: Row
    delimiter: Row
    rows: tuple[Row, ...]
    in_list: bool = False
    continues: bool = False

    @property
    def lines(self) -> tuple[Row, ...]:
        """All lines of the table: the header, the delimiter row, the rows."""
        return (self.header, self.delimiter, *self.rows)

    @property
    def line(self) -> int:
        """The line (from 1) of the header."""
        return self.header.line

    @property
    def span(self) -> Span:
        """From the header to the end of the last row."""
        return Span(self.header.span.start, (self.rows or (self.delimiter,))[-1].span.end)

    @property
    def alignments(self) -> tuple[Alignment | None, ...]:
        """The alignment of each column, None if the delimiter row has none."""
        return tuple(_alignment(cell.raw) for cell in self.delimiter.cells)


def _alignment(delimiter: str) -> Alignment | None:
    match delimiter.startswith(":"), delimiter.endswith(":"):
        case True, True:
            return "center"
        case True, False:
            return "left"
        case False, True:
            return "right"
    return None


def is_row(text: str, start: int, end: int) -> bool:
    """Whether the line ``text[start:end]`` can be a row: for GitHub, a lone pipe is not."""
    return end > start and text[start:end].rstrip(_ROW_SPACES) != "|"


def split_row(text: str, start: int, end: int) -> tuple[Cell, ...]:
    r"""Split the line ``text[start:end]``, which does not begin with a space, into cells.

    Returns:
        The cells with spans in ``text``; none if the line is not a row (see `is_row`).

    >>> line = r"| 1 | `a\|b` || surplus"
    >>> [cell.raw for cell in split_row(line, 0, len(line))]
    ['1', '`a\\|b`', '', 'surplus']

    """
    edges = [match.start() for match in _PIPE.finditer(text, start, end)]
    if not edges or edges[0] != start:
        edges.insert(0, start - 1)
    # There is a cell after the last pipe only if it is not empty.
    if len(edges) == 1 or text[edges[-1] + 1 : end].strip(_ROW_SPACES):
        edges.append(end)
    if not is_row(text, start, end):
        return ()
    return tuple(_cell(text, left + 1, right) for left, right in pairwise(edges))


def _cell(text: str, start: int, end: int) -> Cell:
    padded = text[start:end]
    raw = padded.strip(SPACES)
    if raw:
        start += len(padded) - len(padded.lstrip(SPACES))
    else:
        start = min(start + 1, end)
    return Cell(raw, Span(start, start + len(raw)))


def count_delimiters(text: str, start: int, end: int) -> int:
    """The number of columns of the delimiter row ``text[start:end]``; 0 if it is not one.

    >>> [count_delimiters(line, 0, len(line)) for line in ("|---|:-:|", ":-", "---", "- | -")]
    [2, 1, 0, 0]
    """
    if text[start : start + 1] not in ("|", "-", ":"):
        return 0
    line = text[start:end]
    if _NO_DELIMITER_ROW.match(line) or not _DELIMITER_ROW.match(line):
        return 0
    return line.strip(_ROW_SPACES).strip("|").count("|") + 1
