"""The cells of the row that is written for a paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ..escaping import escape_text, fit_cell, link, linked_text
from ..reading import columns, links
from ..reading.columns import Field
from ..reading.document import Paper
from ..reading.labels import is_label
from ..reading.links import Link
from ..reading.stars import EMPTY, FILLED
from ..source import Span
from .definitions import Definitions, kept_cells

# Columns that hold plain text, links in it being of no other use.
_TEXT_FIELDS: tuple[Field, ...] = ("id", "stars", "authors", "year", "date", "venue")


@dataclass(frozen=True, slots=True)
class PaperCells:
    """The cells of a paper: those of columns that every list may have, by field, and the others."""

    own: Mapping[Field, str]
    extra: Mapping[str, str] = field(default_factory=dict)
    surplus: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(chain(self.own.values(), self.extra.values(), self.surplus))


def paper_cells(
    paper: Paper,
    definitions: Definitions,
    fields: Mapping[str, Field | None],
    *,
    rated: bool = False,
) -> PaperCells:
    """Write the cells of a paper.

    Args:
        paper: the paper.
        definitions: those that the list will have.
        fields: what the columns are that links say they are in, of those that are known.
        rated: whether the table says in numbers how many stars its papers have.
    """
    return _Writer(paper, definitions, fields, rated).cells()


class _Writer:
    def __init__(
        self,
        paper: Paper,
        definitions: Definitions,
        fields: Mapping[str, Field | None],
        rated: bool,
    ) -> None:
        self._paper = paper
        self._fields = fields
        self._rated = rated
        self._kept = {
            own.url
            for cell in kept_cells(paper)
            for own in definitions.read(cell).links
            if own.kind != "image"
        }
        self._by_field: dict[Field, list[Link]] = {name: [] for name in _TEXT_FIELDS}
        # What a column of code links to that is no code stays there: elsewhere it might be read as
        # the address of the paper.
        self._beside_code: dict[str, str] = {}
        self._known = {paper.url, *paper.code}
        self._others: list[Link] = []
        for own in paper.links:
            if own.kind == "image" or own.url in self._kept:
                continue
            own_field = self._field(own)
            if own_field in self._by_field:
                self._by_field[own_field].append(own)
            elif own_field == "code" and own.url not in self._known:
                self._beside_code.setdefault(own.url, own.text if own.text != own.url else "")
            else:
                self._others.append(own)

    def _field(self, own: Link) -> Field | None:
        """The field of the column that a link is in."""
        if own.cell is None or own.cell in self._paper.extra:
            return None
        if own.cell in self._fields:
            return self._fields[own.cell]
        named = columns.assign_fields((own.cell,))[0]
        # A column may be called so and hold none: it is another one then.
        return None if named == "stars" and self._paper.stars is None else named

    def cells(self) -> PaperCells:
        paper = self._paper
        texts: dict[Field, str] = {
            "id": _id(paper),
            "stars": self._stars(),
            "authors": paper.authors or "",
            # What a heading or an identifier says need not be said again.
            "year": str(paper.own_year or ""),
            "date": paper.date_text or paper.date or "",
            "venue": paper.venue or "",
        }
        own = {
            name: linked_text(text, [(own.text, own.url) for own in self._by_field[name]])
            for name, text in texts.items()
        }
        title, found, words = self._title_and_links()
        own["title"] = title
        written = [link(text or "link", url) for url, text in found.items()]
        own["links"] = " ".join([*written, *map(escape_text, filter(None, words))])
        own["code"] = self._code({*found, *([paper.url] if paper.url else ())})
        own["introduction"] = (
            fit_cell(paper.introduction)
            if paper.introduction
            else escape_text(paper.introduction_text or "")
        )
        extra = {name: fit_cell(cell) for name, cell in paper.extra.items()}
        return PaperCells(own, extra, tuple(map(fit_cell, paper.surplus)))

    def _stars(self) -> str:
        paper = self._paper
        if paper.star_glyph in EMPTY and not paper.stars:
            return str(paper.star_glyph)
        if self._rated:
            return str(paper.stars or 0)
        glyph = paper.star_glyph if paper.star_glyph in FILLED else FILLED[1]
        return str(glyph) * (paper.stars or 0)

    def _title_and_links(self) -> tuple[str, dict[str, str], list[str]]:
        """The cell of the title, the texts of the links that no other cell has, by URL, and words.

        The words are identifiers that a link would make the paper's URL, though it has another.
        """
        paper = self._paper
        found: dict[str, str] = {}
        for own in self._others:
            if own.url not in self._known and own.url not in self._beside_code:
                found.setdefault(own.url, own.text if own.text != own.url else "")
        # Of several papers that are linked, the first one's identifiers are read.
        found = dict(sorted(found.items(), key=lambda one: not self._is_named_by(one[0])))
        identifiers = self._identifiers([*([paper.url] if paper.url else ()), *found, *self._kept])
        title = escape_text(paper.title or "", " ")
        url = paper.url
        if url is None:
            found |= {lead: text for lead, text, _ in identifiers}
            # Whoever reads the list will take the first of these for where the paper is.
            leads = [*filter(None, found)]
            lead = next(filter(links.is_paper, leads), None) or next(iter(leads), None)
            if lead is None:
                return title, found, []
            text = found.pop(lead)
            if title and self._can_lead(lead, found):
                return link(paper.title or "", lead), found, []
            return title, {lead: text, **found}, []
        if title and self._can_lead(url, [*found, *(lead for lead, _, _ in identifiers)]):
            found |= {lead: text for lead, text, _ in identifiers}
            return link(paper.title or "", url), found, []
        text = next((own.text for own in self._others if own.url == url), "")
        found = {url: text if text != url else "", **found}
        if links.is_paper(url):
            return title, found | {lead: text for lead, text, _ in identifiers}, []
        return title, found, [words for _, _, words in identifiers]

    def _identifiers(self, urls: Sequence[str]) -> list[tuple[str, str, str]]:
        """The identifiers that no URL names: as a URL, what that is called, and in words."""
        paper = self._paper
        made = []
        if paper.arxiv and paper.arxiv not in map(links.arxiv_id_inside, urls):
            version = f"v{paper.arxiv.version}" if paper.arxiv.version else ""
            name = f"{paper.arxiv.id}{version}"
            made.append((f"https://arxiv.org/abs/{name}", "arXiv", f"arXiv:{name}"))
        if paper.doi and paper.doi not in map(links.doi, urls):
            made.append((f"https://doi.org/{paper.doi}", "DOI", f"doi:{paper.doi}"))
        if paper.openreview_id and paper.openreview_id not in map(links.openreview_id, urls):
            url = f"https://openreview.net/forum?id={paper.openreview_id}"
            made.append((url, "OpenReview", ""))
        return made

    def _is_named_by(self, url: str) -> bool:
        paper = self._paper
        return (
            (paper.arxiv is not None and links.arxiv_id_inside(url) == paper.arxiv)
            or (paper.doi is not None and links.doi(url) == paper.doi)
            or (paper.openreview_id is not None and links.openreview_id(url) == paper.openreview_id)
        )

    def _can_lead(self, url: str, found: Collection[str]) -> bool:
        """Whether a title with a link to ``url`` is read as the title, leading there.

        A title that is a word such as PDF, or a year, would be read as the name of the link.
        """
        title = " ".join((self._paper.title or "").split("\n"))
        if not is_label(Link(title, url, "inline", Span(0, 0))):
            return True
        if self._paper.extra:  # one of these columns could be read as that of the names
            return False
        return links.is_paper(url) or not any(map(links.is_paper, found))

    def _code(self, written: Collection[str]) -> str:
        """The repositories, and other code, that no other cell links to."""
        elsewhere = {*written, *self._kept, *self._beside_code}
        repositories = set(map(links.repository, elsewhere))
        linked = {own.url for own in self._others}
        urls = [
            url
            for url in self._paper.code
            if not (links.repository(url) == url and url in elsewhere)
            and not (url in repositories and url not in linked)
        ]
        found = {**dict.fromkeys(urls, "code"), **self._beside_code}
        return " ".join(link(text or "link", url) for url, text in found.items())


def _id(paper: Paper) -> str:
    text = paper.id_text if paper.id_text is not None else paper.id
    return str(text) if text is not None else ""


def own_names(
    fields: Sequence[Field], extra: Sequence[str], candidates: Mapping[Field, Sequence[str]]
) -> list[str]:
    """What the columns of a table are called, so that each is read as what it is.

    Args:
        fields: what the columns are.
        extra: the names of the other columns, which follow.
        candidates: what a column of each field may be called.

    Returns:
        For each field the first name by which it is read, rather than another column.
    """
    free = {f: [name for name in candidates[f] if name not in extra] for f in fields}
    names = [(free[f] or candidates[f])[0] for f in fields]
    for place, own in enumerate(fields):
        for name in free[own]:
            tried = [*names[:place], name, *names[place + 1 :]]
            assigned = columns.assign_fields((*tried, *extra))
            if assigned[place] == own and (own == "stars" or own not in assigned[len(fields) :]):
                names = tried
                break
    return names
