"""BibTeX, read back by pybtex and by bibtexparser."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import bibtexparser
import pytest
from hypothesis import given, strategies as st
from pybtex.database import BibliographyData, parse_string

from llmpaper_md import LLMPaperError, parse, read, to_bibtex
from llmpaper_md.export import tex

FIXTURE = Path(__file__).parents[2] / "fixtures" / "README.repaired.md"
HEAD = "| Paper | Authors | Year | Introduction |\n| - | - | - | - |\n"
BACK = {
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
_BACK = re.compile("|".join(map(re.escape, BACK)))


def _read(text: str) -> BibliographyData:
    """As both read it; pybtex raises on what it would only warn of."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    data = parse_string(text, "bibtex")
    assert list(data.entries) == [entry.key for entry in library.entries]
    return data


def _plain(value: str) -> str:
    return _BACK.sub(lambda match: BACK[match[0]], value)


def _keys(*rows: str) -> list[str]:
    return list(_read(to_bibtex(parse(HEAD + "\n".join(f"| {row} |" for row in rows)))).entries)


def _entry(row: str) -> dict[str, str]:
    (entry,) = _read(to_bibtex(parse(f"{HEAD}| {row} |"))).entries.values()
    authors = [str(person) for person in entry.persons.get("author", [])]
    return {**entry.fields, **({"author": " and ".join(authors)} if authors else {})}


def test_the_whole_source_readme_reads_back() -> None:
    document = parse(read(FIXTURE))
    data = _read(to_bibtex(document))
    assert len(data.entries) == len(document.papers)
    for entry, paper in zip(data.entries.values(), document.papers, strict=True):
        fields = entry.fields
        assert entry.type == "misc"
        assert fields.get("eprint") == paper.arxiv_id
        assert fields.get("doi") == paper.doi
        assert "author" not in entry.persons
        assert fields.get("url") == paper.url
        if paper.title:
            assert fields["title"][0] + fields["title"][-1] == "{}"
            assert _plain(fields["title"][1:-1]).split() == paper.title.split()
        if paper.introduction_text:
            assert _plain(fields["note"]).split() == paper.introduction_text.split()


@pytest.mark.parametrize(
    ("url", "listed", "year"),
    [
        ("https://arxiv.org/abs/1706.03762", "2018", "2018"),
        ("https://arxiv.org/abs/1706.03762", "", "2017"),
        ("https://arxiv.org/abs/0704.0001", "", "2007"),
        ("https://arxiv.org/abs/cs/9605103", "", "1996"),
        ("https://arxiv.org/abs/math.GT/0309136v2", "", "2003"),
        ("https://arxiv.org/abs/hep-th/9108001", "", "1991"),
        ("https://arxiv.org/abs/1799.03762", "2016", "2016"),  # there is no such month
        ("https://arxiv.org/abs/1799.03762", "", None),
        ("https://a.org/paper.pdf", "2016", "2016"),
        ("https://a.org/paper.pdf", "", None),
    ],
)
def test_the_year_is_the_lists_or_that_of_submission(
    url: str, listed: str, year: str | None
) -> None:
    assert _entry(f"[A]({url}) | | {listed} |").get("year") == year


def test_arxiv_and_doi_have_their_fields() -> None:
    fields = _entry("[A](https://arxiv.org/abs/math.GT/0309136v2) | | |")
    assert (fields["eprint"], fields["archivePrefix"]) == ("math.GT/0309136", "arXiv")
    fields = _entry("[A](https://doi.org/10.1000/A_b%7Bc) | | |")
    assert (fields["doi"], fields["url"]) == ("10.1000/a_b%7Bc", "https://doi.org/10.1000/A_b%7Bc")


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        (["[A](https://arxiv.org/abs/1706.03762v1)"], ["arxiv-1706.03762"]),
        (["[A](https://arxiv.org/abs/math.GT/0309136)"], ["arxiv-math.gt-0309136"]),
        (["[A](https://doi.org/10.1000/A(b)_c)"], ["doi-10.1000-a-b-c"]),
        (["Attention Is *All* You Need: a b c d"], ["attention-is-all-you-need-a"]),
        (["ChatGLM-6B", "chatglm 6b", "ChatGLM-6B"], ["chatglm-6b", "chatglm-6ba", "chatglm-6bb"]),
        (["a", "a", "aa", "aa"], ["a", "aa", "aaa", "aab"]),
        (["a"] * 29, ["a", *(f"a{c}" for c in "abcdefghijklmnopqrstuvwxyz"), "aaa", "aab"]),
        (["注意力", "2023"], ["paper-bbc1c064", "paper-0dad3fc1"]),
    ],
)
def test_keys(rows: list[str], keys: list[str]) -> None:
    assert _keys(*rows) == keys


