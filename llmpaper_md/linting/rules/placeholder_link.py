"""A link without a URL that holds the place of one.

## What it does

Reports empty links (`[]()`), images in links without a URL (`[![badge](badge.svg)]()`), and links
without a URL whose text says that there is nothing yet (`[coming soon]()`) or whose row has no
title. Other links without a URL are reported by `empty-link`.

## Why it matters

GitHub makes a link of each that leads to the page itself, and programs that read the list find
links where there are none.

## Example

```markdown
| Paper | Code |
| ----- | ---- |
| [BERT](https://arxiv.org/abs/1810.04805) | []() |
| [T5](https://arxiv.org/abs/1910.10683) | [coming soon]() |
```

## Use instead

```markdown
| Paper | Code |
| ----- | ---- |
| [BERT](https://arxiv.org/abs/1810.04805) | |
| [T5](https://arxiv.org/abs/1910.10683) | coming soon |
```

## Fix safety

There is no fix: the place is held on purpose, and whether it is still needed is unknown.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..placeholders import has_url, is_placeholder, is_to_come, shows_image, shows_nothing

SEVERITY: Severity = "warning"
LEVEL: Level = "strict"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    for link in context.links:
        if link.kind not in ("inline", "reference") or has_url(link):
            continue
        if not is_placeholder(context, link):
            continue
        if shows_nothing(context, link):
            # [](){#name} is an anchor to MkDocs.
            if context.source.text.startswith("{", link.span.end):
                continue
            message = "empty link: add a text and a URL, or remove it"
            habit = "empty links: add a text and a URL to each, or remove them"
        elif shows_image(context, link):
            message = "image in a link without a URL: add one, or show the image alone"
            habit = "images in links without a URL: add one to each, or show the images alone"
        elif is_to_come(link.text):
            message = "link without a URL, as its text says: write the text alone"
            habit = "links without a URL, as their texts say: write the texts alone"
        else:
            message = "link without a URL in a row without a paper: fill in or delete the row"
            habit = "links without a URL in rows without a paper: fill in or delete the rows"
        yield Problem(message, link.span, habit=habit)
