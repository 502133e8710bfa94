"""How a paper is named on a terminal."""

from __future__ import annotations

from ..reading.document import Paper
from ..unprintable import printable


def on_one_line(text: str) -> str:
    """The text on one line, safe to print."""
    return printable(text.replace("\t", " "))


def title_or_url(paper: Paper) -> str:
    """The title of a paper, or its URL if it has none, safe to print."""
    return on_one_line(paper.title or paper.url or "(no title)")


def identifier(paper: Paper) -> str:
    """The arXiv identifier or the DOI of a paper, safe to print; empty if it has neither.

    >>> identifier(Paper(title="A", doi="10.1000/a"))
    'doi:10.1000/a'
    """
    if paper.arxiv_id:
        return f"arXiv:{paper.arxiv_id}"
    return f"doi:{on_one_line(paper.doi)}" if paper.doi else ""
