"""Two papers of one table have the same ID.

Readers refer to papers by their number. A number that is used twice names neither.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [GPT](https://arxiv.org/abs/2005.14165) |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [GPT](https://arxiv.org/abs/2005.14165) |
| 2 | [BERT](https://arxiv.org/abs/1810.04805) |
```

Fix: numbers the table anew, one after the other. Unsafe, because other pages may refer to the
numbers.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context, PaperRow
from ..findings import Applicability, Finding, Level, Related, Severity
from ..numbering import id_span, read_series, renumbered

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each paper whose number a paper before it has."""
    for series in read_series(context):
        seen: dict[int, PaperRow] = {}
        fix = None
        for row in series.rows:
            number = row.paper.id
            if number is None:
                continue
            first = seen.setdefault(number, row)
            if first is not row:
                fix = fix or renumbered(series)
                message = f"ID {number} is used twice: line {first.row.line} has it too"
                related = (Related(id_span(first), f"the first ID {number}"),)
                yield Finding("duplicate-id", SEVERITY, message, id_span(row), related, fix)
