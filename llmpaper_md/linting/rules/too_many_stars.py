"""More stars than the most there are: five, or what the setting ``max-stars`` says.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★★★★ | [GPT](https://arxiv.org/abs/2005.14165) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★★★ | [GPT](https://arxiv.org/abs/2005.14165) |
```

Fix: none.

Options: ``max-stars``.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context
from ..findings import Applicability, Finding, Level, Severity
from ..ratings import STAR, star_cell

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell with too many stars."""
    most = context.options.max_stars
    for table in context.tables:
        for row in table.rows:
            cell = star_cell(row)
            if cell is not None and row.paper.star_glyph not in (None, "*"):
                count = len(STAR.findall(cell.raw))
                if count > most:
                    message = f"{count} stars, where {most} are the most"
                    yield Finding("too-many-stars", SEVERITY, message, cell.span)
