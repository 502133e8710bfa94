"""The link definitions that cells need which are written as they were: ``[text][label]``."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from markdown_it.common.utils import normalizeReference

from ..escaping import escape_url, fit_cell
from ..lists.transfer import transfer_cell
from ..reading.blocks import References
from ..reading.document import Paper
from ..reading.inline import Inline, cell_excerpt, read_inline
from ..reading.tables import Cell
from ..source import Span

_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


class Definitions:
    """Link definitions by their labels, in the order in which cells use them first."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self.references: dict[str, dict[str, Any]] = {}

    @classmethod
    def of(
        cls, papers: Iterable[Paper], others: Iterable[str], known: References | None
    ) -> Definitions:
        """The definitions for the cells of papers that are written as they were.

        Args:
            papers: the papers.
            others: the source text of other cells that are written as they were.
            known: the definitions of the list; None where there is none, and the links of the
                papers are all that is known.
        """
        made = cls()
        for paper in papers:
            if known is None:
                made._recover(paper)
            else:
                for cell in kept_cells(paper):
                    made._use(cell, known)
        for cell in others:
            made._use(cell, known or {})
        return made

    def read(self, cell: str) -> Inline:
        """Read the source text of a cell with these definitions."""
        return _read(cell, self.references)

    def markdown(self) -> str:
        """The definitions, one a line."""
        return "\n".join(
            f"[{label}]: {escape_url(self.references[name]['href']) or '<>'}"
            for name, label in self._labels.items()
        )

    def _use(self, cell: str, known: References) -> None:
        for label in _labels(cell):
            name = normalizeReference(label)
            if name in known:
                self._add(label, str(known[name]["href"]))

    def _add(self, label: str, url: str) -> None:
        name = normalizeReference(label)
        self._labels.setdefault(name, label)
        self.references.setdefault(name, {"href": url, "title": ""})

    def settle(self, paper: Paper) -> Paper:
        """A paper whose cells mean the same with all definitions as with its own.

        Papers may be from several lists, which use one label for two links, or define words that
        are in brackets in another one: such links are made inline, such brackets are escaped.
        """
        own = Definitions()
        own._recover(paper)

        def settled(cell: str) -> str:
            cell = fit_cell(cell)
            meant = own.read(cell)
            if "[" not in cell or self.read(cell) == meant:
                return cell
            whole = Cell(cell, Span(0, len(cell)))
            return transfer_cell(whole, meant, own.references, self.references)

        if not self.references:
            return paper
        return replace(
            paper,
            introduction=settled(paper.introduction) if paper.introduction else None,
            extra={name: settled(cell) for name, cell in paper.extra.items()},
            surplus=tuple(map(settled, paper.surplus)),
        )

    def _recover(self, paper: Paper) -> None:
        """Find the labels of links of which only text and URL are known."""
        wanted: defaultdict[str, deque[str]] = defaultdict(deque)
        for own in paper.links:
            if own.kind == "reference":
                wanted[own.text].append(own.url)
        for cell in kept_cells(paper) if wanted else ():
            # With a definition for each label, the URL of a link is its label.
            labels = {normalizeReference(label): label for label in _labels(cell)}
            marked = {name: {"href": name, "title": ""} for name in labels}
            for link in _read(cell, marked).links:
                urls = wanted.get(link.text)
                if link.kind == "reference" and link.url in labels and urls:
                    self._add(labels[link.url], urls.popleft())


def kept_cells(paper: Paper) -> list[str]:
    """The cells of a paper that are written as they were."""
    cells = (paper.introduction or "", *paper.extra.values(), *paper.surplus)
    return [fit_cell(cell) for cell in cells]


def _read(cell: str, references: Mapping[str, Any]) -> Inline:
    return read_inline(cell_excerpt(Cell(cell, Span(0, len(cell)))), references)


def _labels(cell: str) -> list[str]:
    """The texts in brackets that hold no brackets: each may be a label."""
    if "[" not in cell:
        return []
    text = cell.replace(r"\|", "|")
    labels, start = [], -1
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            start = match.end()
        elif match[0] == "]" and start >= 0:
            labels.append(text[start : match.start()])
            start = -1
    return [label for label in labels if label]
