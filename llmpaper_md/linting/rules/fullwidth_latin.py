"""Full-width Latin letters, digits or colons in an English title.

## What it does

Reports titles such as `ＢＥＲＴ：Pre-training`. Titles in Chinese, Japanese or Korean are left
alone.

## Why it matters

The characters come from an input method for Chinese. Search does not find the title.

## Example

```markdown
| Paper |
| ----- |
| [ＢＥＲＴ：Pre-training](https://arxiv.org/abs/1810.04805) |
```

## Use instead

```markdown
| Paper |
| ----- |
| [BERT: Pre-training](https://arxiv.org/abs/1810.04805) |
| [论文：标题](https://arxiv.org/abs/1810.04806) |
```

## Fix safety

Replaces the characters with their usual forms, and adds a space after a colon. The fix is safe,
because the title reads the same.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...reading.document import Entry
from ...reading.labels import is_label
from ...source import Edit, Span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = "safe"

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+|：")
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3040-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff]"
)
_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each English title that holds full-width characters."""
    text = context.source.text
    for entry in context.entries:
        title = _title(entry)
        if not title:
            continue
        matches = list(_FULL_WIDTH.finditer(text, title.start, title.end))
        if matches:
            found = ", ".join(dict.fromkeys(match[0] for match in matches))
            message = f"full-width {found} in an English title: write {found.translate(_NARROW)}"
            edits = tuple(Edit(Span(*match.span()), _narrow(text, match)) for match in matches)
            span = Span(*matches[0].span())
            fix = Fix("Replace the full-width characters", edits, "safe", "words")
            yield Problem(message, span, fix=fix)


def _title(entry: Entry) -> Span | None:
    """The place of an English title without markup in it."""
    part = entry.part("title")
    if not part:
        return None
    # The cell may have a note next to a linked title.
    linked = [
        link.text for link in part.inline.links if link.kind == "inline" and not is_label(link)
    ]
    title = linked[0] if linked else entry.paper.title
    if not title or _EAST_ASIAN.search(title) or not _LATIN.search(title):
        return None
    start = part.raw.find(title)
    if start < 0:
        return None
    return Span(part.span.start + start, part.span.start + start + len(title))


def _narrow(text: str, match: re.Match[str]) -> str:
    narrow = match[0].translate(_NARROW)
    after = text[match.end() : match.end() + 1]
    return f"{narrow} " if narrow == ":" and after not in "])|*_ \t\r\n" else narrow
