"""A URL with parameters that only track its readers.

## What it does

Reports parameters that do not affect the page. Those that select the page are left alone: an
article on WeChat needs `__biz`, `mid`, `idx` and `sn`.

## Why it matters

The parameters make the URL long, reveal who shared it, and make one page look like two.

## Example

```markdown
[解读](https://www.bilibili.com/video/BV1P3411y7nn/?vd_source=0534c0954ddd3d4c)
```

## Use instead

```markdown
[解读](https://www.bilibili.com/video/BV1P3411y7nn/?p=2)
```

## Fix safety

Removes the parameters. The fix is safe, because the page is the same without them. There is no fix
for a signed URL, whose signature would become invalid, nor for a URL that is written elsewhere
(`[text][label]`).

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...choices import Severity
from ...reading.links import host, is_web, tracking_parameters, without_tracking
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..url_fixes import url_fix

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_SIGNED = re.compile(r"[?&](?:x-\w+-)?(?:signature|sig|sign|hmac|oh)=", re.IGNORECASE)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link with such parameters."""
    for link in context.links:
        if "?" in link.url and is_web(link) and (names := tracking_parameters(link.url)):
            fix = None
            if not _SIGNED.search(link.url):
                fix = url_fix(
                    context.source.text,
                    link,
                    without_tracking(link.url),
                    "Remove the tracking parameters",
                )
            remedy = "remove it" if len(names) == 1 else "remove them"
            message = f"URL tracks its readers with {', '.join(names)}: {remedy}"
            what = f"URLs of {host(link.url)} that track their readers with {', '.join(names)}"
            yield Problem(message, link.span, fix=fix, habit=f"{what}: {remedy}")
