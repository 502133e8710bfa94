"""A year before that of the arXiv identifier.

## What it does

Reports papers whose year is earlier than the year that their arXiv identifier begins with. A paper
with a venue may be a year older, since it may be put on arXiv after the conference, and one that is
dated in December may have an identifier of January.

## Why it matters

The year is wrong, or the link leads to another paper.

## Example

```markdown
| Paper | Year |
| ----- | ---- |
| [BERT](https://arxiv.org/abs/1810.04805) | 2017 |
```

## Use instead

```markdown
| Paper | Venue | Year |
| ----- | ----- | ---- |
| [BERT](https://arxiv.org/abs/1810.04805) | arXiv | 2018 |
| [ResNet](https://arxiv.org/abs/1512.03385) | CVPR | 2016 |
| [A late preprint](https://arxiv.org/abs/1801.00001) | NIPS | 2017 |
```

## Fix safety

There is no fix: the right year has to be looked up.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...lists.facts import is_preprint
from ...lists.paper_rows import highlight_span
from ...reading.links import arxiv_year
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None

_DECEMBER = re.compile(r"(?<!\d)12(?!\d)|\d{4}12|dec", re.IGNORECASE)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such paper."""
    for entry in context.entries:
        paper = entry.paper
        if paper.arxiv_id is None or paper.arxiv is None or paper.own_year is None:
            continue
        year = arxiv_year(paper.arxiv)
        if year is None:
            continue
        is_of_new_year = paper.arxiv_id[2:4] == "01" and _DECEMBER.search(paper.date or "")
        late = 1 if is_of_new_year or not is_preprint(paper) else 0
        if paper.own_year + late < year:
            message = f"year {paper.own_year}, but arXiv:{paper.arxiv_id} is of {year}: correct one"
            yield Problem(message, highlight_span(entry, "year", "date", "venue"))
