"""The same paper twice in one table.

## What it does

Reports rows with the same arXiv identifier (in any version, `abs` or `pdf`), DOI, OpenReview
identifier or URL, or with the same title, as an earlier row. In a table whose rows are entries of
another kind (models, tasks, data sets), each of them may name the same paper.

## Why it matters

Readers take the rows for two papers, notes on it are in two places, and counts are wrong. If the
titles differ, one of the links is wrong.

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
from ...lists.duplicates import entry_key_columns, find_duplicates
from ...reading.document import RowEntry
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each row whose paper stood in its table before."""
    for entries in context.siblings:
        columns = entry_key_columns(entries[0].container)
        groups: dict[tuple[str, ...], list[RowEntry]] = {}
        for entry in entries:
            cells = entry.inlines
            key = tuple(cells[i].text if i < len(cells) else "" for i in columns)
            groups.setdefault(key, []).append(entry)
        for group in groups.values():
            for entry, first, shared in find_duplicates(group):
                yield Problem(
                    f"same paper as on line {first.line} ({shared}): keep one of the rows",
                    entry.span,
                    related=(RelatedLocation(first.span, "the first row of this paper"),),
                )
