"""BibTeX: an entry for each row of a paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from ..errors import LLMPaperError
from ..reading.document import Paper
from ..words import counted
from . import tex
from .documents import Readable, as_documents

_NOT_IN_KEY = re.compile(r"[^a-z0-9.]+")
_WORD = re.compile(r"[a-z0-9]+")
_KEY_WORDS = 6
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_IN = re.compile(r"^In\s+(?:the\s+)?(?=[A-Z])")


def to_bibtex(documents: Readable | Iterable[Readable]) -> str:
    r"""The papers of one or more lists as BibTeX: ``@misc`` entries in UTF-8.

    Every paper is an entry, even if it is in two rows. The key is made from the arXiv identifier,
    the DOI or the title; further entries with the same key get a, b, …. Entries have only what is
    in the list: no author is made up. ``year`` is that of the list, or else that of the arXiv
    identifier, ``month`` a number, ``howpublished`` the venue; ``code`` are the repositories,
    ``keywords`` the sections and the stars, ``note`` is the introduction in plain text. A paper
    without title, link and identifier is left out.

    Args:
        documents: one list or several, as text, `Source` or `Document`.

    Returns:
        The entries; empty if there are none.

    Raises:
        LLMPaperError: bibtexparser 2, from the extra ``bibtex``, is not installed.

    >>> print(to_bibtex("| Paper |\n| - |\n| [A & B](https://arxiv.org/abs/1706.03762) |"))
    @misc{arxiv-1706.03762,
      title = {{A \& B}},
      year = {2017},
      eprint = {1706.03762},
      archivePrefix = {arXiv},
      url = {https://arxiv.org/abs/1706.03762}
    }
    <BLANKLINE>
    """
    try:
        from bibtexparser import Library, write_string
        from bibtexparser.middlewares import AddEnclosingMiddleware
        from bibtexparser.model import Entry, Field
        from bibtexparser.writer import BibtexFormat
    except ImportError:  # version 1 has none of these names
        raise LLMPaperError("BibTeX needs pip install 'llmpaper-md[bibtex]'") from None

    form = BibtexFormat()
    form.indent = "  "
    form.block_separator = "\n"
    enclosing = AddEnclosingMiddleware(
        reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{"
    )
    entries = [
        Entry("misc", key, [Field(name, value) for name, value in fields])
        for key, fields in _entries(documents)
    ]
    text: str = write_string(Library(entries), unparse_stack=[enclosing], bibtex_format=form)
    return text


def _entries(
    documents: Readable | Iterable[Readable],
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    taken: set[str] = set()
    repeated: dict[str, int] = {}
    for document in as_documents(documents):
        for paper in document.papers:
            if not (paper.title or paper.url or paper.arxiv or paper.doi):
                continue
            stem = key = _key(paper)
            while key in taken:
                key = f"{stem}{_letters(repeated.get(stem, 0))}"
                repeated[stem] = repeated.get(stem, 0) + 1
            taken.add(key)
            yield key, [(name, value) for name, value in _fields(paper) if value]


def _key(paper: Paper) -> str:
    """In lower case: BibTeX keys must differ in more than case."""
    if paper.arxiv:
        return f"arxiv-{_safe(paper.arxiv.id)}"
    if paper.doi:
        return f"doi-{_safe(paper.doi)}"
    words = _WORD.findall((paper.title or "").lower())
    if any(map(str.isalpha, words)):
        return "-".join(words[:_KEY_WORDS])
    # A Chinese title has no letters that every program accepts in a key.
    named = paper.title or paper.url or ""
    return f"paper-{zlib.crc32(named.encode('utf-8', 'surrogatepass')):08x}"


def _safe(identifier: str) -> str:
    return _NOT_IN_KEY.sub("-", identifier.lower())


def _letters(number: int) -> str:
    """The letters a, b, … z, aa, ab, … by their number from 0."""
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.title:
        # In its own braces, or styles would lower-case its capitals.
        yield "title", f"{{{tex.tex(paper.title)}}}"
    yield "author", tex.authors(paper.authors or "")
    yield "year", str(paper.year or "")
    if month := _MONTH.match(paper.date or ""):
        yield "month", str(int(month[2])) if int(month[1]) == paper.year else ""
    yield "howpublished", tex.tex(_IN.sub("", paper.venue or ""))
    if paper.arxiv:
        yield "eprint", paper.arxiv.id
        yield "archivePrefix", "arXiv"
    yield "doi", tex.verbatim(paper.doi or "")
    yield "url", tex.verbatim(paper.url or "")
    yield "code", " ".join(map(tex.verbatim, paper.code))
    yield "keywords", ", ".join(_keywords(paper))
    yield "note", tex.tex(paper.introduction_text or "")


def _keywords(paper: Paper) -> Iterator[str]:
    for title in paper.section:
        # A comma would end the keyword.
        if keyword := tex.tex(title.replace(",", " ")):
            yield keyword
    if paper.stars is not None:
        yield counted(paper.stars, "star")
