"""A blank at the beginning or end of a link's text.

The blank is underlined and clickable, and does not keep the link apart from what follows in every
reader's eye. Links around images are left alone: badges are often spaced out like that.

Fails:

```markdown
See [the paper ](https://arxiv.org/abs/1706.03762), please.
```

Passes:

```markdown
See [the paper](https://arxiv.org/abs/1706.03762), please.
```

Fix: takes the blank out, or moves it out of the link where a word or another link stands directly
beside it. Safe, because the same is to be read.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...source import BLANKS, Edit, Span
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity
from ..places import text_span
from ..words import quoted

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# Beside these, and at the ends of lines and cells, a link needs no blank.
_BEFORE = frozenset(" \t\r\n|([{\"'“‘「『《（【，。、；：！？,;:*_~>")
_AFTER = frozenset(" \t\r\n|)]}\"'”’」』》）】，。、；：！？,.;:!?*_~<")


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each link whose text begins or ends with a blank."""
    text = context.source.text
    for link in context.links:
        place = text_span(context.source, link)
        if not place or not link.text:
            continue
        own = place.cut(text)
        core = own.strip(BLANKS)
        # A backslash would escape the bracket; [^1] is a footnote.
        if core in ("", own) or core.startswith(("![", "<", "^")) or core.endswith("\\"):
            continue
        left = place.start + len(own) - len(own.lstrip(BLANKS))
        right = place.start + len(own.rstrip(BLANKS))
        edits = []
        if left > place.start:
            edits.append(Edit(Span(place.start, left), ""))
            if text[link.span.start - 1 : link.span.start] not in _BEFORE | {""}:
                edits.insert(0, Edit(Span(link.span.start, link.span.start), " "))
        if right < place.end:
            edits.append(Edit(Span(right, place.end), ""))
            if text[link.span.end : link.span.end + 1] not in _AFTER | {""}:
                edits.append(Edit(Span(link.span.end, link.span.end), " "))
        begins, ends = left > place.start, right < place.end
        how = "begins and ends" if begins and ends else "begins" if begins else "ends"
        message = f"the link text {quoted(core)} {how} with a blank"
        span = Span(place.start, left) if begins else Span(right, place.end)
        fix = Fix(tuple(edits), "safe")
        yield Finding("link-text-spaces", SEVERITY, message, span, fix=fix)
