"""A space at the beginning or end of a link text.

## What it does

Reports link texts that begin or end with a space. Links around images are left alone, as badges
are often separated like that.

## Why it matters

The space is underlined and clickable, and not every renderer keeps it as a separator.

## Example

```markdown
See [the paper ](https://arxiv.org/abs/1706.03762), please.
```

## Use instead

```markdown
See [the paper](https://arxiv.org/abs/1706.03762), please.
```

## Fix safety

Removes the space, or moves it out of the link where a word or another link follows directly. The
fix is safe, because the text reads the same. There is no fix where only `*`, `_` or `~` separates
the link from a word, because the right place of the space is unknown.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...reading.link_spans import text_span
from ...source import SPACES, Edit, Span
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# Next to these, and at the ends of lines and cells, a link needs no space.
_BEFORE = frozenset(" \t\r\n|([{\"'“‘「『《（【，。、；：！？,;:>")
_AFTER = frozenset(" \t\r\n|)]}\"'”’」』》）】，。、；：！？,.;:!?<")
_MARKERS = frozenset("*_~")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link whose text begins or ends with a space."""
    text = context.source.text
    for link in context.links:
        place = text_span(context.source, link)
        if not place or not link.text:
            continue
        own = place.cut(text)
        core = own.strip(SPACES)
        # A link inside the address of another is for `broken-link`.
        if text.endswith("](", 0, link.span.start):
            continue
        # A backslash would escape the bracket; [^1] is a footnote.
        if core in ("", own) or core.startswith(("![", "<", "^")) or core.endswith("\\"):
            continue
        left = place.start + len(own) - len(own.lstrip(SPACES))
        right = place.start + len(own.rstrip(SPACES))
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
        moves = len(edits) > begins + ends
        remedy = "move it out of the link" if moves else "remove it"
        title = "Move the space out of the link" if moves else "Remove the space from the link text"
        how = "begins and ends" if begins and ends else "begins" if begins else "ends"
        message = f"link text {quoted(core)} {how} with a space: {remedy}"
        span = Span(place.start, left) if begins else Span(right, place.end)
        fix = Fix(title, tuple(edits), "safe") if sure else None
        yield Problem(message, span, fix=fix)
