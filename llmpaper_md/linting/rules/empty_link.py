"""A link without text or without a URL.

## What it does

Reports links with a URL that have no text, and links and images without a URL. Images without a
description are fine, and so are links that show only an image. Links that only hold a place, such
as `[]()` and `[coming soon]()`, are left to `placeholder-link`.

## Why it matters

A link without text is invisible, and one without a URL leads to the page that it is on.

## Example

```markdown
- BERT [](https://arxiv.org/abs/1810.04805) [code]()
```

## Use instead

```markdown
- [BERT](https://arxiv.org/abs/1810.04805) [![](stars.svg)](https://github.com/google-research/bert)
```

## Fix safety

There is no fix: the intended text or URL is unknown.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..placeholders import has_url, is_placeholder, shows_nothing

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link that is invisible or leads nowhere."""
    for link in context.links:
        if link.kind not in ("inline", "reference", "image"):
            continue
        if not has_url(link):
            if not is_placeholder(context, link):
                what = "image" if link.kind == "image" else "link"
                message = f"{what} without a URL: add one"
                yield Problem(message, link.span, habit="links without a URL: add one to each")
        elif shows_nothing(context, link):
            message = "invisible link without text: add a text"
            yield Problem(message, link.span)
