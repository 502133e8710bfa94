"""The same paper twice in one table or list.

## What it does

Reports rows with the same arXiv identifier (in any version, `abs` or `pdf`), DOI, OpenReview
identifier or URL, or with the same title, as an earlier row, whatever their notes, keywords or
dates say. In a table whose rows are entries of another kind (a column Model, Task, Dataset or Size,
or a first column that is no field of a paper), each of them may name the same paper; and so may
rows that link to different things, such as talks.

## Why it matters

Readers take the rows for two papers, notes on it are in two places, and counts are wrong. If the
titles have little in common, one of the links is probably wrong, and the message says so.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [BERT](https://arxiv.org/pdf/1810.04805v2.pdf) |
```

## Use instead

```markdown
| Model | Size | Paper |
| ----- | ---- | ----- |
| BERT-base | 110M | [BERT](https://arxiv.org/abs/1810.04805) |
| BERT-large | 340M | [BERT](https://arxiv.org/abs/1810.04805) |
```

## Fix safety

There is no fix: a person has to decide which row to delete, and which notes to keep.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.duplicates import find_repeated
from ...lists.identity import are_one_title
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_NOUNS = {"row": ("row", "rows")}


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each entry whose paper was in its table or list before."""
    for entry, first, shared in context.cached(find_repeated):
        title, other = entry.paper.title or "", first.paper.title or ""
        noun, nouns = _NOUNS.get(entry.kind, ("entry", "entries"))
        message = f"same paper as on line {first.line} ({shared}): keep one of the {nouns}"
        if title and other and not are_one_title(title, other):
            message = (
                f"{shared} is the paper of line {first.line} too, {quoted(other, 80)}: "
                "one of the links is probably wrong; correct it"
            )
        related = (RelatedLocation(first.span, f"the first {noun} of this paper"),)
        yield Problem(message, entry.span, related)
