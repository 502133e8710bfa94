"""The normal form of tables.

By default a table keeps its style, and only what is broken is written again (see `kept_style`).
Otherwise: outer pipes, one space on either side of a cell, ``| |`` for an empty one, ``---`` with
its colons in the delimiter row, cells that are missing filled in as empty ones. In any style: an
empty line before and after a table, unless GitHub would then show something else (in a list item or
footnote, below text that would become a link definition, after code or a comment without an end);
one line end at the end of the file. Nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..lists.sorting import sorted_rows
from ..reading.conflicts import refuse_conflicts
from ..reading.document import Document, Table
from ..reading.parser import as_document, parse_again
from ..reading.tables import Alignment, Grid, Row
from ..source import LINE_END, SPACES, Edit, Source, Span, apply
from .format_options import FormatOptions
from .kept_style import rows_again
from .proof import prove, prove_stable

_BETWEEN_PIPES = re.compile(r"[|\r\n]")
_ENDS = {"lf": "\n", "crlf": "\r\n"}


def format_text(text: str | Source | Document, options: FormatOptions | None = None) -> str:
    """Bring the tables of a Markdown list into normal form.

    The result is parsed, and compared with the text, before it is returned.

    Args:
        text: the Markdown, a `Source` that holds it, or a `Document`.
        options: how it is written; by default, each table keeps its style.

    Returns:
        The new text; the same where it was in normal form.

    Raises:
        ConflictError: the list has an unresolved merge conflict.
        ProofError: something would have been lost, which is a bug in this function.

    >>> text = "|ID|Paper|\\n|-|:-:|\\n|1|[A](https://a.org)\\n|2"
    >>> print(format_text(text), end="")
    |ID|Paper|
    |-|:-:|
    |1|[A](https://a.org)|
    |2||
    >>> print(format_text(text, FormatOptions("compact")), end="")
    | ID | Paper |
    | --- | :---: |
    | 1 | [A](https://a.org) |
    | 2 | |
    """
    options = options or FormatOptions()
    document = as_document(text, options.columns, options.max_stars, options.read)
    return format_document(document, options).source.text


def format_document(
    document: Document, options: FormatOptions, *, before: Source | None = None
) -> Document:
    """The list in normal form, as it is read again: `format_text` for one that is parsed.

    Args:
        document: the list.
        options: how it is written.
        before: what the list was before something changed it. Cells that are new are padded to the
            width of their columns, in tables that keep their style and are aligned.

    Raises:
        ConflictError: the list has an unresolved merge conflict.
        ProofError: something would have been lost.
    """
    refuse_conflicts(document.source, document.blocks)
    known = None
    if before and before.text != document.source.text:
        known = set(_BETWEEN_PIPES.split(before.text))
    text = normal_form(document, options, known)
    if text == document.source.text:
        return document
    after = parse_again(document, text)
    prove(document, after, sorted_by=options.sort)
    prove_stable(after, normal_form(after, options))
    return after


def normal_form(
    document: Document, options: FormatOptions, known: Collection[str] | None = None
) -> str:
    """The text of a list in normal form, not yet proven."""
    source = document.source
    text = source.text
    paragraphs = _paragraphs(document)
    edits: list[Edit] = []
    sorted_tables = sorted_rows(document, options.sort) if options.sort else {}
    for named in document.tables:
        rows = named.grid.lines
        in_order = sorted_tables.get(named.number, named.grid.rows)
        if options.table_style == "keep":
            lines = _kept_lines(named, in_order, source, known)
        else:
            lines = _lines(named, in_order, options)
        for row, line in zip(rows, lines, strict=True):
            if row.span.cut(text) != line:
                edits.append(Edit(row.span, line))
        if not named.grid.in_list:
            edits += _empty_lines(document, named.grid, paragraphs)
    text = _one_end(apply(text, edits), source.line_end, document)
    return text if options.end_of_line == "keep" else LINE_END.sub(_ENDS[options.end_of_line], text)


def _kept_lines(
    named: Table, rows: Sequence[Row], source: Source, known: Collection[str] | None
) -> Iterator[str]:
    """The lines of a table that keeps its style."""
    again = rows_again(named, source, known)
    for row in (named.grid.header, named.grid.delimiter, *rows):
        yield again.get(row.line) or row.span.cut(source.text)


def _lines(named: Table, rows: Sequence[Row], options: FormatOptions) -> Iterator[str]:
    """The lines of a table, header and delimiter row first."""
    table = named.grid
    width = len(table.header.cells)
    cells = [row.texts(width) for row in (table.header, *rows)]
    alignments = table.alignments
    widths = _widths(cells, alignments) if options.table_style == "aligned" else None
    if widths is None:
        widths = [0] * width
    elif sum(widths) + 3 * width + 1 > options.max_table_width:
        widths[-1] = 0
    header, *body = cells
    yield _line(header, widths, alignments)
    yield delimiter_line(alignments, widths)
    for row in body:
        yield _line(row, widths, alignments)


def row_line(cells: Sequence[str]) -> str:
    """A row in compact normal form.

    >>> row_line(["1", "", "a"])
    '| 1 | | a |'
    """
    return _line(cells, (), ())


def delimiter_line(alignments: Sequence[Alignment | None], widths: Sequence[int] = ()) -> str:
    """A delimiter row in normal form.

    >>> delimiter_line([None, "center"])
    '| --- | :---: |'
    """
    pairs = zip(alignments, widths or [0] * len(alignments), strict=True)
    return "|" + "".join(f" {_dashes(alignment, width)} |" for alignment, width in pairs)


def _line(
    cells: Sequence[str], widths: Sequence[int], alignments: Sequence[Alignment | None]
) -> str:
    parts = []
    for index, cell in enumerate(cells):
        padded = cell
        if index < len(widths) and widths[index]:
            padded = _padded(cell, widths[index], alignments[index])
        parts.append(f" {padded} |" if padded else " |")
    return "|" + "".join(parts)


def _dashes(alignment: Alignment | None, width: int) -> str:
    left = ":" if alignment in ("left", "center") else ""
    right = ":" if alignment in ("right", "center") else ""
    return left + "-" * max(3, width - len(left) - len(right)) + right


def _widths(
    rows: Sequence[Sequence[str]], alignments: Sequence[Alignment | None]
) -> list[int] | None:
    """The display width of each column; None where a cell has none, as it holds controls."""
    from wcwidth import wcswidth  # only tables that are aligned need it

    widths = [len(_dashes(alignment, 0)) for alignment in alignments]
    for row in rows:
        for index, cell in enumerate(row[: len(widths)]):
            width = wcswidth(cell)
            if width < 0:
                return None
            widths[index] = max(widths[index], width)
    return widths


def _padded(cell: str, width: int, alignment: Alignment | None) -> str:
    from wcwidth import wcswidth

    room = width - wcswidth(cell)
    before = {"right": room, "center": room // 2}.get(alignment or "left", 0)
    return " " * before + cell + " " * (room - before)


def _paragraphs(document: Document) -> dict[int, str]:
    """The paragraphs outside tables, and headings, by the line that each ends in."""
    position = document.source.position
    return {
        position(text.pieces[-1][1]).line: text.text for text in document.blocks.texts if text.text
    }


def _empty_lines(document: Document, table: Grid, paragraphs: Mapping[int, str]) -> Iterator[Edit]:
    """Empty lines before and after a table, in the quote that it is in."""
    source = document.source
    start = source.offset(table.delimiter.line)
    quote = Span(start, table.delimiter.span.start).cut(source.text).rstrip(SPACES)
    above = table.line - 1
    is_glued = above and _is_in_quote(source.line(above).removeprefix("\ufeff"), quote)
    is_movable = not table.continues and above not in document.blocks.unended
    if is_glued and is_movable and _can_be_set_apart(paragraphs.get(above, "")):
        yield _empty_line(source, table.line, quote)
    following = table.lines[-1].line + 1
    if following <= len(source.line_starts) and _is_in_quote(source.line(following), quote):
        yield _empty_line(source, following, quote)


def _empty_line(source: Source, number: int, quote: str) -> Edit:
    """An empty line before line ``number``."""
    start = source.offset(number)
    end = source.line_end
    if source.text[start - 1] == "\r" and quote + end == "\n":
        end = "\r"  # the two together would be the end of one line
    return Edit(Span(start, start), quote + end)


def _can_be_set_apart(paragraph: str) -> bool:
    r"""Whether a paragraph that a table ends is shown as before when an empty line ends it.

    GitHub takes the backslash from a ``\|`` in such a paragraph, code included, and does not look
    for link definitions in it (cmark-gfm, ``extensions/table.c``): apart from the table, it would
    be another text, or none.
    """
    return r"\|" not in paragraph and not (paragraph.startswith("[") and "]:" in paragraph)


def _is_in_quote(line: str, quote: str) -> bool:
    """Whether a line is in the same quote, and holds anything there."""
    for _ in range(quote.count(">")):
        before, mark, line = line.partition(">")
        if before.strip(SPACES) or not mark:
            return False
    return bool(line.strip(SPACES))


def _one_end(text: str, end: str, document: Document) -> str:
    """The text with one line end at its end, unless more belong to code that is never closed."""
    core = text.rstrip("\r\n")
    if core.strip("\ufeff") == "" and text == core:
        return text
    source = document.source
    last = source.position(len(source.text.rstrip("\r\n"))).line
    if any(up_to - 1 > last for _, up_to in document.blocks.raw):
        return text
    return core + end
