"""Merging two lists, and the proof that the new list contains everything in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..errors import ProofError, proof_error
from ..formatting.rendering import render, written_papers
from ..lists.matching import match_entries, paper_rows
from ..reading.conflicts import refuse_conflicts
from ..reading.document import Document, Paper
from ..reading.parser import as_document, parse_again
from ..source import SPACES, Source
from .merge_result import MergeResult
from .planning import Plan, Planner, Refused
from .writing import MergedText, write

# Each attempt leaves out what the previous one could not place.
_ATTEMPTS = 4


def merge(a: str | Source | Document, b: str | Source | Document) -> MergeResult:
    """Add to a list the papers that only another one has.

    Two papers are the same by the rules of `compare`. A paper is added as a row at the end of the
    table in the section with the same titles, its cells in the columns of the same fields, or else
    names; if there is no such table, in a new section at the end. Cells that are empty in the list
    are filled from the other one. What is added is padded as its table is. Nothing else changes,
    and nothing is dropped silently: where the lists differ, and for what has no place in the first
    one, there is a conflict. The result is parsed and compared with both lists before it is
    returned.

    Args:
        a: the list to add to, as text, `Source` or `Document`.
        b: the list to take papers from, likewise.

    Returns:
        The merged list, and what became of each paper and cell of ``b``.

    Raises:
        ConflictError: a list has an unresolved merge conflict.
        ProofError: something would have been lost, which is a bug in this function.

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
    if len(b.rows) < len(b.papers):
        return _from_text(a, b)
    planner, after = Planner(a, b), a
    refused = Refused()
    for _ in range(_ATTEMPTS):
        plan = planner.plan(refused)
        merged = write(a, b, plan)
        after = parse_again(a, merged.text)
        if after is a:
            break
        more = _refused(a, after, planner, plan, refused)
        if more == refused:
            _prove(a, after, merged, plan)
            break
        refused = more
    else:
        raise _bug(a, "the papers that were added are not found")
    added = tuple(row.entry.paper for row in plan.rows)
    return MergeResult(after, added, tuple(plan.filled), tuple(plan.conflicts))


def _from_text(a: Document, b: Document) -> MergeResult:
    """Merge a list that has papers in text: as the tables that would be written from its papers."""
    rows = parse_again(b, render(b.papers))
    places = [paper.line for paper in written_papers(b.papers)]
    lines = dict(zip((entry.line for entry in rows.rows), places, strict=True))
    papers = {paper.line: paper for paper in b.papers}
    done = merge(a, rows)
    return replace(
        done,
        added=tuple(papers[lines[paper.line]] for paper in done.added),
        filled=tuple(replace(one, other_line=lines[one.other_line]) for one in done.filled),
        conflicts=tuple(
            replace(one, other_line=lines.get(one.other_line, one.other_line))
            for one in done.conflicts
        ),
    )


def _refused(
    a: Document, after: Document, planner: Planner, plan: Plan, refused: Refused
) -> Refused:
    """The parts of a plan that turn out not to be possible, in addition to the known ones."""
    tables = {
        named.number
        for named, now in zip(a.tables, after.tables, strict=False)
        if named.fields != now.fields
    }
    # Each added row must be parsed as its paper; the same paper in another row does not count.
    unpaired = match_entries(paper_rows(after), planner.theirs, strict=True).only_b
    lost = {entry.row.line for entry in unpaired}
    rows = {row.entry.row.line for row in plan.rows} & lost
    return Refused(refused.rows | rows, refused.tables | tables)


def _prove(a: Document, after: Document, merged: MergedText, plan: Plan) -> None:
    """Compare the merged list with the first one and with the plan.

    `_refused` has checked that it has the papers of the second one.
    """
    if not _same_sections(a, after):
        raise _bug(a, "a heading would change")
    tables = [
        [row.texts(len(named.names)) for row in (named.grid.header, *named.grid.rows)]
        for named in after.tables
    ]
    if tables != merged.tables:
        raise _bug(a, "a row or cell would change")
    for named, now in zip(a.tables, after.tables, strict=False):
        if (named.grid.alignments, named.fields) != (now.grid.alignments, now.fields):
            raise _bug(a, f"the table on line {named.grid.line} would change")
    before = list(_outside(a))
    if list(_outside(after))[: len(before)] != before:
        raise _bug(a, "a line outside tables would change")
    kept = [_data(paper) for paper in a.papers if paper.line not in plan.fills]
    found = iter(_data(paper) for paper in after.papers)
    if not all(data in found for data in kept):
        raise _bug(a, "a paper would change")


def _same_sections(a: Document, after: Document) -> bool:
    """Whether all sections of a list are kept, on whatever lines."""
    pairs = zip(a.sections, after.sections, strict=False)
    same = all((s.level, s.number, s.path) == (t.level, t.number, t.path) for s, t in pairs)
    return same and len(a.sections) <= len(after.sections)


def _data(paper: Paper) -> tuple[Any, ...]:
    """The data of a paper without stars: in a table that now has some, none counts as 0."""
    links = tuple((link.text, link.url, link.cell) for link in paper.links)
    data = (paper.id_text, paper.title, paper.url, paper.arxiv, paper.doi, paper.openreview_id)
    more = (paper.authors, paper.own_year, paper.venue, paper.introduction, links, paper.section)
    return (*data, *more)


def _outside(document: Document) -> Iterator[str]:
    """The lines outside tables, without blank lines and without their line endings."""
    rows = {row.line for named in document.tables for row in named.grid.lines}
    for number in range(1, len(document.source.line_starts) + 1):
        line = document.source.line(number)
        if number not in rows and line.strip(SPACES):
            yield line


def _bug(a: Document, what: str) -> ProofError:
    return proof_error(f"{a.source.name}: not merged", what)
