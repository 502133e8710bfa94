"""The rows of a page: what each shows, and what it is filtered by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple
from urllib.parse import quote

from ..linting.findings import Finding
from ..reading.document import Document, Entry, Paper, Part
from ..reading.inline import read_inline
from ..reading.links import arxiv_id, doi, openreview_id, repository
from ..reading.sections import section_name, section_paths
from ..reading.tables import Cell
from ..repairing import SURE, Guess
from ..source import Excerpt, Span
from .runs import Run, Runs, read_runs

_SAFE = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
# Columns that the page has as well; every other cell is shown with its column name.
_OWN: Final = ("id", "stars", "year", "introduction")
_SEPARATORS = " \t\n,;|/-·()[]，；（）"
_Guesses = Sequence[Guess]


def link_url(url: str) -> str | None:
    """The URL if a page may link to it: anything other than http and https stays text.

    >>> link_url("HTTPS://arxiv.org"), link_url("javascript:alert(1)"), link_url("//a.org")
    ('HTTPS://arxiv.org', None, None)
    """
    return url if _SAFE.match(url) else None


class Label(NamedTuple):
    """A short link below a title."""

    text: str
    url: str


class Detail(NamedTuple):
    """A cell of a column that the page does not have."""

    name: str
    runs: tuple[Run, ...]


class PageRow(NamedTuple):
    """What a page shows of a paper.

    ``sections`` are the indexes of its sections, innermost last; ``kinds`` the kinds of its links;
    ``rest`` the text next to the title in the same cell; ``guesses`` the restored characters that
    are not in any text shown; ``unsure`` the number of uncertain characters in the row.
    """

    paper: Paper
    year: int | None
    sections: tuple[int, ...]
    section: str
    kinds: tuple[str, ...]
    url: str | None
    title: tuple[Run, ...]
    rest: tuple[Run, ...]
    introduction: tuple[Run, ...]
    details: tuple[Detail, ...]
    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]
    guesses: tuple[Guess, ...]
    unsure: int

    @property
    def checks(self) -> tuple[str, ...]:
        """The reasons why a person should check the row."""
        found = dict.fromkeys(str(finding.severity) for finding in self.findings)
        return (*found, *(["unsure"] if self.unsure else []))


def read_rows(
    document: Document, findings: Mapping[int, Sequence[Finding]], guesses: _Guesses
) -> list[PageRow]:
    """The rows of a page.

    Args:
        document: the list.
        findings: the findings in rows of papers, by line.
        guesses: the restored characters of the whole file, in order.
    """
    reader = _Reader(document, guesses)
    return [
        reader.read(replace(entry, paper=paper), findings.get(entry.line, ()))
        for entry in document.entries
        for paper in entry.papers
    ]


class _Reader:
    def __init__(self, document: Document, guesses: _Guesses) -> None:
        self._references = document.blocks.references
        self._guesses = guesses
        self._starts = [guess.span.start for guess in guesses]
        paths = section_paths(document.sections)
        self._paths = dict(zip(document.sections, paths, strict=True))

    def _within(self, span: Span) -> _Guesses:
        start, end = (bisect_left(self._starts, offset) for offset in span)
        return self._guesses[start:end]

    def _runs(self, part: Part, *, is_row: bool) -> Runs:
        inline = part.inline
        if not is_row:
            # What the part says may be less than what is written.
            excerpt = Excerpt(part.raw, ((0, part.span.start),))
            inline = read_inline(excerpt, self._references)
        return read_runs(
            Cell(part.raw, part.span), inline, self._references, self._within(part.span)
        )

    def read(self, entry: Entry, findings: Sequence[Finding]) -> PageRow:
        paper = entry.paper
        parts = entry.parts
        cells = [self._runs(part, is_row=entry.kind == "row") for part in parts]
        fields = [part.field for part in parts]
        own = {name: fields.index(name) for name in _OWN if name in fields}
        introduced = own.get("introduction", len(cells))
        titled, title, rest = _title(paper, fields, cells)
        details = tuple(
            Detail(_name(parts[i], entry), cell.runs)
            for i, cell in enumerate(cells)
            if cell.text
            and i != titled
            and i not in own.values()
            # The links of text are labels; those of a cell stay with its words.
            and (entry.kind == "row" or fields[i] not in ("links", "code"))
        )
        introduction = cells[introduced].runs if introduced < len(cells) else ()
        shown = [*title, *rest, *introduction, *(run for detail in details for run in detail.runs)]
        seen = {id(run.guess) for run in shown if run.guess}
        guesses = self._within(entry.span)
        return PageRow(
            paper=paper,
            year=paper.year,
            sections=self._paths[entry.section] if entry.section else (),
            section=section_name(entry.section) if entry.section else "",
            kinds=tuple(_kinds(paper)),
            url=link_url(paper.url or ""),
            title=title,
            rest=rest,
            introduction=introduction,
            details=details,
            labels=tuple(_labels(paper, {run.url for run in shown}, cells)),
            findings=tuple(findings),
            guesses=tuple(guess for guess in guesses if id(guess) not in seen),
            unsure=sum(guess.probability < SURE for guess in guesses),
        )


def _name(part: Part, entry: Entry) -> str:
    if part.name:
        return part.name
    return "beyond the header" if entry.kind == "row" else (part.field or "").capitalize()


def _title(
    paper: Paper, fields: Sequence[str | None], cells: Sequence[Runs]
) -> tuple[int | None, tuple[Run, ...], tuple[Run, ...]]:
    """The index of the cell with the title, if any; the title; and the rest of that cell."""
    if not paper.title:
        return None, (), ()
    own = fields.index("title")
    for index in sorted(range(len(cells)), key=lambda index: index != own):
        cell = cells[index]
        start = cell.text.find(paper.title)
        if start >= 0:
            end = start + len(paper.title)
            parts = (cell.cut(0, start), cell.cut(end, len(cell.text)))
            rest = [part for part in parts if "".join(run.text for run in part).strip(_SEPARATORS)]
            return index, cell.cut(start, end), tuple(run for part in rest for run in part)
    return None, (Run(paper.title),), ()


def _kinds(paper: Paper) -> Iterable[str]:
    if paper.arxiv:
        yield "arxiv"
    if paper.doi:
        yield "doi"
    if paper.openreview_id:
        yield "openreview"
    if paper.code:
        yield "code"
    if any(
        link.kind != "image"
        and link_url(link.url)
        and not any(known(link.url) for known in (arxiv_id, doi, openreview_id, repository))
        for link in paper.links
    ):
        yield "other"


def _labels(paper: Paper, shown: set[str | None], cells: Iterable[Runs]) -> Iterable[Label]:
    """The identifiers of the paper, its code, and links without visible text."""
    if paper.arxiv:
        yield Label(f"arXiv:{paper.arxiv.id}", f"https://arxiv.org/abs/{quote(paper.arxiv.id)}")
    if paper.doi:
        yield Label(f"doi:{paper.doi}", f"https://doi.org/{quote(paper.doi)}")
    if paper.openreview_id:
        forum = quote(paper.openreview_id)
        yield Label("OpenReview", f"https://openreview.net/forum?id={forum}")
    for url in filter(link_url, paper.code):
        yield Label("code", url)
    for cell in cells:
        for link in cell.links:
            if link.kind != "image" and link.url not in shown and link_url(link.url):
                yield Label(link.text or "link", link.url)


def by_line(
    document: Document, findings: Iterable[Finding]
) -> tuple[dict[int, list[Finding]], list[tuple[int, Finding]]]:
    """The findings in rows of papers, by line, and the others, each with its line."""
    lines = {entry.line for entry in document.entries if entry.is_paper}
    beside: dict[int, list[Finding]] = defaultdict(list)
    others: list[tuple[int, Finding]] = []
    for finding in findings:
        line = document.source.position(finding.span.start).line
        if line in lines:
            beside[line].append(finding)
        else:
            others.append((line, finding))
    return beside, others
