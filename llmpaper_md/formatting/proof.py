"""The proof that a new text contains everything that the old one did.

Equal HTML would prove nothing, since GitHub drops cells when it renders: papers, sections and the
source text of every cell and of everything outside tables are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from ..errors import proof_error
from ..reading.document import Document, Paper, Table
from ..source import SPACES, Source

_PLACES = frozenset(["span", "line", "links"])
_SHOWN = 80


def prove(before: Document, after: Document, *, sorted_by: str | None = None) -> None:
    """Compare a list with its normal form.

    Args:
        before: the list.
        after: the list as it is read in normal form.
        sorted_by: what the papers of each table were sorted by, None if they were not.

    Raises:
        ProofError: something is lost, new, or changed that normal form does not name.
    """
    name = before.source.name
    _compare(name, "a heading", _sections(before), _sections(after))
    _compare(name, "a table", map(_table, before.tables), map(_table, after.tables))
    for old, new in zip(before.tables, after.tables, strict=True):
        width = len(old.grid.header.cells)
        rows = [row.texts(width) for row in old.grid.rows]
        others = [row.texts(width) for row in new.grid.rows]
        if sorted_by:
            rows, others = sorted(rows), sorted(others)
        _compare(name, f"a row of the table on line {old.grid.line}", rows, others)
    _compare(name, "a line outside tables", _outside(before), _outside(after))
    was, now = _papers(before), _papers(after)
    if sorted_by:
        was, now = sorted(was, key=repr), sorted(now, key=repr)
    _compare(name, "a paper", was, now)


def prove_stable(document: Document, again: str) -> None:
    """Compare a list in normal form with its normal form.

    Raises:
        ProofError: they are not the same.
    """
    source = document.source
    _compare(source.name, "a line, formatted again,", _lines(source), _lines(Source.of(again)))


def _compare(name: str, what: str, before: Iterable[Any], after: Iterable[Any]) -> None:
    old, new = list(before), list(after)
    if old == new:
        return
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if place is None:
        place = min(len(old), len(new))
    was, would = ([*values, None][min(place, len(values))] for values in (old, new))
    raise proof_error(
        f"{name}: not written", f"{what} was {_shown(was)} and would be {_shown(would)}"
    )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _lines(source: Source) -> Iterator[str]:
    """The lines of a text, each with its end."""
    for number in range(1, len(source.line_starts) + 1):
        yield source.line_span(number).cut(source.text)


def _sections(document: Document) -> Iterator[tuple[object, ...]]:
    for section in document.sections:
        yield section.level, section.number, section.title, section.path


def _table(named: Table) -> tuple[object, ...]:
    table = named.grid
    header = tuple(cell.raw for cell in table.header.cells)
    return named.number, header, table.alignments, named.fields, table.in_list, len(table.rows)


def _papers(document: Document) -> list[dict[str, Any]]:
    names = [field.name for field in fields(Paper) if field.name not in _PLACES]
    return [
        {
            **{name: getattr(paper, name) for name in names},
            "links": [(link.text, link.url, link.kind, link.cell) for link in paper.links],
        }
        for paper in document.papers
    ]


def _outside(document: Document) -> Iterator[str]:
    """The lines outside tables, and what comes before each row of a table.

    Blank lines next to tables and at the end do not count: formatting adds and removes them.
    """
    source = document.source
    rows = {row.line: row for named in document.tables for row in named.grid.lines}
    stretch: list[str] = []
    for number in range(1, len(source.line_starts) + 1):
        row = rows.get(number)
        if row is None:
            stretch.append(source.line(number))
            continue
        yield from _core(stretch)
        stretch = []
        yield source.text[source.offset(number) : row.span.start] + "|"
    yield from _core(stretch)


def _core(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the blank ones at both ends, in a quote or not."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip(SPACES + ">"):
        first += 1
    while first < last and not lines[last - 1].strip(SPACES + ">"):
        last -= 1
    return lines[first:last]
