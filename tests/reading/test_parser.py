"""Lists in the shapes that people keep, each beside what is read from it.

For every ``lists/NAME.md`` stands a ``lists/NAME.txt``: a line for each table with what its
columns are, a line for each paper, and an indented line for each of its links.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import ConfigError, Document, Paper, Source, parse
from llmpaper_md.source import read
from tests import github

LISTS = sorted((Path(__file__).parent / "lists").glob("*.md"))
FIXTURES = Path(__file__).parents[2] / "fixtures"


def describe(document: Document) -> str:
    lines = [
        f"{section.line} section {section.number or '-'} {' > '.join(section.path)}"
        for section in document.sections
    ]
    for table in document.tables:
        place = " > ".join(table.section.path) if table.section else "-"
        lines.append("")
        lines.append(f"{table.grid.line} {table.kind}, in {place}")
        columns = zip(table.names, table.fields, strict=True)
        lines.append("  " + " | ".join(f"{name}={field or '?'}" for name, field in columns))
        if table.kind == "other":
            lines += (f"  {row.line} {table.cells(row)}" for row in table.grid.rows)
        for paper in document.papers:
            if paper.table == table.number:
                lines += _describe(document.source, paper)
    return "\n".join(lines).strip("\n") + "\n"


def _describe(source: Source, paper: Paper) -> list[str]:
    facts = {
        "stars": f"{paper.stars}{paper.star_glyph or ''}" if paper.stars is not None else None,
        "url": paper.url,
        "arxiv": paper.arxiv_id,
        "version": paper.arxiv_version,
        "doi": paper.doi,
        "openreview": paper.openreview_id,
        "code": " ".join(paper.code),
        "authors": paper.authors,
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "introduction": paper.introduction_text,
        "extra": paper.extra or None,
        "surplus": paper.surplus or None,
    }
    number = "-" if paper.id is None else paper.id
    lines = [f"  {paper.line} {number} ({paper.id_text}) {paper.title!r}"]
    lines += (f"    {name}: {fact!r}" for name, fact in facts.items() if fact)
    for link in paper.links:
        place = source.position(link.span.start)
        where = f"{place.line}:{place.column} in {link.cell or '-'}"
        lines.append(f"    {link.kind} {link.text!r} {link.url} at {where}")
    return lines


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_reads_lists_of_every_shape(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text("utf-8")
    assert describe(parse(read(path))) == expected


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_finds_as_many_tables_and_rows_as_github(path: Path) -> None:
    source = read(path)
    text = source.text.removeprefix("\ufeff")
    if text.startswith("---"):  # cmark-gfm, without GitHub's own step, reads front matter as text
        text = text.partition("\n---\n")[2]
    found = [1 + len(table.grid.rows) for table in parse(source).tables]
    assert found == [len(rows) for rows in github.tables(text)]


@pytest.mark.parametrize("name", ["README.repaired.md", "README.garbled.md"])
def test_reads_the_source_readme(name: str) -> None:
    document = parse(read(FIXTURES / name))
    rows = [row for table in document.tables for row in table.grid.rows]
    stars = [paper.stars for paper in document.papers]
    assert len(document.tables) == 10
    assert len(rows) == 121
    assert [row.line for row in rows if row.is_empty] == [92]
    assert len(document.papers) == 120
    assert sum(filter(None, stars)) == 217
    assert len(list(filter(None, stars))) == 115
    assert [paper.line for paper in document.papers if paper.id is None] == [76, 77, 78]
    assert sum(paper.arxiv_id is not None for paper in document.papers) == 104


def test_names_of_columns_can_be_added() -> None:
    text = "| Rang | Arbeit |\n| - | - |\n| 3 | [A](https://arxiv.org/abs/1706.03762) |"
    names = parse(text, columns={"id": ["Rang"], "title": ["Arbeit"]})
    assert names.papers[0].id == 3
    assert parse(text).papers[0].id is None


def test_names_of_columns_are_lists_by_field() -> None:
    with pytest.raises(ConfigError, match="title: expected a list of strings, found a string"):
        parse("", columns={"title": "Arbeit"})
    with pytest.raises(ConfigError, match="columns: unknown field 'titel'; did you mean 'title'"):
        parse("", columns={"titel": ["Arbeit"]})  # type: ignore[dict-item]


def test_counts_all_stars_and_reads_numbers_of_any_length() -> None:
    text = f"| ID | Paper |\n| - | - |\n| {'9' * 5000}★ | [a](b) |\n| 1{'★' * 1000} | [b](c) |"
    first, second = parse(text).papers
    assert (first.id, first.id_text) == (None, "9" * 5000)
    assert (second.id, second.stars) == (1, 1000)


@pytest.mark.parametrize(
    ("cells", "scale", "stars"),
    [
        (("8", "3"), 5, (None, None)),  # GitHub's counts
        (("8", "3"), 10, (8, 3)),
        (("8/10", "10/10"), 10, (8, 10)),
        (("8/10", "10/10"), 5, (None, None)),
        (("★★★★★★★★", "★"), 5, (8, 1)),
        (("★★★★★★★★", "★"), 10, (8, 1)),
    ],
)
def test_numbers_are_ratings_up_to_the_scale(
    cells: tuple[str, str], scale: int, stars: tuple[int | None, int | None]
) -> None:
    text = "| Stars | Paper |\n| - | - |\n" + "".join(f"| {cell} | [A](b) |\n" for cell in cells)
    assert tuple(paper.stars for paper in parse(text, max_stars=scale).papers) == stars


@given(st.text(alphabet="| -:\n[]()*★1文`<>#&;/.\\a\u00a0\u0085", max_size=120))
def test_reads_any_text_without_failing(text: str) -> None:
    """README: "Bad input in a list is a finding, never an exception"."""
    document = parse(text + "\n\n| ID | Paper |\n|-|-|\n" + text)
    for paper in document.papers:
        assert paper.span.cut(document.source.text)
        for link in paper.links:
            assert paper.span.start <= link.span.start < link.span.end <= paper.span.end
