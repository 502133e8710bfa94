"""CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from ..reading.document import Document
from .flat_rows import FLAT_COLUMNS, to_dicts

# What makes a spreadsheet take a cell for a formula, the full-width forms included, which some
# take for the others; apostrophes before it, so that taking one away gives the cell back.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def to_csv(documents: Document | Iterable[Document], *, bom: bool = False) -> str:
    r"""The papers of one or more documents as CSV, under the columns of `to_dicts`.

    Lines end in CRLF, cells hold quotes, commas and line ends in quotes, nothing is an empty cell.
    A text that begins with ``= + - @``, a tab or a line end has an apostrophe before it, which
    keeps spreadsheets from running it as a formula; so has one that begins with apostrophes
    before such a sign. Whoever reads the file takes one apostrophe away there.

    Args:
        documents: a document, or several, whose papers follow one another.
        bom: begin with a byte order mark, by which Excel knows UTF-8.

    Returns:
        A line of the names of the columns, and one of each paper.

    >>> from llmpaper_md.reading.parser import parse
    >>> to_csv(parse("| Paper |\n| - |\n| =1+1 |")).splitlines()[1]
    "<string>,1,3,,,,,,'=1+1,,,,,,,,,,,,,,,"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FLAT_COLUMNS)
    for row in to_dicts(documents):
        writer.writerow(map(_guarded, row.values()))
    return ("\ufeff" if bom else "") + text.getvalue()


def _guarded(value: str | int | None) -> str | int | None:
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
