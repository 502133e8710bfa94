"""A paper without stars in a table that rates its papers.

## What it does

Reports papers without stars in tables that rate more than half of their papers, on a scale of more
than one star. A single star next to some papers is a mark, not a rating.

## Why it matters

A reader cannot tell whether the paper has no rating or the lowest one.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
| 3 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
| 3★★ | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Fix safety

There is no fix: the rating of a paper is for its readers to decide.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.ratings import all_ratings
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each paper without stars."""
    for ratings in context.cached(all_ratings):
        missing = [rating for rating in ratings if rating.glyph is None]
        if len(missing) * 2 >= len(ratings):
            continue
        for rating in missing:
            message = "paper without stars, unlike most in this table: rate it"
            yield Problem(message, rating.span)
