"""A merge conflict that was never resolved.

Git leaves both sides of a conflict in the file, between lines of markers: seven `<`, `=` and `>`.
Both sides are then shown, one below the other, and a table takes the markers for rows. All other
commands refuse such a list, so that a paper is neither lost nor listed twice. What a person left of
a conflict is found too, as here, where the last line is gone.

`=======` under a line of text is a heading. It is part of a conflict where `<<<<<<<` came before,
or where it is a row of a table. Markers in code and comments are left alone, and so are those that
do not begin their line: a page about Git shows them in code.

Fails:

```markdown
| Paper |
| ----- |
<<<<<<< HEAD
| [BERT](https://arxiv.org/abs/1810.04805) |
=======
| [T5](https://arxiv.org/abs/1910.10683) |
```

Passes:

```markdown
| Paper |
| ----- |
| [BERT](https://arxiv.org/abs/1810.04805) |
| [T5](https://arxiv.org/abs/1910.10683) |
```

Fix: none, because what is right is known to those who wrote the two sides.

Since: 0.2.0
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
    """Yield a finding for each conflict, with the rest of its markers."""
    for conflict in find_conflicts(context.source, context.document.blocks):
        first, *others = conflict.markers
        related = tuple(RelatedLocation(marker.span, _PARTS[marker.sign]) for marker in others)
        yield Problem(conflict.describe(), first.span, related)
