"""A row with fewer cells than the table has columns.

Renderers fill it up. Whether the last cells are empty or were forgotten, nobody can tell.

Fails:

```markdown
| ID | Paper | Notes |
| -- | ----- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
```

Passes:

```markdown
| ID | Paper | Notes |
| -- | ----- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) | |
```

Fix: adds empty cells. Safe: the table is shown as before.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import BLANKS, Edit, Span
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row that is too short; a line without pipes is meant as text."""
    for named in context.document.tables:
        width = len(named.table.header.cells)
        for row in named.table.rows:
            line = row.span.cut(context.source.text).rstrip(BLANKS)
            missing = width - len(row.cells)
            if missing <= 0 or "|" not in line or row.is_empty:
                continue
            end = row.span.start + len(line)
            closed = line.endswith("|") and not line.endswith("\\|")
            fix = Fix((Edit(Span(end, end), ("" if closed else " |") + " |" * missing),), "safe")
            message = f"{len(row.cells)} of {width} cells: write the empty ones too"
            yield Finding("missing-cells", SEVERITY, message, row.span, fix=fix)
