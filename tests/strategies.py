"""What generated texts are made of, for the promises that hold of any text."""

from __future__ import annotations

from hypothesis import strategies as st

from llmpaper_md import (
    Document,
    parse,
)
from tests.builders import LONG, of

LINE_ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])

# --- documents in which tables touch every other kind of block ---------------------------------

TABLES = [
    "|a|\n|-|\n|b|",
    "| a | b |\n|:-|-:|\n| 1 |\n| 2 | 3 | 4 |",
    "a|b\n-|-\nc",
    "|a\\|b|\n|-|",
    "| [A](https://a.org) | `x\\|y` |\n| --- | --- |\n| [1] | [^1] |",
    "|a|\n|-|\n|b|\n|a|\n|-|",
    "a\n:-\nb",
]
BLOCKS = [
    "text",
    "two\nlines",
    "a \\| b",
    "`a \\| b`",
    "a | b",
    "|",
    "[1]: https://a.org",
    "[1]: https://a.org 'title'",
    "[1]: https://a.org\ntext",
    "[1]: https://a.org\n[2]: <https://b.org>",
    "[1]:\nhttps://a.org",
    "[1]: https://a.org\n'title",
    "[1] [2] [^1]",
    "[^1]: note",
    "[^1]: note\n    more",
    "[^1]:",
    "[^1]: [1]: https://a.org",
    "- item",
    "* item\n* item",
    "- a\n\n- b",
    "+",
    "1. item",
    "2) item",
    "1.",
    "- [ ] task",
    "> quote",
    "> quote\nlazy",
    ">",
    "<div>",
    "<div>\ntext\n</div>",
    "</div>",
    "<br>",
    "<p>text</p>",
    "<!-- comment -->",
    "<!-- comment",
    "-->",
    "<?php ?>",
    "<pre>",
    "text <!-- comment -->",
    "# heading",
    "## heading ##",
    "#",
    "title\n===",
    "title\n---",
    "===",
    "---",
    "***",
    "    code",
    "\tcode",
    "    [1]: https://a.org",
    "```\ncode\n```",
    "```",
    "~~~",
    "$$\nx\n$$",
    "$$",
    "---\ntitle: x\n---",
    "<table><tr><td>a</td></tr></table>",
    "text  ",
    "text\\",
    "\\# text",
    "文",
    "\u00a0",
    "\\",
    "  indented",
    "   |c|",
]
_SEPARATORS = st.sampled_from(["\n", "\n", "\n", "\n", "\n\n", "\n \n"])
_MARKERS = st.sampled_from(
    [
        ("> ", "> "),
        (">", ">"),
        ("- ", "  "),
        ("* ", "  "),
        ("1. ", "   "),
        ("-   ", "    "),
        ("[^1]: ", "    "),
        (" ", " "),
        ("   ", "   "),
    ]
)


def _joined(parts: list[str], separators: list[str]) -> str:
    text = parts[0]
    for part, separator in zip(parts[1:], separators, strict=False):
        text += separator + part
    return text


_PLAIN = st.builds(
    _joined,
    st.lists(st.sampled_from(TABLES) | st.sampled_from(BLOCKS), min_size=1, max_size=5),
    st.lists(_SEPARATORS, min_size=4, max_size=4),
)


def _nested(text: str, markers: tuple[str, str], lazy: list[bool]) -> str:
    """A text in a container; some of its lines without the mark of it."""
    first, *others = text.split("\n")
    lines = [markers[0] + first]
    for number, line in enumerate(others):
        bare = number < len(lazy) and lazy[number]
        lines.append(line if bare or not line else markers[1] + line)
    return "\n".join(lines)


_CONTAINED = st.recursive(
    _PLAIN,
    lambda inner: st.builds(
        _nested,
        st.builds(
            _joined,
            st.lists(inner, min_size=1, max_size=2),
            st.lists(_SEPARATORS, min_size=1, max_size=1),
        ),
        _MARKERS,
        st.lists(st.sampled_from([False, False, False, True]), max_size=6),
    ),
    max_leaves=4,
)

DOCUMENTS = st.builds(
    lambda mark, parts, separators, last, end: (
        mark + (_joined(parts, separators) + last).replace("\n", end)
    ),
    st.sampled_from(["", "", "", "\ufeff"]),
    st.lists(_CONTAINED, min_size=1, max_size=3),
    st.lists(_SEPARATORS, min_size=2, max_size=2),
    st.sampled_from(["", "\n", "\n\n"]),
    LINE_ENDS,
)
"""Documents in which tables touch every other kind of block, before and after, nested too."""

