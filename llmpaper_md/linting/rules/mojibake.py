"""A line of garbled text that lost nothing: UTF-8 read as another encoding.

`Ã©tÃ©` is *été* read as Windows-1252. All bytes are still there, so the text comes out again
exactly. Quotations in code on a clean page are left alone. A line that lost bytes is a finding of
`lost-bytes`. `llmpaper-md repair` does the same to the whole file at once.

Fails:

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | dâ€™apprÃªt dÃ©jÃ  citÃ© l'Ã©tÃ© |
```

Passes:

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | d’apprêt déjà cité l'été (not `Ã©tÃ©`) |
```

Fix: puts the restored text. Safe, because damaging it again gives what was there; unsafe in a file
that has lines of `lost-bytes` too, since these are restored best while the others show how the
whole was damaged.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a finding for each garbled line that can be restored as it was."""
    if not context.garbled or context.repair is None:
        return
    lossy = bool(context.repair.guesses)
    for line in context.garbled:
        if not line.guesses:
            old, new = line.edit.span.cut(context.source.text), line.edit.replacement
            message = f"garbled text {quoted(old)}, read in a wrong encoding: write {quoted(new)}"
            fix = Fix("Restore the garbled text", (line.edit,), "unsafe" if lossy else "safe")
            yield Problem(message, line.edit.span, fix=fix)
