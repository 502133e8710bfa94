"""Lines meant as a table or its rows, but shown as something else.

## What it does

Reports a header and a delimiter row with different numbers of cells, a delimiter row that is
malformed (`| --- |  | --- |`, `| —— | —— |`, `|---+---|`, `| ：--- | --- |`), separated from its
header or missing, full-width bars (`｜`) in place of borders, rows that a blank line, a comment or
a heading separates from their table, tables in HTML without a blank line before them, and text
right after a table.

## Why it matters

GitHub shows a table only if its delimiter row has as many cells as its header. It ends the table at
a blank line, comment or heading, shows a line of text right after it as one more row, and reads no
Markdown inside HTML before a blank line. Rows after such a place are shown as text with pipes.

## Example

```markdown
| ID | Paper |
| -- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
```

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
<!-- to be sorted -->
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
```

```markdown
<details><summary>Papers</summary>
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
</details>
```

## Use instead

```markdown
<details><summary>Papers</summary>

| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) <!-- to be sorted --> |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |

A note on the table.
</details>
```

## Fix safety

Gives the delimiter row as many cells as the header, writes or adds it, replaces full-width bars,
moves a comment between two rows into the row before it, removes a blank line between rows, or adds
one before or after a table. The fix is offered where the result is certain, and is safe: text
becomes the table that it was written as, and nothing is lost.

## Since

0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ...choices import Severity
from ...reading.document import Table
from ...reading.group_rows import is_stray_text
from ...reading.tables import Row, count_delimiters, split_row
from ...source import SPACES, Edit, Source, Span
from ...words import counted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem, RelatedLocation
from ..lost_tables import Line, lost_table

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# In curly or square brackets, or after a colon: below a table, Jekyll, MultiMarkdown and Pandoc
# read such a line as attributes or a caption of the table.
_NOTES = ("{", "[", ":")
_RAW_START = re.compile(r" {0,3}<(?!(?:pre|script|style|textarea)\b)[a-z/]", re.IGNORECASE)
# Jekyll and MkDocs read Markdown in such an element.
_MARKDOWN_IN_HTML = re.compile(r"<[a-z][^<>]*[ \t]markdown\b", re.IGNORECASE)
_SWITCH = re.compile(
    r"(?P<on><!--|<(?:pre|code|script|style|textarea)\b)"
    r"|(?P<off>-->|</(?:pre|code|script|style|textarea)\b)",
    re.IGNORECASE,
)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each place where a table breaks."""
    tables = [named for named in context.document.tables if named.grid.header.cells]
    last_lines = [_last_row(named).line for named in tables]
    joined: tuple[int, Line] | None = None
    alone: Line | None = None
    for excerpt in context.document.blocks.texts:
        if "|" not in excerpt.text and "｜" not in excerpt.text:
            alone = None
            continue
        lines = _lines(context, excerpt.text.split("\n"), [place for _, place in excerpt.pieces])
        above, alone = alone, lines[0] if len(lines) == 1 else None
        found = _delimiters(context, lines)
        is_rows = all(line.is_row for line in lines)
        if found is None and is_rows and (len(lines) > 1 or lines[0].is_surely_row):
            index = bisect_left(last_lines, lines[0].number) - 1
            if index >= 0:
                # The table goes on to the end of the rows that were found to belong to it.
                row = _last_row(tables[index])
                last = joined[1] if joined and joined[0] == index else _line(context, row)
                if found := _rows_apart(context, tables[index], last, lines):
                    joined = index, lines[-1]
        if found is None:
            between = above and context.source.text[above.span.end : lines[0].start]
            found = lost_table(lines, None if (between or "").strip(SPACES + "\r\n") else above)
        if found:
            yield found
    for first, end in context.document.blocks.raw:
        if _RAW_START.match(context.source.line(first)):
            yield from _in_html(context, first, end)
    for table in context.tables:
        yield from _text_below(context, table)


def _lines(context: Context, texts: list[str], starts: list[int]) -> list[Line]:
    lines = []
    for text, start in zip(texts, starts, strict=False):
        content = text.lstrip(SPACES)
        start += len(text) - len(content)
        number = context.source.position(start).line
        ends = context.source.line_end if start == context.source.offset(number) else ""
        lines.append(Line(number, start, content.rstrip(SPACES), ends))
    return lines


def _delimiters(context: Context, lines: list[Line]) -> Problem | None:
    """A header and a delimiter row in a paragraph, which make no table."""
    for index, line in enumerate(lines[1:], 1):
        columns, header = line.delimiters, lines[index - 1]
        width = header.width if "|" in header.text else 0
        if not columns or not width or header.delimiters:
            continue
        if width != columns:
            message = (
                f"not a table: the delimiter row has {counted(columns, 'cell')}, the header "
                f"{width}; they must match"
            )
            widths = {row.width for row in lines[index + 1 :]}
            fix = _widen(line, width) if widths == {width} else None
            return Problem(message, line.span, fix=fix)
        if index > 1 and header.is_row and _at_line_start(context, header, line):
            message = "not a table, as text comes right before the header: add a blank line"
            sure = all(row.is_row and row.width == width for row in lines[index + 1 :])
            fix = _blank_line(context, header.start, "the table") if sure else None
            return Problem(message, header.span, fix=fix)
        return None
    return None


def _at_line_start(context: Context, *lines: Line) -> bool:
    return all(line.start == context.source.offset(line.number) for line in lines)


