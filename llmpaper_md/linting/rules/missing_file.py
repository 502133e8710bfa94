"""A relative link to a file that does not exist.

## What it does

Reports links and images that lead to a file of the list's own repository which is not there. It
asks for the list's folder, so it finds nothing in standard input. Paths that leave the repository
(`../../issues`) are left alone.

## Why it matters

Readers get an error page, or no image. The file was renamed, or never added.

## Example

```markdown
![Overview](figures/overview.png) and [notes](notes/bert.md)
```

## Use instead

```markdown
[notes](https://example.org/notes/bert.md)
```

## Fix safety

There is no fix: the right path is unknown.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ...choices import Severity
from ...reading.links import Link
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..url_faults import url_fault

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

# A scheme, a host, a section, a query, a template, a link in a link.
_NO_PATH = re.compile(r"[a-z][a-z0-9+.-]*:|//|[#?]|.*(?:\{|\]\()", re.IGNORECASE | re.DOTALL)
_END = re.compile("[#?]")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    exists = context.options.exists
    if exists is None:
        return
    for link in context.links:
        if not link.url or link.kind in ("bare", "autolink") or _NO_PATH.match(link.url):
            continue
        if link.kind == "html" and _is_hidden(context, link):
            continue
        path = unquote(_END.split(link.url, maxsplit=1)[0])
        if exists(path) or url_fault(link):
            continue
        message = f"no file {quoted(path, 80)} in the list's repository: correct the path or add it"
        yield Problem(message, link.span)


def _is_hidden(context: Context, link: Link) -> bool:
    """Whether a link is only an icon next to a heading, as GitHub makes them."""
    tag = link.span.cut(context.source.text).partition(">")[0]
    return "aria-hidden" in tag
