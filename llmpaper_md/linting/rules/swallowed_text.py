"""A bare URL that takes the text behind it into the link.

GitHub ends a bare URL at a blank or at `<`. Chinese text, a Markdown link or another URL that
follows at once becomes part of the link, which then leads nowhere. Chinese behind a `/`, in a
query, a wiki or the name of a file may belong to the URL: there only a Chinese comma or full stop
tells that a sentence was swallowed.

Fails:

```markdown
代码见https://github.com/google-research/bert，值得一读
```

Passes:

```markdown
代码见 <https://github.com/google-research/bert>，百科见 https://zh.wikipedia.org/wiki/注意力
```

Fix: puts the URL between `<` and `>`. Safe where its end is sure. Unsafe where its last characters
may be those of the text: of `…/p/1234567893月`, the link keeps 123456789 and the text gets 3月.
None where the URL may go on into the Chinese text, or has no scheme (`www.`).

Since: 0.1.0
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
    """Yield a finding for each bare URL that runs on into the text behind it."""
    text = context.source.text
    for found in bare_urls(context):
        if found.swallowed:
            shown = found.swallowed[:_SHOWN] + ("…" if len(found.swallowed) > _SHOWN else "")
            yield Problem(
                f"GitHub makes “{shown}” part of the link {found.link.span.cut(text)}: "
                "enclose the URL in < and >",
                found.link.span,
                fix=found.fix,
            )
