"""A section number without a space after it.

## What it does

Reports headings such as `## 2.2CoT`. Quantities and versions (`3.5B`, `1.58bit`, `2.0版本`) are
left alone.

## Why it matters

The number reads as a part of a name, and tables of contents sort it as one.

## Example

```markdown
## 2.2Chain of Thought
```

## Use instead

```markdown
## 2.2 Chain of Thought

## 2.5D vision
```

## Fix safety

Adds a space after the number. The fix is safe, because nothing else changes.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...reading.blocks import Heading
from ...source import Edit, Span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_GLUED = re.compile(r"([1-9]\d?(?:\.[1-9]\d?){1,3})(?:([A-Za-z]+)|([\u2e80-\u2fd5\u3400-\u9fff]))")
_UNITS = frozenset(
    "bit bits kb mb gb tb ms px fps hz khz mhz ghz km cm mm kg st nd rd th alpha beta rc".split()
)
_MEASURES = frozenset(
    "版亿億万萬千百倍节節章年月日号號米元折分秒时時代寸系级級次维維比和与至到个個"
)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each heading whose number has no space after it."""
    for heading in context.document.blocks.blocks:
        if not isinstance(heading, Heading):
            continue
        match = _GLUED.match(heading.content.text)
        if not match:
            continue
        number, word, ideograph = match.groups()
        if ideograph in _MEASURES or (word and (len(word) < 2 or word.casefold() in _UNITS)):
            continue
        span = heading.content.span(0, match.end(1))
        message = f"section number {number} runs into the title: add a space after it"
        fix = Fix("Add a space after the number", (Edit(Span(span.end, span.end), " "),), "safe")
        yield Problem(message, span, fix=fix)
