"""A link that follows another link or a parenthesis without a space.

## What it does

Reports links that touch the link or the closing parenthesis before them. Chinese text directly
before or after a link is usual and left alone, and so are labels in brackets (`[[pdf]](…)`), badges
and icons. A bare URL that touches a link is reported by `bare-url`.

## Why it matters

Readers see one sequence of words and cannot tell where one link ends and the next begins.

## Example

```markdown
[Kojima et al.](https://arxiv.org/abs/2108.04812)[Suhr and Artzi](https://arxiv.org/abs/2212.09710)
```

## Use instead

```markdown
[Kojima et al.](https://arxiv.org/abs/2108.04812), [Suhr](https://arxiv.org/abs/2212.09710)等
```

## Fix safety

Adds a space between them. The fix is safe, because the links stay the same.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from ...choices import Severity
from ...reading.links import Link
from ...source import Edit, Span
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# A remark in parentheses with a word of some letters in it, not 1) or f(x).
_REMARK = re.compile(r"(?<![^\W\d_])\([^()\[\]\n]{0,200}[^\W\d_]{2}[^()\[\]\n]{0,200}\)$")
_SEEN = 402


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link that touches the text before it."""
    text = context.source.text
    for place in context.texts:
        links = place.inline.links
        if not links:
            continue
        begin = place.excerpt.span(0, 1).start
        before: dict[int, Link] = {}
        for link in links:
            start = link.span.start
            other = before.get(start)
            if _begins_with_a_word(text, link):
                message = ""
                if other and _ends_like_text(text, other):
                    message = (
                        f"no space between the links {quoted(other.text)} and "
                        f"{quoted(link.text)}: add one"
                    )
                elif (
                    not other
                    and text[start - 1 : start] == ")"
                    and start > begin
                    and _REMARK.search(text[max(begin, start - _SEEN) : start])
                ):
                    message = f"no space between ) and the link {quoted(link.text)}: add one"
                if message:
                    fix = Fix(
                        "Add a space before the link", (Edit(Span(start, start), " "),), "safe"
                    )
                    yield Problem(message, link.span, fix=fix)
            before[link.span.end] = link


_BADGES = ("[![", "[<img")


def _begins_with_a_word(text: str, link: Link) -> bool:
    return (
        link.kind in ("inline", "reference", "autolink")
        and link.text[:1].isalnum()
        and not text.startswith(_BADGES, link.span.start)
    )


def _ends_like_text(text: str, link: Link) -> bool:
    """Whether what a reader sees of a link ends in a word or its punctuation, not in an icon."""
    if link.kind in ("image", "html", "bare") or not link.text:
        return False
    if text.startswith(_BADGES, link.span.start):
        return False
    last = link.text[-1]
    return last.isalnum() or (category(last)[0] == "P" and last not in "]】")
