from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading import inline
from llmpaper_md.reading.inline import Inline, cell_excerpt
from llmpaper_md.reading.tables import Cell
from llmpaper_md.source import Span
from tests import github


def read_inline(
    raw: str, start: int, references: dict[str, dict[str, str]], cell: str | None = None
) -> Inline:
    excerpt = cell_excerpt(Cell(raw, Span(start, start + len(raw))))
    return inline.read_inline(excerpt, references, cell=cell)


TEXTS = {
    "no markup": ("Attention 论文，a_b 3 > 2", "Attention 论文，a_b 3 > 2"),
    "a word with underscores": ("snake_case_name", "snake_case_name"),
    "bold and italic": ("**a** *b* ~~c~~ `d`", "a b c d"),
    "one tilde": ("~a~ b~c~d", "a bcd"),
    "tildes that open or close nothing": ("~100 to ~200 ~ a ~", "~100 to ~200 ~ a ~"),
    "tildes of unequal number, or more than two": ("~a~~ ~~~b~~~", "~a~~ ~~~b~~~"),
    "a range and another": ("5~10，20~30", "510，2030"),
    "escaped tildes": (r"\~a\~", "~a~"),
    "escapes and entities": (r"\*a\* &amp; &#124;", "*a* & |"),
    "a line break": ("a<br>b<BR/>c", "a\nb\nc"),
    "other tags are dropped": ("<b>a</b><!-- x --><sup>2</sup>", "a2"),
    "line breaks at the ends": ("<br>a <br>", "a"),
    "tags that begin lines": ("<p>a</p>b<ul><li>c</li><li>d</li></ul>", "a\nb\nc\nd"),
    "a summary": ("<details><summary>a</summary>b</details>", "a\nb"),
    "no mark of a footnote": ("a [^] [^b c] `[^d]` \\[^e]", "a [^] [^b c] [^d] [^e]"),
    "marks of footnotes": ("a[^1] **b**[^note] [c[^2]](d)", "a b c"),
    "an image is not text": ("a ![b](c) d", "a  d"),
    "a radical before the closing asterisks": ("**原始论⽂**GPT", "原始论⽂GPT"),
    "punctuation before the closing asterisks": ("**论文：**字", "**论文：**字"),
    "an escaped pipe in code": (r"`a\|b`", "a|b"),
    "an unclosed link": ("[a](b", "[a](b"),
    "a reference that is not defined": ("[a][b]", "[a][b]"),
}


@pytest.mark.parametrize(("raw", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_reads_the_plain_text(raw: str, expected: str) -> None:
    assert read_inline(raw, 0, {}).text == expected


LINKS = {
    "[a](<b c> 'title')": [("inline", "a", "b c", "[a](<b c> 'title')")],
    "[a][b] [B] [x]": [("reference", "a", "/url", "[a][b]"), ("reference", "B", "/url", "[B]")],
    "![alt *x*](i.png)": [("image", "alt x", "i.png", "![alt *x*](i.png)")],
    "[![badge](i.svg)](http://a.b)": [
        ("inline", "badge", "http://a.b", "[![badge](i.svg)](http://a.b)"),
        ("image", "badge", "i.svg", "![badge](i.svg)"),
    ],
    "[^b](/c) [a][^b]": [("inline", "^b", "/c", "[^b](/c)")],
    "<http://a.b>": [("autolink", "http://a.b", "http://a.b", "<http://a.b>")],
    "`http://a.b` <!-- http://a.b -->": [],
    "HTTP://a.b": [("bare", "HTTP://a.b", "HTTP://a.b", "HTTP://a.b")],
    "WWW.a.b": [("bare", "WWW.a.b", "http://WWW.a.b", "WWW.a.b")],
    "代码http://a.b/c_d_e，见www.f.g": [
        ("bare", "http://a.b/c_d_e", "http://a.b/c_d_e", "http://a.b/c_d_e"),
        ("bare", "www.f.g", "http://www.f.g", "www.f.g"),
    ],
    "[http://a.b](http://c.d)": [
        ("inline", "http://a.b", "http://c.d", "[http://a.b](http://c.d)")
    ],
    "[a] (http://a.b/c)": [("bare", "http://a.b/c", "http://a.b/c", "http://a.b/c")],
    '<a href="http://a.b?c&amp;d" target=x>**t**</a> x': [
        ("html", "t", "http://a.b?c&d", '<a href="http://a.b?c&amp;d" target=x>**t**</a>')
    ],
    "<img alt='x' src=i.png width=3>": [("image", "x", "i.png", "<img alt='x' src=i.png width=3>")],
    r"a\|b [c\|d](http://e\|f) [g](h)": [
        ("inline", "c|d", "http://e|f", r"[c\|d](http://e\|f)"),
        ("inline", "g", "h", "[g](h)"),
    ],
    "[a](http://b.c)[d](http://e.f)": [
        ("inline", "a", "http://b.c", "[a](http://b.c)"),
        ("inline", "d", "http://e.f", "[d](http://e.f)"),
    ],
    "[论文](https://zh.org/中文)": [
        ("inline", "论文", "https://zh.org/中文", "[论文](https://zh.org/中文)")
    ],
    "[a](javascript:x)": [("inline", "a", "javascript:x", "[a](javascript:x)")],
}


@pytest.mark.parametrize(("raw", "expected"), LINKS.items())
def test_finds_each_link_with_its_place(raw: str, expected: list[tuple[str, ...]]) -> None:
    references = {"B": {"href": "/url", "title": ""}}
    text = "文" * 7 + raw
    found = read_inline(raw, 7, references).links
    assert [(x.kind, x.text, x.url, x.span.cut(text)) for x in found] == expected


@given(st.text(alphabet="ab [](:/.)!*_`<>文&\\", max_size=30), st.integers(0, 5))
def test_the_short_way_through_reads_as_the_long_one(text: str, start: int) -> None:
    """Text without markup, and a lone link, are read without the parser, to the same result."""
    for raw in (text.strip(" "), f"[{text}](https://a.b/{text})"):
        quick = read_inline(raw, start, {})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inline, "_LONE_LINK", re.compile(r"(?!)"))
            patch.setattr(inline, "_MARKUP", re.compile(""))
            assert read_inline(raw, start, {}) == quick


_MARKS = [*"*_~ab .文（⽂“[`\u00a0🎉", "~", "~", "~~", "**", "***", "~~~", "](x)", "~" * 101]


@given(st.lists(st.sampled_from(_MARKS), max_size=20).map("".join))
def test_emphasis_and_strikethrough_are_those_of_github(text: str) -> None:
    """The marks that GitHub shows are those that are read as text."""
    text = f"a{text}b"
    shown = unescape(re.sub("<[^>]*>", "", github.html(text)))
    assert read_inline(text, 0, {}).text == shown.strip("\n")


@pytest.mark.parametrize(
    "raw",
    [
        "[" * 5000,
        "![" * 2000 + "](a)" * 2000,
        "*a _b " * 3000,
        "*a ~b ~~c " * 3000,
        "<a href=x>" * 2000,
        "`" * 4000,
    ],
    ids=["brackets", "images", "emphasis", "tildes", "anchors", "backticks"],
)
def test_reads_hostile_nesting_in_bounded_time(raw: str) -> None:
    assert isinstance(read_inline(raw, 0, {}).text, str)


def test_gives_links_the_name_of_their_column() -> None:
    (link,) = read_inline("[a](http://b.c)", 3, {}, cell="Paper").links
    assert (link.cell, link.span) == ("Paper", Span(3, 18))
