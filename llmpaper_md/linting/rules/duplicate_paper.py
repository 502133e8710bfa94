"""The same paper twice in one table.

Rows are one paper if they have the same arXiv identifier (whatever the version, `abs` or `pdf`),
DOI, OpenReview identifier or address, or the same title. Readers take them for two papers, notes
on it stand in two places, and a count of the list is wrong; if the titles differ, one of the links
is a slip. A table whose rows are entries of another kind (models, tasks, data sets) may name a
paper for each of them.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [BERT](https://arxiv.org/pdf/1810.04805v2.pdf) |
```

Passes:

```markdown
| Model | Size | Paper |
| ----- | ---- | ----- |
| BERT-base | 110M | [BERT](https://arxiv.org/abs/1810.04805) |
| BERT-large | 340M | [BERT](https://arxiv.org/abs/1810.04805) |
```

Fix: none; which of the rows is to go, and what of it is to be kept, a person has to say.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context, PaperRow
from ..findings import Applicability, Finding, Level, Related, Severity
from ...lists.duplicates import first_seen, speaks_of_more

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each row whose paper stood in its table before."""
    for table in context.tables:
        more = speaks_of_more(table)
        entries: dict[tuple[str, ...], list[PaperRow]] = {}
        for row in table.rows:
            texts = tuple(row.inlines[i].text if i < len(row.inlines) else "" for i in more)
            entries.setdefault(texts, []).append(row)
        for rows in entries.values():
            for row, first, shared in first_seen(rows):
                yield Finding(
                    "duplicate-paper",
                    SEVERITY,
                    f"the same paper as on line {first.row.line} ({shared}): keep one of the rows",
                    row.row.span,
                    related=(Related(first.row.span, "the paper stands here first"),),
                )
