"""A URL in the text without anything that marks its ends.

## What it does

Reports URLs that are neither in `<` and `>` nor the target of a link.

## Why it matters

Each renderer decides where such a URL ends: some make no link of it, and GitHub's link continues to
the next space (see `swallowed-text`).

## Example

```markdown
The code: https://github.com/google-research/bert
```

## Use instead

```markdown
The code: <https://github.com/google-research/bert>, [the paper](https://arxiv.org/abs/1810.04805)
```

## Fix safety

Encloses the URL in `<` and `>`, with a space where another link would touch it. The fix is safe:
the link and its text stay the same. There is no fix for `www.` addresses, which have no such form,
nor where the end of the URL is uncertain.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..bare_urls import bare_urls
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each bare URL."""
    for found in bare_urls(context):
        # An uncertain end is reported by swallowed-text: the fixes of this rule are safe.
        fix = found.fix if found.fix and found.fix.applicability == "safe" else None
        url = found.link.span.cut(context.source.text)
        advice = f"write <{url}> or a link with text"
        if not fix:
            advice = "mark where it ends, or write a link with text"
        habit = "bare URLs: write each as <URL> or as a link with text" if fix else None
        yield Problem(f"bare URL {url}: {advice}", found.link.span, fix=fix, habit=habit)
