"""From a table to papers: whether it lists any, and what each row says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ..source import SPACES
from . import labels, stars, titles
from .blocks import References
from .columns import (
    Field,
    assign_fields,
    holds_date,
    is_name,
    is_of_other_tables,
    names_paper,
    names_publication,
    names_titles,
)
from .dates import is_day_first, read_year, split_date
from .document import Paper, RowEntry, Table
from .inline import Inline, cell_excerpt, read_inline
from .paper_fields import PaperFields, read_papers
from .paper_links import leads_anywhere, leads_to_thing
from .sections import Section
from .tables import Grid, Row
from .title_column import holds_words, title_column

_NUMBER = re.compile(
    r"(?::[a-z0-9_+-]+:|[\W_])*+(?:no[\W_]*)?(\d{1,9})(?::[a-z0-9_+-]+:|[\W_])*+", re.IGNORECASE
)
# A column of stars may hold numbers up to the scale's end; larger ones are GitHub's counts.
_RATING = re.compile(r"(\d{1,3})(?:\s*/\s*(\d{1,3}))?")
_LONG_TITLE = 4
_FEW_ROWS = 3
_BIBLIOGRAPHIC: frozenset[Field] = frozenset({"authors", "venue", "code"})
_DIGIT = re.compile(r"\d")
_STARRED: tuple[Field, ...] = ("stars", "id")


class TableReader:
    """Reads the rows of one table, with what has to be known of the table as a whole."""

    def __init__(
        self,
        grid: Grid,
        number: int,
        section: Section | None,
        references: References,
        columns: Mapping[Field, Sequence[str]] | None,
        max_stars: int,
    ) -> None:
        self._grid = grid
        self._number = number
        self._heading = section
        self._section = section.path if section else ()
        self._max_stars = max_stars
        header = [read_inline(cell_excerpt(cell), references).text for cell in grid.header.cells]
        self._names = names = _unique(header)
        self._rows = [
            [
                read_inline(
                    cell_excerpt(cell),
                    references,
                    cell=names[index] if index < len(names) else None,
                )
                for index, cell in enumerate(row.cells)
            ]
            for row in grid.rows
        ]
        self._are_names = False
        self._fields = self._assign(header, columns)
        self._column: dict[Field, int] = {}
        for index, field in enumerate(self._fields):
            if field:
                self._column.setdefault(field, index)
        self._name = next(
            (i for i, name in enumerate(names) if self._fields[i] is None and is_name(name)), None
        )
        title = self._column.get("title")
        self._titles_are_labels = title is not None and self._titles_alike(title)
        self._title_is_paper = title is not None and names_titles(header[title])
        self._is_of_other_table = any(map(is_of_other_tables, header))
        self._paper_columns = [
            index for index, name in enumerate(header) if index != title and names_paper(name)
        ]
        if title is not None and (self._titles_are_labels or self._is_mute(title)):
            if self._title_is_paper:
                self._paper_columns.append(title)
            if self._name is None:
                self._name = self._named_column(title)
        venue = self._column.get("venue")
        joint = venue is not None and "date" not in self._column and holds_date(header[venue])
        self._dated = venue if joint else None
        self._day_first = is_day_first(self._texts("date"))
        starred = [texts for field in _STARRED if (texts := self._texts(field))]
        self._asterisks = any(map(stars.counts_in_asterisks, starred))
        self._has_stars = any(
            stars.read_stars(text, asterisks=self._asterisks).glyph
            for texts in starred
            for text in texts
        )
        self._has_ratings = bool(self._texts("stars")) and not self._has_stars

    def _texts(self, field: Field) -> list[str]:
        """The text of a field's cells, of those that hold any."""
        return self._column_texts(self._column[field]) if field in self._column else []

    def _column_texts(self, column: int) -> list[str]:
        return [row[column].text for row in self._rows if column < len(row) and row[column].text]

    def _holds_venues(self, column: int) -> bool:
        """Whether a column of publications says where, not what: [TGRS 2020](…)."""
        texts = self._column_texts(column)
        short = sum(
            titles.count_words(text) <= _LONG_TITLE and read_year(text, venue=True) is not None
            for text in texts
        )
        return short * 2 > len(texts)

    def _titles_alike(self, column: int) -> bool:
        """Whether the links in a column of titles all say the same, and so what they are."""
        cells = [row[column] for row in self._rows if column < len(row)]
        return (
            len(cells) > 2
            and titles.count_words(cells[0].text) < _LONG_TITLE
            and len({cell.text for cell in cells}) == 1
            and all(cell.links for cell in cells)
        )

    def _are_long(self, column: int) -> bool:
        """Whether the titles in a column are as long as those of papers, not names of tools."""
        words = sorted(titles.count_words(text) for text in self._column_texts(column))
        return bool(words) and words[len(words) // 2] >= _LONG_TITLE

    def _is_mute(self, column: int) -> bool:
        """Whether most cells of a column of titles have none."""
        cells = [row[column] for row in self._rows if column < len(row)]
        return sum(map(titles.says_nothing, cells)) * 2 > len(cells)

    def _named_column(self, title: int) -> int | None:
        """The column whose words tell the rows apart, where that of titles only has labels."""
        labelled = sum(
            labels.is_promise(text) or labels.role(text) is not None
            for text in self._column_texts(title)
        )
        if labelled * 2 <= len(self._rows):
            return None
        for index, field in enumerate(self._fields):
            texts = self._column_texts(index) if field is None and index != title else []
            if len(set(texts)) * 2 > len(self._rows) and holds_words(index, self._rows):
                return index
        return None

    def _holds_stars(self, column: int) -> bool:
        """Whether a column named so holds stars: GitHub's counts of stars are none."""
        texts = self._column_texts(column)
        if not texts and any(row[column].links for row in self._rows if column < len(row)):
            return False  # badges that count them
        glyphs = [read for text in texts if (read := stars.read_stars(text)).glyph]
        if glyphs and all(read.count == 1 and _DIGIT.search(read.rest) for read in glyphs):
            return False  # ⭐ 1.2k, ⭐ 8/10
        return (
            bool(glyphs)
            or all(self._rating(text) is not None for text in texts)
            or stars.counts_in_asterisks(texts)
        )

    def _rating(self, text: str) -> int | None:
        """The rating that a number is: 3 or 3/5."""
        match = _RATING.fullmatch(text)
        if not match or int(match[1]) > self._max_stars:
            return None
        return int(match[1]) if match[2] in (None, str(self._max_stars)) else None

    def _assign(
        self, header: list[str], columns: Mapping[Field, Sequence[str]] | None
    ) -> tuple[Field | None, ...]:
        fields = list(assign_fields(header, columns))
        if "title" in fields and "venue" not in fields:
            published = fields.index("title")
            if names_publication(header[published]) and self._holds_venues(published):
                fields[published] = "venue"
        starred = [index for index, field in enumerate(fields) if field == "stars"]
        counted = next(filter(self._holds_stars, starred), None)
        for index in starred:
            fields[index] = "stars" if index == counted else None
        if "title" not in fields:
            title = title_column(header, fields, self._rows)
            if title is None:
                return tuple(None for _ in fields)
            fields[title] = "title"
            self._are_names = is_name(header[title])
        if "id" not in fields and header and not header[0] and fields[0] is None:
            # A first column without a name that counts the rows.
            numbers = self._column_texts(0)
            if numbers and all(map(_NUMBER.fullmatch, numbers)):
                fields[0] = "id"
        if "stars" not in fields and not ("id" in fields and self._has_glyphs(fields.index("id"))):
            # A column of any name that holds stars and nothing else, if there is one only.
            rated = [i for i, field in enumerate(fields) if field is None and self._rates(i)]
            if len(rated) == 1:
                fields[rated[0]] = "stars"
        return tuple(fields)

    def _has_glyphs(self, column: int) -> bool:
        return any(stars.read_stars(text).glyph for text in self._column_texts(column))

    def _rates(self, column: int) -> bool:
        """Whether the cells of a column hold nothing but stars, and one has more than one."""
        most = 0
        for text in self._column_texts(column):
            read = stars.read_stars(text)
            if not read.glyph or read.rest.strip(SPACES):
                return False
            most = max(most, read.count)
        return most > 1

    def read(self, section_path: tuple[str, ...]) -> tuple[Table, list[RowEntry]]:
        """The table, and the papers that it lists."""
        table = self._table(self._fields)
        if table.kind != "papers":
            return table, []
        rows = [
            (row, cells, self._papers(row, cells))
            for row, cells in zip(table.grid.rows, table.inlines, strict=True)
            if _says_anything(cells)
        ]
        listed = self._listed([(cells, papers) for _, cells, papers in rows])
        if self._is_tool_table(rows, listed):
            return self._table(tuple(None for _ in self._fields)), []
        entries = []
        for (row, cells, papers), is_paper in zip(rows, listed, strict=True):
            paper, *more = (self._paper(row, cells, fields) for fields in papers)
            entry = RowEntry(
                paper, section_path, table, row, cells, more=tuple(more), is_paper=is_paper
            )
            entries.append(entry)
        return table, entries

    def _table(self, fields: tuple[Field | None, ...]) -> Table:
        inlines = tuple(map(tuple, self._rows))
        return Table(self._grid, self._number, self._heading, self._names, fields, inlines)

    def _listed(self, rows: Sequence[tuple[Sequence[Inline], list[PaperFields]]]) -> list[bool]:
        """Of each row, whether it lists a paper rather than a model or data set without one."""
        evident = [any(paper.evident for paper in papers) for _, papers in rows]
        if not any(evident) and not self._title_is_paper and self._is_of_other_table:
            return [False] * len(rows)
        # Few rows say little about a table.
        mostly = sum(evident) * 2 > len(rows) or len(rows) < _FEW_ROWS
        linked = any(_leads_somewhere(cells) for cells, _ in rows)
        return [
            is_evident
            or (
                bool(papers[0].title or papers[0].url)
                and (
                    self._is_promised(cells)
                    or self._is_titled(cells, papers, lists_papers=mostly or not linked)
                )
            )
            or (self._title_is_paper and self._name is None and self._is_begun(cells, papers))
            for (cells, papers), is_evident in zip(rows, evident, strict=True)
        ]

    def _is_begun(self, cells: Sequence[Inline], papers: Sequence[PaperFields]) -> bool:
        """Whether a row without a title has the ID of a paper to come, or where it is."""
        if any(paper.url and not leads_to_thing(paper.url) for paper in papers):
            return True
        column = self._column.get("id", len(cells))
        return column < len(cells) and bool(_NUMBER.fullmatch(cells[column].text))

    def _is_promised(self, cells: Sequence[Inline]) -> bool:
        """Whether a column of papers says that there is or will be one: TBD, [link]."""
        return any(labels.is_promise(cell.text) for cell in self._paper_cells(cells))

    def _paper_cells(self, cells: Sequence[Inline]) -> list[Inline]:
        return [cells[index] for index in self._paper_columns if index < len(cells)]

    def _is_titled(
        self, cells: Sequence[Inline], papers: Sequence[PaperFields], *, lists_papers: bool
    ) -> bool:
        """Whether a row without a link to a paper has the title of one."""
        column = self._column["title"]
        title = cells[column] if column < len(cells) else Inline("")
        if self._titles_are_labels or self._are_names or titles.says_nothing(title):
            return False
        if self._title_is_paper or self._are_long(column):
            return True
        if not _leads_somewhere(cells):
            return lists_papers
        if any(labels.says_none(cell.text) and not cell.links for cell in self._paper_cells(cells)):
            return False
        return (
            any(paper.url and not leads_to_thing(paper.url) for paper in papers)
            or bool(titles.title_links(title))
            or not _BIBLIOGRAPHIC.isdisjoint(self._fields)
            or len(self._rows) < _FEW_ROWS
        )

    def _is_tool_table(self, rows: Sequence[object], listed: Sequence[bool]) -> bool:
        """Whether a table with a column of titles lists other things, such as tools."""
        return bool(rows) and not (any(listed) or self._title_is_paper)

    def _papers(self, row: Row, cells: Sequence[Inline]) -> list[PaperFields]:
        name = cells[self._name] if self._name is not None and self._name < len(cells) else None
        # Cells beyond the last column belong to no field, and link to what they will.
        fields = [*self._fields, *(None,) * (len(cells) - len(self._fields))]
        if self._titles_are_labels:
            fields[self._column["title"]] = "links"
        parts = [*zip(fields, cells, strict=False)]
        if self._dated is not None and self._dated < len(cells):
            cell = cells[self._dated]
            text, date = split_date(cell.text)
            parts[self._dated] = ("venue", cell._replace(text=text))
            parts.append(("date", Inline(date)))
        return read_papers(parts, name=name, section=self._section, day_first=self._day_first)

    def _paper(self, row: Row, cells: Sequence[Inline], read: PaperFields) -> Paper:
        by_field: dict[Field, Inline] = {
            field: cells[index] for field, index in self._column.items() if index < len(cells)
        }
        number, number_text, count, glyph = self._number_and_stars(by_field)
        introduction = self._raw(row, "introduction")
        return Paper(
            id=number,
            id_text=number_text,
            stars=count,
            star_glyph=glyph,
            title=read.title,
            name=read.name,
            url=read.url,
            arxiv=read.arxiv,
            doi=read.doi,
            openreview_id=read.openreview_id,
            code=read.code,
            authors=read.authors,
            year=read.year,
            year_from=read.year_from,
            date=read.date,
            date_text=read.date_text,
            venue=read.venue,
            links=read.links,
            introduction=introduction,
            introduction_text=by_field["introduction"].text if introduction else None,
            extra={
                name: cell.raw
                for name, field, cell in zip(self._names, self._fields, row.cells, strict=False)
                if field is None and cell.raw
            },
            surplus=tuple(cell.raw for cell in row.cells[len(self._names) :]),
            section=self._section,
            table=self._number,
            span=row.span,
            line=row.line,
        )

    def _raw(self, row: Row, field: Field) -> str | None:
        index = self._column.get(field, len(row.cells))
        return (row.cells[index].raw or None) if index < len(row.cells) else None

    def _number_and_stars(
        self, by_field: Mapping[Field, Inline]
    ) -> tuple[int | None, str | None, int | None, str | None]:
        count = 0
        glyph = None
        if "stars" in by_field:
            text = by_field["stars"].text
            if self._has_ratings and text:
                count = self._rating(text) or 0
            else:
                read = stars.read_stars(text, asterisks=self._asterisks)
                count, glyph = read.count, read.glyph
        number_text = by_field["id"].text if "id" in by_field else ""
        if number_text:
            read = stars.read_stars(number_text, asterisks=self._asterisks)
            number_text = read.rest
            if glyph is None and read.glyph:
                count, glyph = read.count, read.glyph
        match = _NUMBER.fullmatch(number_text)
        return (
            int(match[1]) if match else None,
            (match[1] if match else number_text.strip(SPACES)) or None,
            count if self._has_stars or self._has_ratings else None,
            glyph,
        )


def _says_anything(cells: Sequence[Inline]) -> bool:
    """Whether a row has more than dashes and links that lead nowhere."""
    return any(
        (cell.text and not labels.says_none(cell.text))
        or any(leads_anywhere(link.url) for link in cell.links)
        for cell in cells
    )


def _leads_somewhere(cells: Sequence[Inline]) -> bool:
    """Whether a row links to anything."""
    return any(
        link.kind != "image" and leads_anywhere(link.url) for cell in cells for link in cell.links
    )


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names, a second one of the same kind marked: Link, Link (2)."""
    seen = Counter[str]()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})".strip())
    return tuple(unique)
