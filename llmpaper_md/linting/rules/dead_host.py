"""A link to a host that is gone for good, or to a placeholder.

Papers with Code was shut down in July 2025. `example.com`, `localhost` and the like lead nowhere
for readers: something was to be put in their place.

Fails:

```markdown
[CoT](https://paperswithcode.com/paper/chain-of-thought-prompting-elicits-reasoning)
```

Passes:

```markdown
[CoT](https://arxiv.org/abs/2201.11903)
```

Fix: none; find the page again elsewhere.

Since: 0.1.0
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
    """Yield a finding for each link to such a host."""
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
