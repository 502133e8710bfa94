"""IDs that leave numbers out, or stand out of order.

A gap makes readers look for a paper that is not there; a number out of order is hard to find.
Tables may count down (the newest paper first), begin at any number, and begin anew below the name
of a group.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 4 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 3 | [GPT-3](https://arxiv.org/abs/2005.14165) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
```

Fix: numbers the table anew, from its first number on, and keeps leading zeros and stars. Unsafe,
because something else may speak of the old numbers.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..context import Context
from ..findings import Applicability, Finding, Level, Related, Severity
from ...lists.numbering import Series, all_series

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each gap and each ID out of order."""
    for series in context.once(all_series):
        yield from _check(series)


def _check(series: Series) -> Iterator[Finding]:
    sign = -1 if series.is_descending else 1
    # An ID that is used twice is a finding of its own.
    numbered = [
        (index, entry.number)
        for index, entry in enumerate(series.entries)
        if entry.number is not None and index not in series.repeated
    ]
    known = {number for _, number in numbered}
    for (index, before), (place, number) in pairwise(numbered):
        step = (number - before) * sign
        if step < 0:
            message = f"ID {number} stands behind {before}: out of order"
        elif step > place - index and before + sign not in known:
            gap = [before + sign, number - sign]
            lost = f"{gap[0]} is" if gap[0] == gap[1] else f"{gap[0]} to {gap[1]} are"
            message = f"ID {number} follows {before}: {lost} missing"
        else:
            continue
        related = Related(series.entries[index].span, f"ID {before}")
        span = series.entries[place].span
        yield Finding("id-order", SEVERITY, message, span, (related,), fix=series.fix)
