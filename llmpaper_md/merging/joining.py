"""Two lists joined, and the proof that the new list holds all that they did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import ProofError
from ..lists.matching import match_entries, paper_entries
from ..reading.conflicts import refuse_conflicts
from ..reading.document import Document, Paper
from ..reading.parser import as_document, parse_again
from ..source import SPACES, Source
from .merge_result import MergeResult
from .planning import Plan, Planner, Refused
from .writing import Joint, write

# Each further attempt leaves out what the one before could not place.
_ATTEMPTS = 4


def merge(a: str | Source | Document, b: str | Source | Document) -> MergeResult:
    """Add to a list the papers that only another one has.

    Papers are the same as in `compare`. A paper is added as a row at the end of the table that
    stands in the section of the same titles, its cells in the columns of the same fields, or else
    names; where there is none, in a new section at the end. Cells that are empty in the list are
    filled from the other one. What is added is padded as its table is. Nothing else changes, and
    nothing goes silently: what the other list says otherwise, or has no place in this one, is a
    conflict. The result is read again and compared with both lists before it is returned.

    Args:
        a: the list that is added to.
        b: the list that papers are taken from.

    Returns:
        The text of the joint list, and what became of each paper and cell of ``b``.

    Raises:
        ConflictError: a list has an unresolved merge conflict.
        ProofError: something would have been lost. That is a mistake of this function.

    >>> a = "# A\\n|ID|Paper|\\n|-|-|\\n|1|[X](https://arxiv.org/abs/1706.03762)|"
    >>> b = "# A\\n|Paper|Notes|\\n|-|-|\\n|[Y](https://arxiv.org/abs/2005.14165)|good|"
    >>> done = merge(a, b)
    >>> print(done.text)
    # A
    |ID|Paper|
    |-|-|
    |1|[X](https://arxiv.org/abs/1706.03762)|
    |2|[Y](https://arxiv.org/abs/2005.14165)|
    >>> [(conflict.kind, conflict.field, conflict.theirs) for conflict in done.conflicts]
    [('no-column', 'introduction', 'good')]
    """
    a, b = as_document(a), as_document(b)
    for document in (a, b):
        refuse_conflicts(document.source, document.blocks)
    planner = Planner(a, b)
    refused = Refused()
    for _ in range(_ATTEMPTS):
        plan = planner.plan(refused)
        joint = write(a, b, plan)
        if joint.text == a.source.text:
            break
        after = parse_again(a, joint.text)
        more = _refused(a, after, planner, plan, refused)
        if more == refused:
            _prove(a, after, joint, plan)
            break
        refused = more
    else:
        raise _mistake(a, "the papers added are not found again")
    added = tuple(row.entry.paper for row in plan.rows)
    return MergeResult(joint.text, added, tuple(plan.filled), tuple(plan.conflicts))


def _refused(
    a: Document, after: Document, planner: Planner, plan: Plan, refused: Refused
) -> Refused:
    """What of a plan turns out not to be possible, beside what is known."""
    tables = {
        named.number
        for named, now in zip(a.tables, after.tables, strict=False)
        if named.fields != now.fields
    }
    # Each row that was added has to be read as its paper: the paper standing elsewhere is no use.
    unpaired = match_entries(paper_entries(after), planner.theirs, strict=True).only_b
    lost = {entry.row.line for entry in unpaired}
    rows = {row.entry.row.line for row in plan.rows} & lost
    return Refused(refused.rows | rows, refused.tables | tables)


def _prove(a: Document, after: Document, joint: Joint, plan: Plan) -> None:
    """Compare the joint list with the first one and with the plan.

    That it has the papers of the second one is known by then.
    """
    if not _same_sections(a, after):
        raise _mistake(a, "a heading would change")
    tables = [
        [row.texts(len(named.names)) for row in (named.grid.header, *named.grid.rows)]
        for named in after.tables
    ]
    if tables != joint.tables:
        raise _mistake(a, "a row or cell would change")
    for named, now in zip(a.tables, after.tables, strict=False):
        if (named.grid.alignments, named.fields) != (now.grid.alignments, now.fields):
            raise _mistake(a, f"the table in line {named.grid.line} would change")
    before = list(_outside(a))
    if list(_outside(after))[: len(before)] != before:
        raise _mistake(a, "a line outside tables would change")
    kept = [_data(paper) for paper in a.papers if paper.line not in plan.fills]
    found = iter(_data(paper) for paper in after.papers)
    if not all(data in found for data in kept):
        raise _mistake(a, "a paper would change")


def _same_sections(a: Document, after: Document) -> bool:
    """Whether the sections of a list are still there, whatever their lines."""
    pairs = zip(a.sections, after.sections, strict=False)
    same = all((s.level, s.number, s.path) == (t.level, t.number, t.path) for s, t in pairs)
    return same and len(a.sections) <= len(after.sections)


def _data(paper: Paper) -> tuple[Any, ...]:
    """What a row says of its paper, less stars: a table that has got some counts none as 0."""
    links = tuple((link.text, link.url, link.cell) for link in paper.links)
    told = (paper.id_text, paper.title, paper.url, paper.arxiv, paper.doi, paper.openreview_id)
    return (*told, paper.authors, paper.year, paper.venue, paper.introduction, links, paper.section)


def _outside(document: Document) -> Iterator[str]:
    """The lines outside tables, without blank ones, and the last one as if a line end followed."""
    rows = {row.line for named in document.tables for row in named.grid.lines}
    for number in range(1, len(document.source.line_starts) + 1):
        line = document.source.line(number)
        if number not in rows and line.strip(SPACES):
            yield line


def _mistake(a: Document, what: str) -> ProofError:
    return ProofError(
        f"{a.source.name}: not merged: {what}. "
        "This is a mistake of llmpaper-md and not of the list; please report it with these lines"
    )
