"""The papers of a list for a terminal, by section, with ID, stars, title and identifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..reading.document import Document, Paper
from ..reading.sections import Section, section_name, section_paths
from ..unprintable import printable
from ..words import counted
from .paper_texts import identifier, on_one_line, title_or_url
from .terminal import Style
from .widths import columns, cut, padded

_MAX_TITLE = 80
"""Titles up to this width are padded to a column where nothing is truncated."""
_NARROW = 30
"""The minimum width of titles. If there is less room, other columns are dropped."""
_INDENT = "  "
_GAP = "  "
_MOST_STARS = 10

Group = tuple[Section | None, Sequence[Paper]]
"""A section, None before the first heading, and the papers in it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers are listed.

    Attributes:
        stars: the minimum number of stars.
        section: text in the number or title of the paper's section or of an enclosing section,
            regardless of case, full or half width, and radicals.
    """

    stars: int = 0
    section: str | None = None

    def describe(self) -> str:
        """The selection in words, after "papers".

        >>> Selection(4, "CoT").describe()
        "with at least 4 stars in a section like 'CoT'"
        """
        words = []
        if self.stars:
            words.append(f"with at least {counted(self.stars, 'star')}")
        if self.section is not None:
            words.append(f"in a section like {self.section!r}")
        return " ".join(words)


def select(document: Document, selection: Selection) -> list[Group]:
    """The selected papers by section, both in the order of the list."""
    wanted = _sections(document, selection.section)
    groups: list[tuple[Section | None, list[Paper]]] = []
    for entry in document.entries:
        section = entry.section
        if wanted is not None and (section is None or section.line not in wanted):
            continue
        for paper in entry.papers:
            if (paper.stars or 0) < selection.stars:
                continue
            if not groups or groups[-1][0] != section:
                groups.append((section, []))
            groups[-1][1].append(paper)
    return list(groups)


def _sections(document: Document, text: str | None) -> set[int] | None:
    """The lines of the wanted sections; None if all are wanted."""
    if text is None:
        return None
    needle, sections = _folded(text), document.sections
    named = {i for i, section in enumerate(sections) if needle in _folded(section_name(section))}
    return {sections[path[-1]].line for path in section_paths(sections) if named.intersection(path)}


def _folded(text: str) -> str:
    """The text without differences in case, full or half width, and radicals."""
    import unicodedata  # needed only if a section is selected, like the radicals

    from ..repairing.radicals import fold_radicals

    return unicodedata.normalize("NFKC", fold_radicals(text)).casefold()


def list_papers(groups: Sequence[Group], style: Style, width: int | None) -> Iterator[str]:
    """The lines of the table.

    Args:
        groups: the papers, as `select` gives them.
        style: the colours.
        width: the columns of the terminal, to which titles are truncated; None for no limit.

    >>> import io
    >>> from llmpaper_md.reading.parser import parse
    >>> text = "# A\\n|ID|论文|\\n|-|-|\\n|1★★|[大模型](https://arxiv.org/abs/1706.03762)|\\n|12|B|"
    >>> for line in list_papers(select(parse(text), Selection()), Style(io.StringIO()), None):
    ...     print(line)
    A
       1  ★★  大模型  arXiv:1706.03762
      12      B
    """
    papers = [paper for _, of_section in groups for paper in of_section]
    rows = {id(paper): _Row.of(paper) for paper in papers}
    layout = _Layout.of(list(rows.values()), width)
    for number, (section, of_section) in enumerate(groups):
        if number:
            yield ""
        name = (
            "(before the first heading)" if section is None else on_one_line(section_name(section))
        )
        yield style.bold(name if width is None else cut(name, max(width, 1)))
        for paper in of_section:
            yield layout.line(rows[id(paper)], style)


def list_skipped(document: Document, width: int | None) -> Iterator[str]:
    """The lines for list items and paragraphs that link to a paper but were not read as one.

    Args:
        document: the list.
        width: the columns of the terminal, to which lines are truncated; None for no limit.

    >>> from llmpaper_md.reading.parser import parse
    >>> list(list_skipped(parse("See [this one](https://arxiv.org/abs/2301.00001), too."), None))
    ['<string>:1: See [this one](https://arxiv.org/abs/2301.00001), too.']
    """
    source = document.source
    for span in document.skipped:
        text = on_one_line(span.cut(source.text))
        line = f"{printable(source.name)}:{source.position(span.start).line}: {text}"
        yield line if width is None else cut(line, max(width, 1))


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    stars: str
    title: str
    identifier: str

    @classmethod
    def of(cls, paper: Paper) -> _Row:
        count = paper.stars or 0
        stars = "★" * count if count <= _MOST_STARS else f"★×{count}"
        return cls(
            cut("" if paper.id is None else str(paper.id), 6),
            stars,
            title_or_url(paper),
            cut(identifier(paper), 32),
        )


@dataclass(frozen=True, slots=True)
class _Layout:
    """The widths of the columns; 0 for one that is dropped."""

    id: int
    stars: int
    title: int
    identifier: int
    cuts: bool

    @classmethod
    def of(cls, rows: Sequence[_Row], width: int | None) -> _Layout:
        def widest(texts: Sequence[str]) -> int:
            return max(map(columns, texts), default=0)

        id_ = widest([row.id for row in rows])
        stars = widest([row.stars for row in rows])
        title = widest([row.title for row in rows])
        identifier = widest([row.identifier for row in rows])
        if width is None:
            return cls(id_, stars, min(title, _MAX_TITLE), identifier, cuts=False)

        def room() -> int:
            others = [column + len(_GAP) for column in (id_, stars, identifier) if column]
            return width - len(_INDENT) - sum(others)

        # Titles matter most: if room is short, the other columns are dropped first.
        if room() < min(title, _NARROW):
            identifier = 0
        if room() < min(title, _NARROW):
            id_ = 0
        return cls(id_, stars, min(title, max(room(), 1)), identifier, cuts=True)

    def line(self, row: _Row, style: Style) -> str:
        """The line of one paper."""
        parts = []
        if self.id:
            parts.append(style.dim(f"{row.id:>{self.id}}"))
        if self.stars:
            parts.append(style.star(row.stars) + " " * (self.stars - columns(row.stars)))
        title = cut(row.title, self.title) if self.cuts else row.title
        if self.identifier and row.identifier:
            parts += (padded(title, self.title), style.dim(row.identifier))
        else:
            parts.append(title)
        return _INDENT + _GAP.join(parts)
