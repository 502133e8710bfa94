"""A link without a text, which nobody sees, or without an address, which leads nowhere.

Fails:

```markdown
[GPT]() and [](https://arxiv.org/abs/1810.04805)
```

Passes:

```markdown
[![badge](https://img.shields.io/badge/a-b)](https://arxiv.org/abs/1810.04805) ![](picture.png)
```

Fix: none.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context
from ..findings import Applicability, Finding, Level, Severity

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each link that lacks one or the other."""
    for text in context.texts:
        images = [link.span.start for link in text.inline.links if link.kind == "image"]
        for link in text.inline.links:
            if not link.url:
                message = f"the link {link.text!r} has no address: it leads nowhere"
                yield Finding("empty-link", SEVERITY, message, link.span)
            elif (
                not link.text
                and link.kind in ("inline", "reference")
                and not any(link.span.start < start < link.span.end for start in images)
            ):
                message = f"the link to {link.url} has no text: nobody sees it"
                yield Finding("empty-link", SEVERITY, message, link.span)
