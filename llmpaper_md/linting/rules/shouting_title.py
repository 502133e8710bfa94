"""A title all in capitals.

## What it does

Reports titles of at least three words in capitals. Short titles, which may be names (`BERT`,
`GPT-4 API`), are left alone, and so are titles with a single lowercase letter (`LoRA: LOW-RANK …`).

## Why it matters

Some journals print titles in capitals; bibliographies and the other titles of the list do not.

## Example

```markdown
| Paper |
| ----- |
| [SEARCHING FOR ACTIVATION FUNCTIONS](https://arxiv.org/abs/1710.05941) |
```

## Use instead

```markdown
| Paper |
| ----- |
| [Searching for Activation Functions](https://arxiv.org/abs/1710.05941) |
```

## Fix safety

There is no fix: only a person knows which words are names.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS, _LETTERS = 3, 15


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each title in capitals."""
    for entry in context.entries:
        title, part = entry.paper.title, entry.part("title")
        if not title or not part or not title.isupper():
            continue
        words = [word for word in _WORD.findall(title) if word.isupper()]
        if len(words) >= _WORDS and sum(map(len, words)) >= _LETTERS:
            message = f"title {quoted(title)} is all in capitals: use normal capitalization"
            yield Problem(message, part.span)
