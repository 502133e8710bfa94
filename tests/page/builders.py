"""Lists and what their pages show, for the tests of pages."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"


GARBLED, REPAIRED = FIXTURES / "README.garbled.md", FIXTURES / "README.repaired.md"


LIST = "# 列表\n\n| ID | Paper | Introduction |\n| - | - | - |\n"


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text in each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.setdefault(tag, []).append("")
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside][-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> set[str]:
        return {attributes["href"] for attributes in self.all("a")}


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><svg onload=alert(1)>",
    '" onfocus="alert(1)" autofocus="',
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:x)",
    "[click](//evil.example/x)",
    "[click](file:///etc/passwd)",
    "<a href='javascript:alert(1)'>click</a>",
    "![x](https://evil.example/pixel.png)",
    "{{ 7 * 7 }}{% raw %}",
    "</script><script>alert(1)</script>",
    "<!-- <script>alert(1)</script>",
    "]]><style>*{display:none}</style>",
]
