"""An empty cell in a column that is filled otherwise.

## What it does

Reports empty cells in columns of a table of papers in which at least nine of ten rows, and at least
nine rows, have something. A dash says that there is nothing, and is something. Columns of IDs,
stars, titles and introductions have rules of their own.

## Why it matters

The venue, the year or the code of a paper was forgotten.

## Example

```markdown
| Paper | Year |
| ----- | ---- |
| [A](https://a.org/1) | 2010 |
| [B](https://a.org/2) | 2011 |
| [C](https://a.org/3) | 2012 |
| [D](https://a.org/4) | 2013 |
| [E](https://a.org/5) | 2014 |
| [F](https://a.org/6) | 2015 |
| [G](https://a.org/7) | 2015 |
| [H](https://a.org/8) | 2016 |
| [I](https://a.org/9) | 2017 |
| [J](https://a.org/10) | |
```

## Use instead

```markdown
| Paper | Year |
| ----- | ---- |
| [A](https://a.org/1) | 2010 |
| [B](https://a.org/2) | 2011 |
| [J](https://a.org/10) | - |
```

## Fix safety

There is no fix: what belongs in the cell is unknown.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.tables import Row
from ...source import Span
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_FEWEST = 9
_OTHER_RULES = ("id", "stars", "title", "introduction")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such cell."""
    for table in context.tables:
        # Names of groups, lines of text and empty rows fill one cell at most, without a link.
        rows = [
            row
            for row, inlines in zip(table.grid.rows, table.inlines, strict=True)
            if sum(bool(cell.raw) for cell in row.cells) > 1 or any(own.links for own in inlines)
        ]
        for index, (name, field) in enumerate(zip(table.names, table.fields, strict=True)):
            if field in _OTHER_RULES:
                continue
            empty = [row for row in rows if not _is_filled(row, index)]
            filled = len(rows) - len(empty)
            if filled < _FEWEST or filled < 9 * len(empty):
                continue
            for row in empty:
                what = f'"{name}"' if name else "the column without a name"
                span = row.cells[index].span if index < len(row.cells) else row.span
                message = f"nothing in {what}, which {filled} rows fill: fill it, or write -"
                yield Problem(message, Span(span.start, max(span.end, span.start)))


def _is_filled(row: Row, index: int) -> bool:
    return index < len(row.cells) and bool(row.cells[index].raw)
