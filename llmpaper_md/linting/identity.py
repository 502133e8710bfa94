"""When two rows speak of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import normalize

from ..columns import is_name
from ..document import Paper
from ..links import canonical, host, is_paper
from .context import PaperRow, PaperTable

# Shorter titles (Introduction, GPT-4) are not enough to say that two rows are one paper.
_LONG = 16
_CHINESE = 3  # what a Chinese character counts for


@lru_cache(4096)  # of one title several times, by several rules
def title_key(title: str) -> str:
    """A title without what may differ: case, width, blanks and punctuation.

    >>> title_key("GPT‑4: A  Report ") == title_key("gpt4 a report")
    True
    """
    return "".join(filter(str.isalnum, normalize("NFKC", title).casefold()))


def is_long(key: str) -> bool:
    """Whether a title, as `title_key` makes it, is long enough to be the name of one paper only."""
    if len(key) >= _LONG or len(key) * _CHINESE < _LONG:
        return len(key) >= _LONG
    return len(key) + (_CHINESE - 1) * sum("\u3400" <= char <= "\u9fff" for char in key) >= _LONG


def paper_key(paper: Paper) -> str | None:
    """The canonical key of a paper: an identifier if it has one, else that of its main URL."""
    main = canonical(paper.url) if paper.url else None
    if main and main.startswith(("arxiv:", "doi:", "openreview:")):
        return main
    if paper.arxiv_id:
        return f"arxiv:{paper.arxiv_id.lower()}"
    if paper.doi:
        return f"doi:{paper.doi}"
    if paper.openreview_id:
        return f"openreview:{paper.openreview_id}"
    return main


def is_identifier(key: str) -> bool:
    """Whether a canonical key is an identifier and not a URL."""
    return key.startswith(("arxiv:", "doi:", "openreview:"))


def first_seen(rows: Iterable[PaperRow]) -> Iterator[tuple[PaperRow, PaperRow, str]]:
    """Each row whose paper stood in a row before: the row, the first such, and what they share.

    A page that is no paper is shared by many (the repository of a family of models): there the
    titles have to be the same too. Of two identifiers that differ, none is a slip.
    """
    by_key: dict[str, PaperRow] = {}
    by_title: dict[str, PaperRow] = {}
    for row in rows:
        key, title = paper_key(row.paper), title_key(row.paper.title or "")
        first = None
        shared = key or ""
        if key:
            own = key
            if not (is_identifier(key) or is_paper(row.paper.url or "")):
                own = f"{key}\n{title}"
            first = by_key.setdefault(own, row)
            first = None if first is row else first
        if is_long(title):
            namesake = by_title.setdefault(title, row)
            if first is None and namesake is not row and not _apart(namesake.paper, row.paper):
                first, shared = namesake, "the same title"
        if first:
            yield row, first, shared


def _apart(one: Paper, other: Paper) -> bool:
    """Whether two papers of one title are two nevertheless.

    They are if identifiers of one kind differ, or the authors, or the pages of one site; and
    if neither has a link, the title may be no more than a promise of one.
    """
    pairs = (
        (one.arxiv_id, other.arxiv_id),
        (one.doi, other.doi),
        (one.openreview_id, other.openreview_id),
    )
    if any(a and b and a != b for a, b in pairs):
        return True
    if one.authors and other.authors and title_key(one.authors) != title_key(other.authors):
        return True
    if one.url and other.url:
        return host(one.url) == host(other.url) and canonical(one.url) != canonical(other.url)
    return not (one.url or other.url)


def speaks_of_more(table: PaperTable) -> tuple[int, ...]:
    """The columns by which rows of one paper can be two entries of a table.

    That are those of names (Model, Dataset) and those that no field knows (Task, Size).
    """
    named = table.named
    return tuple(
        index
        for index, (name, field) in enumerate(zip(named.names, named.fields, strict=True))
        if field is None or is_name(name)
    )
