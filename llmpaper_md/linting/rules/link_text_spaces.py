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
beside it. Safe, because the same is to be read. No fix where only `*`, `_` or `~` stand between
the link and a word: where the blank belongs is then for you to say.

Since: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.link_spans import text_span
from ...source import BLANKS, Edit, Span
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# Beside these, and at the ends of lines and cells, a link needs no blank.
_BEFORE = frozenset(" \t\r\n|([{\"'“‘「『《（【，。、；：！？,;:>")
_AFTER = frozenset(" \t\r\n|)]}\"'”’」』》）】，。、；：！？,.;:!?<")
_MARKERS = frozenset("*_~")


def check(context: Context) -> Iterator[Problem]:
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
        begins, ends = left > place.start, right < place.end
        edits = []
        sure = True
        if begins:
            edits.append(Edit(Span(place.start, left), ""))
            reach = link.span.start
            while text[reach - 1 : reach] in _MARKERS:
                reach -= 1
            if text[reach - 1 : reach] not in _BEFORE | {""}:
                edits.insert(0, Edit(Span(link.span.start, link.span.start), " "))
                sure = reach == link.span.start
        if ends:
            edits.append(Edit(Span(right, place.end), ""))
            reach = link.span.end
            while text[reach : reach + 1] in _MARKERS:
                reach += 1
            if text[reach : reach + 1] not in _AFTER | {""}:
                edits.append(Edit(Span(link.span.end, link.span.end), " "))
                sure = sure and reach == link.span.end
        remedy = "move it out of the link" if len(edits) > begins + ends else "remove it"
        how = "begins and ends" if begins and ends else "begins" if begins else "ends"
        message = f"link text {quoted(core)} {how} with a space: {remedy}"
        span = Span(place.start, left) if begins else Span(right, place.end)
        fix = (
            Fix("Remove spaces at the ends of the link text", tuple(edits), "safe")
            if sure
            else None
        )
        yield Problem(message, span, fix=fix)
