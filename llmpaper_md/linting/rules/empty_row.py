"""A row of a table of papers with nothing in it.

## What it does

Reports rows whose cells are all empty, and rows of dashes: a delimiter row after the first one.

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

Deletes the row. The fix is unsafe, because an empty row may be reserved for a paper.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...source import Edit
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_MESSAGE = "empty row: delete it or add the missing paper"
# A delimiter row where there was one before.
_DASHES = re.compile(r":?[-—–]{2,}:?")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each empty row."""
    for table in context.tables:
        for row in table.grid.rows:
            is_ruled = not row.is_empty and all(_DASHES.fullmatch(cell.raw) for cell in row.cells)
            if row.is_empty or is_ruled:
                line = context.source.line_span(row.line)
                title = "Delete the row of dashes" if is_ruled else "Delete the empty row"
                message = "row of dashes: delete it" if is_ruled else _MESSAGE
                fix = Fix(title, (Edit(line, ""),), "unsafe", "words" if is_ruled else "spaces")
                yield Problem(message, row.span, fix=fix)
