"""A link with `http://`.

## What it does

Reports unencrypted links. Local addresses are left alone.

## Why it matters

Others can read and change what is sent, browsers show a warning, and nearly every site supports
`https://`.

## Example

```markdown
[PPO](http://arxiv.org/abs/1707.06347)
```

## Use instead

```markdown
[PPO](https://arxiv.org/abs/1707.06347), and a demo on <http://localhost:7860>
```

## Fix safety

Changes the URL to `https://`. The fix is safe, and offered for sites that are known to support it.
There is no fix for other sites.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.hosts import is_placeholder
from ...reading.links import host, is_at, is_web
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..url_fixes import url_fix

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_SECURE = """
    aclanthology.org ai.googleblog.com arxiv.org bilibili.com blog.csdn.net doi.org github.com
    github.io huggingface.co ieeexplore.ieee.org jmlr.org link.springer.com medium.com
    mp.weixin.qq.com nature.com neurips.cc openaccess.thecvf.com openai.com openreview.net
    proceedings.mlr.press pytorch.org science.org semanticscholar.org tensorflow.org wikipedia.org
    youtu.be youtube.com zhihu.com
""".split()


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    for link in context.links:
        if not is_web(link) or link.url[4] != ":":
            continue
        if link.kind == "bare" and link.span.end - link.span.start < len(link.url):
            continue  # www.…: the scheme is not in the text
        own = host(link.url)
        if is_placeholder(own):
            continue
        fix = None
        if is_at(own, *_SECURE) and ":80" not in link.url:
            secure = f"{link.url[:4]}s{link.url[4:]}"
            fix = url_fix(context.source.text, link, secure, "Use https")
        message = f"link to {own} is not encrypted: write https:// if the site supports it"
        remedy = "write https://" if fix else "write https:// if the site supports it"
        habit = f"links to {own} over http: {remedy}"
        yield Problem(message, link.span, fix=fix, habit=habit)
