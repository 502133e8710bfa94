"""An address that cannot be right.

## What it does

Reports links and images whose URL leads nowhere, whatever is on the web: a misspelt scheme
(`htps://`, `https//`, `https：//`, `httpshttps://`), no scheme before a known kind of host
(`arxiv.org/abs/…`), a host without a dot, a word in place of a URL (`tba`, `None`, `url`), a file
on one's own computer (`file://`), the address of a browser's reader (`chrome-extension://`), a
slash too many or characters after the identifier in an arXiv URL, and a bracket or full-width mark
at the end. Files in the list's own folder are left to `missing-file`, links inside URLs to
`broken-link`.

## Why it matters

To GitHub such a URL is the name of a file beside the list, or of a host that does not exist:
readers get an error page.

## Example

```markdown
- [BERT](ttps://arxiv.org/abs/1810.04805), [code](github.com/google-research/bert)
- [T5](https://arxiv.org/abs//1910.10683), [code](tba)
```

## Use instead

```markdown
- [BERT](https://arxiv.org/abs/1810.04805), [code](https://github.com/google-research/bert)
- [T5](https://arxiv.org/abs/1910.10683), [section](#t5), [notes](notes/t5.md)
```

## Fix safety

Writes the scheme, removes the second one, or removes what does not belong to the URL. The fix is
safe, because nothing else can be meant. There is no fix where the URL is unknown.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..url_faults import is_placeholder_url, url_fault
from ..url_fixes import url_fix

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    of_papers = {link.span for entry in context.entries for link in entry.paper.links}
    for link in context.links:
        if link.kind == "bare" or not link.url:
            continue
        is_of_paper = link.span in of_papers
        if link.url == "#" and is_of_paper:
            yield Problem('"#" in place of a URL: write the right one', link.span)
        fault = url_fault(link)
        if fault is None or (is_placeholder_url(link.url) and not is_of_paper):
            continue  # what shows how to write an entry leads nowhere
        fix = None
        message = f"{fault.what}: write the right one"
        if fault.right:
            message = f"{fault.what}: write {fault.right}"
            fix = url_fix(context.source.text, link, fault.right, fault.title)
        yield Problem(message, link.span, fix=fix)
