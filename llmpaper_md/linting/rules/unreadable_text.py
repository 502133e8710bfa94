"""Text that cannot be restored.

## What it does

Reports text of which nothing can be read any more. `锟斤拷` is what GBK makes of two characters
U+FFFD, which were written for bytes that were lost before. A row of `????` is what programs write
where an encoding has no characters for the text. In a cell full of U+FFFD only fragments are left.
Code is left alone.

## Why it matters

A part of the list is lost, and nothing in the file says what it was. The longer nobody notices, the
harder it is to find an older version that has it.

## Example

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | 锟斤拷锟斤拷锟斤拷 |
| [B](https://arxiv.org/abs/1810.04805) | ???????????? |
```

## Use instead

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | 新的方法 |
| [B](https://arxiv.org/abs/1810.04805) | Really??? |
```

## Fix safety

There is no fix: the text is lost. An older version of the file may have it.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each run that cannot be restored."""
    for run, _, _ in context.garbled:
        if run.kind == "lost" and not run.channel.startswith("UTF-8"):
            message = (
                f"unreadable text {quoted(run.before)} ({run.channel}): "
                "restore it from an older version of the file"
            )
            yield Problem(message, run.original)
