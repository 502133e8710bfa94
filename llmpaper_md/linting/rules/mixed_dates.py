"""A date in another form than those around it.

## What it does

Reports dates that are written in another form than at least two thirds of those in the same table:
`11/2023` among dates such as `2023-10`, `Nov 2023` among numbers. A date with fewer parts
(`2023` among dates such as `2023-10`) is in the same form.

## Why it matters

Readers cannot compare the dates at a glance, and programs cannot sort by them.

## Example

```markdown
| Paper | Date |
| ----- | ---- |
| [BERT](https://arxiv.org/abs/1810.04805) | 2018-10 |
| [T5](https://arxiv.org/abs/1910.10683) | 2019-10 |
| [GPT-3](https://arxiv.org/abs/2005.14165) | 5/2020 |
```

## Use instead

```markdown
| Paper | Date |
| ----- | ---- |
| [BERT](https://arxiv.org/abs/1810.04805) | 2018-10 |
| [T5](https://arxiv.org/abs/1910.10683) | 2019-10-23 |
| [GPT-3](https://arxiv.org/abs/2005.14165) | 2020-05 |
```

## Fix safety

There is no fix: which number is the day and which the month may be unclear.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...choices import Severity
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_NUMBERS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST = 3


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each date that is unlike the others."""
    for entries in context.siblings:
        parts = [part for entry in entries if (part := entry.part("date")) and part.inline.text]
        forms = [(part, form) for part in parts if (form := _form(part.inline.text))]
        if len(forms) < _FEWEST:
            continue
        usual, count = Counter(form for _, form in forms).most_common(1)[0]
        if count * 3 < len(forms) * 2 or count == len(forms):
            continue
        example = quoted(next(part.inline.text for part, form in forms if form == usual))
        for part, form in forms:
            if form != usual:
                date = quoted(part.inline.text)
                message = f"date {date} is not in the form of most, such as {example}: rewrite it"
                habit = f"dates are not in the form of most, such as {example}: rewrite them"
                yield Problem(message, part.span, habit=habit)


def _form(date: str) -> str | None:
    """The form of a date: what is between its numbers, and whether the year comes first.

    >>> [_form(date) for date in ("2023-11-02", "11/2023", "Nov 2023", "2023", "n/a")]
    ['year -', 'other /', 'words', None, None]
    """
    numbers = _NUMBERS.findall(date)
    if not numbers:
        return None
    if date.isascii() and _LETTERS.search(date):
        return "words"
    if len(numbers) == 1:
        return None if len(numbers[0]) == 4 else f"{len(numbers[0])} digits"
    separator = _NUMBERS.sub(" ", date, count=1).lstrip(" ")[:1] or " "
    return f"{'year' if len(numbers[0]) == 4 else 'other'} {separator}"
