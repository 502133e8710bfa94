"""A link to a label that nothing defines.

## What it does

Reports `[text][label]` without a line `[label]: URL`, in files that have other links of this form.
In files without them, brackets next to brackets may mean anything.

## Why it matters

Readers see brackets in place of a link.

## Example

```markdown
[BERT][bert] and [T5][t5]

[bert]: https://arxiv.org/abs/1810.04805
```

## Use instead

```markdown
[BERT][bert] and [T5][t5]

[bert]: https://arxiv.org/abs/1810.04805
[t5]: https://arxiv.org/abs/1910.10683
```

## Fix safety

There is no fix: the URL is unknown.

## Since

0.2.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...choices import Severity
from ...source import Span
from ...words import quoted
from ..context import Context, Text
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_FULL_REFERENCE = re.compile(
    r"(?<![\w\]\\!])\[(?P<text>[^\[\]\n\\]{2,300}+)\]\[(?P<label>[^\[\]\n\\]{1,100}+)\](?![\[(:])"
)
_LETTER = re.compile(r"[^\W\d_]")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    if not context.document.blocks.references or not _has_full_references(context):
        return
    for text in context.texts:
        if "][" not in text.excerpt.text:
            continue
        taken = sorted(_taken(text))
        for match in _FULL_REFERENCE.finditer(text.excerpt.text):
            span = text.excerpt.span(*match.span())
            index = bisect_right(taken, (span.start, len(context.source.text)))
            if index and taken[index - 1].end > span.start:
                continue
            if _LETTER.search(match["text"]) and _LETTER.search(match["label"]):
                message = f"undefined link label {quoted(match['label'])}: define or correct it"
                yield Problem(message, span)


def _taken(text: Text) -> Iterator[Span]:
    """Where links and code are, those inside others left out."""
    end = -1
    links = (link.span for link in text.inline.links if link.kind != "bare")
    for span in sorted([*links, *text.inline.code]):
        if span.end > end:
            end = span.end
            yield span


def _has_full_references(context: Context) -> bool:
    text = context.source.text
    for link in context.links:
        if link.kind == "reference":
            return "][" in text[link.span.start : link.span.end]
    return False
