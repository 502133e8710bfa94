"""A bare URL that takes the text after it into the link.

## What it does

Reports bare URLs that Chinese text, a Markdown link or another URL follows without a space. After a
`/`, in a query, a wiki or a file name, Chinese may belong to the URL: there only a Chinese comma or
full stop shows that the link has taken in a sentence.

## Why it matters

GitHub ends a bare URL at a space or `<`. What follows at once becomes part of the link, which then
leads nowhere.

## Example

```markdown
代码见https://github.com/google-research/bert，值得一读
```

## Use instead

```markdown
代码见 <https://github.com/google-research/bert>，百科见 https://zh.wikipedia.org/wiki/注意力
```

## Fix safety

Encloses the URL in `<` and `>`. The fix is safe where the end of the URL is certain. It is unsafe
where the last characters may belong to the text: in `…/p/1234567893月`, the link keeps 123456789
and the text gets 3月. There is no fix where the URL may continue in Chinese, or has no scheme:
`<www.…>` is no link, write `[www.…](https://www.…)`.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..bare_urls import bare_urls
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "unsafe"

_SHOWN = 12


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each bare URL that continues into the text after it."""
    text = context.source.text
    for found in bare_urls(context):
        if found.swallowed:
            shown = found.swallowed[:_SHOWN] + ("…" if len(found.swallowed) > _SHOWN else "")
            url = found.link.span.cut(text)
            remedy = "enclose the URL in < and >"
            if "://" not in url:
                remedy = f"write [{url}](https://{url})"  # <www.…> is no link
            message = f"GitHub makes “{shown}” part of the link {url}: {remedy}"
            yield Problem(message, found.link.span, fix=found.fix)
