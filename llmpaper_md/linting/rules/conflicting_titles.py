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

from ...lists.identity import is_distinctive_title, is_identifier, paper_key, title_key
from ...reading.document import Entry
from ...reading.titles import says_nothing
from ..context import Context
from ..findings import Applicability, Finding, Level, RelatedLocation, Severity

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each title that contradicts the first one of the same paper."""
    seen: dict[str, tuple[str, Entry]] = {}
    for entry in context.entries:
        part, title = entry.part("title"), title_key(entry.paper.title or "")
        key = paper_key(entry.paper)
        if not key or not is_identifier(key) or not is_distinctive_title(title):
            continue
        if part is None or says_nothing(part.inline):
            continue
        known, first = seen.setdefault(key, (title, entry))
        if known not in title and title not in known:
            yield Finding(
                "conflicting-titles",
                SEVERITY,
                f"{key} is called “{first.paper.title}” on line {first.line}: "
                "one of the titles is wrong, or one of the links",
                part.span,
                related=(RelatedLocation(first.span, "the other title"),),
            )
