"""A URL in the text without anything to mark its ends.

What belongs to a bare URL, each renderer decides for itself: some make no link of it at all, and
GitHub's runs on to the next blank (see `swallowed-text`).

Fails:

```markdown
The code: https://github.com/google-research/bert
```

Passes:

```markdown
The code: <https://github.com/google-research/bert>, [the paper](https://arxiv.org/abs/1810.04805)
```

Fix: puts the URL between `<` and `>`, with a blank where another link would touch it. Safe: the
link and its text stay the same. None for `www.` addresses, which have no such form, nor where the
end of the URL is not sure.

Since: 0.1.0
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
    """Yield a finding for each bare URL."""
    for found in bare_urls(context):
        # An uncertain end is reported by swallowed-text: the fixes of this rule are safe.
        fix = found.fix if found.fix and found.fix.applicability == "safe" else None
        url = found.link.span.cut(context.source.text)
        advice = f"write <{url}> or a link with text"
        if not fix:
            advice = "mark where it ends, or write a link with text"
        yield Problem(f"bare URL {url}: {advice}", found.link.span, fix=fix)
