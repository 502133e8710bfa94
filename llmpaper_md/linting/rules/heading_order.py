"""Section numbers that are missing, repeated or out of order.

Fails:

```markdown
## 1. Models

## 2. Data

## 4. Methods
```

Passes:

```markdown
## 1. Models

## Interlude

## 2. Data

### 2.1 Text

## 3. Methods
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..context import Context
from ..findings import Applicability, Finding, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_NUMBER = re.compile(r"(?:\d{1,2}\.)*\d{1,2}")


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each section whose number does not follow that of the one before it."""
    last: dict[tuple[tuple[str, ...], str], int] = {}
    for section in context.document.sections:
        if not section.number or not _NUMBER.fullmatch(section.number):
            continue
        prefix, _, own = section.number.rpartition(".")
        key = (section.path[:-1], prefix)
        number = int(own)
        if key in last and number != last[key] + 1:
            before = f"{prefix}.{last[key]}" if prefix else str(last[key])
            message = f"section {section.number} follows section {before}"
            yield Finding("heading-order", SEVERITY, message, section.span)
        last[key] = number
