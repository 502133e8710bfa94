"""A paper without a link in a table whose papers have them.

Fails:

```markdown
| Paper | Notes |
| ----- | ----- |
| [GPT](https://arxiv.org/abs/2005.14165) | |
| [BERT](https://arxiv.org/abs/1810.04805) | |
| T5 | |
```

Passes:

```markdown
| Paper | Notes |
| ----- | ----- |
| GPT | |
| T5 | |
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...links import Link
from ..context import Context
from ..findings import Applicability, Finding, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each paper without any link where most have one."""
    for table in context.tables:
        linked = sum(_is_linked(row.paper.links) for row in table.rows)
        if linked * 2 <= len(table.rows):
            continue
        for row in table.rows:
            paper = row.paper
            if paper.title and not _is_linked(paper.links) and not (paper.arxiv or paper.doi):
                cell = row.cell("title")
                span = cell.span if cell and cell.raw else row.row.span
                message = "the paper has no link, and the others of the table have"
                yield Finding("missing-link", SEVERITY, message, span)


def _is_linked(links: Iterable[Link]) -> bool:
    return any(link.kind != "image" for link in links)
