"""The list as a whole on a page: counts, filters and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..linting.findings import Finding
from ..reading.document import Document
from ..reading.sections import section_name, section_paths
from ..repairing import SURE, Guess
from ..repairing.radicals import UNIFIED
from .charts import Chart, bar_chart
from .page_rows import by_line, read_rows

_KINDS = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "code": "code",
    "other": "other links",
}
_CHECKS = {"error": "errors", "warning": "warnings", "unsure": "uncertain characters"}


class Column(NamedTuple):
    """A column of a page; ``numeric`` decides how it is sorted."""

    name: str
    heading: str
    numeric: bool


class Choice(NamedTuple):
    """A filter value, its label, and the number of papers that have it."""

    value: str
    text: str
    papers: int


class Overview:
    """The rows of a page, and totals over all of them.

    ``other_findings``, each with its line, and ``other_guesses`` (only uncertain ones) are outside
    the rows of papers.
    """

    def __init__(
        self, document: Document, findings: Sequence[Finding], guesses: Sequence[Guess]
    ) -> None:
        self._document = document
        beside, self.other_findings = by_line(document, findings)
        self.rows = read_rows(document, beside, guesses)
        self.findings = Counter(finding.severity for finding in findings)
        lines = {entry.line for entry in document.entries if entry.is_paper}
        unsure = [guess for guess in guesses if guess.probability < SURE]
        position = document.source.position
        self.other_guesses = [
            guess for guess in unsure if position(guess.span.start).line not in lines
        ]
        self.restored, self.unsure = len(guesses), len(unsure)
        self.stars = sum(paper.stars or 0 for paper in document.papers)
        self.tables = sum(table.kind == "papers" for table in document.tables)

    @property
    def columns(self) -> list[Column]:
        """The columns that are not empty."""
        rows = self.rows
        columns = (
            (Column("id", "ID", True), any(row.paper.id_text for row in rows)),
            (Column("stars", "Stars", True), any(row.paper.stars is not None for row in rows)),
            (Column("title", "Paper", False), True),
            (
                Column("intro", "Introduction", False),
                any(row.introduction or row.details for row in rows),
            ),
            (Column("year", "Year", True), any(row.year for row in rows)),
            (Column("section", "Section", True), any(row.sections for row in rows)),
            (Column("line", "Line", True), True),
        )
        return [column for column, wanted in columns if wanted]

    @property
    def sections(self) -> list[Choice]:
        """The sections that contain papers, directly or not, indented by depth."""
        papers = Counter(number for row in self.rows for number in row.sections)
        paths = section_paths(self._document.sections)
        return [
            Choice(str(number), "\u2003" * (len(path) - 1) + section_name(section), papers[number])
            for number, (section, path) in enumerate(
                zip(self._document.sections, paths, strict=True)
            )
            if papers[number]
        ]

    @property
    def ratings(self) -> list[Choice]:
        """Numbers of stars, each with the number of papers that have at least as many."""
        papers = Counter(row.paper.stars for row in self.rows if row.paper.stars)
        choices = []
        total = 0
        for stars, number in sorted(papers.items(), reverse=True):
            text = "★" * stars + (" or more" if total else "")
            total += number
            choices.append(Choice(str(stars), text, total))
        return choices

    @property
    def years(self) -> list[Choice]:
        """The years, latest first."""
        papers = Counter(row.year for row in self.rows if row.year)
        return [Choice(str(year), str(year), papers[year]) for year in sorted(papers, reverse=True)]

    @property
    def kinds(self) -> list[Choice]:
        """The kinds of links that papers have."""
        papers = Counter(kind for row in self.rows for kind in row.kinds)
        return [Choice(kind, text, papers[kind]) for kind, text in _KINDS.items() if papers[kind]]

    @property
    def checks(self) -> list[Choice]:
        """The reasons why a person should check rows."""
        papers = Counter(check for row in self.rows for check in row.checks)
        return [Choice(name, text, papers[name]) for name, text in _CHECKS.items() if papers[name]]

    @property
    def has_arxiv_years(self) -> bool:
        """Whether any year comes from an arXiv identifier."""
        return any(row.paper.year_from == "arxiv" for row in self.rows)

    @property
    def charts(self) -> list[Chart]:
        """Charts of papers by year and by stars, if the list has them."""
        years = Counter(row.year for row in self.rows if row.year)
        stars = Counter(row.paper.stars for row in self.rows if row.paper.stars is not None)
        return [
            bar_chart(f"Papers by {name}", name, papers)
            for name, papers in (("year", years), ("stars", stars))
            if papers
        ]

    @property
    def radicals(self) -> str:
        """The radicals in the file, each followed by its ideograph, for searching."""
        found = sorted({ord(character) for character in self._document.source.text} & set(UNIFIED))
        return "".join(chr(radical) + chr(UNIFIED[radical]) for radical in found)
