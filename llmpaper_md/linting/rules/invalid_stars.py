"""Text or a blank among the stars of a paper.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1★ ★ | [GPT](https://arxiv.org/abs/2005.14165) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1 ★★ | [GPT](https://arxiv.org/abs/2005.14165) |
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import Span
from ..context import Context
from ..findings import Applicability, Finding, Level, Severity
from ..ratings import ANY_STAR, star_cell

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each cell whose stars do not follow one another."""
    for table in context.tables:
        for row in table.rows:
            cell = star_cell(row)
            if cell is None or row.paper.star_glyph in (None, "*"):
                continue
            places = [match.span() for match in ANY_STAR.finditer(cell.raw)]
            first, last = places[0][0], places[-1][1]
            if sum(end - start for start, end in places) < last - first:
                span = Span(cell.span.start + first, cell.span.start + last)
                message = f"something stands among the stars: {span.cut(context.source.text)}"
                yield Finding("invalid-stars", SEVERITY, message, span)
