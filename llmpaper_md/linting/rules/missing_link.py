"""A paper without a link among papers that have links.

## What it does

Reports papers without a link in tables that link more than half of their papers, and in lists of
items and sections of paragraphs that link nine of ten. An arXiv identifier or DOI in the text
counts as a link.

## Why it matters

Readers have to search for the paper.

## Example

```markdown
| ID | Paper |
| -- | ----- |
| 1 | [BERT](https://arxiv.org/abs/1810.04805) |
| 2 | [T5](https://arxiv.org/abs/1910.10683) |
| 3 | Language Models are Few-Shot Learners |
```

## Use instead

```markdown
| ID | Paper | Link |
| -- | ----- | ---- |
| 1 | BERT | [PDF](https://arxiv.org/pdf/1810.04805) |
| 2 | Language Models are Few-Shot Learners | arXiv:2005.14165 |
```

## Fix safety

There is no fix: the URL of the paper is unknown.

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...choices import Severity
from ...lists.paper_rows import highlight_span, titled_entries
from ...reading.document import Document, Entry
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None

_ONE_IN = 10


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each paper that leads nowhere."""
    for rows in context.cached(titled_entries):
        yield from _missing(rows, len(rows) / 2, "table")
    for entries in context.cached(_in_text):
        yield from _missing(entries, len(entries) / _ONE_IN, "list")


def _missing(entries: Sequence[Entry], limit: float, where: str) -> Iterator[Problem]:
    missing = [entry for entry in entries if not _is_linked(entry)]
    if len(missing) < limit:
        for entry in missing:
            message = f"paper without a link, unlike most in this {where}: add one"
            yield Problem(message, highlight_span(entry, "title"))


def _in_text(document: Document) -> list[list[Entry]]:
    """The entries in text, by the list that they are in."""
    lists: dict[int, list[Entry]] = {}
    for entry in document.entries:
        if entry.kind != "row":
            lists.setdefault(entry.container.number, []).append(entry)
    return list(lists.values())


def _is_linked(entry: Entry) -> bool:
    paper = entry.paper
    return bool(paper.arxiv or paper.doi or any(link.kind != "image" for link in paper.links))
