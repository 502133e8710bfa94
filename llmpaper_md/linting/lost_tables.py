"""Lines that were written as a table and are none, because of their delimiter row."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..reading.tables import count_delimiters, split_row
from ..source import Edit, Span
from .findings import Fix, Problem


class Line(NamedTuple):
    """A line of a paragraph: its number and its content, without indentation and marks.

    ``line_end`` is how a line after it would be begun; empty where that takes indentation or marks.
    """

    number: int
    start: int
    text: str
    line_end: str = ""

    @property
    def span(self) -> Span:
        """Where the content is."""
        return Span(self.start, self.start + len(self.text))

    @property
    def width(self) -> int:
        """How many cells it has as a row."""
        return len(split_row(self.text, 0, len(self.text)))

    @property
    def delimiters(self) -> int:
        """The number of columns of a delimiter row; 0 if it may be something else."""
        return count_delimiters(self.text, 0, len(self.text)) if "|" in self.text else 0

    @property
    def is_row(self) -> bool:
        """Whether it can hardly be anything but a row."""
        text = self.text
        return len(text) > 2 and text[0] == text[-1] == "|" and text[-2] != "\\"

    @property
    def is_surely_row(self) -> bool:
        """The same for a line alone: ``|x|`` is a norm, links between pipes are a menu."""
        cells = [cell.raw for cell in split_row(self.text, 0, len(self.text)) if cell.raw]
        links = sum("](" in cell for cell in cells)
        padded = self.text[1:2] == " " == self.text[-2:-1]
        return self.is_row and links < len(cells) and (links > 0 or padded)


_FULL_WIDTH = "｜"
_DASHES = r"\-‐‑‒–—―─━﹣－_="
# A line of dashes of any kind, colons and borders, whatever GitHub makes of it; one that begins
# with a plus is part of a drawn table.
_NEAR = re.compile(
    rf"(?=[^{_DASHES}]*[{_DASHES}])(?=[^|]*\|)[ \t|:：{_DASHES}][ \t|:：+{_DASHES}]*"
)
_COLONS = ":："
_LINKED = re.compile(r"\]\(|https?://")


def lost_table(lines: list[Line], before: Line | None) -> Problem | None:
    """The problem of a paragraph that was written as a table.

    Args:
        lines: the lines of the paragraph.
        before: the only line of a paragraph before it that just blank lines separate from it.
    """
    if any(_FULL_WIDTH in line.text for line in lines[:2]):
        return _full_width(lines)
    if before is not None and lines[0].delimiters > 1:
        return _after_blank_line(lines, before)
    for index, line in enumerate(lines[1:], 1):
        header = lines[index - 1]
        if _is_near(line.text) and not line.delimiters and header.width > 1 and "|" in header.text:
            return _malformed(header, line, lines[index + 1 :])
    return _missing(lines)


def _is_near(text: str) -> bool:
    """Whether a line was meant as a delimiter row."""
    return _NEAR.fullmatch(text) is not None


def _malformed(header: Line, line: Line, rows: list[Line]) -> Problem | None:
    """A delimiter row that is none to GitHub."""
    text = line.text.replace("+", "|")
    cells = [cell.raw for cell in split_row(text, 0, len(text))]
    filled = [cell for cell in cells if cell]
    width = header.width
    if len(cells) != width:
        cells = filled if len(filled) == width else ["---"] * width
    right = f"| {' | '.join(map(_delimiter, cells))} |"
    fix = None
    if all(row.width == width for row in rows) and header.is_row:
        edit = Edit(line.span, right)
        fix = Fix("Write the delimiter row", (edit,), "safe", "blocks")
    message = f"not a table, as GitHub does not know its delimiter row: write {right}"
    return Problem(message, line.span, fix=fix)


def _delimiter(cell: str) -> str:
    left = ":" if cell[:1] and cell[0] in _COLONS else ""
    right = ":" if len(cell) > 1 and cell[-1] in _COLONS else ""
    return f"{left}---{right}"


def _full_width(lines: list[Line]) -> Problem | None:
    """A table with full-width bars for borders."""
    narrow = [line._replace(text=line.text.replace(_FULL_WIDTH, "|")) for line in lines]
    for index, line in enumerate(narrow[1:], 1):
        header = narrow[index - 1]
        columns = count_delimiters(line.text, 0, len(line.text)) if "|" in line.text else 0
        if columns < 2 or header.width != columns:
            continue
        fix = None
        table = [*zip(lines, narrow, strict=True)][index - 1 :]
        if index == 1 and all(new.width == columns for _, new in table):
            edits = tuple(
                Edit(Span(old.start + place, old.start + place + 1), "|")
                for old, _ in table
                for place, char in enumerate(old.text)
                if char == _FULL_WIDTH
            )
            fix = Fix("Replace the full-width bars", edits, "safe", "blocks")
        message = f"not a table, as its borders are full-width bars, {_FULL_WIDTH}: write |"
        return Problem(message, lines[index - 1].span, fix=fix)
    return None


def _after_blank_line(lines: list[Line], before: Line) -> Problem | None:
    """A delimiter row and rows that a blank line separates from their header."""
    columns = lines[0].delimiters
    if before.width != columns or not before.is_row or _is_near(before.text):
        return None
    fix = None
    if all(row.width == columns for row in lines[1:]) and before.line_end:
        gap = Span(before.span.end, lines[0].start)
        fix = Fix("Remove the blank line", (Edit(gap, before.line_end),), "safe", "blocks")
    message = "not a table: a blank line separates the header from the delimiter row; remove it"
    return Problem(message, lines[0].span, fix=fix)


def _missing(lines: list[Line]) -> Problem | None:
    """A header and rows, linked papers among them, without a delimiter row."""
    header, rows = lines[0], lines[1:]
    width = header.width
    if not rows or width < 2 or not all(line.is_row and line.width == width for line in lines):
        return None
    if any(line.delimiters or _is_near(line.text) for line in lines):
        return None
    if _LINKED.search(header.text) or not any(_LINKED.search(row.text) for row in rows):
        return None
    right = f"|{' --- |' * width}"
    message = f"not a table, as it has no delimiter row: add {right} below the header"
    fix = None
    if header.line_end:
        edit = Edit(Span(header.span.end, header.span.end), f"{header.line_end}{right}")
        fix = Fix("Add a delimiter row", (edit,), "safe", "blocks")
    return Problem(message, header.span, fix=fix)
