"""A link to a section that does not exist.

## What it does

Reports links such as `[models](#models)` to which no heading of the file belongs, by the names that
GitHub gives to headings, and no `id` or `name` in HTML.

## Why it matters

The link does nothing. Usually the heading was renamed, or its name on GitHub is another one: an
icon before it leaves a hyphen, punctuation goes, and a second heading of the same text gets `-1`.

## Example

```markdown
- [Papers](#papers)
- [Surveys](#surveys)

## 📖 Papers
```

## Use instead

```markdown
- [Papers](#-papers)
- [Surveys](#surveys)

## 📖 Papers

<a name="surveys"></a>
```

## Fix safety

Writes the name of the only heading that has the same letters and digits. The fix is safe, because
no other heading can be meant. There is no fix where there is none, or more than one.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...words import quoted
from ..anchors import Anchors
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..url_fixes import url_fix

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# Where GitHub's own page has something of that name.
_OF_PAGE = frozenset(["", "top", "readme"])


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such link."""
    for link in context.links:
        fragment = link.url[1:]
        if not link.url.startswith("#") or link.kind == "image":
            continue
        anchors = context.cached(Anchors)
        if fragment.lower() in _OF_PAGE or fragment in anchors:
            continue
        fix = None
        message = f"no section {quoted(link.url, 60)} in this file: correct the name"
        if meant := anchors.meant(fragment):
            message = f"no section {quoted(link.url, 60)} in this file: write #{meant}"
            fix = url_fix(context.source.text, link, f"#{meant}", "Correct the name of the section")
        yield Problem(message, link.span, fix=fix)
