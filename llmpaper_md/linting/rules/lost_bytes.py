"""Garbled text that lost bytes: UTF-8 read as an encoding that does not know them all.

Windows-1252 has no character for the bytes 81, 8D, 8F, 90 and 9D, and programs drop them: then
`ä¸­æ–‡` can be turned back, `ä¸æ–‡` only guessed. GBK has none for many pairs of bytes: `鏈�枃` is
本文. The guess is made by a language model of Chinese from what is left of each character and from
the text around it. The finding names how many characters it is about, what the text becomes, how it
was damaged, and what the unsure characters can be as well. Clean text beside it stays, and so do
quotations in code on a clean page.

Fails:

```markdown
æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚
```

Passes:

```markdown
我们介绍一种新的方法。
```

Fix: replaces the text with the guess. Unsafe, because there are other readings.
`llmpaper-md repair --review` lists the unsure characters for a person to choose.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...words import counted, quoted
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ...repairing import Guess

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_UNSURE_SHOWN = 5
_CANDIDATES_SHOWN = 4
_AROUND = 16


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each garbled run in which characters lost bytes."""
    if not context.garbled or context.repair is None:
        return
    from ...repairing import SURE, sentence

    text = context.repair.text
    for run, edit, guesses in context.garbled:
        if run.kind != "guessed" or edit is None or not guesses:
            continue
        unsure = [guess for guess in guesses if guess.probability < SURE]
        first = (unsure or guesses)[0]
        around = sentence(text, first.span)
        start = max(around.start, first.span.start - _AROUND)
        guess = ("…" if start > around.start else "") + text[start : around.end]
        count = counted(len(guesses), "character")
        message = (
            f"garbled ({run.channel}), and {count} lost bytes; the guess: "
            f"{quoted(guess)}{_named(unsure)}"
        )
        fix = Fix((edit,), "unsafe")
        yield Finding("lost-bytes", SEVERITY, message, edit.span, fix=fix)


def _named(unsure: Sequence[Guess]) -> str:
    """The unsure characters with what each can be as well."""
    if not unsure:
        return ""
    shown = []
    for guess in unsure[:_UNSURE_SHOWN]:
        others = [other.text for other in guess.candidates if other.text != guess.chosen]
        shown.append(f"{guess.chosen} (or {' '.join(others[:_CANDIDATES_SHOWN])})")
    more = f" and {len(unsure) - _UNSURE_SHOWN} more" if len(unsure) > _UNSURE_SHOWN else ""
    return f"; unsure: {', '.join(shown)}{more}"
