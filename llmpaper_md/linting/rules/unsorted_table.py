"""A paper out of order in a table that is sorted by date.

## What it does

Reports papers that are out of order where nine of ten papers of a table with at least ten dates are
in order, the oldest or the newest first. Dates are compared as far as both have parts, and years
where there are no dates.

## Why it matters

Readers look for the paper where it should be.

## Example

```markdown
| Paper | Year |
| ----- | ---- |
| [A](https://a.org/1) | 2010 |
| [B](https://a.org/2) | 2011 |
| [C](https://a.org/3) | 2012 |
| [D](https://a.org/4) | 2013 |
| [E](https://a.org/5) | 2014 |
| [F](https://a.org/6) | 2015 |
| [G](https://a.org/7) | 2010 |
| [H](https://a.org/8) | 2016 |
| [I](https://a.org/9) | 2017 |
| [J](https://a.org/10) | 2018 |
```

## Use instead

```markdown
| Paper | Year |
| ----- | ---- |
| [A](https://a.org/1) | 2010 |
| [G](https://a.org/7) | 2010 |
| [B](https://a.org/2) | 2011 |
| [C](https://a.org/3) | 2012 |
| [D](https://a.org/4) | 2013 |
| [E](https://a.org/5) | 2014 |
| [F](https://a.org/6) | 2015 |
| [H](https://a.org/8) | 2016 |
| [I](https://a.org/9) | 2017 |
| [J](https://a.org/10) | 2018 |
```

## Fix safety

There is no fix: the date may be wrong instead.

## Since

0.2.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ...choices import Severity
from ...lists.paper_rows import highlight_span
from ...reading.document import Entry
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_FEWEST = 10
_DATE = re.compile(r"\W*(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?\W*")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such paper."""
    for entries in context.siblings:
        dated = [(entry, date) for entry in entries if (date := _date(entry))]
        if len(dated) < _FEWEST:
            continue
        dates = [date for _, date in dated]
        # Of dates that are compared, all have as many parts.
        parts = min(map(len, dates))
        values = [_number(date[:parts]) for date in dates]
        ascending = _in_order(values)
        descending = _in_order([-value for value in values])
        order, kept = ("oldest", ascending), ascending
        if len(descending) > len(ascending):
            order, kept = ("newest", descending), descending
        if len(kept) == len(dated) or len(kept) * 10 < len(dated) * 9:
            continue
        for index, (entry, date) in enumerate(dated):
            if index not in kept:
                shown = "-".join(f"{number:02}" for number in date)
                message = (
                    f"{shown} is out of order in this table, the {order[0]} first: move the paper"
                )
                yield Problem(message, highlight_span(entry, "date", "year"))


def _date(entry: Entry) -> tuple[int, ...] | None:
    """Year, month and day, as many of them as an entry gives."""
    part = entry.part("date")
    match = _DATE.fullmatch(part.inline.text) if part else None
    if match:
        return tuple(int(number) for number in match.groups() if number)
    return (entry.paper.own_year,) if entry.paper.own_year else None


def _number(date: Sequence[int]) -> int:
    number = 0
    for part in date:
        number = number * 100 + part
    return number


def _in_order(values: Sequence[int]) -> set[int]:
    """The indices of the longest part of the values in which none is smaller than one before.

    >>> sorted(_in_order([1, 2, 9, 3, 3, 4]))
    [0, 1, 3, 4, 5]
    """
    ends: list[int] = []
    places: list[int] = []  # the index of each end
    before: list[int] = []  # the index before each value in the longest part up to it
    for index, value in enumerate(values):
        length = bisect_right(ends, value)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        places[length : length + 1] = [index]
    kept: set[int] = set()
    index = places[-1] if places else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
