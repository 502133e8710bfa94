"""Texts made to hurt: each a function of a size in characters, the larger the worse.

`tests/test_hostile_sizes.py` feeds them to every command and compares how time grows;
``python -m benchmarks.hostile`` measures the big ones.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = "| ID | Paper |\n| - | ---\n"  # format has something to do
ROW = "| 1★ | [A](https://arxiv.org/abs/1706.03762) |\n"

LIST = HEAD + ROW
FORMATTED = LIST.replace("---\n", "--- |\n")
# The commands that take a file, as each would write to it.
COMMANDS = {
    "show": ["show"],
    "export": ["export"],
    "repair": ["repair", "-i"],
    "lint": ["lint", "--strict", "--today", "2026-01-01"],
    "lint --fix": ["lint", "--fix", "--unsafe-fixes", "--strict", "--today", "2026-01-01"],
    "format": ["format", "-i"],
    "normalize": ["normalize", "-i", "--today", "2026-01-01"],
}

Maker = Callable[[int], str]


def _cell(content: str) -> str:
    return f"{HEAD}| 1 | {content} |\n"


def _repeated(piece: str) -> Maker:
    """A cell that holds one piece over and over."""
    return lambda size: _cell(piece * (size // len(piece)))


def _lines(line: str, head: str = "") -> Maker:
    return lambda size: head + line * (size // len(line))


def _numbered_rows(size: int) -> str:
    return HEAD + "".join(
        f"| {number} | [P{number}](https://a.org/{number}) |\n" for number in range(size // 30)
    )


def _deep_lists(size: int) -> str:
    # Indentation makes the text grow with the square of the depth.
    depth = int(size**0.5)
    return "".join("  " * level + "- a\n" for level in range(depth)) + "\n" + HEAD + ROW


def _wide_row(size: int) -> str:
    return HEAD + "| a " * (size // 4) + "|\n"


def _wide_table(size: int) -> str:
    width = size // 12
    return "| a " * width + "|\n" + "| - " * width + "|\n" + "| b " * width + "|\n"


def _wide_header_many_short_rows(size: int) -> str:
    """A table whose cells, when missing ones are filled in, grow with the square of its text."""
    width = rows = size // 12
    return "|a" * width + "|\n" + "|-" * width + "|\n" + "|b|\n" * rows


def _unclosed(opening: str, *, in_cell: bool = False) -> Maker:
    if in_cell:
        return lambda size: _cell(opening * (size // len(opening)))
    return lambda size: HEAD + ROW + "\n" + opening + "x\n" * (size // 2)


def _distinct(template: str, head: str = HEAD) -> Maker:
    """Lines that each differ from all others."""

    def make(size: int) -> str:
        count = size // (len(template) + 4)
        return head + "".join(template.replace("#", str(number)) + "\n" for number in range(count))

    return make


MAKERS: dict[str, Maker] = {
    "one line": lambda size: "x" * size,
    "one line of Chinese": lambda size: "文" * size,
    "one garbled line": lambda size: "æ–‡" * (size // 3),
    "one line of bytes that no code page has": lambda size: "Ã\x81â€\x9d" * (size // 5),
    "one line of words": lambda size: "word " * (size // 5),
    "line ends": lambda size: "\n" * size,
    "carriage returns": lambda size: "\r" * size,
    "next lines": lambda size: "\u0085" * size,
    "blanks": lambda size: " " * size,
    "blanks in a cell": lambda size: _cell("a" + " " * size + "b"),
    "no-break spaces in a cell": lambda size: _cell("a" + "\u00a0" * size + "b"),
    "pipes": lambda size: "|" * size,
    "backslashes": lambda size: _cell("\\" * size),
    "escaped pipes": _repeated(r"\|"),
    "dashes": lambda size: "| a |\n|" + "-" * size + "|\n| b |\n",
    "a row of cells": _wide_row,
    "a table of columns": _wide_table,
    "rows": _numbered_rows,
    "the same row": _lines(ROW, HEAD),
    "rows without pipes": _lines("a\n", HEAD),
    "rows of broken links": _distinct("| # | [a](https://a.org/#"),
    "tables": _lines("| a |\n| - |\n| b |\n\n"),
    "tables in a paragraph": _lines("| a |\n| - |\n# b\n"),
    "delimiter rows": _lines("|-|\n"),
    "headers without delimiter rows": _lines("| a | b |\n"),
    "headings": _lines("# a\n"),
    "numbered headings": _distinct("## #. Heading", ""),
    "list items": _lines("- a\n"),
    "lists in lists": _deep_lists,
    "quotes in quotes": lambda size: ">" * int(size**0.5) * 2 + " a\n" + HEAD + ROW,
    "brackets": _repeated("["),
    "closing brackets": _repeated("]"),
    "brackets in brackets": lambda size: _cell("[" * (size // 2) + "a" + "]" * (size // 2)),
    "links in links": lambda size: _cell("[" * (size // 6) + "a" + "](b)" * (size // 6)),
    "images in images": lambda size: _cell("![" * (size // 6) + "a" + "](b)" * (size // 6)),
    "emphasis in emphasis": lambda size: _cell("*a " * (size // 6) + " b*" * (size // 6)),
    "strong in strong": lambda size: _cell("**a " * (size // 8) + " b**" * (size // 8)),
    "emphasis of two kinds": _repeated("*a _b "),
    "strikethrough of two kinds": _repeated("~a ~~b c~d~~e "),
    "emphasis and strikethrough": lambda size: _cell(
        "*a ~b " * (size // 12) + "c~ d* " * (size // 12)
    ),
    "tildes": lambda size: _cell("~" * size),
    "asterisks that close asterisks": lambda size: _cell(
        "*" * (size // 2) + "a" + "*" * (size // 2)
    ),
    "stars and letters": _repeated("*a**b"),
    "links begun": _repeated("[a]("),
    "links of angles begun": _repeated("[a](<b"),
    "links of parentheses": _repeated("[a](b("),
    "titles begun": _repeated('[a](b "'),
    "images begun": _repeated("![a]("),
    "code begun": lambda size: _cell(
        "".join("`" * count + "a" for count in range(1, int((2 * size) ** 0.5)))
    ),
    "code": _repeated("`a` "),
    "angles": _repeated("<"),
    "tags begun": _repeated("<a "),
    "attributes": lambda size: _cell("<a " + "b " * (size // 2)),
    "comments begun": _repeated("<!--"),
    "comments": _repeated("<!-- a -->"),
    "declarations begun": _repeated("<!A "),
    "instructions begun": _repeated("<?"),
    "character data begun": _repeated("<![CDATA["),
    "entities": _repeated("&amp;"),
    "ampersands": _repeated("&a"),
    "stars": lambda size: HEAD + "| 1" + "★" * size + " | A |\n",
    "asterisks": lambda size: HEAD + "| 1 " + "*" * size + " | A |\n",
    "digits": lambda size: HEAD + "| " + "1" * size + " | A |\n",
    "a URL": lambda size: _cell("https://a.org/" + "b" * size),
    "a URL of slashes": lambda size: _cell("https://a.org" + "/" * size),
    "a URL of parameters": lambda size: _cell("https://a.org/?" + "a=b&" * (size // 4)),
    "a URL of dots": lambda size: _cell("https://" + "a." * (size // 2)),
    "a URL of brackets": lambda size: _cell("[a](https://a.org/" + "(" * size + ")"),
    "a linked URL": lambda size: _cell("[a](https://a.org/" + "b" * size + ")"),
    "URLs": _repeated("https://a.org "),
    "URLs that take in the next one": _repeated("http://a.b/c，"),
    "glued URLs": _repeated("https://a.org/"),
    "URLs in URLs": _repeated("https://a.org/?u="),
    "links": _repeated("[a](https://b.org) "),
    "glued links": _repeated("[a](https://b.org)"),
    "links whose fix would harm": _repeated("[x]([ https://a.org](https://a.org)) [a ](b) "),
    "lines with such links": _distinct("[x]([ https://a.org/#](https://a.org/#)) [a ](b)\n", ""),
    "links to tell apart": _distinct("| # | [a#](https://a.org/#) |"),
    "the same paper": _distinct("| # | [A](https://arxiv.org/abs/1706.03762) |"),
    "titles of one paper": _distinct("| # | [A#](https://arxiv.org/abs/1706.03762) |"),
    "references": _distinct("[a#]: https://a.org/#", ""),
    "references asked for": _repeated("[a][b]"),
    "footnotes": _repeated("[^1]"),
    "hidden characters that keep emphasis": _repeated("*a\u200b* "),
    "hidden characters between words": _distinct("GPT\u200b模型#，x\u200by\n", ""),
    "controls": _repeated("\x1b[31m"),
    "zero-width characters": lambda size: _cell("\u200b" * size),
    "zero-width characters between letters": _repeated("a\u200b"),
    "right-to-left overrides": _repeated("a\u202e"),
    "combining marks": lambda size: _cell("a" + "\u0301" * size),
    "replacement characters": lambda size: _cell("\ufffd" * size),
    "radicals": lambda size: _cell("\u2f00" * size),
    "full-width letters": lambda size: _cell("Ａ" * size),
    "Chinese and Latin": _repeated("文a"),
    "parentheses": lambda size: _cell("(" * size),
    "closed parentheses": lambda size: _cell("(" * (size // 2) + ")" * (size // 2)),
    "ignore comments": _distinct("| # | A <!-- llmpaper-md: ignore dead-host --> |"),
    "switches": _lines("<!-- llmpaper-md: disable dead-host -->\n"),
    "a fence never closed": _unclosed("```\n"),
    "a comment never closed": _unclosed("<!-- "),
    "HTML never closed": _unclosed("<div>\n"),
    "front matter never closed": lambda size: "---\n" + "a: b\n" * (size // 5),
    "HTML blocks": _lines("<div>\n"),
    "tables in HTML": _lines("| a |\n", "<div>\n"),
    "fences": _lines("```\n"),
    "fences in a quote": _lines("> ```\n"),
    "title words": lambda size: _cell("[" + "WORD " * (size // 5) + "](https://a.org)"),
    "badges": _repeated("[![a](b)](c)"),
    "DOIs": _repeated("https://doi.org/10.1000/"),
    "a DOI of dots": lambda size: _cell("https://a.org/" + "10.1" * (size // 4)),
    "arXiv addresses": _repeated("arxiv.org/abs/"),
    "labels of a host": lambda size: _cell("[a](https://" + "a." * (size // 2) + "org)"),
    "percents": lambda size: _cell("https://a.org/10.%" + "%41" * (size // 3)),
}


def said(capsys: pytest.CaptureFixture[str]) -> str:
    err = capsys.readouterr().err
    assert "Traceback" not in err
    return err
