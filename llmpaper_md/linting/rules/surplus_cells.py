r"""Cells after the last column of a table of papers.

## What it does

Reports rows that have more cells than the header. Empty cells at the end are left alone, and so are
comments there that are not meant for readers: `<!-- … -->`, `[//]: # …`.

## Why it matters

GitHub shows as many cells as the header has and drops the others. Usually a `|` in a title, a link
or code was read as the border of a cell.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT | a survey](https://arxiv.org/abs/1810.04805) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT \| a survey](https://arxiv.org/abs/1810.04805) |
```

## Fix safety

Escapes the `|` inside a link, a URL, code or HTML, where the row then has as many cells as the
header. The fix is unsafe, because another `|` may be the wrong one.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...reading.inline import read_inline
from ...reading.tables import Row
from ...source import SPACES, Edit, Excerpt, Span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

# What hides a note in Markdown: to GitHub it is text in a cell, which is not shown here.
_COMMENT = re.compile(r"<!--.*-->$|\[(?://|[_-]+|comment)\]:", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each row with cells that are not shown."""
    for entries in context.siblings:
        width = len(entries[0].container.grid.header.cells)
        for entry in entries:
            cells = entry.row.cells
            surplus = [cell for cell in cells[width:] if cell.raw and not _COMMENT.match(cell.raw)]
            if surplus:
                message = (
                    f"row has {len(cells)} cells, the header {width}, and the rest is not shown: "
                    r"write \| for a | that is not a border"
                )
                span = Span(surplus[0].span.start, surplus[-1].span.end)
                fix = _fix(context, entry.row, len(cells) - width)
                yield Problem(message, span, fix=fix)


def _fix(context: Context, row: Row, count: int) -> Fix | None:
    text, (start, end) = context.source.text, (row.span.start, row.span.end)
    pipes = [match.start() for match in _PIPE.finditer(text, start, end)]
    references = context.document.blocks.references
    whole = read_inline(Excerpt(row.span.cut(text), ((0, start),)), references)
    inside = iter(sorted([*(link.span for link in whole.links), *whole.code]))
    escaped: list[int] = []
    reached = -1
    span = next(inside, None)
    for pipe in pipes:
        while span and span.start < pipe:
            reached = max(reached, span.end)
            span = next(inside, None)
        if pipe < reached:
            escaped.append(pipe)
    if not escaped:
        # A pipe in a URL touches what is before and after it; a border does not.
        ends = {link.span.end for link in whole.links if link.kind == "bare"}
        borders = [pipe for pipe in pipes if pipe != start and pipe + 1 < end]
        tight = [p for p in borders if text[p - 1] not in SPACES and text[p + 1] not in SPACES]
        escaped = tight if set(tight) <= ends else []
    if len(escaped) != count:
        return None
    edits = tuple(Edit(Span(pipe, pipe), "\\") for pipe in escaped)
    return Fix("Escape the pipes that are not borders", edits, "unsafe")