def _widen(line: Line, width: int) -> Fix:
    """The delimiter row with as many cells as the header."""
    title = "Match the delimiter row to the header"
    cells = split_row(line.text, 0, len(line.text))
    if len(cells) > width:
        start = line.start + cells[width - 1].span.end
        end = line.start + cells[-1].span.end
        return Fix(title, (Edit(Span(start, end), ""),), "safe", "blocks")
    end = line.start + len(line.text)
    added = " --- |" * (width - len(cells))
    if not line.text.endswith("|"):
        added = " |" + added
    return Fix(title, (Edit(Span(end, end), added),), "safe", "blocks")


def _rows_apart(context: Context, named: Table, last: Line, lines: list[Line]) -> Problem | None:
    """Rows that something separates from the table above them, whose last line is ``last``."""
    source = context.source
    width = len(named.grid.header.cells)
    if {line.width for line in lines} != {width} or width < 2:
        return None
    first = lines[0]
    indent = source.text[source.offset(last.number) : last.start]
    if indent != source.text[source.offset(first.number) : first.start]:
        return None
    between = [source.line(number) for number in range(last.number + 1, first.number)]
    filled = [text for text in between if text.strip(SPACES)]
    if filled and not _is_comment(filled):
        message = (
            f"row shown as text: the table of line {named.grid.line} has ended above; "
            "move the row up"
        )
    else:
        what, remedy = ("a comment", "move") if filled else ("a blank line", "remove")
        message = f"row shown as text: {what} ends the table of line {named.grid.line}; {remedy} it"
    has_rows = last.number > named.grid.delimiter.line
    fix = None if indent or not has_rows else _join(context, last, width, between)
    related = RelatedLocation(named.grid.header.span, "the table that the row belongs to")
    return Problem(message, first.span, (related,), fix)


def _is_comment(lines: list[str]) -> bool:
    text = "\n".join(lines).strip(SPACES)
    return text.startswith("<!--") and text.find("-->") == len(text) - 3


def _join(context: Context, last: Line, width: int, between: list[str]) -> Fix | None:
    """Remove what is between two rows; a comment moves into the row before."""
    source = context.source
    gap = Span(source.offset(last.number + 1), source.offset(last.number + 1 + len(between)))
    if not any(text.strip(SPACES) for text in between):
        return Fix("Remove the blank lines", (Edit(gap, ""),), "safe", "blocks")
    comment = between[0].strip(SPACES)
    movable = len(between) == 1 and _is_comment(between) and not set(comment) & set("|`\\")
    # A comment for a program may concern the lines below it.
    if not movable or "llmpaper-md:" in comment or "lint" in comment:
        return None
    if last.width != width or not last.is_row:
        return None
    pipe = last.start + len(last.text) - 1
    added = f"{'' if last.text[-2] in SPACES else ' '}{comment} "
    edits = (Edit(Span(pipe, pipe), added), Edit(gap, ""))
    return Fix("Move the comment into the row above", edits, "safe", "blocks")


def _in_html(context: Context, first: int, end: int) -> Iterator[Problem]:
    """Tables inside HTML, with no blank line before them."""
    source, hidden, content = context.source, 0, ""
    for number in range(first, end - 1):
        before, text = content, source.line(number)
        content = text.lstrip(" ")
        if _MARKDOWN_IN_HTML.search(text):
            return
        if content.startswith(("```", "~~~")):
            hidden = 0 if hidden else 1
        if (
            hidden == 0
            and number > first
            and content[:1] == "|" != before[:1]
            and len(text) - len(content) < 4
        ):
            header = Line(number, source.offset(number) + len(text) - len(content), content)
            below = source.line(number + 1).lstrip(" ")
            columns = count_delimiters(below, 0, len(below))
            if columns > 1 and columns == header.width:
                message = "table inside HTML is shown as text: add a blank line before it"
                start = source.offset(number)
                sure = _ends_well(source, number + 2, end)
                fix = _blank_line(context, start, "the table") if sure else None
                yield Problem(message, header.span, fix=fix)
        for match in _SWITCH.finditer(text):
            hidden = max(hidden + (1 if match["on"] else -1), 0)


def _ends_well(source: Source, number: int, end: int) -> bool:
    """Whether only rows follow, up to a tag or the end of the HTML."""
    if number >= end or not source.line(number).lstrip(" ").startswith("|"):
        return False
    while number < end and source.line(number).lstrip(" ").startswith("|"):
        number += 1
    return number >= end or source.line(number).lstrip(SPACES)[:1] in ("", "<")


def _text_below(context: Context, named: Table) -> Iterator[Problem]:
    """Text right below a table, or between its rows."""
    source, rows = context.source, named.grid.rows
    # From here on there is only text.
    tail = len(rows)
    while tail and is_stray_text(rows[tail - 1], named, source):
        tail -= 1
    for index, row in enumerate(rows):
        if not is_stray_text(row, named, source) or source.text[row.span.start] in _NOTES:
            continue
        if index and is_stray_text(rows[index - 1], named, source):
            continue
        if index < tail:
            message = "text between rows is shown as a row: make it a row or move it"
            yield Problem(message, row.span)
        else:
            message = "text right after a table is shown as a row: add a blank line before it"
            at_start = row.span.start == source.offset(row.line)
            fix = _blank_line(context, row.span.start, "the text") if at_start else None
            yield Problem(message, row.span, fix=fix)


def _blank_line(context: Context, start: int, what: str) -> Fix:
    edit = Edit(Span(start, start), context.source.line_end)
    return Fix(f"Add a blank line before {what}", (edit,), "safe", "blocks")


def _last_row(named: Table) -> Row:
    return (named.grid.rows or (named.grid.delimiter,))[-1]


def _line(context: Context, row: Row) -> Line:
    return Line(row.line, row.span.start, row.span.cut(context.source.text).rstrip(SPACES))
