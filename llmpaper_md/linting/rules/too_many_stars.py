"""More stars than the scale has.

## What it does

Reports papers with more stars than the scale. Where a table shows the rest of its scale
(★★★★★★★☆☆☆), that scale counts.

## Why it matters

A star too many is a typing error, and programs that read the list cut it off.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
```

## Fix safety

There is no fix: the intended number of stars is unknown.

## Options

- `max-stars` (integer, at least 1; default: `5`): The most stars that the list gives.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.ratings import Rating, all_ratings
from ...reading.stars import EMPTY
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each paper with too many stars."""
    for ratings in context.cached(all_ratings):
        limit = max(context.document.max_stars, _drawn_scale(ratings))
        for rating in ratings:
            if rating.count > limit:
                message = f"{rating.count} stars exceed the scale of {limit}: correct the rating"
                yield Problem(message, rating.span)


def _drawn_scale(ratings: list[Rating]) -> int:
    """How many stars, empty ones included, every paper of a table has; 0 if they differ."""
    drawn = [[glyph for glyph, _ in rating.stars] for rating in ratings if rating.glyph]
    lengths = set(map(len, drawn))
    if len(lengths) != 1 or not any(glyph in EMPTY for glyphs in drawn for glyph in glyphs):
        return 0
    return lengths.pop()
