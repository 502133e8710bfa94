"""An ID that is not a number among numbers, or is padded unlike the others.

## What it does

Reports IDs that look different from all others of their table: a letter instead of a number, or 01
next to 2. Zeros before every short number (01, 02, …, 10) are fine, and so are IDs that are
intentional: 2a, 3.1, a dash, or a series of their own such as A1, A2.

## Why it matters

Such an ID is a typing error, and programs that read the list do not find the number.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 02 | [T5](https://arxiv.org/abs/1910.10683) |
| 3 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 01 | [BERT](https://arxiv.org/abs/1810.04805) |
| 02 | [T5](https://arxiv.org/abs/1910.10683) |
| 03 | [GPT-3](https://arxiv.org/abs/2005.14165) |
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
    """Yield a problem for each ID unlike the others."""
    for series, fix in context.cached(renumbered_series):
        for entry in series.entries:
            if not series.is_invalid(entry):
                continue
            if entry.paper.id is None:
                message = "ID is not a number, unlike the others in this table: write one"
            else:
                usual = f"{entry.paper.id:0{series.id_width}}"
                message = f"ID {text_of(entry)} is padded unlike the others: write {usual}"
            yield Problem(message, highlight_span(entry, "id"), fix=fix)
