"""A heading that is an item of a numbered list.

## What it does

Reports headings such as `1. # Models`.

## Why it matters

GitHub starts a new list at every such line, so that every section is shown as number 1. The number
is not part of the heading: tables of contents and links to the section do not have it.

## Example

```markdown
1. # Models

1. # Data
```

## Use instead

```markdown
# 1. Models

# 2. Data
```

## Fix safety

Turns the item into a heading with its number, where the item contains nothing else. Where all items
of a level have the number 1, they are numbered in their order and continue the numbers of headings
next to them (`2.1` before `2.2`). The fix is unsafe, because it changes the anchor of the section.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...reading.blocks import Heading
from ...reading.sections import split_number
from ...source import SPACES, Edit, Span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem
from ..outline import Sibling, siblings

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_ITEM = re.compile(r" {0,3}\d{1,9}[.)][ \t]{1,4}(?=#)")
_DOTTED = re.compile(r"((?:\d{1,3}\.)*)(\d{1,3})")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each heading that opens an item of a numbered list."""
    numbers: dict[int, str] = {}
    for group in siblings(context):
        numbers.update(_numbers(group, numbers))
    for block in context.document.blocks.blocks:
        if not isinstance(block, Heading) or block.line not in numbers:
            continue
        message = f"heading is item {block.marker} of a list: write its number after the #"
        fix = _fix(context, block, numbers[block.line])
        yield Problem(message, block.span, fix=fix)


def _is_item(sibling: Sibling) -> bool:
    return sibling.heading.marker is not None


def _numbers(group: list[Sibling], known: dict[int, str]) -> dict[int, str]:
    """The number for each heading of a group that is an item, by line."""
    items = [sibling for sibling in group if _is_item(sibling)]
    if any(sibling.heading.marker != "1" for sibling in items):
        return {sibling.line: str(sibling.heading.marker) for sibling in items}
    # Numbered headings next to them give the first number and the section.
    parent = group[0].parent
    section = known.get(parent.line, "") or (parent.section.number or "") if parent else ""
    fitting = [
        (index, match[1], int(match[2]))
        for index, sibling in enumerate(group)
        if not _is_item(sibling)
        and (match := _DOTTED.fullmatch(sibling.section.number or ""))
        and (not match[1] or match[1] == f"{section}.")
    ]
    prefix = fitting[0][1] if fitting else ""
    stated = {index: value for index, own, value in fitting if own == prefix}
    numbers: dict[int, str] = {}
    first = min(stated, default=len(group))
    leading = sum(_is_item(sibling) for sibling in group[:first])
    value = max(stated.get(first, 1) - leading - 1, 0) if stated else 0
    for index, sibling in enumerate(group):
        if index in stated:
            value = stated[index]
        elif _is_item(sibling):
            value += 1
            numbers[sibling.line] = f"{prefix}{value}"
    return numbers


def _fix(context: Context, heading: Heading, number: str) -> Fix | None:
    source = context.source
    item = _ITEM.match(source.line(heading.line))
    title = heading.content.text
    if not item or not title or not _is_only_content(context, heading.line, item.end()):
        return None
    start = source.offset(heading.line)
    edits = [Edit(Span(start, start + item.end()), "")]
    if split_number(title)[0] is None:
        place = heading.content.span(0, 1).start
        edits.append(Edit(Span(place, place), f"{number} " if "." in number else f"{number}. "))
    return Fix("Turn the list item into a numbered heading", tuple(edits), "unsafe")


def _is_only_content(context: Context, line: int, indent: int) -> bool:
    """Whether the item holds nothing but the heading: no line below is indented as far."""
    for number in range(line + 1, len(context.source.line_starts) + 1):
        text = context.source.line(number)
        if content := text.lstrip(SPACES):
            margin = text[: len(text) - len(content)].expandtabs(4)
            return len(margin) < indent
    return True
