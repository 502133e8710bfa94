r"""Merge conflicts that were never resolved: the lines that Git and other tools leave in a file.

Git writes four kinds of lines, each at the very beginning of a line (git-merge, "How conflicts are
presented"): ``<<<<<<< NAME``, with ``merge.conflictStyle`` diff3 or zdiff3 ``||||||| NAME``,
``=======``, and ``>>>>>>> NAME``. There are seven signs, or more where ``conflict-marker-size`` in
``.gitattributes`` or a merge of several bases asks for them.

In Markdown ``=======`` is mostly the underline of a heading, ``|||||||`` an empty row, and
``>>>>>>>`` can be a quote seven levels deep. So these count between the ends of a conflict, and
alone only where they can be nothing else: ``=======`` as a row of a table, and ``>>>>>>> NAME``
between lines that are not quotes. Markers in code and in HTML comments are examples of markers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..errors import ConflictError
from ..source import SPACES, Source, Span
from .blocks import Blocks, read_blocks
from .inline import read_inline
from .tables import Grid

_SIGNS = 7
_LINE = re.compile(r"^\ufeff?(?=([<|=>])\1{6})|(?<=[\r\n])(?=([<|=>])\2{6})")
_MARKER = re.compile(r"(<{7,}|\|{7,}|={7,}|>{7,})(?:[ \t]([^\r\n]*))?(?=[\r\n]|\Z)")
# What of a block of HTML is no part of the page's text.
_ASIDE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(pre|script|style|textarea)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)


class Marker(NamedTuple):
    """A line that may be one of the markers of a conflict."""

    sign: str
    length: int
    label: str
    span: Span
    line: int


class Conflict(NamedTuple):
    """An unresolved conflict, or what is left of one: its markers in their order."""

    markers: tuple[Marker, ...]

    @property
    def is_complete(self) -> bool:
        """Whether both of its ends are there."""
        return self.markers[0].sign == "<" and self.markers[-1].sign == ">"

    def describe(self) -> str:
        """The conflict in words, with what to do about it."""
        if self.is_complete:
            last = self.markers[-1].line
            return (
                f"unresolved merge conflict, up to line {last}: resolve it and delete its markers"
            )
        return "incomplete merge conflict: resolve it and delete its markers"


def find_conflicts(source: Source, blocks: Blocks | None = None) -> tuple[Conflict, ...]:
    r"""The unresolved merge conflicts of a file.

    Args:
        source: the file.
        blocks: its blocks, where they are known.

    >>> text = "| A |\n| - |\n<<<<<<< HEAD\n| x |\n=======\n| y |\n>>>>>>> topic\n"
    >>> [[m.line for m in conflict.markers] for conflict in find_conflicts(Source.of(text))]
    [[3, 5, 7]]
    >>> find_conflicts(Source.of("Heading\n=======\n\n```\n<<<<<<< HEAD\n```\n"))
    ()
    """
    markers = list(_markers(source))
    if not any(marker.sign != "|" for marker in markers):
        return ()
    blocks = blocks or read_blocks(source)
    hidden = _hidden(source, blocks, markers)
    shown = [marker for marker in markers if not _is_inside(marker.span.start, hidden)]
    return tuple(_conflicts(source, blocks, shown))


def refuse_conflicts(source: Source, blocks: Blocks | None = None) -> None:
    """Make sure that a file has no unresolved conflict, before anything is made of it.

    Args:
        source: the file.
        blocks: its blocks, where they are known.

    Raises:
        ConflictError: it has one.

    """
    if found := find_conflicts(source, blocks):
        raise ConflictError(f"{source.name}:{found[0].markers[0].line}: {found[0].describe()}")


def _markers(source: Source) -> Iterator[Marker]:
    text = source.text
    if not any(sign * _SIGNS in text for sign in "<=>"):
        return
    for place in _LINE.finditer(text):
        if match := _MARKER.match(text, place.end()):
            signs, label = match[1], match[2] or ""
            span = Span(match.start(), match.end())
            line = source.position(span.start).line
            yield Marker(signs[0], len(signs), label.strip(SPACES), span, line)


def _conflicts(source: Source, blocks: Blocks, markers: list[Marker]) -> Iterator[Conflict]:
    open_: list[Marker] = []
    lengths = {marker.length for marker in markers if marker.sign == ">"}
    rows = _rows(blocks, markers)
    for marker in markers:
        if open_ and marker.length != open_[0].length:
            continue  # headings, and what a merge of the bases left, which diff3 shows inside
        if marker.sign == "<":
            # A long line of signs and nothing else may be an ornament.
            if marker.label or marker.length == _SIGNS or marker.length in lengths:
                if open_:
                    yield Conflict(tuple(open_))
                open_ = [marker]
        elif open_:
            open_.append(marker)
            if marker.sign == ">":
                yield Conflict(tuple(open_))
                open_ = []
        elif marker.length == _SIGNS and (
            (marker.sign == ">" and marker.label and not _is_quoted(source, marker))
            or (marker.sign == "=" and marker.line in rows)
        ):
            yield Conflict((marker,))
    if open_:
        yield Conflict(tuple(open_))


def _rows(blocks: Blocks, markers: list[Marker]) -> set[int]:
    """The lines of rows of tables, as far as a marker may be one."""
    if not any(marker.sign == "=" for marker in markers):
        return set()
    tables = (block for block in blocks.blocks if isinstance(block, Grid))
    return {row.line for table in tables for row in table.rows}


def _is_quoted(source: Source, marker: Marker) -> bool:
    """Whether a line before or after is a quote, so that a marker may be one of seven levels."""
    around = (marker.line - 1, marker.line + 1)
    lines = [source.line(number) for number in around if 1 <= number <= len(source.line_starts)]
    return any(line.lstrip(" ").startswith(">") for line in lines)


def _hidden(source: Source, blocks: Blocks, markers: list[Marker]) -> list[Span]:
    """Where the file is code or a comment, as far as that matters for the markers."""
    spans: list[Span] = []
    places = [marker.span.start for marker in markers]
    for lines in blocks.raw:
        span = Span(source.offset(lines[0]), source.line_span(lines[1] - 1).end)
        if lines in blocks.code:
            spans.append(span)
        elif _any_between(places, span):
            asides = _ASIDE.finditer(source.text, span.start, span.end)
            spans += (Span(match.start(), match.end()) for match in asides)
    for excerpt in blocks.texts:
        span = Span(excerpt.pieces[0][1], excerpt.span(0, len(excerpt.text)).end)
        if _any_between(places, span):
            spans += read_inline(excerpt, blocks.references).code
    return sorted(spans)


def _any_between(places: list[int], span: Span) -> bool:
    return bisect_right(places, span.end) > bisect_right(places, span.start - 1)


def _is_inside(offset: int, spans: list[Span]) -> bool:
    """Whether an offset is inside one of spans that do not overlap."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end
