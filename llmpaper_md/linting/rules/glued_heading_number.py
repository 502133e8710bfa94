"""A section number that its title follows without a blank.

Fails:

```markdown
## 2.2CoT
```

Passes:

```markdown
## 2.2 CoT

## 3D vision
```

Fix: a blank between them. Safe: the title is shown as it was meant.

Since: 0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...blocks import Heading
from ...source import Edit, Span
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_GLUED = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?=[^\W\d_])")
# 2.5D and 1.5B are no section numbers.
_SIZE = re.compile(r"[KMBTDx]\b", re.IGNORECASE)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each heading that begins so."""
    for heading in context.document.blocks.blocks:
        if not isinstance(heading, Heading):
            continue
        match = _GLUED.match(heading.content.text)
        if match and not _SIZE.match(heading.content.text, match.end()):
            span = heading.content.span(*match.span())
            fix = Fix((Edit(Span(span.end, span.end), " "),), "safe")
            message = f"no blank between the number {match[0]} and the title"
            yield Finding("glued-heading-number", SEVERITY, message, span, fix=fix)
