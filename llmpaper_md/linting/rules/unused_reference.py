"""A link definition that no link uses.

## What it does

Reports lines such as `[label]: URL` whose label is nowhere else in the file. Comments in this form
(`[//]: # (…)`) and footnotes are left alone.

## Why it matters

Nobody sees the URL. Often the label of its link is misspelt, or the paper was deleted.

## Example

```markdown
[BERT][bert]

[bert]: https://arxiv.org/abs/1810.04805
[t5]: https://arxiv.org/abs/1910.10683
```

## Use instead

```markdown
[BERT][bert] and [T5]

[bert]: https://arxiv.org/abs/1810.04805
[t5]: https://arxiv.org/abs/1910.10683
[//]: # (a comment)
```

## Fix safety

Deletes the definition. The fix is unsafe, because a link to it may be missing.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...choices import Severity
from ...source import SPACES, Edit, Span
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_BRACKETS = re.compile(r"\[([^\[\]]{1,999})\]")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,999})\]:")
_SPACES = re.compile(r"[ \t\r\n]+")
_COMMENTS = frozenset(["comment", "hidden", "note", "_"])


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each definition without a link."""
    references = context.document.blocks.references
    if not references:
        return
    source = context.source
    uses = Counter(_label(match[1]) for match in _BRACKETS.finditer(source.text))
    for reference in references.values():
        first, last = reference.get("map", (0, 0))
        match = _DEFINITION.match(source.line(first + 1)) if last else None
        if match is None or _is_comment(match[1], reference.get("href", "")):
            continue
        if uses[_label(match[1])] > 1:
            continue
        start, end = source.offset(first + 1), source.line_span(last).end
        span = Span(start, start + len(source.line(first + 1).rstrip(SPACES)))
        message = f"no link uses the label {quoted(match[1])}: delete it, or correct the link"
        fix = Fix("Delete the definition", (Edit(Span(start, end), ""),), "unsafe", "blocks")
        yield Problem(message, span, fix=fix)


def _label(label: str) -> str:
    return _SPACES.sub(" ", label).strip(SPACES).casefold()


def _is_comment(label: str, url: str) -> bool:
    """Whether it is a comment in the form of a definition, or a footnote."""
    name = label.casefold()
    return (
        label.startswith("^")
        or name in _COMMENTS
        or url in ("", "#")
        or not any(map(str.isalnum, name))
    )
