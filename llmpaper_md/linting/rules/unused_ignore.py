"""A comment that suppresses nothing, or names an unknown rule.

## What it does

Reports names in comments such as `<!-- llmpaper-md: ignore NAME -->` that suppress no finding.
Rules that did not run are left alone.

## Why it matters

The problem has been fixed, and the comment would hide the next one; or the name is misspelt, and
the finding is not suppressed.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) <!-- llmpaper-md: ignore unused-ignores --> |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) <!-- what is no command is no finding --> |
```

## Fix safety

Removes the name, and the whole comment where it was the last name. The fix is safe: it suppressed
nothing. A comment with a reason (`<!-- llmpaper-md: ignore NAME -- REASON -->`) is deleted only by
an unsafe fix.

## Since

0.1.0
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
