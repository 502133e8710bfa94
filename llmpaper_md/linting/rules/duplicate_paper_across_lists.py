"""The same paper in two tables or lists of one file.

## What it does

Reports papers that are in an earlier table or list, by identifier, URL or title as
`duplicate-paper` does.

## Why it matters

Many lists name a paper in each section that it belongs to. This rule is for lists that name each
paper once.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |

Encoders:

| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/pdf/1810.04805) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |

Decoders:

| ID | Paper |
| -- | ----- |
| 1 | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Fix safety

There is no fix: a person has to decide to which table the paper belongs.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.duplicates import find_duplicates
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_NOUNS = {"row": "table", "item": "list", "paragraph": "section"}


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each entry whose paper was in another table or list before."""
    for entry, first, shared in find_duplicates(context.entries):
        if entry.container is not first.container:
            yield Problem(
                f"same paper as on line {first.line} ({shared}), in another {_NOUNS[first.kind]}: "
                "keep one",
                entry.span,
                related=(RelatedLocation(first.span, "the first entry of this paper"),),
            )
