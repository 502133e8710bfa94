"""A list written from records: headings, tables, rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from ..reading import links
from ..reading.document import Document, Paper, Table
from ..reading.parser import parse
from ..reading.sections import Section, split_number
from ..reading.stars import EMPTY, FILLED
from .escaping import escape_heading, escape_text, escape_url, fit_cell, link
from .format_options import FormatOptions
from .normal_form import delimiter_line, normal_form, row_line
from .same_rendering import prove_rendered

_MAX_LEVEL = 6


def render(
    records: Document | Iterable[Paper], form: FormatOptions | None = None, *, level: int = 1
) -> str:
    """Write a list of papers from its records.

    The columns of a table are those that its papers say something for. What is written is parsed,
    and compared with the records, before it is returned.

    Args:
        records: a document, of which headings and other tables are written too, or papers. Papers
            of one section are written together, in the order in which the sections come first.
        form: how the tables are written.
        level: the level of the outermost headings of papers, 1 to 6; a document has its own.

    Returns:
        The list as Markdown; empty if there is nothing to write.

    Raises:
        ProofError: a record cannot be written so that it is read again as it was.

    >>> print(render([Paper(title="A [new] model", url="https://a.org", stars=2)]), end="")
    | Stars | Paper |
    | --- | --- |
    | ★★ | [A \\[new\\] model](https://a.org) |
    """
    if isinstance(records, Document):
        papers = list(records.papers)
        parts, names = list(_document(records)), records.columns
    else:
        papers, names = _by_section(records), None
        parts = list(_papers(papers, level))
    parts.append(_definitions(papers))
    text = "".join(f"{part}\n\n" for part in parts if part).rstrip("\n") + "\n" * bool(papers)
    text = normal_form(parse(text, columns=names), form or FormatOptions())
    prove_rendered(papers, parse(text, columns=names))
    return text


def _by_section(papers: Iterable[Paper]) -> list[Paper]:
    papers = list(papers)
    first: dict[tuple[str, ...], int] = {(): -1}
    for place, paper in enumerate(papers):
        first.setdefault(paper.section, place)
    return sorted(papers, key=lambda paper: first[paper.section])


def _papers(papers: Sequence[Paper], level: int) -> Iterator[str]:
    path: tuple[str, ...] = ()
    for (section, _), group in groupby(papers, key=lambda paper: (paper.section, paper.table)):
        shared = sum(1 for _ in _common(path, section))
        if shared == len(section) < len(path):
            shared -= 1  # back from a section inside: its heading once more
        for depth in range(shared, len(section)):
            yield _heading(min(level + depth, _MAX_LEVEL), None, section[depth])
        path = section
        yield _table(list(group))


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _document(document: Document) -> Iterator[str]:
    """The headings and tables of a document, in their order."""
    papers = {
        number: list(group) for number, group in groupby(document.papers, key=lambda p: p.table)
    }
    blocks: list[Section | Table] = [*document.sections, *document.tables]
    blocks.sort(key=lambda block: block.line if isinstance(block, Section) else block.grid.line)
    for block in blocks:
        if isinstance(block, Section):
            yield _heading(block.level, block.number, block.title)
        elif block.kind == "papers":
            yield _table(papers.get(block.number, []))
        else:
            yield "\n".join(row_line(row.texts(0)) for row in block.grid.lines)


def _definitions(papers: Iterable[Paper]) -> str:
    """Definitions for the reference links in the cells that are written as they were."""
    found: dict[str, str] = {}
    for paper in papers:
        references = [own for own in paper.links if own.kind == "reference"]
        kept = "\n".join([paper.introduction or "", *paper.extra.values()]) if references else ""
        for own in references:
            label = re.search(rf"\[{re.escape(own.text)}\]\[([^\[\]]+)\]", kept)
            found.setdefault(label[1] if label else own.text, own.url)
    return "\n".join(
        f"[{label}]: <{escape_url(url).strip('<>')}>".replace(r"\|", "|")
        for label, url in found.items()
    )


def _heading(level: int, number: str | None, title: str) -> str:
    text = escape_heading(title)
    if number is None:
        return f"{'#' * level} {text}"
    # A number is told from a title by what stands between them: 2.2 CoT, IV. Results, 一、概述.
    heads = [number + mark for mark in (" ", ". ", "、", ") ")]
    heads += [f"({number}) ", f"第{number}章 "]
    plain = " ".join(title.split("\n"))
    head = next((h for h in heads if split_number(h + plain) == (number, plain)), f"{number} ")
    return f"{'#' * level} {escape_text(head, '').strip(' ')} {text}".replace("、 ", "、")


class _Column(NamedTuple):
    """A column: what it may be called, and what it says of a paper."""

    names: tuple[str, ...]
    cell: Callable[[Paper], str]


_TITLE = ("Paper", "Title")


def _free(names: Sequence[str], taken: Collection[str]) -> str:
    """The first name that no other column has."""
    return next((name for name in names if name not in taken), names[0])


def _table(papers: Sequence[Paper]) -> str:
    extra = dict.fromkeys(name for paper in papers for name in paper.extra)
    # A table whose papers all have no star says so in numbers.
    stars = _stars if any(paper.stars for paper in papers) else _zero
    columns = [
        _Column(("ID", "No."), _id),
        _Column(("Stars", "★"), stars),
        _Column(_TITLE, _title),
        _Column(("Authors", "作者"), lambda paper: escape_text(paper.authors or "")),
        _Column(("Year", "年份"), lambda paper: str(paper.year or "")),
        _Column(("Date", "日期"), lambda paper: escape_text(paper.date or "")),
        _Column(("Venue", "会议"), lambda paper: escape_text(paper.venue or "")),
        _Column(("Links", "URL"), _links),
        _Column(("Code", "Repository"), _code),
        _Column(("Introduction", "Notes"), _introduction),
        *(_Column((name,), partial(_extra, name)) for name in extra),
    ]
    rows = [[column.cell(paper) for column in columns] for paper in papers]
    used = [
        index
        for index, column in enumerate(columns)
        if column.names is _TITLE or any(row[index] for row in rows)
    ]
    names = [columns[index].names for index in used]
    lines = [row_line([escape_text(_free(own, extra)) for own in names])]
    lines.append(delimiter_line([None] * len(used)))
    for paper, row in zip(papers, rows, strict=True):
        lines.append(row_line([*(row[index] for index in used), *map(fit_cell, paper.surplus)]))
    return "\n".join(lines)


def _id(paper: Paper) -> str:
    text = paper.id_text if paper.id_text is not None else paper.id
    return escape_text(str(text)) if text is not None else ""


def _stars(paper: Paper) -> str:
    if paper.star_glyph in EMPTY and not paper.stars:
        return str(paper.star_glyph)
    glyph = paper.star_glyph if paper.star_glyph in FILLED else FILLED[1]
    return str(glyph) * (paper.stars or 0)


def _zero(paper: Paper) -> str:
    return "" if paper.stars is None else "0"


def _extra(name: str, paper: Paper) -> str:
    return fit_cell(paper.extra.get(name, ""))


def _title(paper: Paper) -> str:
    if not paper.title:
        return ""
    return link(paper.title, paper.url) if paper.url else escape_text(paper.title, " ")


def _links(paper: Paper) -> str:
    """The links that no other column has, and those that the identifiers ask for."""
    found: dict[str, str] = {}
    if paper.url and not paper.title:
        found[paper.url] = "link"
    elsewhere = f"{paper.introduction or ''} {' '.join(paper.extra.values())}"
    for own in paper.links:
        shown = own.kind != "image" and own.url not in (paper.url, *paper.code)
        there = f"[{own.text}]" if own.kind == "reference" else own.url
        if shown and there not in elsewhere and own.cell not in paper.extra:
            found.setdefault(own.url, own.text if own.text != own.url else "")
    urls = [*([paper.url] if paper.url else ()), *found]
    if paper.arxiv and paper.arxiv not in map(links.arxiv_id, urls):
        version = f"v{paper.arxiv.version}" if paper.arxiv.version else ""
        found[f"https://arxiv.org/abs/{paper.arxiv.id}{version}"] = "arXiv"
    if paper.doi and paper.doi not in map(links.doi, urls):
        found[f"https://doi.org/{paper.doi}"] = "DOI"
    if paper.openreview_id and paper.openreview_id not in map(links.openreview_id, urls):
        found[f"https://openreview.net/forum?id={paper.openreview_id}"] = "OpenReview"
    return " ".join(link(text or "link", url) for url, text in found.items())


def _code(paper: Paper) -> str:
    """The repositories that no other column has."""
    elsewhere = {paper.url, *(own.url for own in paper.links if own.url not in paper.code)}
    elsewhere |= {links.repository(url) for url in elsewhere if url}
    inside = f"{paper.introduction or ''} {' '.join(paper.extra.values())}"
    urls = [url for url in paper.code if url not in elsewhere and url not in inside]
    return " ".join(link("code", url) for url in urls)


def _introduction(paper: Paper) -> str:
    if paper.introduction:
        return fit_cell(paper.introduction)
    return escape_text(paper.introduction_text or "")
