"""A paper without an introduction, in a table that introduces its papers.

## What it does

Reports empty introductions in tables that have a column for them (Introduction, Notes, 简介, …) and
fill at least half of its cells. A dash or *TODO* counts as filled.

## Why it matters

The other papers have an introduction: this one was probably forgotten.

## Example

```markdown
| Paper | Introduction |
| ----- | ------------ |
| [Attention](https://arxiv.org/abs/1706.03762) | the Transformer |
| [BERT](https://arxiv.org/abs/1810.04805) | |
```

## Use instead

```markdown
| Paper | Introduction |
| ----- | ------------ |
| [Attention](https://arxiv.org/abs/1706.03762) | the Transformer |
| [BERT](https://arxiv.org/abs/1810.04805) | - |
```

## Fix safety

There is no fix: a person has to write the introduction.

## Since

0.1.0
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
    """Yield a problem for each paper whose introduction is empty."""
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
