"""A summary of a list: its sections with their numbers of papers and stars, and its top papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..reading.document import Document, Paper
from ..reading.sections import Section, section_name
from ..unprintable import printable
from ..words import counted
from .paper_texts import identifier, title_or_url
from .terminal import Style

_MOST_IMPORTANT = 10


def summarize(document: Document, style: Style) -> Iterator[str]:
    """The lines of the summary.

    >>> import io
    >>> from llmpaper_md.reading.parser import parse
    >>> text = "# A\\n|ID|Paper|\\n|-|-|\\n|1★★|[T](https://arxiv.org/abs/1706.03762)|"
    >>> for line in summarize(parse(text), Style(io.StringIO())):
    ...     print(line)
    <string>: 1 paper in 1 table, 2 stars
    <BLANKLINE>
    papers  stars  section
         1      2  A
    <BLANKLINE>
    ★★  T  arXiv:1706.03762
    """
    papers = document.papers
    listed = [table for table in document.tables if table.kind == "papers"]
    stars = sum(paper.stars or 0 for paper in papers)
    facts = f"{counted(len(papers), 'paper')} in {_places(document, len(listed))}"
    if stars:
        facts += f", {counted(stars, 'star')}"
    if skipped := len(document.skipped):
        facts += f"; {counted(skipped, 'other place')} with links to papers (show --skipped)"
    if others := len(document.tables) - len(listed):
        facts += f"; {counted(others, 'other table')}"
    yield f"{style.bold(printable(document.source.name))}: {facts}"
    if not papers:
        return
    yield ""
    yield style.dim("papers  stars  section")
    yield from _sections(document, style)
    top = max(paper.stars or 0 for paper in papers)
    if top:
        best = [paper for paper in papers if paper.stars == top]
        yield ""
        for paper in best[:_MOST_IMPORTANT]:
            line = f"{style.star('★' * top)}  {title_or_url(paper)}"
            where = identifier(paper)
            yield f"{line}  {style.dim(where)}" if where else line
        if len(best) > _MOST_IMPORTANT:
            yield f"and {len(best) - _MOST_IMPORTANT} more with the same number of stars"


def _places(document: Document, tables: int) -> str:
    """Where the papers are."""
    kinds = Counter(entry.kind for entry in document.entries)
    lists = {entry.container for entry in document.entries if entry.kind == "item"}
    places = [counted(tables, "table")] if tables or not kinds else []
    if lists:
        places.append(counted(len(lists), "list"))
    if kinds["paragraph"]:
        places.append(counted(kinds["paragraph"], "paragraph"))
    return " and ".join(filter(None, [", ".join(places[:-1]), places[-1]]))


def heading(document: Document, chosen: Sequence[Paper], style: Style) -> str:
    """The line above the papers selected from a list: how many of how many."""
    stars = sum(paper.stars or 0 for paper in chosen)
    facts = f"{len(chosen):,} of {counted(len(document.papers), 'paper')}"
    if stars:
        facts += f", {counted(stars, 'star')}"
    return f"{style.bold(printable(document.source.name))}: {facts}"


def _sections(document: Document, style: Style) -> Iterator[str]:
    # Papers before the first heading belong to no section.
    counts, stars = Counter[Section | None](), Counter[Section | None]()
    for entry in document.entries:
        counts[entry.section] += len(entry.papers)
        stars[entry.section] += sum(paper.stars or 0 for paper in entry.papers)
    if counts[None]:
        yield f"{counts[None]:6}  {stars[None] or '':5}  (before the first heading)"
    # A section is shown if it, or a section inside it, has papers.
    shown = {
        section.path[:depth]
        for section in counts
        if section
        for depth in range(len(section.path) + 1)
    }
    for section in document.sections:
        if section.path not in shown:
            continue
        title = "  " * (len(section.path) - 1) + printable(section_name(section))
        count = f"{counts[section] or '':6}  {stars[section] or '':5}"
        yield f"{count}  {title if counts[section] else style.dim(title)}"
