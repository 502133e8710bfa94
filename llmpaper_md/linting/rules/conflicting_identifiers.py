"""One title with two identifiers.

## What it does

Reports papers whose title is that of an earlier paper with another arXiv identifier, or another DOI
of the same publisher. Titles of one or two words are names, and papers whose authors differ are
different papers: both are left alone.

## Why it matters

One of the links leads to another paper.

## Example

```markdown
| Paper |
| ----- |
| [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |
| [Attention Is All You Need](https://arxiv.org/abs/1706.03763) |
```

## Use instead

```markdown
| Paper |
| ----- |
| [Attention Is All You Need](https://arxiv.org/abs/1706.03762) |
| [Attention Is Not All You Need](https://arxiv.org/abs/2103.03404) |
```

## Fix safety

There is no fix: only a person knows which identifier is right, or whether there are two papers.

## Since

0.2.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...lists.identity import bare_title, is_distinctive_title, is_short_title, title_key
from ...reading.document import Entry, Paper
from ..context import Context
from ..findings import Applicability, Level, Problem, RelatedLocation

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each entry with another identifier than the first of its title."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in context.entries:
        title = bare_title(entry.paper.title or "")
        key = title_key(title)
        if is_short_title(title) or not is_distinctive_title(key):
            continue
        for kind, name in _identifiers(entry.paper):
            first = seen.setdefault((key, kind), entry)
            other = dict(_identifiers(first.paper)).get(kind, name)
            if other == name or _are_of_others(entry.paper, first.paper):
                continue
            message = (
                f"{name}, but the paper of this title on line {first.line} is {other}: "
                "correct one of the links, or suppress this if there are two papers"
            )
            related = (RelatedLocation(first.span, "the other paper"),)
            yield Problem(message, entry.span, related)


def _identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    """The identifiers of a paper, each with what two of one paper would have in common."""
    if paper.arxiv_id:
        yield "arxiv", f"arxiv:{paper.arxiv_id}"
    if paper.doi:
        yield f"doi:{paper.doi.partition('/')[0]}", f"doi:{paper.doi}"


def _are_of_others(one: Paper, other: Paper) -> bool:
    """Whether two papers have other authors."""
    if not one.authors or not other.authors:
        return False
    a, b = title_key(one.authors), title_key(other.authors)
    return a[:8] != b[:8]
