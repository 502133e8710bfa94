"""Text or a space between the stars of a paper.

## What it does

Reports stars that are not next to each other. Tables that write all their stars with spaces or
words between them are left alone.

## Why it matters

Text between stars is usually a typing error, and programs that count the stars up to it count too
few.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ ★ | [T5](https://arxiv.org/abs/1910.10683) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| ⭐ ⭐ ⭐ 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| ⭐ ⭐ 2 | [T5](https://arxiv.org/abs/1910.10683) |
```

## Fix safety

There is no fix: the text may belong elsewhere.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...choices import Severity
from ...lists.ratings import all_ratings
from ...source import SPACES, Span
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each paper whose stars are not next to each other."""
    for ratings in context.cached(all_ratings):
        places = [[span for _, span in rating.stars] for rating in ratings]
        several = [spans for spans in places if len(spans) > 1]
        split = [gap for spans in several if (gap := _gap(spans))]
        if len(split) * 2 > len(several):
            continue
        for gap in split:
            has_text = gap.cut(context.source.text).strip(SPACES)
            what, remedy = ("text", "move it") if has_text else ("space", "remove it")
            message = f"{what} between the stars: {remedy}"
            yield Problem(message, gap)


def _gap(spans: list[Span]) -> Span | None:
    """The text between the first two stars that do not touch."""
    gaps = (Span(a.end, b.start) for a, b in pairwise(spans) if a.end < b.start)
    return next(gaps, None)
