"""CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from .documents import Readable
from .flat_rows import FLAT_COLUMNS, to_dicts
from .text import guarded


def to_csv(documents: Readable | Iterable[Readable], *, bom: bool = False) -> str:
    r"""The papers of one or more lists as CSV, under the columns of `to_dicts`.

    Lines end in CRLF; cells with quotation marks, commas or line endings are quoted; a missing
    value is an empty cell. An apostrophe keeps spreadsheets from running text as a formula, and
    GitHub's runner from executing it: before a cell that begins with one of ``= + - @`` or with
    ``::``, inside a cell after each ``;``, tab and line ending followed by one of these, since
    other separators would split it there, and within ``##[``. See `guarded`; `unguarded` restores
    the cell.

    Args:
        documents: one list or several, as text, `Source` or `Document`.
        bom: begin with a byte order mark, so that Excel detects UTF-8.

    Returns:
        A line with the column names, and one line per paper.

    >>> to_csv("| Paper |\n| - |\n| =1+1 |").splitlines()[1]
    "<string>,row,1,,3,,,,,,'=1+1,,,,,,,,,,,,,,,,,,"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FLAT_COLUMNS)
    for row in to_dicts(documents):
        cells = row.values()
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in cells)
    return ("\ufeff" if bom else "") + text.getvalue()