# --- lists of papers with whatever is found in cells -------------------------------------------

WORDS = [
    *("Attention", "论文", "模型：", "⽂", "é", "x_i", "C#", "R&D", "AT&T;", "3*4", "e.g."),
    *("שלום", "👨‍👩‍👧", "🎉", "e\u0301", "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffd"),
    *("\u00a0", "\u00ad", "\u0085", "\u2028", "\u3000", "\x01", "\x1b[0m", "\x7f", "\v", "\f"),
]
MARKS = [
    *("*", "**", "_", "__", "~", "~~", "`", "``", "\\", "\\\\", "\\|", "\\*", "|", "<", ">", "["),
    *("]", "(", ")", "](", "![", "[]", "()", "&", "&amp;", "&#124;", "&nbsp;", "#", "!", ":"),
    *("-", "+", "=", ".", ",", ";", "$", "$x$", '"', "'", "^", "{", "}", "/", "<br>", "<!-- x -->"),
    *("<b>b</b>", "<a href='https://a.org'>a</a>", "<img src=i.png alt=i>", "<p>p</p>", "</td>"),
    *("<sup>2</sup>", "<!--", "-->", "<br/>", "<!-- llmpaper-md: begin papers -->"),
]
LINKS = [
    "[A](https://arxiv.org/abs/1706.03762)",
    "[A b](https://arxiv.org/pdf/2005.14165v4.pdf)",
    "[B](https://a.org)",
    "[c|d](https://a.org/x\\|y)",
    "[code]()",
    "[]()",
    "[](https://a.org)",
    "[a](<>)",
    "[a](<https://a.org/b c>)",
    "[a](https://a.org/(b) 'title')",
    "[a](https://a.org/中文)",
    "[a](/relative)",
    "[a](#anchor)",
    "[a](javascript:x)",
    "[**a**](https://a.org)",
    "[`a`](https://a.org)",
    "[[PDF]](https://a.org/b.pdf)",
    "[1]",
    "[a][1]",
    "[b][]",
    "[b]",
    "[^1]",
    "![i](https://a.org/i.png)",
    "[![i](https://a.org/i.svg)](https://a.org)",
    "[![](i.svg)]()",
    "<https://a.org>",
    "<a@b.org>",
    "https://a.org/b",
    "https://github.com/a/b",
    "www.a.org",
    "http://",
    "[code](https://github.com/a/b)",
    "[code](https://github.com/a/b.git)",
    "[project](https://gitlab.com/c/d/tree/main)",
    "[link](https://openreview.net/forum?id=abc)",
    "[doi](https://doi.org/10.1145/3292500.3330701)",
    "doi:10.1145/3292500.3330701",
    "10.1000/xyz",
    "arXiv:1706.03762",
    "1706.03762v2",
    "[1706.03762](https://arxiv.org/abs/1706.03762)",
    "https://arxiv.org/abs/2005.14165",
]
STARS = ["★", "★★★", "☆", "⭐⭐", "🌟", ":star:", "✡", "***", "3", "5", "0", "â˜…", "★" * 9]
NUMBERS = ["1", "2", "01", "10★", "3**", "No. 4", "#5", "2023", "NeurIPS'23", "2017.06", "999999"]
_SPACE = [" ", " ", " ", "  ", "\t"]
_PIECE = st.one_of(
    *map(st.sampled_from, (WORDS, MARKS, LINKS, LINKS, [*STARS, *NUMBERS], _SPACE, ["a", "b"]))
)


def _cells(pieces: list[str]) -> st.SearchStrategy[str]:
    """Cells made of a few pieces, so that the same ones meet one another often."""
    piece = st.sampled_from(pieces)
    return st.one_of(
        st.just(""),
        piece,
        st.lists(piece, min_size=2, max_size=5).map("".join),
        st.lists(piece, min_size=2, max_size=4).map(" ".join),
    )


