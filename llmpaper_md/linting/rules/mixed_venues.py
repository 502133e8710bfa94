"""A venue that is spelt in several ways.

## What it does

Reports venues whose name differs from that of most entries in case or punctuation alone (`Neurips`,
`NeurIPS`). Years and numbers after a name do not count.

## Why it matters

A search of the page for one spelling misses the others, and so do programs that group by venue.

## Example

```markdown
| Paper | Venue |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | arXiv 2018 |
| [T5](https://arxiv.org/abs/1910.10683) | arXiv 2019 |
| [GPT-3](https://arxiv.org/abs/2005.14165) | Arxiv'20 |
```

## Use instead

```markdown
| Paper | Venue |
| ----- | ----- |
| [BERT](https://arxiv.org/abs/1810.04805) | arXiv 2018 |
| [T5](https://arxiv.org/abs/1910.10683) | arXiv 2019 |
| [GPT-3](https://arxiv.org/abs/2005.14165) | arXiv'20 |
```

## Fix safety

Writes the name as most entries do. The fix is unsafe, because the other spelling may be the right
one.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...choices import Severity
from ...reading.document import Entry, Part
from ...source import Edit, Span
from ...words import counted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = "unsafe"

# A name of one word, with what may be inside one, and the years and marks around it.
_NAME = re.compile(r"[^\w]*(?P<name>[^\W\d_]+(?:[-/&+][^\W\d_]+)*)[\W\d_]*")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each venue that most entries spell differently."""
    spelt: dict[str, Counter[str]] = {}
    found: list[tuple[Part, str, str]] = []
    for entry in context.entries:
        if (venue := _venue(entry)) is not None:
            part, name = venue
            key = _NOT_LETTERS.sub("", name).casefold()
            spelt.setdefault(key, Counter())[name] += 1
            found.append((part, name, key))
    for part, name, key in found:
        most, count = spelt[key].most_common(1)[0]
        if name == most or spelt[key][name] == count:
            continue
        places = counted(count, "other place")
        message = f'venue "{name}" is spelt "{most}" in {places}: write it alike'
        fix = None
        if part.raw.count(name) == 1:
            start = part.span.start + part.raw.index(name)
            edit = Edit(Span(start, start + len(name)), most)
            fix = Fix(f"Write {most}", (edit,), "unsafe", "words")
        habit = f'venues are spelt "{name}", most "{most}": write them alike'
        yield Problem(message, part.span, fix=fix, habit=habit)


def _venue(entry: Entry) -> tuple[Part, str] | None:
    """The part that names the venue of an entry, and its name if that is one word."""
    part = entry.part("venue")
    match = _NAME.fullmatch(part.inline.text) if part and part.inline.text else None
    return (part, match["name"]) if part and match else None
