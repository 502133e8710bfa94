"""Garbled text that lost nothing: UTF-8, or Chinese in another encoding, read as something else.

`Ã©tÃ©` is *été* read as Windows-1252, `鏂囨。` is 文档 read as GBK, `ÖÐÎÄ` is 中文 in GBK read as
Latin-1, and `\\u4e2d\\u6587` is 中文 as a program writes it. All bytes are still there, and only
one text gives them, so it comes out again exactly. Clean text beside it stays, and so do quotations
in code on a clean page. What lost bytes is a finding of `lost-bytes`, what cannot be read at all
one of `unreadable-text`. What is too short to be sure of is reported as possibly garbled, without a
fix. `llmpaper-md repair` does the same to the whole file at once.

Fails:

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | dâ€™apprÃªt citÃ© l'Ã©tÃ© |
```

Passes:

```markdown
| Paper | Notes |
| ----- | ----- |
| [A](https://arxiv.org/abs/1706.03762) | d’apprêt cité l'été (not `Ã©tÃ©`) |
```

Fix: replaces the text with the one it was. Safe, because damaging that again gives what was there,
and nothing else does; unsafe in a file that has findings of `lost-bytes` too, since these are
restored best while the others show how the whole was damaged.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words import quoted
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each garbled run that can be restored as it was."""
    if not context.garbled or context.repair is None:
        return
    lossy = bool(context.repair.guesses)
    for run, edit, _ in context.garbled:
        if run.kind == "exact" and edit is not None:
            old, new = edit.span.cut(context.source.text), edit.replacement
            message = f"garbled: {quoted(old)} is {quoted(new)} ({run.channel})"
            fix = Fix((edit,), "unsafe" if lossy else "safe", "links")
            yield Finding("mojibake", SEVERITY, message, edit.span, fix=fix)
        elif run.kind == "suspected":
            message = f"possibly garbled: {quoted(run.before)} ({run.channel}): look at it"
            yield Finding("mojibake", SEVERITY, message, run.original)
