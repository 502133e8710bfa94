"""An unresolved merge conflict.

## What it does

Reports conflicts that Git left in the file, with their markers: lines of seven `<`, `=` or `>`.
Incomplete conflicts are reported too, as in the example, where the last marker is gone.

`=======` under a line of text is a heading. It counts as part of a conflict only after `<<<<<<<`,
or as a row of a table. Markers in code and comments are left alone, and so are those that do not
begin their line.

## Why it matters

Both sides of the conflict are shown, one after the other, and a table turns the markers into rows.
All other commands refuse such a list, so that no paper is lost or listed twice.

## Example

```markdown
| Paper |
| ----- |
<<<<<<< HEAD
| [BERT](https://arxiv.org/abs/1810.04805) |
=======
| [T5](https://arxiv.org/abs/1910.10683) |
```

## Use instead

```markdown
| Paper |
| ----- |
| [BERT](https://arxiv.org/abs/1810.04805) |
| [T5](https://arxiv.org/abs/1910.10683) |
```

## Fix safety

There is no fix: only the authors of the two sides know which lines are right.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.conflicts import find_conflicts
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_PARTS = {"|": "the common base", "=": "the other side", ">": "the end of the conflict"}


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each conflict, with the rest of its markers."""
    for conflict in find_conflicts(context.source, context.document.blocks):
        first, *others = conflict.markers
        related = tuple(RelatedLocation(marker.span, _PARTS[marker.sign]) for marker in others)
        yield Problem(conflict.describe(), first.span, related)
