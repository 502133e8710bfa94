"""Garbled text that can be restored exactly.

## What it does

Reports text that was read in another encoding and lost nothing. `Ã©tÃ©` is *été* in UTF-8, read as
Windows-1252; `鏂囨。` is 文档 in UTF-8, read as GBK; `ÖÐÎÄ` is 中文 in GBK, read as Latin-1; and
`\\u4e2d\\u6587` is 中文 as a program writes it. The message names how the text was damaged.

Clean text in the same line and quotations in code on a clean page are left alone. Text that is too
short to be sure of is reported as possibly garbled. Text that lost bytes is reported by
`lost-bytes`, and text that cannot be restored by `unreadable-text`. `llmpaper-md repair` restores
the whole file at once.

## Why it matters

Nobody can read or find the text, although every byte of it is still there.

## Example

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | dâ€™apprÃªt citÃ© l'Ã©tÃ© |
```

## Use instead

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | d’apprêt cité l'été (not `Ã©tÃ©`) |
```

## Fix safety

Restores the text. The fix is safe, because damaging the new text again gives the old one, and no
other text does. It is unsafe in a file that also has findings of `lost-bytes`: the text that is
complete shows how the whole file was damaged, and should be restored together with the rest. There
is no fix for text that is only possibly garbled.

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
    """Yield a problem for each garbled run that can be restored as it was."""
    if not context.garbled or context.repair is None:
        return
    applicability: Applicability = "unsafe" if context.repair.guesses else "safe"
    for run, edit, _ in context.garbled:
        if run.kind == "exact" and edit is not None:
            old, new = edit.span.cut(context.source.text), edit.replacement
            message = f"garbled text {quoted(old)} ({run.channel}): write {quoted(new)}"
            fix = Fix("Restore the garbled text", (edit,), applicability, "links")
            yield Problem(message, edit.span, fix=fix)
        elif run.kind == "suspected":
            message = f"possibly garbled text {quoted(run.before)} ({run.channel}): check it"
            yield Problem(message, run.original)
