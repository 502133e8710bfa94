"""The character U+FFFD, which replaces a character that was lost.

## What it does

Reports lines with �, one finding for each line. Code is left alone, and so are lines about the
character itself, in quotation marks or as U+FFFD.

## Why it matters

A program read the file in a wrong encoding, replaced the bytes that it could not read with �, and
saved the result: a part of the text is missing.

## Example

```markdown
Attention is all you ne�d.
```

## Use instead

```markdown
Attention is all you need. Unreadable bytes are shown as "�".
```

## Fix safety

There is no fix: the file does not contain what was lost. An older version of it may. Where the rest
of the line is garbled too, `lost-bytes` makes a guess.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ...choices import Severity
from ...source import Span
from ...words import counted, quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_LOST = re.compile("\ufffd+")
_SPOKEN_OF = re.compile(
    r"U\+FFFD|replacement character|替换字符|[\"'“‘「『(（]\ufffd+[\"'”’」』)）]", re.IGNORECASE
)
_AROUND = 12


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each line that holds U+FFFD outside code."""
    source = context.source
    text = source.text
    if "\ufffd" not in text:
        return
    runs = (
        Span(*match.span())
        for span in context.prose
        for match in _LOST.finditer(text, span.start, span.end)
    )
    for line, group in groupby(runs, lambda run: source.position(run.start).line):
        whole = source.line_span(line)
        if _SPOKEN_OF.search(text, whole.start, whole.end):
            continue
        found = list(group)
        first = found[0]
        count = counted(sum(run.end - run.start for run in found), "character")
        around = text[max(whole.start, first.start - _AROUND) : first.end + _AROUND]
        around = quoted(around.partition("\n")[0].rstrip("\r"))
        message = f"{count} lost and replaced with U+FFFD, as in {around}: restore the line"
        yield Problem(message, first)
