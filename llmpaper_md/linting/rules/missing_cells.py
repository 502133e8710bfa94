"""A row of a table of papers with fewer cells than the header.

## What it does

Reports rows that are too short. Where the values show it, the finding says more: that a row is
broken over several lines, or that values are under the wrong columns, because a cell is missing
before them.

## Why it matters

GitHub adds the missing cells at the end of the row. But a `|` that was forgotten in the middle has
moved all cells after it, and a person who edits the row may count the columns wrong. Of a row that
is broken over two lines GitHub makes two.

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

Adds the empty cells at the end. The fix is safe, because GitHub shows them anyway, where only the
last cells can be missing: where a cell before the end may be missing, it is unsafe. It joins the
lines of a broken row where their cells are then as many as the header's; this is unsafe, too. There
is no fix where values are under the wrong columns, nor in a file that lacks more than 50,000 cells.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each row that is too short."""
    for table in context.tables:
        width = len(table.names)
        if any(len(row.cells) < width for row in table.grid.rows):
            # What tells more about them takes time to load, and few lists have any.
            from ..short_rows import problems

            yield from problems(context)
            return
