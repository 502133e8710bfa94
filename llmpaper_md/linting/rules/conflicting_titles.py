"""One paper with two titles.

## What it does

Reports rows that have the same arXiv identifier, DOI or OpenReview identifier as an earlier row,
and a title that differs in more than case, spaces and punctuation. A title that is part of the
other (`BERT` and `BERT: Pre-training of …`) is an abbreviation, and a title of one or two words a
name: both are left alone.

## Why it matters

One of the titles is misspelt, or one of the links leads to another paper.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |
| 2 | [Attention Was All We Needed](https://arxiv.org/abs/1706.03762) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |
| 2 | [ATTENTION IS ALL YOU NEED!](https://arxiv.org/abs/1706.03762) |
```

## Fix safety

There is no fix: the right title has to be looked up.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.identity import is_distinctive_title, is_identifier, paper_key, title_key
from ...reading.document import Entry
from ...reading.titles import says_nothing
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each title that contradicts the first one of the same paper."""
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
            other = quoted(first.paper.title or "", 80)
            yield Problem(
                f"{key} has another title on line {first.line}, {other}: "
                "correct one of the titles or one of the links",
                part.span,
                related=(RelatedLocation(first.span, "the other title"),),
            )
