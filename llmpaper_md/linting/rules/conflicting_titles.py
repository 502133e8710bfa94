"""One paper under two titles.

Two rows have the same arXiv identifier, DOI or OpenReview identifier, and titles that differ by
more than case, blanks and punctuation: one of the titles is misspelt, or one of the links leads to
the wrong paper. A title that is part of the other (`BERT` and `BERT: Pre-training of …`) is an
abbreviation, and a title of one or two words a name.

Fails:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |
| 2 | [Attention Was All We Needed](https://arxiv.org/abs/1706.03762) |
```

Passes:

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |
| 2 | [ATTENTION IS ALL YOU NEED!](https://arxiv.org/abs/1706.03762) |
```

Fix: none; which of the titles is right stands in the paper.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...lists.identity import is_identifier, is_long, paper_key, title_key
from ...reading.titles import says_nothing
from ..context import Context, PaperRow
from ..findings import Applicability, Finding, Level, Related, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each title that contradicts the first one of the same paper."""
    seen: dict[str, tuple[str, PaperRow]] = {}
    for table in context.tables:
        for row in table.rows:
            cell, title = row.inline("title"), title_key(row.paper.title or "")
            key = paper_key(row.paper)
            if not key or not is_identifier(key) or not is_long(title):
                continue
            if cell is None or says_nothing(cell):
                continue
            known, first = seen.setdefault(key, (title, row))
            if known not in title and title not in known:
                place = row.cell("title")
                yield Finding(
                    "conflicting-titles",
                    SEVERITY,
                    f"{key} is called “{first.paper.title}” on line {first.row.line}: "
                    "one of the titles is wrong, or one of the links",
                    place.span if place else row.row.span,
                    related=(Related(first.row.span, "the other title"),),
                )
