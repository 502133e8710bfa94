"""A heading inside a list item, as in ``1. # Title``.

It is shown as a list of one item with a heading in it. When each such list begins anew, all
headings are numbered 1.

Fails:

```markdown
1. # Models

| Paper |
| ----- |
| GPT |

1. # Data
```

Passes:

```markdown
# 1. Models

- An item with text

  ## and a heading below it
```

Fix: makes it a heading with its number at the head of the title; where all are numbered 1, they are
counted. Unsafe, because links to the heading change.

Since: 0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...blocks import Heading
from ...source import BLANKS, Edit, Source, Span
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_MARKER = re.compile(r" {0,3}(\d+)[.)][ \t]+(#{1,6})[ \t]+")


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each heading that a numbered list item opens."""
    source = context.source
    headings = [block for block in context.document.blocks.blocks if isinstance(block, Heading)]
    found = [
        (heading, match)
        for heading in headings
        if heading.marker and (match := _MARKER.match(source.line(heading.line)))
    ]
    count = all(match[1] == "1" for _, match in found) and len(found) > 1
    numbers: dict[int, int] = {}
    prefixes: dict[int, str] = {}
    for heading, match in found:
        level = heading.level
        for deeper in [known for known in numbers if known > level]:
            del numbers[deeper], prefixes[deeper]
        numbers[level] = numbers.get(level, 0) + 1 if count else int(match[1])
        outer = prefixes.get(max((known for known in prefixes if known < level), default=0), "")
        prefixes[level] = f"{outer}.{numbers[level]}" if outer else str(numbers[level])
        number = prefixes[level] + ("" if outer else ".")
        fix = None
        if not _has_more(source, heading.line, match):
            start = source.offset(heading.line)
            new = f"{match[2]} {number} "
            fix = Fix((Edit(Span(start, start + match.end()), new),), "unsafe")
        message = f"a heading inside a list item, shown as item {match[1]} of a list"
        yield Finding("heading-in-list", SEVERITY, message, heading.span, fix=fix)


def _has_more(source: Source, line: int, marker: re.Match[str]) -> bool:
    """Whether the list item goes on below its heading."""
    for number in range(line + 1, len(source.line_starts) + 1):
        text = source.line(number)
        if text.strip(BLANKS):
            return len(text) - len(text.lstrip(BLANKS)) >= marker.start(2)
    return False
