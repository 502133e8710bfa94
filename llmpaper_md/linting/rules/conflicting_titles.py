"""One paper with two titles.

## What it does

Reports rows that have the same arXiv identifier, DOI or OpenReview identifier as an earlier row,
and a title that differs in more than case, spaces and punctuation. A title that is part of the
other (`BERT` and `BERT: Pre-training of …`) is an abbreviation, and a title of one or two words a
name: both are left alone. Icons and labels before a title (`🔥[vLLM] Efficient …`), an affiliation
after it and a description (`Name - a model that …`) do not count. What is twice in one table is
reported by `duplicate-paper`.

## Why it matters

One of the titles is misspelt, or one of the links leads to another paper.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |

Translation:

| ID | Paper |
| -- | ----- |
| 1 | [Attention Was All We Needed](https://arxiv.org/abs/1706.03762) |
```

## Use instead

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |

Translation:

| ID | Paper |
| -- | ----- |
| 1 | [ATTENTION IS ALL YOU NEED!](https://arxiv.org/abs/1706.03762) |
```

## Fix safety

There is no fix: the right title has to be looked up.

## Since

0.1.0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...choices import Severity
from ...lists.duplicates import find_repeated
from ...lists.identity import (
    are_one_title,
    bare_title,
    is_distinctive_title,
    is_identifier,
    is_same_title,
    is_short_title,
    paper_key,
    title_key,
)
from ...reading.document import Entry
from ...reading.titles import says_nothing
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each title that is not the first of its paper."""
    # What stands twice in a table has a finding there.
    repeated = {id(entry) for entry, _, _ in context.cached(find_repeated)}
    keys = [paper_key(entry.paper) for entry in context.entries]
    count = Counter(keys)
    seen: dict[str, Entry] = {}
    for entry, key in zip(context.entries, keys, strict=True):
        if not key or count[key] < 2 or not is_identifier(key):
            continue
        part, title = entry.part("title"), bare_title(entry.paper.title or "")
        if not is_distinctive_title(title_key(title)):
            continue
        if part is None or says_nothing(part.inline) or is_short_title(title):
            continue
        first = seen.setdefault(key, entry)
        if first is entry or id(entry) in repeated:
            continue
        other = first.paper.title or ""
        if is_same_title(title, other):
            continue
        place = f"{key} has another title on line {first.line}, {quoted(other, 80)}"
        remedy = (
            "correct one of the titles"
            if are_one_title(title, other)
            else "correct one of the links or one of the titles"
        )
        related = (RelatedLocation(first.span, "the other title"),)
        yield Problem(f"{place}: {remedy}", part.span, related)
