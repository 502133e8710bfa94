"""Garbled text that lost bytes.

## What it does

Reports text in UTF-8 that was read in an encoding which does not have every byte: Windows-1252
drops the bytes 81, 8D, 8F, 90 and 9D, so `ä¸­æ–‡` can be restored, while `ä¸æ–‡` can only be
guessed. GBK has no character for many pairs of bytes: `鏈�枃` is 本文. A language model of Chinese
makes the guess from the rest of each character and its context.

The message gives how the text was damaged, the number of characters concerned, the guess, and for
uncertain characters the other candidates. Clean text in the same line and quotations in code on a
clean page are left alone. Text read as Big5, or as the Korean code page 949, has lost more than
half of its characters: it is reported without a guess.

## Why it matters

Nobody can read or find the text, and a part of it is gone: only a person can confirm a guess.

## Example

```markdown
æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚
```

## Use instead

```markdown
我们介绍一种新的方法。
```

## Fix safety

Replaces the text with the best guess. The fix is unsafe, because the guess may be wrong.
`llmpaper-md repair --review` lists the uncertain characters for a person to choose.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...choices import Severity
from ...words import counted, quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

if TYPE_CHECKING:
    from ...repairing import Guess

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_UNSURE_SHOWN = 5
_CANDIDATES_SHOWN = 4
_AROUND = 16


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each garbled run in which characters lost bytes."""
    if not context.garbled or context.repair is None:
        return
    from ...repairing import SURE, sentence

    text = context.repair.text
    for run, edit, guesses in context.garbled:
        if run.kind == "lost" and run.channel.startswith("UTF-8"):
            message = (
                f"garbled text {quoted(run.before)} ({run.channel}), of which most is lost: "
                "restore it from an older version of the file"
            )
            yield Problem(message, run.original)
        if run.kind != "guessed" or edit is None or not guesses:
            continue
        unsure = [guess for guess in guesses if guess.probability < SURE]
        first = (unsure or guesses)[0]
        around = sentence(text, first.span)
        start = max(around.start, first.span.start - _AROUND)
        guess = ("…" if start > around.start else "") + text[start : around.end]
        count = counted(len(guesses), "character")
        message = (
            f"garbled text ({run.channel}) with {count} that lost bytes: "
            f"probably {quoted(guess)}{_named(unsure)}"
        )
        fix = Fix("Replace the text with the best guess", (edit,), "unsafe")
        yield Problem(message, edit.span, fix=fix)


def _named(unsure: Sequence[Guess]) -> str:
    """The uncertain characters, each with its other candidates."""
    if not unsure:
        return ""
    shown = []
    for guess in unsure[:_UNSURE_SHOWN]:
        others = [other.text for other in guess.candidates if other.text != guess.chosen]
        shown.append(f"{guess.chosen} (or {' '.join(others[:_CANDIDATES_SHOWN])})")
    more = f" and {len(unsure) - _UNSURE_SHOWN} more" if len(unsure) > _UNSURE_SHOWN else ""
    return f"; uncertain: {', '.join(shown)}{more}"
