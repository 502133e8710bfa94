"""What GitHub's own parser makes of a text, for comparison."""

from __future__ import annotations

from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

# What begins or ends a line where a browser shows it.
_BLOCK_TAGS = frozenset("dd details div dl dt li ol p summary ul".split())


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        else:
            self._block_tag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip(" \t\n\v\f\r"))
            self._cell = None
        else:
            self._block_tag(tag)

    def _block_tag(self, tag: str) -> None:
        if tag in _BLOCK_TAGS and self._cell and not self._cell[-1].endswith("\n"):
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def html(text: str) -> str:
    """The HTML of a text, raw HTML in it kept, with footnotes as on github.com."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    rendered: str = cmarkgfm.github_flavored_markdown_to_html(text, options)
    return rendered


def tables(text: str) -> list[list[list[str]]]:
    """The plain text of the cells of each row of each table, header first."""
    parser = _Tables()
    parser.feed(html(text))
    parser.close()
    return parser.tables
