"""A row of a table of papers with nothing in it.

## What it does

Reports rows whose cells are all empty.

## Why it matters

The row is shown as an empty line of the table. It is left over from editing, or a paper is missing.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
|   |   |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | |
```

## Fix safety

Deletes the row. The fix is unsafe, because the row may be reserved for a paper.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...source import Edit
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each empty row."""
    for table in context.tables:
        for row in table.grid.rows:
            if row.is_empty:
                line = context.source.line_span(row.line)
                fix = Fix("Delete the empty row", (Edit(line, ""),), "unsafe")
                yield Problem("empty row: delete it or add the missing paper", row.span, fix=fix)
