"""A DOI link without a DOI, or an OpenReview link without a paper.

## What it does

Reports links to `https://doi.org/` without a DOI after it (`10.`, a number, a slash and a name),
and links to papers on OpenReview without `?id=` and an identifier.

## Why it matters

The link leads nowhere: a part of it was lost when it was copied.

## Example

```markdown
[AlphaFold](https://doi.org/10.1038)
```

## Use instead

```markdown
[AlphaFold](https://doi.org/10.1038/s41586-021-03819-2)
```

## Fix safety

There is no fix: the identifier has to be looked up.

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

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_FLAGS = re.ASCII | re.IGNORECASE
_DOI_URL = re.compile(r"https?://(?:dx\.)?doi\.org/(?P<name>[^?#]+)", _FLAGS)
# DOIs, written plainly or encoded, with the doi: that the resolver takes; short DOIs (10/abc, abc).
_DOI = re.compile(
    r"(?:doi:)?(?:10\.\d{4,9}(?:\.\d+)*(?:/|%2f).+|10/[a-z0-9]+|[a-z0-9]{3,8})/?", _FLAGS
)
_OPENREVIEW = re.compile(
    r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)(?:\?(?P<query>[^#]*))?(?:#|$)", _FLAGS
)
_ID = re.compile(r"(?:^|&)(?:amp;)?(?:id|noteId)=[^&]", _FLAGS)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    for link in context.links:
        url = link.url
        message = None
        if (doi := _DOI_URL.match(url)) and not _DOI.fullmatch(doi["name"]):
            message = (
                f"{quoted(doi['name'], 80)} is not a DOI: write 10., a number, a slash and a name"
            )
        elif (review := _OPENREVIEW.match(url)) and not _ID.search(review["query"] or ""):
            message = "OpenReview link without a paper: add ?id= and its identifier"
        if message:
            yield Problem(message, link.span)
