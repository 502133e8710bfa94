"""A paper without an ID in a table whose papers have IDs.

## What it does

Reports papers without a number in tables that number more than half of their papers. Rows that only
name a group are left alone.

## Why it matters

Nobody can refer to a paper that has no number.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
|   | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 3 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Fix safety

Numbers the table again from its first number, and keeps leading zeros and stars. The fix is unsafe,
because other texts may refer to the old numbers.

## Since

0.1.0
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
    """Yield a problem for each paper without an ID."""
    for series, fix in context.cached(renumbered_series):
        for entry in series.entries:
            if not text_of(entry):
                message = "paper without an ID, unlike most in this table: give it one"
                yield Problem(message, highlight_span(entry, "id"), fix=fix)
