"""Text and URLs written as Markdown read as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import parse
from llmpaper_md.escaping import escape_text, escape_title, escape_url
from llmpaper_md.reading.inline import Inline

ANY = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
SIGNS = st.lists(
    st.sampled_from("()<>[]|\\&*_~`!:/#;\"'ab amp; www. http:// &lt; \\| <b>".split(" "))
)
TEXTS = ANY | SIGNS.map("".join)


def in_a_cell(markdown: str) -> Inline:
    (row,) = parse(f"| A |\n| - |\n| {markdown} |\n").tables[0].inlines
    return row[0]


@given(TEXTS)
def test_a_text_reads_as_it_is(text: str) -> None:
    assert in_a_cell(f"a{escape_text(text)}b").text == f"a{text}b"


@given(TEXTS, TEXTS)
def test_a_link_leads_to_its_url(url: str, title: str) -> None:
    for destination in (escape_url(url), f"{escape_url(url) or '<>'} {escape_title(title)}"):
        read = in_a_cell(f"[x]({destination})")
        assert (read.text, [link.url for link in read.links]) == ("x", [url])


@pytest.mark.parametrize(
    "url", ["https://a.org/b_(c)", "https://a.org/?a=1&b=2", "mailto:a@b.org", ""]
)
def test_a_url_that_needs_no_escapes_has_none(url: str) -> None:
    assert escape_url(url) == url
