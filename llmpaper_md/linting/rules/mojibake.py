"""A garbled line that can be restored exactly.

## What it does

Reports text in UTF-8 that was read in another encoding and lost nothing: `Ã©tÃ©` is *été* read as
Windows-1252. Quotations in code on a clean page are left alone. A line that lost bytes is reported
by `lost-bytes`. `llmpaper-md repair` restores the whole file at once.

## Why it matters

Nobody can read or find the text, although every byte of it is still there.

## Example

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | dâ€™apprÃªt dÃ©jÃ  citÃ© l'Ã©tÃ© |
```

## Use instead

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | d’apprêt déjà cité l'été (not `Ã©tÃ©`) |
```

## Fix safety

Restores the text. The fix is safe, because damaging the new text again gives the old one. It is
unsafe in a file that also has lines with `lost-bytes`: the lines that are complete show how the
whole file was damaged, and should be restored together with the others.

## Since

0.1.0
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
    """Yield a problem for each garbled line that can be restored as it was."""
    if not context.garbled or context.repair is None:
        return
    lossy = bool(context.repair.guesses)
    for line in context.garbled:
        if not line.guesses:
            old, new = line.edit.span.cut(context.source.text), line.edit.replacement
            message = f"garbled text {quoted(old)}, read in a wrong encoding: write {quoted(new)}"
            fix = Fix("Restore the garbled text", (line.edit,), "unsafe" if lossy else "safe")
            yield Problem(message, line.edit.span, fix=fix)
