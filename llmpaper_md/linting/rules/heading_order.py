"""Section numbers that are repeated, missing or out of order.

## What it does

Reports numbered headings that repeat a number, come out of order or leave a number out, within one
section. Headings without a number before the first and after the last numbered one (an
introduction, the licence) are left alone, and so are numbers of list items (see `heading-in-list`).

## Why it matters

A reference to section 2.3 must lead to exactly one section.

## Example

```markdown
## 1. Models

## 3. Data
```

## Use instead

```markdown
## 1. Models

### 1.1 Encoders

### 1.2 Decoders

## 2. Data

## Licence
```

## Fix safety

There is no fix: a section may be missing, and other texts may refer to the numbers.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation
from ..outline import Sibling, siblings

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None

_Number = tuple[int, ...]

_ARABIC = re.compile(r"\d{1,3}(?:\.\d{1,3})*", re.ASCII)
_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_ROMAN = {"I": 1, "V": 5, "X": 10}


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each heading that breaks the numbering."""
    for group in siblings(context):
        yield from _check(group)


def _check(group: list[Sibling]) -> Iterator[Problem]:
    numbered = [(i, n, s) for i, s in enumerate(group) if (n := _number(s))]
    # Chapters in Roman numbers may follow others in Arabic ones.
    for kind in dict.fromkeys(_kind(sibling) for _, _, sibling in numbered):
        yield from _check_kind(group, [entry for entry in numbered if _kind(entry[2]) == kind])


def _check_kind(
    group: list[Sibling], numbered: list[tuple[int, _Number, Sibling]]
) -> Iterator[Problem]:
    index, number, sibling = numbered[0]
    around = _number(sibling.parent) if sibling.parent else None
    if around and number[:-1] == around and number[-1] > index + 1:
        missing = ".".join(map(str, (*around, index + 1)))
        yield _problem(sibling, f"no section {missing} before {_text(sibling)}: add it or renumber")
    known = {number for _, number, _ in numbered}
    seen: dict[_Number, Sibling] = {}
    previous: tuple[int, _Number, Sibling] | None = None
    for index, number, sibling in numbered:
        text = _text(sibling)
        if around and len(number) == len(around) + 1 and number[:-1] != around:
            where = _text(sibling.parent) if sibling.parent else ""
            yield _problem(sibling, f"number {text} does not belong to section {where}: renumber")
        elif number in seen:
            message = f"number {text} is already used on line {seen[number].line}: renumber"
            yield _problem(sibling, message, seen[number])
        elif previous:
            before, last, other = previous
            unnumbered = [s for s in group[before + 1 : index] if not _text(s)]
            if number < last:
                message = f"number {text} after {_text(other)} is out of order: renumber"
                yield _problem(sibling, message, other)
            elif not _follows(number, last, index - before) and _next(number, last) not in known:
                message = f"a number is missing between {_text(other)} and {text}: renumber"
                yield _problem(sibling, message, other)
            else:
                for lone in unnumbered:
                    message = f"no number between sections {_text(other)} and {text}: add one"
                    yield _problem(lone, message)
        seen.setdefault(number, sibling)
        previous = index, number, sibling


def _problem(sibling: Sibling, message: str, other: Sibling | None = None) -> Problem:
    related = (RelatedLocation(other.heading.span, f"section {_text(other)}"),) if other else ()
    return Problem(message, sibling.heading.span, related)


def _text(sibling: Sibling) -> str:
    return sibling.section.number or ""


def _kind(sibling: Sibling) -> str:
    first = _text(sibling)[0]
    return "Arabic" if first.isdigit() else "Roman" if first in _ROMAN else "Chinese"


def _follows(number: _Number, last: _Number, steps: int) -> bool:
    """Whether a number may come so many headings after another: 1.2 after 1, 2 after 1.2."""
    depth = len(number) - 1
    if number[:depth] != last[:depth]:
        return False
    return number[depth] - (last[depth] if depth < len(last) else 0) <= steps


def _next(number: _Number, last: _Number) -> _Number:
    """The number that should follow the last one, as deep as the one that does."""
    depth = len(number) - 1
    goes_on = depth < len(last) and number[:depth] == last[:depth]
    return (*number[:depth], last[depth] + 1 if goes_on else 1)


def _number(sibling: Sibling) -> _Number | None:
    """The number that a heading's title begins with."""
    text = _text(sibling)
    if not text or sibling.heading.marker is not None:
        return None
    if _ARABIC.fullmatch(text):
        return tuple(map(int, text.split(".")))
    value = _chinese(text) or _roman(text)
    return (value,) if value else None


def _chinese(text: str) -> int | None:
    """The value of a Chinese numeral below 100.

    >>> [_chinese(text) for text in ("三", "十", "二十一", "IV")]
    [3, 10, 21, None]
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE.get(text)
    if tens not in {"", *_CHINESE} or ones not in {"", *_CHINESE}:
        return None
    return _CHINESE.get(tens, 1) * 10 + _CHINESE.get(ones, 0)


def _roman(text: str) -> int | None:
    """The value of a Roman numeral below 40.

    >>> [_roman(text) for text in ("IV", "IX", "XVII", "2")]
    [4, 9, 17, None]
    """
    values = [_ROMAN.get(letter, 0) for letter in text]
    if not text or 0 in values:
        return None
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))
