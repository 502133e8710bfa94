"""Plain text and URLs as inline Markdown that reads as them: the one place that escapes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .source import LINE_END, SPACES

# What begins or ends a construct of inline Markdown anywhere, a pipe that ends a cell among it.
_ALWAYS = r"[\\`*\[\]<|~]"
_TEXT = re.compile(
    _ALWAYS
    + r"|(?<![^\W_])_|_(?![^\W_])"  # between letters it is no emphasis
    + r"|&(?=\#?[A-Za-z0-9]+;)"  # &amp; would be read as &
    + r"|:(?=//)|\.(?<=[Ww][Ww][Ww]\.)"  # bare URLs begin so
)
_IN_URL = re.compile(r"[\\<>|]|&(?=\#?[A-Za-z0-9]+;)")
_IN_TITLE = re.compile(r'[\\"|]|&(?=\#?[A-Za-z0-9]+;)')
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")
# How deep parentheses in a URL may be nested: GitHub's parser gives up at 32.
_NESTED = 30
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def escape_text(text: str, line_end: str = "<br>") -> str:
    r"""Plain text as Markdown; a line end becomes ``line_end``.

    >>> escape_text("f(a|b) = [x_i]*2, R&D & see https://a.org")
    'f(a\\|b) = \\[x_i\\]\\*2, R&D & see https\\://a.org'
    """
    return _escaped(text.strip(" \t\r\n"), line_end)


def escape_heading(text: str) -> str:
    r"""Plain text as the Markdown of a heading, whose last ``#`` would be taken for its end.

    >>> escape_heading("C #"), escape_heading("a|b")
    ('C \\#', 'a|b')
    """
    escaped = escape_text(text, " ").replace(r"\|", "|")
    return escaped[:-1] + r"\#" if escaped.endswith("#") else escaped


def escape_url(url: str) -> str:
    r"""A URL as the destination of a link, in a cell or elsewhere; empty if the URL is.

    >>> escape_url("https://a.org/b_(c)?d|e"), escape_url("https://a.org/:)"), escape_url("a b")
    ('https://a.org/b_(c)?d\\|e', '<https://a.org/:)>', '<a b>')
    """
    escaped = _IN_URL.sub(r"\\\g<0>", "".join(_lines(url)))
    plain = not _SPACE_OR_CONTROL.search(url) and _is_balanced(url)
    return escaped if plain else f"<{escaped}>"


def _is_balanced(url: str) -> bool:
    """Whether Markdown takes the parentheses in a URL as part of it."""
    depth = 0
    for sign in url:
        depth += (sign == "(") - (sign == ")")
        if not 0 <= depth <= _NESTED:
            return False
    return depth == 0


def escape_title(title: str) -> str:
    r"""Plain text as the title of a link, with its quotation marks.

    >>> escape_title('the "best"')
    '"the \\"best\\""'
    """
    escaped = _IN_TITLE.sub(r"\\\g<0>", " ".join(_lines(title)))
    return f'"{escaped}"'


def link(text: str, url: str, line_end: str = " ") -> str:
    """A link in a cell, made of plain text and a URL."""
    return f"[{escape_text(text, line_end)}]({escape_url(url)})"


def linked_text(text: str, links: Sequence[tuple[str, str]]) -> str:
    r"""Plain text as a cell, with links on some of its words.

    Args:
        text: the text.
        links: text and URL of each link, in their order. One whose text is not in the text is
            written after it, as a link without words.

    >>> linked_text("J. Doe, K. Roe", [("K. Roe", "https://k.org"), ("x", "https://x.org")])
    'J. Doe, [K. Roe](https://k.org) [](https://x.org)'
    """
    if not links:
        return escape_text(text)
    text = text.strip(" \t\r\n")
    parts: list[str] = []
    wordless: list[str] = []
    place = 0
    for words, url in links:
        start = text.find(words, place) if words.strip(" \t\r\n") else -1
        if start < 0:
            wordless.append(link("", url))
            continue
        before = _escaped(text[place:start])
        # An exclamation mark before it would make an image of a link.
        parts.append(f"{before[:-1]}\\!" if before.endswith("!") else before)
        parts.append(link(words, url, "<br>"))
        place = start + len(words)
    parts.append(_escaped(text[place:]))
    return " ".join(["".join(parts), *wordless]).strip(" ")


def _escaped(text: str, line_end: str = "<br>") -> str:
    """Plain text as Markdown, the spaces at its ends kept."""
    return line_end.join(_TEXT.sub(r"\\\g<0>", line) for line in _lines(text))


def _lines(text: str) -> list[str]:
    """The lines of a text, without the spaces around line ends."""
    lines = LINE_END.split(text)
    lines[1:] = [line.lstrip(SPACES) for line in lines[1:]]
    lines[:-1] = [line.rstrip(SPACES) for line in lines[:-1]]
    return lines


def fit_cell(markdown: str) -> str:
    r"""Markdown as a cell can hold it: in one line, and no pipe in it that ends the cell.

    >>> fit_cell("a | b\nc")
    'a \\| b<br>c'
    """
    lines = _lines(markdown.strip(" \t\r\n"))
    # A backslash would escape the <br> after it.
    lines[:-1] = [f"{line} " if line.endswith("\\") else line for line in lines[:-1]]
    return _BARE_PIPE.sub(r"\\|", "<br>".join(lines))