COLUMNS = [
    *("ID", "No.", "编号", "", "Stars", "★", "Paper", "Title", "论文", "Authors", "Year", "Date"),
    *("Venue", "Links", "PDF", "Code", "Github", "Introduction", "简介", "Notes", "Task", "GPU"),
    *("Task", "a|b", "*x*", "[B](https://a.org)", "`c`", "Links (2)", "Model", "<br>", "~y~"),
]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(names: list[str], rows: list[list[str]], extra: int) -> str:
    lines = [_row([name.replace("|", "\\|") for name in names]), _row(["---"] * len(names))]
    for number, row in enumerate(rows):
        width = len(names) + (extra if number == 0 else 0)
        lines.append(_row(row[: max(width, 1)]))
    return "\n".join(lines)


NUMBERED = ["", "", "2.1 ", "3. ", "IV. ", "一、", "(2) ", "第二章 ", "2.2"]
OTHERS = [
    "[1]: https://a.org",
    "[b]: <https://b.org> 'title'",
    "[b]: <>",
    "[^1]: note",
    "text",
    "| Paper |\n| --- |\n| [A](https://arxiv.org/abs/1706.03762) |",
]
_TITLES = ["A", "B", "论文 [x]", "C #", "*a*", "`x` & &lt;", "a|b", "", "\\#", "~s~"]


def _lists(pieces: list[str]) -> st.SearchStrategy[str]:
    cells = _cells(pieces)
    tables = st.builds(
        _table,
        st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=6),
        st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=4),
        st.integers(-2, 1),
    )
    headings = st.builds(
        lambda level, number, title: f"{'#' * level} {number}{title}",
        st.integers(1, 6),
        st.sampled_from(NUMBERED),
        st.sampled_from(_TITLES) | cells,
    )
    parts = st.one_of(tables, tables, headings, st.sampled_from(OTHERS))
    return st.lists(parts, min_size=1, max_size=5).map(lambda found: "\n\n".join(found) + "\n")


LISTS = st.lists(_PIECE, min_size=3, max_size=8).flatmap(_lists)
"""Lists of papers with messy links, tables, sections, stars, IDs and texts."""

# --- lines of tables, and lists of papers ---------------------------------------------------------

_PIECES = [
    "|",
    "|",
    "|",
    " ",
    "-",
    "--",
    ":",
    "a",
    "b",
    "\\",
    "`",
    "*",
    "~",
    "文",
    "\t",
    "1",
    "\u00a0",
]


_OPENERS = ["", "", "", "", "", "> ", "- ", "1. ", "# ", "  ", "<!--", "```", "***", "2) ", "<br>"]


_CELL = st.lists(st.sampled_from(_PIECES), max_size=5).map("".join)


_LINE = st.builds(
    lambda opener, cells, end: opener + "|".join(cells) + end,
    st.sampled_from(_OPENERS),
    st.lists(_CELL, max_size=4),
    st.sampled_from(["", "|", " |", "| "]),
)


_HEAD = st.sampled_from(["|a|\n|-|", "a|b\n-|-", "| a | b |\n| :- | -: |", "> |a|\n> |-|", "|-|"])


TEXTS = st.lists(st.one_of(_LINE, _LINE, _HEAD, st.just("")), max_size=9).map("\n".join)


PIECES = [
    *(
        "|",
        "|",
        " ",
        "\n",
        "\n| ID | Paper |\n|-|-|\n",
        "| 1★ | [A](https://arxiv.org/abs/1706.03762) |\n",
    ),
    *(
        "**",
        "`",
        "<",
        "[x](",
        ")",
        "http://a.b/c",
        "文",
        "⽂",
        "a",
        "：",
        "# ",
        "1. ",
        "\u200b",
        "--",
    ),
]


_PAPERS = st.lists(
    st.builds(
        lambda title, url, note: (f"[{title}]({url})" if url else title, note),
        st.sampled_from(["", "A", "B", LONG, LONG.upper(), "论文"]),
        st.sampled_from(["", "http://a.org", "https://arxiv.org/abs/1706.03762", "//b.org/b#c"]),
        st.sampled_from(["", "n", "m"]),
    ),
    max_size=6,
)


_SECTIONS = st.lists(st.tuples(st.sampled_from("ABC"), _PAPERS), max_size=3)


def _document(sections: list[tuple[str, list[tuple[str, str]]]]) -> Document:
    texts = [
        of(*(f"| {n} | {' | '.join(row)} |" for n, row in enumerate(rows)), above=f"# {name}")
        for name, rows in sections
    ]
    return parse("\n".join(texts))


PAPER_LISTS = _SECTIONS.map(_document)
