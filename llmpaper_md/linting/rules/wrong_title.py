"""A title that is not that of the linked paper.

## What it does

Compares titles with known ones, by arXiv identifier or DOI. Reports a title that differs in more
than case, spaces and punctuation and is not a part of the known one. Without known titles this rule
finds nothing.

## Why it matters

The link leads to another paper, or the title is misspelt.

## Example

With “Attention Is All You Need” known as the title of arXiv 1706.03762:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT: Pre-training of Transformers](https://arxiv.org/abs/1706.03762) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention is all you need](https://arxiv.org/abs/1706.03762) |
```

## Fix safety

There is no fix: the title or the link may be wrong.

## Options

- known titles (`--metadata FILE`): The titles that `llmpaper-md metadata` fetched.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.identity import paper_key, title_key
from ...reading.titles import says_nothing
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each title that contradicts the known one."""
    if not context.options.titles:
        return
    for entry in context.entries:
        paper, part = entry.paper, entry.part("title")
        right = context.options.titles.get(paper_key(paper) or "")
        if right is None or part is None or says_nothing(part.inline):
            continue
        own, known = title_key(paper.title or ""), title_key(right)
        if own not in known and known not in own:
            yield Problem(
                f"{paper_key(paper)} has the title {quoted(right, 80)}: "
                "correct the title or the link",
                part.span,
            )
