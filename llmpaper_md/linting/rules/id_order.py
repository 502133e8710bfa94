"""A gap in the IDs of a table, or IDs out of order.

A paper was taken out, or moved without a new number.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [GPT](https://arxiv.org/abs/2005.14165) |
| 2 | [BERT](https://arxiv.org/abs/1810.04805) |
| 3 | [PaLM](https://arxiv.org/abs/2204.02311) |
| 5 | [T5](https://arxiv.org/abs/1910.10683) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 3 | [GPT](https://arxiv.org/abs/2005.14165) |
| 2 | [BERT](https://arxiv.org/abs/1810.04805) |
| 1 | [T5](https://arxiv.org/abs/1910.10683) |
```

Fix: numbers the table anew, one after the other. Unsafe, because other pages may refer to the
numbers.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..context import Context
from ..findings import Applicability, Finding, Level, Severity
from ..numbering import id_span, read_series, renumbered

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number that does not follow the one before it."""
    for series in read_series(context):
        numbers = series.numbers
        down = sum(b < a for a, b in pairwise(numbers)) * 2 > len(numbers)
        step = -1 if down else 1
        fix = None
        seen: set[int] = set()
        last: int | None = None
        for row in series.rows:
            number = row.paper.id
            if number is None:
                last = None  # what stands there may be the number between
                continue
            if last is not None and number != last + step and number not in seen:
                fix = fix or renumbered(series)
                message = f"ID {number} follows ID {last}: {last + step} was expected"
                yield Finding("id-order", SEVERITY, message, id_span(row), fix=fix)
            seen.add(number)
            last = number
