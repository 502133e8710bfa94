"""An arXiv link with an impossible identifier.

## What it does

Reports identifiers with a month 13, with too few or too many digits, or from a month in the future.
arXiv's identifiers consist of year, month and a number, of four digits until 2014 and of five
since. Months in the future are found only with the option `today`.

## Why it matters

A digit was lost or changed, and the link leads nowhere or to another paper.

## Example

```markdown
[BERT](https://arxiv.org/abs/1813.04805)
```

## Use instead

```markdown
[BERT](https://arxiv.org/abs/1810.04805), [word2vec](https://arxiv.org/abs/1301.3781)
```

## Fix safety

There is no fix: the right identifier has to be looked up.

## Options

- `today` (`--today`): The day by which dates are judged.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_URL = re.compile(
    r"https?://(?:[\w-]+\.)*arxiv\.org/(?:abs|pdf|html)/"
    r"(?P<id>(?P<month>\d{3,5})\.(?P<number>\d{2,7}))(?:v\d+)?(?:\.pdf)?(?:[?#/]|$)",
    re.ASCII | re.IGNORECASE,
)
_FIRST = 704
_FIVE_DIGITS = 1501


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    for link in context.links:
        match = _URL.match(link.url)
        if match and (wrong := _wrong(match["month"], match["number"], context.options.today)):
            message = f"{match['id']} is not an arXiv identifier ({wrong}): look it up in the paper"
            yield Problem(message, link.span)


def _wrong(month: str, number: str, today: date | None) -> str | None:
    if len(month) == 3:
        return f"{month} is not a year and month, a leading zero may be lost"
    if len(month) != 4:
        return f"{month} is not a year and month"
    if not 1 <= int(month[2:]) <= 12:
        return f"there is no month {month[2:]}"
    if int(month) < _FIRST:
        return "identifiers of this form began with 0704, April 2007"
    if today and int(month) > today.year % 100 * 100 + today.month:
        return f"20{month[:2]}-{month[2:]} is in the future"
    digits = 5 if int(month) >= _FIVE_DIGITS else 4
    if len(number) != digits:
        return f"{len(number)} digits after the dot, but {digits} in 20{month[:2]}"
    return f"numbers begin at {1:0{digits}}" if not int(number) else None
