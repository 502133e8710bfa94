"""A link without text or without a URL.

## What it does

Reports links without text, and links and images without a URL. Images without a description are
fine, and so are links that show only an image.

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
from ...reading.links import Link
from ...source import SPACES
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link that is invisible or leads nowhere."""
    for link in context.links:
        if link.kind not in ("inline", "reference", "image"):
            continue
        what = "image" if link.kind == "image" else "link"
        no_url, no_text = not link.url.strip(SPACES), _shows_nothing(context, link)
        if no_url and no_text:
            # [](){#name} is an anchor to MkDocs.
            if not context.source.text.startswith("{", link.span.end):
                yield Problem("empty link: add a text and a URL, or remove it", link.span)
        elif no_url:
            yield Problem(f"{what} without a URL: add one", link.span)
        elif no_text:
            message = "invisible link without text: add a text"
            yield Problem(message, link.span)


def _shows_nothing(context: Context, link: Link) -> bool:
    """Whether there are only spaces between the link's brackets."""
    if link.kind == "image" or link.text:
        return False
    text, position = context.source.text, link.span.start + 1
    while position < link.span.end and text[position] in SPACES:
        position += 1
    return text.startswith("]", position)
