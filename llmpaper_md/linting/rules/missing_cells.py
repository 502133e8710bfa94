"""A row of a table of papers with fewer cells than the header.

## What it does

Reports rows that are too short.

## Why it matters

GitHub adds the missing cells at the end of the row. But a `|` that was forgotten in the middle has
moved all cells after it, and a person who edits the row may count the columns wrong.

## Example

```markdown
| ID | Paper | Notes |
| -- | ----- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
```

## Use instead

```markdown
| ID | Paper | Notes |
| -- | ----- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) | |
```

## Fix safety

Adds the empty cells. The fix is safe, because GitHub shows them anyway. There is no fix in
a file that lacks more than 50,000 of them.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.group_rows import is_stray_text
from ...source import SPACES, Edit, Span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# Rows of a very wide table, each of a few characters, may lack more cells than there is room for.
_MOST = 50_000


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each row that is too short."""
    text = context.source.text
    short = [
        (row, width, width - len(row.cells))
        for table in context.tables
        if (width := len(table.grid.header.cells))
        for row in table.grid.rows
        if len(row.cells) < width
        and not (row.is_empty or is_stray_text(row, table, context.source))
    ]
    has_room = sum(missing for _, _, missing in short) <= _MOST
    for row, width, missing in short:
        message = f"row has {len(row.cells)} of the header's {width} cells: add {missing}"
        fix = None
        if has_room:
            line = row.span.cut(text).rstrip(SPACES)
            end = row.span.start + len(line)
            is_closed = len(line) > 1 and line[-1] == "|" and line[-2] != "\\"
            added = " |" * missing if is_closed else " |" * (missing + 1)
            fix = Fix("Add the missing cells", (Edit(Span(end, end), added),), "safe", "blocks")
        yield Problem(message, row.span, fix=fix)
