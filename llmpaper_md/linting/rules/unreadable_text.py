"""Text of which nothing can be read any more.

`锟斤拷` is what GBK makes of two characters U+FFFD, and these stood for bytes that were lost
before. A row of `????` is what programs write where an encoding has no characters for the text.
Chinese that was read as Big5 or as the Korean code page 949 loses more than half of its characters.
Nothing in the file says what was there, so it cannot be restored and is left as it is. Code is left
alone.

Fails:

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | 锟斤拷锟斤拷锟斤拷 |
| [B](https://arxiv.org/abs/1810.04805) | ???????????? |
```

Passes:

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | 新的方法 |
| [B](https://arxiv.org/abs/1810.04805) | Really??? |
```

Fix: none, because the text is lost. An older version of the file may have it.

Since: 0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words import quoted
from ..context import Context
from ..findings import Applicability, Finding, Level, Severity

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each run that cannot be restored."""
    for run, _, _ in context.garbled:
        if run.kind == "lost":
            message = (
                f"{quoted(run.before)} cannot be read any more ({run.channel}): "
                "restore it from an older version"
            )
            yield Finding("unreadable-text", SEVERITY, message, run.original)
