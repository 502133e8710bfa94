r"""Cells beyond the last column, which every renderer drops.

What stands there is in the file and nowhere on the page. Most often a pipe inside a title, a link
or code was meant as text.

Fails:

```markdown
| Paper | Notes |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | `a|b` |
```

Passes:

```markdown
| Paper | Notes |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | `a\\|b` |
| [T5](https://arxiv.org/abs/1910.10683) | | |
```

Fix: escapes the pipe where it stands in code, in a link or in a URL. Unsafe, because it may have
been meant to part two cells. None where it stands in plain text.

Since: 0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...source import Edit, Span
from ...tables import Row
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

# Where a pipe is hardly meant to part cells: code, the text or address of a link, a URL.
_HOLDS_PIPE = re.compile(
    r"`[^`]*+`|\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)|https?://[^\s|]+\|[^\s|]+", re.IGNORECASE
)
_PIPE = re.compile(r"(?<!\\)\|")


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row with surplus cells that hold anything."""
    for named in context.document.tables:
        width = len(named.table.header.cells)
        for row in named.table.rows:
            surplus = row.cells[width:]
            if any(cell.raw for cell in surplus):
                span = Span(surplus[0].span.start, surplus[-1].span.end)
                count = len(row.cells)
                message = f"{count} cells in a table of {width} columns: no renderer shows the last"
                fix = _escaped(context.source.text, row, count - width)
                yield Finding("surplus-cells", SEVERITY, message, span, fix=fix)


def _escaped(text: str, row: Row, surplus: int) -> Fix | None:
    """Escape pipes inside code, links and URLs, if just as many as there are cells too many."""
    line = row.span.cut(text)
    pipes = [
        match.start() + pipe.start()
        for match in _HOLDS_PIPE.finditer(line)
        for pipe in _PIPE.finditer(match[0])
    ]
    if len(pipes) != surplus:
        return None
    starts = (row.span.start + offset for offset in pipes)
    return Fix(tuple(Edit(Span(start, start), "\\") for start in starts), "unsafe")
