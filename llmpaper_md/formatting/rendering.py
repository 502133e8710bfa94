"""A list written from records: headings, tables, rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ..escaping import escape_heading, escape_text
from ..reading.columns import Field
from ..reading.document import Document, Paper, Table
from ..reading.inline import Inline
from ..reading.parser import as_document, parse
from ..reading.sections import Section, split_number
from ..reading.titles import read_title
from ..source import SPACES, Source
from .definitions import Definitions
from .format_options import FormatOptions
from .item_template import check_template, write_item
from .normal_form import delimiter_line, normal_form, row_line
from .paper_cells import PaperCells, own_names, paper_cells
from .same_rendering import item_differences, prove_rendered

_MAX_LEVEL = 6
_MAX_LAYERS = 8


def render(
    records: str | Source | Document | Iterable[Paper],
    options: FormatOptions | None = None,
    *,
    level: int = 1,
    item_template: str | None = None,
    left_out: Callable[[str], None] | None = None,
) -> str:
    """Write a list of papers from its records.

    A table has the columns that its papers have values for. The result is parsed, and compared with
    the records, before it is returned; rendering it again gives the same text.

    Args:
        records: papers, or a list (text, `Source` or `Document`), of which headings and other
            tables are written too. Papers of one section are written together, in the order in
            which the sections come first; so are those of a list with papers in text.
        options: how the tables are written; for a text, also the names of its columns.
        level: the level of the outermost headings of papers, 1 to 6; a document has its own.
        item_template: how to write a paper as a list item, for items instead of tables (see
            `write_item`). What the template does not name is not written.
        left_out: called with a message for each record that is left out because it is empty, and
            for each list item that would be read as something else.

    Returns:
        The list as Markdown; empty if there is nothing to write.

    Raises:
        ConfigError: ``item_template`` is not a template.
        ProofError: a record cannot be written so that it is read again as it was.

    >>> print(render([Paper(title="A [new] model", url="https://a.org", stars=2)]), end="")
    | Stars | Paper |
    | --- | --- |
    | ★★ | [A \\[new\\] model](https://a.org) |
    """
    options = options or FormatOptions()
    if isinstance(records, (str, Source, Document)):
        records = as_document(records, options.columns, options.max_stars, options.read)
        if item_template is not None or len(records.rows) < len(records.papers):
            level = records.sections[0].level if records.sections else level
            records = records.papers
    if item_template is not None and not isinstance(records, Document):
        return _items(list(records), level, item_template, left_out)
    if isinstance(records, Document):
        names = records.columns
        papers = _worded(records.papers, left_out)
        parts = list(_document(records, papers))
    else:
        names = None
        papers = written_papers(records, left_out)
        recovered = Definitions.of(papers, (), None)
        papers = [recovered.settle(paper) for paper in papers]
        definitions = Definitions.of(papers, (), recovered.references)
        parts = list(_papers(papers, level, definitions))
    text = "".join(f"{part}\n\n" for part in parts if part).rstrip("\n")
    text += "\n" * bool(text)
    text = normal_form(parse(text, columns=names), options)
    prove_rendered(papers, parse(text, columns=names))
    return text


def written_papers(
    records: Iterable[Paper], left_out: Callable[[str], None] | None = None
) -> list[Paper]:
    """The papers that `render` writes from records without a document, in their order there."""
    return _by_section(_worded(map(_with_name, records), left_out))


def _with_name(paper: Paper) -> Paper:
    """A paper with the short name that text has before its title, in a column of its own."""
    if paper.name is None or "Name" in paper.extra:
        return paper
    return replace(paper, name=None, extra={"Name": paper.name, **paper.extra})


def _items(
    papers: Sequence[Paper],
    level: int,
    template: str,
    left_out: Callable[[str], None] | None,
) -> str:
    """A list of items."""
    check_template(template)
    titled = []
    for number, paper in enumerate(papers, 1):
        if paper.title:
            titled.append(paper)
        elif left_out:
            left_out(f"record {number}: left out, as it has no title")
    titled = _by_section(titled)
    lines: list[str] = []
    written: dict[int, Paper] = {}
    path: tuple[str, ...] = ()
    for section, group in groupby(titled, key=lambda paper: paper.section):
        for heading in _headings(path, section, level):
            lines += [""] * bool(lines and lines[-1]) + [heading, ""]
        path = section
        for paper in group:
            lines.append(write_item(paper, template))
            written[len(lines)] = paper
    text = "".join(f"{line}\n" for line in lines)
    if left_out:
        for message in item_differences(written, parse(text, read=["items"]), template):
            left_out(message)
    return text


def _worded(papers: Iterable[Paper], left_out: Callable[[str], None] | None) -> list[Paper]:
    """The papers that are not empty: an empty row would not be a paper."""
    worded = []
    for number, original in enumerate(papers, 1):
        paper = replace(original, title=_settled(original.title))
        if not paper_cells(paper, Definitions(), {}).is_empty:
            worded.append(paper)
        elif left_out:
            left_out(f"record {number}: left out, as it has no text and no link: give it a title")
    return worded


def _settled(title: str | None) -> str | None:
    """A title as it is read: without icons, labels and quotation marks around it."""
    read = joined = " ".join((title or "").split("\n"))
    for _ in range(_MAX_LAYERS):
        before, read = read, read_title(Inline(read)) or read
        if read == before:
            break
    return title if read == joined else read


def _by_section(papers: Iterable[Paper]) -> list[Paper]:
    papers = list(papers)
    first: dict[tuple[str, ...], int] = {(): -1}
    for place, paper in enumerate(papers):
        first.setdefault(paper.section, place)
    return sorted(papers, key=lambda paper: first[paper.section])


def _papers(papers: Sequence[Paper], level: int, definitions: Definitions) -> Iterator[str]:
    path: tuple[str, ...] = ()
    for (section, _), group in groupby(papers, key=lambda paper: (paper.section, paper.table)):
        yield from _headings(path, section, level)
        path = section
        yield _table(list(group), definitions, {}, None)
    yield definitions.markdown()


def _headings(path: Sequence[str], section: Sequence[str], level: int) -> Iterator[str]:
    """The headings between the papers of one section and those of another."""
    shared = sum(1 for _ in _common(path, section))
    if shared == len(section) < len(path):
        shared -= 1  # back from an inner section: repeat the heading
    for depth in range(shared, len(section)):
        yield _heading(min(level + depth, _MAX_LEVEL), None, section[depth])


def _common(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _document(document: Document, worded: Sequence[Paper]) -> Iterator[str]:
    """The headings and tables of a document, in their order."""
    papers = {number: list(group) for number, group in groupby(worded, key=lambda p: p.table)}
    others = [
        cell.raw
        for named in document.tables
        if named.kind == "other"
        for row in named.grid.lines
        for cell in row.cells
    ]
    definitions = Definitions.of(worded, others, document.blocks.references)
    blocks: list[Section | Table] = [*document.sections, *document.tables]
    blocks.sort(key=lambda block: block.line if isinstance(block, Section) else block.grid.line)
    for block in blocks:
        if isinstance(block, Section):
            yield _heading(block.level, block.number, block.title)
        elif block.kind == "papers":
            fields = dict(zip(block.names, block.fields, strict=True))
            own = papers.get(block.number, [])
            yield _table(own, definitions, fields, document.columns)
        else:
            yield "\n".join(row_line(row.texts(0)) for row in block.grid.lines)
    yield definitions.markdown()


def _heading(level: int, number: str | None, title: str) -> str:
    if number is None:  # what looks like one will be read as one
        number, title = split_number(" ".join(title.split("\n")))
    text = escape_heading(title)
    if number is None:
        return f"{'#' * level} {text}".rstrip(SPACES)
    # What is between a number and a title separates them: 2.2 CoT, IV. Results, 一、概述. A title
    # that begins with one of these signs needs another space before it.
    heads = [number + mark for mark in (" ", ". ", "、", ") ")]
    heads += [f"({number}) ", f"第{number}章 "]
    heads += [f"{head} " for head in heads]
    plain = " ".join(title.split("\n"))
    head = next((h for h in heads if split_number(h + plain) == (number, plain)), f"{number} ")
    spaces = len(head) - len(head.rstrip(" "))
    return f"{'#' * level} {escape_text(head)}{' ' * spaces}{text}"


# What the columns are called that are written, in their order: the first name that is free.
_NAMES: dict[Field, tuple[str, ...]] = {
    "id": ("ID", "No."),
    "stars": ("Stars", "★", "Rating", "⭐", "星级", "Importance", "Recommendation"),
    "title": ("Paper", "Title"),
    "authors": ("Authors", "作者"),
    "year": ("Year", "年份"),
    "date": ("Date", "日期"),
    "venue": ("Venue", "会议"),
    "links": ("Links", "URL"),
    "code": ("Code", "Repository"),
    "introduction": ("Introduction", "Notes"),
}


def _table(
    papers: Sequence[Paper],
    definitions: Definitions,
    known: Mapping[str, Field | None],
    columns: Mapping[Field, Sequence[str]] | None,
) -> str:
    """A table of papers; ``known`` is what the columns were that their links are in."""
    # If no paper of a table has a star, the ratings are numbers.
    counts = {paper.stars for paper in papers}
    rated = 0 in counts and counts <= {0, None}
    rows = [paper_cells(paper, definitions, known, rated=rated) for paper in papers]
    extra = list(dict.fromkeys(name for row in rows for name in row.extra))
    used = [field for field in _NAMES if field == "title" or any(row.own[field] for row in rows)]
    while True:
        lines = _lines(used, extra, rows)
        (named,) = parse("\n".join(lines), columns=columns).tables
        # What no field knew in the list that it is from, one may know here: there, another column
        # was of that field. So that column is written, too, though it is empty.
        missing = {name for name in named.fields[len(used) :] if name and name not in used}
        if not missing:
            return "\n".join(lines)
        used = [field for field in _NAMES if field in missing or field in used]


def _lines(used: Sequence[Field], extra: Sequence[str], rows: Sequence[PaperCells]) -> list[str]:
    names = own_names(used, extra, _NAMES)
    lines = [row_line([escape_text(name) for name in (*names, *extra)])]
    lines.append(delimiter_line([None] * (len(names) + len(extra))))
    for row in rows:
        cells = (row.own[field] for field in used)
        others = (row.extra.get(name, "") for name in extra)
        lines.append(row_line([*cells, *others, *row.surplus]))
    return lines
