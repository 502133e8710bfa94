"""A paper without an ID in a table whose papers have one.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [GPT](https://arxiv.org/abs/2005.14165) |
| 2 | [BERT](https://arxiv.org/abs/1810.04805) |
|   | [T5](https://arxiv.org/abs/1910.10683) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
|   | [GPT](https://arxiv.org/abs/2005.14165) |
|   | [BERT](https://arxiv.org/abs/1810.04805) |
```

Fix: numbers the table anew, one after the other. Unsafe, because other pages may refer to the
numbers.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context
from ..findings import Applicability, Finding, Level, Severity
from ..numbering import id_span, read_series, renumbered

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row with an empty ID cell."""
    for series in read_series(context):
        fix = None
        for row in series.rows:
            cell = row.cell("id")
            if cell is not None and not cell.raw and (row.paper.title or row.paper.url):
                fix = fix or renumbered(series)
                message = "the paper has no ID, and the others of the table have"
                yield Finding("missing-id", SEVERITY, message, id_span(row), fix=fix)
