"""No space between Chinese and Latin words.

## What it does

Reports places where a Chinese character and a Latin word touch, one finding for each line. The
word must contain a letter: `2023年` is fine. Code, link labels and URLs are left alone, also what
may still belong to a bare URL, and so is text with Japanese kana, which is written without such
spaces.

## Why it matters

Many Chinese style guides ask for a space: 使用 GPT 的模型. A list that mixes both styles looks
careless.

## Example

```markdown
使用GPT的大模型
```

## Use instead

```markdown
使用 GPT 的大模型，2023年
```

## Fix safety

Adds the spaces. The fix is safe. It is unsafe in a heading that a link in the file leads to,
because it changes the anchor of the heading, and in what GitHub takes into a bare URL.

## Since

0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from ...choices import Severity
from ...source import SPACES, Edit, Span
from ...words import counted, quoted
from ..bare_urls import may_be_in_url
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = "safe"

_HAN = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Digits count as part of the word that they are in: GPT3的, 有28B.
_EDGE = re.compile(rf"[A-Za-z][0-9]{{0,9}}(?=[{_HAN}])|[{_HAN}](?=[0-9]{{0,9}}[A-Za-z])")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_AROUND = 6


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each line in which a space is missing."""
    source = context.source
    text = source.text
    # What GitHub takes into a bare URL is fixed on its own, once the URL ends where it should.
    for (line, _), group in groupby(
        _places(context), lambda place: (source.position(place).line, context.swallowing(place))
    ):
        places = list(group)
        first, whole = places[0], source.line_span(line)
        around = text[max(whole.start, first - _AROUND) : min(first + _AROUND, whole.end)].strip(
            "#|\r\n" + SPACES
        )
        count = counted(len(places), "missing space")
        remedy = "add it" if len(places) == 1 else "add them"
        message = f"{count} between Chinese and Latin, as in {quoted(around)}: {remedy}"
        edits = tuple(Edit(Span(place, place), " ") for place in places)
        fix = Fix("Add the missing spaces", edits, "unsafe" if line in context.anchors else "safe")
        yield Problem(message, Span(first - 1, first + 1), fix=fix)


def _places(context: Context) -> Iterator[int]:
    """The offsets at which a space is missing."""
    wording = list(context.wording)
    starts = [span.start for span in wording]
    # The text of a reference may be its label.
    labels = [link.span for link in context.links if link.kind == "reference"]
    label_starts = [span.start for span in labels]
    for item in context.texts:
        excerpt = item.excerpt
        if excerpt.text.isascii() or _KANA.search(excerpt.text):
            continue
        for match in _EDGE.finditer(excerpt.text):
            # Both sides must be text: a place between text and URL is not for this rule.
            place = excerpt.span(match.end() - 1, match.end() + 1)
            index = bisect_right(starts, place.start) - 1
            if index < 0 or place.end > wording[index].end:
                continue
            label = bisect_right(label_starts, place.start) - 1
            if (label < 0 or place.start >= labels[label].end) and not may_be_in_url(
                context, place.start + 1
            ):
                yield place.start + 1
