"""A paper without an ID in a table whose papers have IDs.

Nobody can point at a paper that has no number. Only tables that number more than half of their
papers are looked at, and no rows that only name a group.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
|   | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 3 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

Fix: numbers the table anew, from its first number on, and keeps leading zeros and stars. Unsafe,
because something else may speak of the old numbers.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.numbering import text_of
from ...lists.paper_rows import highlight_span
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..renumbering import renumbered_series

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a finding for each paper without an ID."""
    for series, fix in context.cached(renumbered_series):
        for entry in series.entries:
            if not text_of(entry):
                message = "paper without an ID, unlike most in this table: give it one"
                yield Problem(message, highlight_span(entry, "id"), fix=fix)
