"""The column of titles in a table whose header does not name it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from . import links, titles
from .columns import Field, is_name, is_of_other_tables, names_paper
from .inline import Inline

_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORDED_TITLE = 3

Rows = Sequence[Sequence[Inline]]


def title_column(header: Sequence[str], fields: Sequence[Field | None], rows: Rows) -> int | None:
    """The column of titles in a table whose rows link to papers, or None.

    Args:
        header: the plain text of the header's cells.
        fields: what the columns are, as far as their names say.
        rows: the cells of each row as they read.
    """
    if any(map(is_of_other_tables, header)):
        return None
    rows = [row for row in rows if any(cell.text or cell.links for cell in row)]
    linked: dict[int, list[str]] = defaultdict(list)
    beside: dict[int, set[str]] = defaultdict(set)
    linked_rows = 0
    for row in rows:
        own = {
            index
            for index, cell in enumerate(row[: len(header)])
            for link in cell.links
            if link.kind != "image" and links.is_paper(link.url)
        }
        linked_rows += bool(own)
        for index in own:
            lead = titles.title_links(row[index])[:1]
            linked[index] += (link.text for link in lead)
            title = "" if lead else titles.read_title(row[index])
            if len(title.split()) >= _WORDED_TITLE:
                beside[index].add(title)
    # A table that names models or leads to papers has rows without any.
    share = 4 if any(is_name(name) or names_paper(name) for name in header) else 2
    if linked_rows * share <= len(rows) or not linked_rows:
        return None
    free = [index for index, field in enumerate(fields) if field in (None, "links")]
    titled = [
        index
        for index in free
        if len(texts := linked[index]) * 2 >= linked_rows
        # Links that all say the same say what they are, not what the papers are called.
        and (len(texts) == 1 or len(set(texts)) > 1)
    ]
    if titled:
        return max(titled, key=lambda index: (len(linked[index]), -index))
    worded = [index for index in free if len(beside[index]) * 2 >= linked_rows]
    if worded:
        return max(worded, key=lambda index: (len(beside[index]), -index))
    for index in free:
        if is_name(header[index]):
            return index
    for index in free:
        named = {
            link.text for row in rows if index < len(row) for link in titles.title_links(row[index])
        }
        if len(named) * 2 > len(rows):
            return index
    return next((index for index in free if holds_words(index, rows)), next(iter(free), None))


def holds_words(column: int, rows: Rows) -> bool:
    """Whether most cells of a column say something in words."""
    cells = [row[column] for row in rows if column < len(row)]
    worded = sum(
        not titles.says_nothing(cell) and bool(_LETTERS.search(titles.read_title(cell)))
        for cell in cells
    )
    return worded * 2 > len(cells)
