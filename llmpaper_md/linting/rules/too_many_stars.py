"""More stars than the scale has.

A scale ends somewhere; what is above its end is a slip of the hand, and programs that read the
list cut it off. Where a table draws the rest of its scale (★★★★★★★☆☆☆), that scale counts.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
```

Fix: none; how many stars were meant is not known.

Options: `max-stars`, how many stars the scale has, 5 by default.

Since: 0.1.0
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
    """Yield a finding for each paper with too many stars."""
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
