"""One paper with other facts in another place.

## What it does

Reports papers with the same arXiv identifier, DOI or OpenReview identifier whose entries give
different years, dates or venues, or of which only one has code in a column for it. Venues are
compared without their years. Entries of the same paper in one table or list are left to
`duplicate-paper`.

## Why it matters

One of the entries was updated when the paper was published, the other was not.

## Example

```markdown
| Paper | Venue |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | NAACL 2019 |

Encoders:

| Paper | Venue |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | arXiv |
```

## Use instead

```markdown
| Paper | Venue |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | NAACL 2019 |

Encoders:

| Paper | Venue |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | NAACL |
```

## Fix safety

There is no fix: only a person knows which entry is right.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.duplicates import find_repeated
from ...lists.facts import conflicts
from ...lists.identity import is_identifier, paper_key
from ...reading.document import Entry
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each entry that says something else than the first of its paper."""
    repeated = {id(entry) for entry, _, _ in context.cached(find_repeated)}
    seen: dict[str, Entry] = {}
    for entry in context.entries:
        key = paper_key(entry.paper)
        if not key or not is_identifier(key):
            continue
        first = seen.setdefault(key, entry)
        if first is entry or id(entry) in repeated:
            continue
        if found := conflicts(entry, first):
            facts = "; ".join(found)
            message = f"{key} has other facts on line {first.line} ({facts}): make them agree"
            related = (RelatedLocation(first.span, "the other entry of this paper"),)
            yield Problem(message, entry.span, related)
