"""From tables to papers: which tables list papers, and what each row says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ..source import SPACES, Source, as_source
from . import links, stars, titles
from .blocks import Heading, References, read_blocks
from .columns import Field, assign_fields, check_names, is_name
from .document import Document, Entry, Paper, Table
from .inline import Inline, cell_excerpt, read_inline
from .paper_fields import read_fields
from .sections import Section, list_title, read_sections
from .tables import Grid, Row


def parse(
    text: str | Source | Document,
    *,
    columns: Mapping[Field, Sequence[str]] | None = None,
    max_stars: int = stars.MAX_STARS,
) -> Document:
    """Read a Markdown list of papers.

    Args:
        text: the Markdown, a `Source` that holds it, or a `Document`, whose text is parsed again.
        columns: names of columns that the list uses in addition to the known ones, by field:
            ``id``, ``stars``, ``title``, ``introduction``, ``authors``, ``year``, ``date``,
            ``venue``, ``code`` or ``links``.
        max_stars: the most stars that the list gives. A column of numbers up to this one may be
            a rating. Stars that are drawn are counted as they are, however many.

    Returns:
        Its sections, tables and papers, each with its place: lines from 1, spans in code points.

    Raises:
        ConfigError: ``columns`` are no lists of names by field.

    >>> document = parse('''
    ... ## 2.1 Attention
    ... | ID    | Paper                                              | Notes |
    ... | ----- | -------------------------------------------------- | ----- |
    ... | 01★★★ | [Attention](https://arxiv.org/abs/1706.03762v5)    | 原始  |
    ... ''')
    >>> paper = document.papers[0]
    >>> paper.id, paper.id_text, paper.stars, paper.title, paper.arxiv_id, paper.section
    (1, '01', 3, 'Attention', '1706.03762', ('Attention',))

    """
    check_names(columns or {})
    source = as_source(text)
    found = read_blocks(source)
    headings = (block for block in found.blocks if isinstance(block, Heading))
    sections = read_sections(headings, found.references)
    tables: list[Table] = []
    entries: list[Entry] = []
    outermost = 1 if list_title(sections) else 0
    upcoming = iter(sections)
    section: Section | None = None
    for block in found.blocks:
        if isinstance(block, Heading):
            section = next(upcoming)
            continue
        number = len(tables) + 1
        reader = _TableReader(block, number, section, found.references, columns, max_stars)
        tables.append(reader.named)
        entries += reader.entries(section.path[outermost:] if section else ())
    return Document(
        source, found, tuple(sections), tuple(tables), tuple(entries), columns or None, max_stars
    )


def as_document(
    text: str | Source | Document,
    columns: Mapping[Field, Sequence[str]] | None = None,
    max_stars: int = stars.MAX_STARS,
) -> Document:
    """The list: parsed with these arguments of `parse`, or as it is where it was parsed before."""
    if isinstance(text, Document):
        return text
    return parse(text, columns=columns, max_stars=max_stars)


def parse_again(document: Document, text: str) -> Document:
    """A new text of a list, parsed as the list was."""
    if text == document.source.text:
        return document
    source = Source.of(text, document.source.name)
    return parse(source, columns=document.columns, max_stars=document.max_stars)


_NUMBER = re.compile(r"[\W_]*(?:no[\W_]*)?(\d{1,9})[\W_]*", re.IGNORECASE)
# A column of stars may hold numbers up to the scale's end; larger ones are GitHub's counts.
_RATING = re.compile(r"(\d{1,3})(?:\s*/\s*(\d{1,3}))?")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_STARRED: tuple[Field, ...] = ("stars", "id")


class _TableReader:
    """Reads the rows of one table, with what has to be known of the table as a whole."""

    def __init__(
        self,
        table: Grid,
        number: int,
        section: Section | None,
        references: References,
        columns: Mapping[Field, Sequence[str]] | None,
        max_stars: int,
    ) -> None:
        self._max_stars = max_stars
        self._section = section.path if section else ()
        self._number = number
        header = [read_inline(cell_excerpt(cell), references).text for cell in table.header.cells]
        names = _unique(header)
        self._rows = [
            [
                read_inline(
                    cell_excerpt(cell),
                    references,
                    cell=names[index] if index < len(names) else None,
                )
                for index, cell in enumerate(row.cells)
            ]
            for row in table.rows
        ]
        fields = self._assign(header, columns)
        inlines = tuple(map(tuple, self._rows))
        self.named = Table(table, number, section, names, fields, inlines)
        self._column: dict[Field, int] = {}
        for index, field in enumerate(self.named.fields):
            if field:
                self._column.setdefault(field, index)
        self._name = next((i for i, name in enumerate(names) if is_name(name)), None)
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
        starred = [index for index, field in enumerate(fields) if field == "stars"]
        counted = next(filter(self._holds_stars, starred), None)
        for index in starred:
            fields[index] = "stars" if index == counted else None
        if "title" not in fields:
            title = self._title_column(header, fields)
            if title is None:
                return tuple(None for _ in fields)
            fields[title] = "title"
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

    def _title_column(self, header: list[str], fields: list[Field | None]) -> int | None:
        """The column of titles in a table whose rows mostly link to papers, or None."""
        rows = [row for row in self._rows if any(cell.text or cell.links for cell in row)]
        linked: dict[int, list[str]] = defaultdict(list)
        linked_rows = 0
        for row in rows:
            own = {
                index
                for index, cell in enumerate(row[: len(header)])
                for link in cell.links
                if link.kind != "image" and links.is_paper(link.url)
            }
            linked_rows += bool(own)
            for index in own:
                linked[index] += (link.text for link in titles.title_links(row[index])[:1])
        if linked_rows * 2 <= len(rows) or not linked_rows:
            return None
        free = [index for index, field in enumerate(fields) if field in (None, "links")]
        titled = [
            index
            for index in free
            if len(texts := linked[index]) * 2 >= linked_rows
            # Links that all say the same say what they are, not what the papers are called.
            and (len(texts) == 1 or len(set(texts)) > 1)
        ]
        if titled:
            return max(titled, key=lambda index: (len(linked[index]), -index))
        for index in free:
            if is_name(header[index]):
                return index
        return next((index for index in free if self._holds_words(index)), next(iter(free), None))

    def _holds_words(self, column: int) -> bool:
        """Whether most cells of a column say something in words."""
        cells = [row[column] for row in self._rows if column < len(row)]
        worded = sum(
            not titles.says_nothing(cell) and bool(_LETTERS.search(titles.read_title(cell)))
            for cell in cells
        )
        return worded * 2 > len(cells)

    def entries(self, section_path: tuple[str, ...]) -> list[Entry]:
        if self.named.kind != "papers":
            return []
        return [
            Entry(self._paper(row, cells), self.named, row, cells, section_path)
            for row, cells in zip(self.named.grid.rows, self.named.inlines, strict=True)
            if not row.is_empty
        ]

    def _paper(self, row: Row, cells: Sequence[Inline]) -> Paper:
        by_field: dict[Field, Inline] = {
            field: cells[index] for field, index in self._column.items() if index < len(cells)
        }
        name = cells[self._name] if self._name is not None and self._name < len(cells) else None
        # Cells beyond the last column belong to no field, and link to what they will.
        fields = (*self.named.fields, *(None,) * (len(cells) - len(self.named.fields)))
        read = read_fields(
            [*zip(fields, cells, strict=False)],
            name=name,
            section=self._section,
        )
        number, number_text, count, glyph = self._number_and_stars(by_field)
        introduction = self._raw(row, "introduction")
        return Paper(
            id=number,
            id_text=number_text,
            stars=count,
            star_glyph=glyph,
            title=read.title,
            url=read.url,
            arxiv=read.arxiv,
            doi=read.doi,
            openreview_id=read.openreview_id,
            code=read.code,
            authors=read.authors,
            year=read.year,
            date=read.date,
            venue=read.venue,
            links=read.links,
            introduction=introduction,
            introduction_text=by_field["introduction"].text if introduction else None,
            extra={
                name: cell.raw
                for name, field, cell in zip(
                    self.named.names, self.named.fields, row.cells, strict=False
                )
                if field is None and cell.raw
            },
            surplus=tuple(cell.raw for cell in row.cells[len(self.named.names) :]),
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


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names, a second one of the same kind marked: Link, Link (2)."""
    seen = Counter[str]()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})".strip())
    return tuple(unique)
