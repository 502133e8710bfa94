"""A badge that counts the stars of another repository than the one it links to.

## What it does

Reports badges of shields.io (stars, forks, last commit, and the like) in a link to another
repository, or next to the only repository that their cell links to.

## Why it matters

Readers see the stars of another project: the row was copied, and one of the two URLs was not
changed.

## Example

```markdown
[![Stars](https://img.shields.io/github/stars/google/jax.svg)](https://github.com/google-research/bert)
```

## Use instead

```markdown
[![Stars](https://img.shields.io/github/stars/google-research/bert.svg)](https://github.com/google-research/bert)
```

## Fix safety

There is no fix: only a person knows which of the two is right.

## Since

0.2.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...reading.links import Link, repository
from ..context import Context, Text
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None

_HOST = "https://github.com/"
_BADGE = re.compile(
    r"https?://img\.shields\.io/github/[\w/-]*?(?:stars|forks|watchers|last-commit|license"
    r"|contributors|issues|v/release|commit-activity)/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)",
    re.IGNORECASE | re.ASCII,
)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such badge."""
    for text in context.texts:
        if "img.shields.io/github/" in text.excerpt.text:
            yield from _check(text)


def _check(text: Text) -> Iterator[Problem]:
    links = text.inline.links
    linked = [repo for link in links if link.kind != "image" and (repo := _repository(link))]
    around: Link | None = None
    for link in links:
        if link.kind != "image":
            around = link
            continue
        badge = _badge(link)
        if badge is None:
            continue
        repo = None
        if around is not None and link.span.end <= around.span.end:
            repo = _repository(around)
        elif text.cell is not None and len({own.lower() for own in linked}) == 1:
            repo = linked[0]
        if repo and repo.lower() != badge.lower():
            message = f"badge of {badge}, but the link leads to {repo}: correct one of them"
            yield Problem(message, link.span)


def _repository(link: Link) -> str | None:
    address = repository(link.url)
    return address.removeprefix(_HOST) if address and address.startswith(_HOST) else None


def _badge(link: Link) -> str | None:
    match = _BADGE.match(link.url)
    return f"{match['owner']}/{match['name'].removesuffix('.svg')}" if match else None
