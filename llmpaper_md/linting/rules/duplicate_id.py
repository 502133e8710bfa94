"""An ID that two papers of a table have.

## What it does

Reports IDs that appear earlier in the same table. Columns that do not number the rows one by one
are left alone: counts, years, and numbers of groups (1, 1, 2, 2). Numbers may begin again after the
name of a group.

## Why it matters

A reference to paper 5 means one of the two, and nobody can tell which. Usually a row was added
without a new number.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 2 | [GPT-3](https://arxiv.org/abs/2005.14165) |
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
from ...lists.paper_rows import highlight_span
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation
from ..renumbering import renumbered_series

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each ID that stood in the table before."""
    for series, fix in context.cached(renumbered_series):
        for index, earlier in series.repeated.items():
            entry, other = series.entries[index], series.entries[earlier]
            message = (
                f"ID {entry.paper.id} is already used on line {other.line}: number the table again"
            )
            related = RelatedLocation(
                highlight_span(other, "id"), f"the first paper with ID {entry.paper.id}"
            )
            yield Problem(message, highlight_span(entry, "id"), (related,), fix=fix)
