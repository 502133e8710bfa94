"""Kangxi and CJK radicals instead of the ideographs that they look like.

## What it does

Reports radicals such as ⽂ (U+2F42) where 文 (U+6587) is meant, one finding for each line. Code and
URLs are left alone, also what may still belong to a bare URL, and so are radicals that are the
subject of the text: alone between spaces or quotation marks, or in a line about 部首 or 康熙.

## Why it matters

Text copied from a PDF often has radicals. They look the same, but search does not find the word,
and many fonts lack them.

## Example

```markdown
一篇关于⼤模型的论⽂
```

## Use instead

```markdown
一篇关于大模型的论文
```

## Fix safety

Replaces the radicals with the ideographs that Unicode gives as their equivalents. The fix is safe,
because the text looks the same. It is unsafe in a heading that a link in the file leads to, because
it changes the anchor of the heading, and in what GitHub takes into a bare URL.

## Since

0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from ...choices import Severity
from ...source import Edit, Span
from ...words import counted
from ..bare_urls import may_be_in_url
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_RADICAL = re.compile("[\u2e80-\u2fdf]")
_SPOKEN_OF = re.compile("部首|康熙|偏旁|Kangxi", re.IGNORECASE)
_AROUND = frozenset(" \t\r\n|\"'`“”‘’「」『』")
_SHOWN = 6


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each line that holds radicals."""
    source = context.source
    text = source.text
    if not _RADICAL.search(text):
        return
    from ...repairing.radicals import UNIFIED

    places = (
        match.start()
        for span in context.wording
        for match in _RADICAL.finditer(text, span.start, span.end)
        if ord(match[0]) in UNIFIED
        and not _is_alone(text, match.start())
        and not may_be_in_url(context, match.start())
    )
    # What GitHub takes into a bare URL is fixed on its own, once the URL ends where it should.
    line, is_spoken_of = 0, False
    for (number, _), group in groupby(
        places,
        lambda place: (bisect_right(source.line_starts, place), context.swallowing(place)),
    ):
        if number != line:
            line, is_spoken_of = number, bool(_SPOKEN_OF.search(source.line(number)))
        if is_spoken_of:
            continue
        found = tuple(group)
        kinds = list(dict.fromkeys(text[i] for i in found))
        shown = ", ".join(f"{kind} with {chr(UNIFIED[ord(kind)])}" for kind in kinds[:_SHOWN])
        shown += ", …" if len(kinds) > _SHOWN else ""
        message = f"{counted(len(found), 'radical')} in place of ideographs: replace {shown}"
        edits = tuple(Edit(Span(i, i + 1), chr(UNIFIED[ord(text[i])])) for i in found)
        fix = Fix(
            "Replace the radicals with ideographs",
            edits,
            "unsafe" if line in context.anchors else "safe",
        )
        yield Problem(message, Span(found[0], found[0] + 1), fix=fix)


def _is_alone(text: str, place: int) -> bool:
    before, after = text[place - 1 : place] or "\n", text[place + 1 : place + 2] or "\n"
    return before in _AROUND and after in _AROUND
