"""A paper without an introduction, in a table that introduces its papers.

A table introduces its papers if it has a column for that (Introduction, Notes, 简介, …) and at
least half of its rows say something there. A dash or a *TODO* says something: it was left so.

Fails:

```markdown
| Paper | Introduction |
| ----- | ------------ |
| [Attention](https://arxiv.org/abs/1706.03762) | the Transformer |
| [BERT](https://arxiv.org/abs/1810.04805) | |
```

Passes:

```markdown
| Paper | Introduction |
| ----- | ------------ |
| [Attention](https://arxiv.org/abs/1706.03762) | the Transformer |
| [BERT](https://arxiv.org/abs/1810.04805) | - |
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import Span
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Finding, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each paper whose introduction is empty."""
    for table in context.tables:
        if not table.has("introduction"):
            continue
        missing = [row for row in table.rows if not row.paper.introduction]
        if 2 * len(missing) > len(table.rows):
            continue
        for row in missing:
            cell = row.cell("introduction")
            span = cell.span if cell else Span(row.row.span.end, row.row.span.end)
            title = quoted(row.paper.title) if row.paper.title else "the paper"
            message = f"{title} has no introduction"
            yield Finding("missing-introduction", SEVERITY, message, span)