def test_the_same_paper_twice_is_two_entries() -> None:
    row = "[A](https://arxiv.org/abs/1706.03762)"
    assert _keys(row, row) == ["arxiv-1706.03762", "arxiv-1706.03762a"]
    documents = [parse(f"{HEAD}| {row} |")] * 2
    assert len(_read(to_bibtex(documents)).entries) == 2


def test_keywords_are_sections_and_stars() -> None:
    text = "# A, B\n## C & D\n| Paper | Stars |\n| - | - |\n| a | ★ |\n| b | |"
    entries = _read(to_bibtex(parse(text))).entries
    assert [entry.fields["keywords"] for entry in entries.values()] == [
        r"A B, C \& D, 1 star",
        r"A B, C \& D, 0 stars",
    ]


@pytest.mark.parametrize(
    ("listed", "authors"),
    [
        ("Ashish Vaswani", "Ashish Vaswani"),
        ("OpenAI", "OpenAI"),
        ("Ashish Vaswani, Noam Shazeer", "Ashish Vaswani and Noam Shazeer"),
        (
            "Ashish Vaswani, Noam Shazeer, and Niki Parmar",
            "Ashish Vaswani and Noam Shazeer and Niki Parmar",
        ),
        ("A. Vaswani & N. Shazeer et al.", "A. Vaswani and N. Shazeer and others"),
        ("Vaswani et al", "Vaswani and others"),
        ("Vaswani, A.; Shazeer, N.", "Vaswani, A. and Shazeer, N."),
        ("Smith, John, Jr., x; Shazeer, N.", "{Smith, John, Jr., x} and Shazeer, N."),
        ("张三、李四", "张三 and 李四"),
        ("张三, 李四等人", "张三 and 李四 and others"),
        # Two surnames, or one name: nobody can tell.
        ("Vaswani, Shazeer", "{Vaswani, Shazeer}"),
        ("Vaswani, A., Shazeer, N.", "{Vaswani, A., Shazeer, N.}"),
        ("et al.", "others"),
        ("", ""),
        (" , ; ", ""),
    ],
)
def test_authors(listed: str, authors: str) -> None:
    assert tex.authors(listed) == authors


def test_no_author_is_invented() -> None:
    assert "author" not in _entry("[A](https://arxiv.org/abs/1706.03762) | | |")


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_one_field(text: str) -> None:
    """Braces are balanced, and the text comes back but for its blanks and controls."""
    value = tex.tex(text)
    data = _read(f"@misc{{a,\n  title = {{{{{value}}}}},\n  year = {{2020}}\n}}\n")
    fields = data.entries["a"].fields
    assert _plain(fields["title"][1:-1]).split() == tex.one_line(text).split()
    assert fields["year"] == "2020"


HOSTILE = st.lists(
    st.sampled_from([*'{}\\"@%&$#_~^,;=()|`* a\u00a0\u0085\u2028中', " and ", "et al."]),
    max_size=12,
).map("".join)


@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), max_size=4))
def test_any_list_reads_back(rows: list[tuple[str, str, str]]) -> None:
    lines = [f"| {title} | {by} | | {about} |" for title, by, about in rows]
    document = parse(f"# {rows[0][0] if rows else ''}\n\n{HEAD}" + "\n".join(lines))
    papers = [paper for paper in document.papers if paper.title or paper.url]
    data = _read(to_bibtex(document))
    for entry, paper in zip(data.entries.values(), papers, strict=True):
        title = entry.fields.get("title", "{}")[1:-1]
        assert _plain(title).split() == tex.one_line(paper.title or "").split()
        assert _plain(entry.fields.get("note", "")).split() == (
            tex.one_line(paper.introduction_text or "").split()
        )


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_url_is_one_field(url: str) -> None:
    data = _read(f"@misc{{a,\n  url = {{{tex.verbatim(url)}}}\n}}\n")
    assert data.entries["a"].fields["url"].split() == tex.verbatim(url).split()


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    with pytest.raises(LLMPaperError, match=r"needs pip install 'llmpaper-md\[bibtex\]'"):
        to_bibtex(parse(""))
