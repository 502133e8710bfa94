"""A comment that silences a rule where there is nothing to silence, or a rule that does not exist.

What was silenced has been mended since, or the name is mistyped and the finding is not silenced.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) <!-- llmpaper-md: ignore unused-ignores --> |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) <!-- what is no command is no finding --> |
```

Fix: takes the name out of the comment, and the comment out when it was the last. Safe: it silenced
nothing.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Problem]:
    """Yield nothing: what is unused is known once all other rules have run (see `engine`)."""
    del context
    return iter(())
