"""A paper without an introduction, in a table that introduces its papers.

A table introduces its papers if it has a column for that (Introduction, Notes, 简介, …) and at
least half of its rows say something there. A dash or a *TODO* says something: it was left so.

Fails:

```markdown
| Paper | Introduction |
| ----- | ------------ |
| [Attention](https://arxiv.org/abs/1706.03762) | the Transformer |
| [BERT](https://arxiv.org/abs/1810.04805) | |
```

Passes:

```markdown
| Paper | Introduction |
| ----- | ------------ |
| [Attention](https://arxiv.org/abs/1706.03762) | the Transformer |
| [BERT](https://arxiv.org/abs/1810.04805) | - |
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...source import Span
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a finding for each paper whose introduction is empty."""
    for entries in context.siblings:
        if not entries[0].container.has("introduction"):
            continue
        missing = [entry for entry in entries if not entry.paper.introduction]
        if 2 * len(missing) > len(entries):
            continue
        for entry in missing:
            part = entry.part("introduction")
            span = part.span if part else Span(entry.span.end, entry.span.end)
            title = quoted(entry.paper.title) if entry.paper.title else "paper"
            message = f"{title} has no introduction: add one"
            yield Problem(message, span)
