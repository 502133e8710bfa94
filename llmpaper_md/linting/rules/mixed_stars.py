"""Stars of another glyph than the others of the list, or than its legend shows.

A reader who looks for the legend's glyph does not find it.

Fails:

```markdown
🌟 表示重要程度。

| ID | Paper |
| -- | ----- |
| 1★★ | [GPT](https://arxiv.org/abs/2005.14165) |
| 2★ | [BERT](https://arxiv.org/abs/1810.04805) |
```

Passes:

```markdown
★ 表示重要程度。

| ID | Paper |
| -- | ----- |
| 1★★ | [GPT](https://arxiv.org/abs/2005.14165) |
| 2★ | [BERT](https://arxiv.org/abs/1810.04805) |
```

Fix: writes the glyph that most papers have. Safe: it is a star as before.

Since: 0.1.0
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...source import Edit
from ..context import Context
from ..findings import Applicability, Finding, Fix, Level, Severity
from ..ratings import STAR, star_cell

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# What tells a legend from an invitation to star the repository.
_LEGEND = re.compile(
    r"表示|代表|重要|程度|推荐|优先|星级"
    r"|importan|recommend|priorit|rating|must[ -]read|denote|indicate|means?\b",
    re.IGNORECASE,
)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each legend and each cell with another glyph than most cells."""
    whole = Counter[str]()
    for table in context.tables:
        glyphs = Counter(
            row.paper.star_glyph for row in table.rows if row.paper.star_glyph not in (None, "☆")
        )
        usual = glyphs.most_common(1)[0][0] if glyphs else None
        whole.update(glyph for glyph in glyphs.elements() if glyph)
        if usual is None or len(glyphs) == 1:
            continue
        for row in table.rows:
            cell = star_cell(row)
            if cell is None or row.paper.star_glyph in (None, "☆", usual):
                continue
            new = STAR.sub(usual, cell.raw)
            message = f"{row.paper.star_glyph} is not the star of the other rows: {usual}"
            fix = Fix((Edit(cell.span, new),), "safe")
            yield Finding("mixed-stars", SEVERITY, message, cell.span, fix=fix)
    if whole:
        yield from _legend(context, whole.most_common(1)[0][0])


def _legend(context: Context, usual: str) -> Iterator[Finding]:
    """The legend, in a paragraph before the first table, if it shows another star."""
    first = context.document.tables[0].table.span.start
    for excerpt in context.document.blocks.texts:
        if excerpt.pieces[0][1] > first:
            break
        stars = list(STAR.finditer(excerpt.text))
        if not stars or not _LEGEND.search(excerpt.text) or any(s[1] == usual for s in stars):
            continue
        for star in stars:
            span = excerpt.span(*star.span())
            message = f"the legend shows {star[1]}, the papers have {usual}"
            fix = Fix((Edit(span, usual),), "safe")
            yield Finding("mixed-stars", SEVERITY, message, span, fix=fix)
