"""A paragraph cut into segments, each with the span of exactly what it names."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading import segments
from llmpaper_md.reading.inline import inline_tokens
from llmpaper_md.reading.segments import Segment, plain, read_segments
from llmpaper_md.source import Excerpt

REFERENCES = {"ARX": {"href": "https://arxiv.org/abs/2301.00001", "title": ""}}


def excerpt(text: str) -> Excerpt:
    return Excerpt(text, ((0, 0),))


def read(text: str) -> tuple[Segment, ...]:
    return read_segments(excerpt(text), REFERENCES)


def describe(text: str) -> list[tuple[str, ...]]:
    """Kind, style if there is one, and text, of each segment."""
    return [
        (one.kind, one.style, one.text) if one.style else (one.kind, one.text) for one in read(text)
    ]


LEAVES_ALONE = {
    "plain text": "Nets of pebbles",
    "an apostrophe": "Don't count pebbles, let's throw 'em",
    "inches": 'a screen of 5" and 7"',
    "a quotation that is not closed": 'Nets of "pebbles',
    "words with underscores": "snake_case_name",
    "an asterisk alone": "5 * 3",
    "a range": "from 5~10",
    "a tag that is not closed": "a < b",
}


@pytest.mark.parametrize("text", LEAVES_ALONE.values(), ids=LEAVES_ALONE.keys())
def test_leaves_alone(text: str) -> None:
    assert describe(text) == [("text", text)]


URL = "http://a.org"
FINDS: dict[str, list[tuple[str, ...]]] = {
    f"[Nets]({URL}), A. Ames": [("link", "Nets"), ("text", ", A. Ames")],
    f"[[paper]({URL})]": [("text", "["), ("link", "paper"), ("text", "]")],
    f"[[paper]]({URL})": [("link", "[paper]")],
    f"[`[pdf]`]({URL})": [("link", "[pdf]")],
    f"[![badge](i.svg)]({URL})": [("link", "badge")],
    "![stars](i.svg)": [("image", "stars")],
    "[Nets][arx] and [none][nothing]": [("link", "Nets"), ("text", " and [none][nothing]")],
    f"<{URL}> {URL}": [("link", URL), ("text", " "), ("link", URL)],
    f'<a href="{URL}">Nets</a>!': [("link", "Nets"), ("text", "!")],
    "`2016` `A`": [("code", "2016"), ("text", " "), ("code", "A")],
    "**Net**: *B*": [("text", "bold", "Net"), ("text", ": "), ("text", "italic", "B")],
    "***both***": [("text", "bold", "both")],
    "<b>Net</b> <em>B</em>": [("text", "bold", "Net"), ("text", " "), ("text", "italic", "B")],
    "<b>Net": [("text", "Net")],
    "Net</b>": [("text", "Net")],
    "<b>a <i>b</b> c</i>": [("text", "a "), ("text", "italic", "b"), ("text", "italic", " c")],
    f"**[Nets]({URL})**": [("link", "bold", "Nets")],
    f"[**Nets**]({URL})": [("link", "Nets")],
    '"Nets of pebbles". A': [("quoted", "Nets of pebbles"), ("text", ". A")],
    "“Nets” 「网」 《网》": [
        ("quoted", "Nets"), ("text", " "), ("quoted", "网"), ("text", " "), ("quoted", "网"),
    ],
    "``Nets of pebbles''": [("quoted", "Nets of pebbles")],
    f'"[Nets]({URL})"': [("quoted", "Nets")],
    '**"Nets"**': [("quoted", "bold", "Nets")],
    'Say "no"s': [("text", 'Say "no"s')],
    "a\nb": [("text", "a"), ("line_end", " "), ("text", "b")],
    "a  \nb": [("text", "a"), ("line_end", "\n"), ("text", "b")],
    "a\\\nb": [("text", "a"), ("line_end", "\n"), ("text", "b")],
    "a<br>b<BR />c": [
        ("text", "a"), ("line_end", "\n"), ("text", "b"), ("line_end", "\n"), ("text", "c"),
    ],
    "**a\nb**": [("text", "bold", "a"), ("text", "bold", " "), ("text", "bold", "b")],
    "a<!-- b --><sup>2</sup>": [("text", "a"), ("text", "2")],
    r"a\*b &amp; c[^1]": [("text", "a*b & c")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FINDS.items())
def test_finds(text: str, expected: list[tuple[str, ...]]) -> None:
    assert describe(text) == expected


def test_a_link_says_where_it_leads() -> None:
    bold, quoted = read(f"**[Nets]({URL})** “[Trees](http://b.org)”")[::2]
    assert bold.link
    assert bold.link.url == URL
    assert quoted.link
    assert quoted.link.url == "http://b.org"


def test_quoted_words_with_two_links_lead_nowhere() -> None:
    (quoted,) = read("“[a](http://a.org) [b](http://b.org)”")
    assert (quoted.kind, quoted.text, quoted.link) == ("quoted", "a b", None)


def test_spans_are_those_of_the_source() -> None:
    text = Excerpt("a\n**b**", ((0, 10), (2, 25)))
    assert [tuple(one.span) for one in read_segments(text, {})] == [(10, 11), (11, 12), (27, 28)]


@pytest.mark.parametrize(("text", "expected"), [
    ("a", "a"),
    (r"\[a\] &lt; b", "[a] < b"),
    ("a[^1][^note] [^ b]", "a [^ b]"),
    ("&nothing; &;", "&nothing; &;"),
    (r"\&amp; &#42;&#x2a;", "&amp; **"),
])  # fmt: skip
def test_plain_text_without_marks(text: str, expected: str) -> None:
    assert plain(text) == expected


# What items are written with, and what may be taken for it.
PIECES = st.sampled_from([
    "Nets", "of pebbles", "网", " ", "  ", ". ", ", ", ": ", " - ", "|", "(", ")", "(2016)", "[", "]", "[[", "]]",
    "*", "**", "***", "_", "__", "~", "~~", "`", "``", "`2016`", "\\", "\\*", "\\[", '"', "“", "”", "《", "》", "'",
    "!", "&", "&amp;", "&lt;", "<", ">", "<br>", "<br/>", "<b>", "</b>", "<i>", "</i>", "<a href='http://a.org'>",
    "</a>", "<!-- x -->", "\n", "  \n", "\\\n", "\n  ", "[Nets](http://a.org)", "[[pdf](https://a.org/b.pdf)]",
    "[[pdf]](https://a.org/b.pdf)", "[`[pdf]`](http://a.org)", "[a_b](http://a.org)", "![i](http://a.org/i.png)",
    "[![i](http://a.org/i.png)](http://a.org)", "[arx]", "[Nets][arx]", "[x][y]", "[^1]", "[a]: b", "http://a.org",
    "www.a.org", "<http://a.org>", "(http://a.org)", ":star:", "⭐", "\u00a0", "\t", "[](http://a.org)", "[ ]", "[x] ",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join).map(lambda text: text.strip(" \t\n"))


@given(TEXTS)
def test_the_quick_way_gives_the_same_as_the_parser(text: str) -> None:
    found = segments._simple_constructs(excerpt(text), REFERENCES)
    if found is not None:
        tokens = inline_tokens(text, REFERENCES, joins=False)
        full = segments._constructs(excerpt(text), tokens)
        assert segments._split(excerpt(text), *found) == segments._split(excerpt(text), *full)


@given(st.one_of(TEXTS, st.text(max_size=40)))
def test_segments_are_in_order_and_never_overlap(text: str) -> None:
    place = 0
    for segment in read(text):
        assert place <= segment.span.start <= segment.span.end <= len(text)
        # Where escapes make the text shorter, parts of it keep the span of the whole.
        place = (
            segment.span.start if "\\" in text or "&" in text or "[^" in text else segment.span.end
        )


@given(TEXTS)
def test_a_span_cuts_exactly_what_the_segment_says(text: str) -> None:
    for segment in read(text):
        cut = segment.span.cut(text)
        if segment.kind == "text" and len(segment.text) == len(cut):
            assert cut == segment.text or (segment.text == " " and cut == "\n") or "\\" in text
        elif segment.kind in ("link", "image") and segment.link:
            assert cut[:1] in ("[", "!", "<", "h", "w")
        elif segment.kind == "code":
            assert cut.startswith("`")
            assert cut.endswith("`")


@given(TEXTS)
def test_no_word_is_lost(text: str) -> None:
    """Every letter outside of links, tags and comments is in a segment."""
    covered = [False] * len(text)
    for segment in read(text):
        for place in range(*segment.span):
            covered[place] = True
    for word in ("Nets", "of pebbles", "网"):
        place = text.find(word)
        while place >= 0:
            assert all(covered[place : place + len(word)]) or "<" in text
            place = text.find(word, place + 1)
