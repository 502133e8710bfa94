"""Lines that were meant as a table, or as rows of one, and are none.

GitHub shows them as text with pipes in it: where the delimiter row has another number of columns
than the header, where a comment on a line of its own ends the table before its last rows, and, the
other way round, where a line of text right below a table becomes a row of it.

Fails:

```markdown
| ID | Paper | Notes |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) | good |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |

Text with a | in it.
```

Fix: a blank line between the table and the text below it. Safe: the text is shown as text, as it
was meant. None for the others: what was meant is not sure.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import BLANKS, Edit, Span
from ...tables import count_delimiters, split_row
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each place where a table is broken."""
    yield from _delimiters(context)
    for named in context.document.tables:
        width = len(named.table.header.cells)
        last = named.table.rows[-1] if named.table.rows else named.table.delimiter
        yield from _cut_off(context, last.line, width)
        line = last.span.cut(context.source.text)
        if named.table.rows and width > 1 and "|" not in line:
            fix = Fix((Edit(Span(last.span.start, last.span.start), "\n"),), "safe")
            nested = context.source.line(last.line)[:1] in (">", " ", "\t")
            message = "to GitHub this text is a row of the table above: leave a line blank"
            yield Finding("broken-table", SEVERITY, message, last.span, fix=None if nested else fix)


def _delimiters(context: Context) -> Iterator[Finding]:
    """Paragraphs in which a delimiter row does not fit the line above it."""
    for excerpt in context.document.blocks.texts:
        text = excerpt.text
        if "|" not in text or "-" not in text:
            continue
        start = 0
        header: tuple[int, int] | None = None
        for line in text.split("\n"):
            begin = start + len(line) - len(line.lstrip(BLANKS))
            end = start + len(line)
            columns = count_delimiters(text, begin, end)
            if header and columns > 1 and text.count("|", *header) > 1:
                cells = len(split_row(text, *header))
                message = (
                    f"no table: {columns} columns in the delimiter row, {cells} in the header above"
                )
                yield Finding("broken-table", SEVERITY, message, excerpt.span(begin, end))
                break
            header = (begin, end)
            start = end + 1


def _cut_off(context: Context, last: int, width: int) -> Iterator[Finding]:
    """A comment right below a table, and rows right below that."""
    source = context.source
    if last + 2 > len(source.line_starts):
        return
    comment, row = source.line(last + 1), source.line(last + 2)
    if not (comment.lstrip(BLANKS).startswith("<!--") and comment.rstrip(BLANKS).endswith("-->")):
        return
    start = source.offset(last + 2)
    cells = split_row(source.text, start, start + len(row))
    if row.startswith("|") and len(cells) == width > 1:
        message = "the comment ends the table, and what follows is no row of it: move the comment"
        yield Finding("broken-table", SEVERITY, message, source.line_span(last + 1))
