"""IDs with gaps or out of order.

## What it does

Reports missing numbers and numbers out of order. Tables may count down (the newest paper first),
begin at any number, and begin again after the name of a group.

A column of IDs is checked only where it numbers the rows: more than half of them have a number, and
half of the steps from one to the next are by one, or every number is there once and three quarters
of them are in order. Otherwise the numbers may be names of papers, of groups or of samples. In a
table that is sorted by stars they tell which paper was added when, and nothing is out of order.

## Why it matters

A gap makes readers look for a paper that does not exist, and a number out of order is hard to find.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 4 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 3 | [GPT-3](https://arxiv.org/abs/2005.14165) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
```

## Fix safety

Numbers the table again from its first number, and keeps leading zeros and stars. The fix is unsafe,
because other texts may refer to the old numbers.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...choices import Severity
from ...lists.numbering import Series
from ...lists.paper_rows import highlight_span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem, RelatedLocation
from ..renumbering import renumbered_series

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each gap and each ID out of order."""
    for series, fix in context.cached(renumbered_series):
        yield from _check(series, fix)


def _check(series: Series, fix: Fix | None) -> Iterator[Problem]:
    sign = -1 if series.is_descending else 1
    # An ID that is used twice is a finding of its own.
    numbered = [
        (index, entry.paper.id)
        for index, entry in enumerate(series.entries)
        if entry.paper.id is not None and index not in series.repeated
    ]
    known = {number for _, number in numbered}
    for (index, before), (place, number) in pairwise(numbered):
        step = (number - before) * sign
        if step < 0:
            message = f"ID {number} after {before} is out of order: number the table again"
        elif step > place - index and before + sign not in known:
            gap = [before + sign, number - sign]
            lost = f"ID {gap[0]} is" if gap[0] == gap[1] else f"IDs {gap[0]} to {gap[1]} are"
            message = f"{lost} missing between {before} and {number}: number the table again"
        else:
            continue
        related = RelatedLocation(highlight_span(series.entries[index], "id"), f"ID {before}")
        span = highlight_span(series.entries[place], "id")
        yield Problem(message, span, (related,), fix=fix)
