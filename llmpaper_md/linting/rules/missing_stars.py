"""A paper without stars in a table whose papers have them.

Was it forgotten, or is it of no importance? The list does not say.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1★★ | [GPT](https://arxiv.org/abs/2005.14165) |
| 2★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 3 | [T5](https://arxiv.org/abs/1910.10683) |
```

Passes:

```markdown
| Paper | Stars |
| ----- | ----- |
| [GPT](https://arxiv.org/abs/2005.14165) | ★★☆ |
| [T5](https://arxiv.org/abs/1910.10683) | ☆☆☆ |
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context
from ..findings import Applicability, Finding, Level, Severity
from ..ratings import star_cell

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each paper without stars where most have some."""
    for table in context.tables:
        starred = sum(row.paper.star_glyph is not None for row in table.rows)
        if starred * 2 <= len(table.rows):
            continue
        for row in table.rows:
            if row.paper.star_glyph is None and (row.paper.title or row.paper.url):
                cell = star_cell(row)
                span = cell.span if cell and cell.raw else row.row.span
                message = "the paper has no stars, and the others of the table have"
                yield Finding("missing-stars", SEVERITY, message, span)
