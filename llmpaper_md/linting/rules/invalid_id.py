"""An ID that is no number, or padded unlike its neighbours.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 01 | [GPT](https://arxiv.org/abs/2005.14165) |
| 02 | [BERT](https://arxiv.org/abs/1810.04805) |
| 3 | [T5](https://arxiv.org/abs/1910.10683) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 09 | [GPT](https://arxiv.org/abs/2005.14165) |
| 10 | [BERT](https://arxiv.org/abs/1810.04805) |
| - | [T5](https://arxiv.org/abs/1910.10683) |
```

Fix: pads the number as its neighbours are. Unsafe, because other pages may refer to it. None for
what is no number.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import Edit, Span
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity
from ..numbering import id_span, read_series

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each ID that is a word, or padded unlike most."""
    for series in read_series(context):
        short = [row for row in series.rows if row.paper.id is not None and row.paper.id < 10]
        padded = [row for row in short if (row.paper.id_text or "").startswith("0")]
        odd = padded if len(padded) * 2 < len(short) else [r for r in short if r not in padded]
        width = max((len(row.paper.id_text or "") for row in padded), default=1)
        if padded and len(padded) < len(short):
            for row in odd:
                old = row.paper.id_text or ""
                new = str(row.paper.id) if odd is padded else str(row.paper.id).zfill(width)
                cell = row.cell("id")
                start = id_span(row).start + (cell.raw.find(old) if cell else 0)
                fix = Fix((Edit(Span(start, start + len(old)), new),), "unsafe")
                message = f"ID {old} is written unlike the others of the table: {new}"
                yield Finding("invalid-id", SEVERITY, message, id_span(row), fix=fix)
        words = [row for row in series.rows if (row.paper.id_text or "").isalpha()]
        if len(words) * 4 < len(series.rows):
            for row in words:
                message = f"the ID {row.paper.id_text} is no number, and the others are"
                yield Finding("invalid-id", SEVERITY, message, id_span(row))
