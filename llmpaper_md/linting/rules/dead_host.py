"""A link to a site that was shut down, or to a placeholder.

## What it does

Reports links to Papers with Code, which was shut down in July 2025, and to `example.com`,
`localhost` and similar hosts.

## Why it matters

The link leads nowhere: the site is gone, or the real address was never filled in.

## Example

```markdown
[CoT](https://paperswithcode.com/paper/chain-of-thought-prompting-elicits-reasoning)
```

## Use instead

```markdown
[CoT](https://arxiv.org/abs/2201.11903)
```

## Fix safety

There is no fix: the page has to be found elsewhere.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.hosts import is_placeholder
from ...reading.links import host, is_at
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None

_GONE = {
    "paperswithcode.com": "was shut down in July 2025: link to the paper itself",
}


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link to such a host."""
    for link in context.links:
        if "//" not in link.url:
            continue
        own = host(link.url)
        gone = next((known for known in _GONE if is_at(own, known)), None)
        if gone:
            message = f"{gone} {_GONE[gone]}"
        elif is_placeholder(own):
            message = f"{own} is a placeholder that leads nowhere: replace it with the real address"
        else:
            continue
        yield Problem(message, link.span)
