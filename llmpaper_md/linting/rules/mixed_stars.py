"""A star unlike the others of its table, or unlike its legend.

## What it does

Reports papers whose star differs from most of the table, and legends that show another star than
the rows. A legend is a sentence before the first table that explains a star. Tables that mark
papers with single stars are left alone, and so are stars that the text explains.

## Why it matters

Readers expect another star to have another meaning, and look for the one that the legend explains.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
| 3⭐⭐ | [GPT-3](https://arxiv.org/abs/2005.14165) |
```

## Use instead

```markdown
The number of ★ means how important a paper is.

| ID | Paper |
| -- | ----- |
| 1★★★ | [BERT](https://arxiv.org/abs/1810.04805) |
| 2★ | [T5](https://arxiv.org/abs/1910.10683) |
```

## Fix safety

Replaces the star with the one that most papers have. The fix is safe, because the number of stars
stays the same.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from ...choices import Severity
from ...lists.ratings import STAR, Rating, all_ratings, shown
from ...reading.stars import EMPTY, FILLED
from ...source import Edit, Excerpt
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_MEANS = re.compile(
    r"表示|代表|意味|\b(?:means?|denotes?|indicates?|represents?|stands? for)\b|=", re.IGNORECASE
)
_RATES = re.compile(
    r"星|重要|推荐|推薦|程度|importan|recommend|\brat(?:e|es|ed|ing|ings)\b|\bstars?\b",
    re.IGNORECASE,
)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each paper, and for each legend, with another star."""
    rated = context.cached(all_ratings)
    if not rated:
        return
    first = context.document.tables[0].grid.span.start
    before = list(takewhile(lambda e: e.pieces[0][1] < first, context.document.blocks.texts))
    explained = {shown(match["glyph"]) for e in before for match in STAR.finditer(e.text)}
    usual: Counter[str] = Counter()
    for ratings in rated:
        glyphs = Counter(rating.glyph for rating in ratings if rating.glyph in FILLED)
        if not glyphs:
            continue
        glyph, count = glyphs.most_common(1)[0]
        usual.update({glyph or "": count})
        if count * 2 > glyphs.total():
            yield from _rows(ratings, glyph or "", explained)
    if len(usual) == 1:
        yield from _legends(context, before, next(iter(usual)))


def _rows(ratings: list[Rating], usual: str, explained: set[str]) -> Iterator[Problem]:
    for rating in ratings:
        if rating.glyph not in FILLED:
            continue
        others = [
            (glyph, span)
            for glyph, span in rating.stars
            if glyph not in (usual, *EMPTY) and not {glyph, usual} <= explained
        ]
        if others:
            glyph, span = others[0]
            message = f"star {glyph} differs from those of most papers in this table: write {usual}"
            edits = tuple(Edit(place, usual) for _, place in others)
            fix = Fix(f"Replace {glyph} with {usual}", edits, "safe", "words")
            yield Problem(message, span, fix=fix)


def _legends(context: Context, before: list[Excerpt], usual: str) -> Iterator[Problem]:
    in_tables: set[str] | None = None
    for excerpt in before:
        text = excerpt.text
        matches = list(STAR.finditer(text))
        glyphs = {shown(match["glyph"]) for match in matches}
        if len(glyphs) != 1 or usual in glyphs or glyphs <= set(EMPTY):
            continue
        if not (_MEANS.search(text) and _RATES.search(STAR.sub("", text))):
            continue
        if in_tables is None:
            in_tables = _glyphs_in_tables(context)
        if glyphs & in_tables:
            continue  # it explains a mark that the tables have elsewhere
        (glyph,) = glyphs
        places = [excerpt.span(*match.span()) for match in matches]
        message = f"legend shows {glyph}, but the papers have {usual}: write {usual}"
        edits = tuple(Edit(span, usual) for span in places)
        fix = Fix(f"Replace {glyph} with {usual}", edits, "safe", "words")
        yield Problem(message, places[0], fix=fix)


def _glyphs_in_tables(context: Context) -> set[str]:
    return {
        shown(match["glyph"])
        for named in context.document.tables
        for row in (named.grid.header, *named.grid.rows)
        for cell in row.cells
        for match in STAR.finditer(cell.raw)
    }
