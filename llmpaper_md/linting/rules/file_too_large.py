"""A file over nine tenths of the size at which GitHub stops showing a README.

GitHub cuts a README at 512,000 bytes, without a word. What stands behind that is not seen.

Fails: a file of more than 460,800 bytes in UTF-8.

Passes:

```markdown
| Paper |
| ----- |
| GPT |
```

Fix: none. A table that is padded for the eye can be several times as large as it need be.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import Span
from ..context import Context
from ..findings import Applicability, Finding, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None

_CUT = 512_000


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding for a file that is too large or nearly so."""
    text = context.source.text
    if len(text) * 4 <= _CUT * 0.9:
        return
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > _CUT * 0.9:
        message = f"{size:,} bytes: GitHub shows no more than {_CUT:,} of a README"
        yield Finding("file-too-large", SEVERITY, message, Span(0, min(1, len(text))))
