from __future__ import annotations

import pytest

from llmpaper_md import Paper, parse

ARXIV, CODE = "https://arxiv.org/abs/1706.03762", "https://github.com/a/b"
BADGE = "https://img.shields.io/x.svg"
# Cells of titles: the title, and where it leads.
CELLS = {
    "Attention": ("Attention", None),
    "Attention - Part 2 -": ("Attention - Part 2 -", None),
    "Paper": ("Paper", None),
    f"[Attention]({CODE})": ("Attention", CODE),
    f"[GPT-4]({CODE}) [[ICML 2023]({ARXIV})]": ("GPT-4", ARXIV),
    f"[Report 2023]({CODE}) [pdf]({ARXIV})": ("Report 2023", ARXIV),
    f"[![Attention](thumb.png) Attention and more]({ARXIV})": ("Attention and more", ARXIV),
    f"![Star]({BADGE}) [Attention]({ARXIV})": ("Attention", ARXIV),
    f"Model code: a code [![code]({BADGE})]({CODE})": ("Model code: a code", None),
    f"Attention - [![pdf]({BADGE})]({ARXIV})": ("Attention", ARXIV),
    f"[![Star]({BADGE})]({CODE})<br>[Attention]({ARXIV})<br>A, B": ("Attention", ARXIV),
    f"[![Star]({BADGE})]({CODE}) [![arXiv]({BADGE})]({ARXIV}) Attention": ("Attention", ARXIV),
    f"[![Publish]({BADGE})]()<br>**Attention** [[code]({CODE})]": ("Attention", None),
    f"Attention [[Paper Link]({ARXIV})] / [项目主页]({CODE})": ("Attention", ARXIV),
    f"Attention [[![pdf]({BADGE})]({ARXIV})]": ("Attention", ARXIV),
    f'<a href="{CODE}"><img alt="Star" src="{BADGE}"></a> [Attention]({ARXIV})': (
        "Attention",
        ARXIV,
    ),
}


def read(header: str, row: str) -> Paper:
    (paper,) = parse(f"| {header} |\n|{'-|' * (header.count('|') + 1)}\n| {row} |").papers
    return paper


@pytest.mark.parametrize(("cell", "expected"), CELLS.items())
def test_tells_titles_from_labels_and_badges(cell: str, expected: tuple[str, str | None]) -> None:
    paper = read("Title", cell)
    assert (paper.title, paper.url) == expected


@pytest.mark.parametrize(
    "text",
    ["2017.06", "1706.03762", "[1]", "arXiv 2017", "NeurIPS'17", "arXiv NIPS 2017", "リンク"],
)
def test_what_a_link_says_of_a_paper_is_no_title(text: str) -> None:
    paper = read("Model | Paper", f"Attention | [[{text}]({ARXIV})]")
    assert (paper.title, paper.url) == ("Attention", ARXIV)
    assert read("Paper", f"Attention [{text}]({ARXIV})").title == "Attention"
    assert read("Paper", f"[{text}]({ARXIV})").title == text


def test_a_badge_before_the_title_is_not_where_the_paper_is() -> None:
    paper = read("Title | Paper", f"[![Star]({BADGE})]({CODE}) Attention | [link]({ARXIV})")
    assert (paper.title, paper.url, paper.code) == ("Attention", ARXIV, (CODE,))


def test_what_counts_the_stars_of_a_repository_is_no_rating() -> None:
    badge = f"[![Stars]({BADGE})]({CODE})"
    paper = read("Title | Stars", f"A | {badge}")
    assert (paper.stars, paper.extra) == (None, {"Stars": badge})
    for cell in ("⭐ 1.2k", "🌟8/10", "3★"):
        assert read("Title | Stars", f"A | {cell}").extra == {"Stars": cell}
    assert read("Title | Stars", "A | ★★ (2023)").stars == 2
    assert read("Title | Stars", "A | ⭐").stars == 1
    assert read("Title | Stars | Notes", "A | | b").extra == {}


def test_a_column_of_links_may_hold_identifiers_alone() -> None:
    paper = read("Title | arXiv | DOI", "1912.00001 | 1706.03762v5 | 10.1145/1.2")
    assert (paper.title, paper.arxiv_id, paper.doi) == ("1912.00001", "1706.03762", "10.1145/1.2")


def test_a_column_of_stars_alone_is_the_rating_whatever_its_name() -> None:
    for cells in ("⭐", "yes ★★", "", "★★ | ★★★"):
        header = "Title | Must | See" if "|" in cells else "Title | Must"
        assert read(header, f"A | {cells}").stars is None
    assert read("ID | Title | Must", "1★ | A | ★★").stars == 1
    assert read("Title | Stars | Must", "A | ★ | ★★").stars == 1
    paper = read("Title | Must", "A | ⭐️⭐️")
    assert (paper.stars, paper.star_glyph, paper.extra) == (2, "⭐", {})


def test_links_that_say_the_same_are_no_titles() -> None:
    link = "[hier]({})"
    rows = [
        f"| {i} | {name} | {link.format(f'https://arxiv.org/abs/2301.0000{i}')} |"
        for i, name in enumerate(("Foo", "Bar"), 1)
    ]
    document = parse("\n".join(["| Rang | Was | Wo |", "|-|-|-|", *rows]))
    assert [paper.title for paper in document.papers] == ["Foo", "Bar"]
    assert document.papers[0].arxiv_id == "2301.00001"
    named = "\n".join(rows).replace("[hier]", "[Foo]", 1)
    document = parse(f"| Rang | Was | Wo |\n|-|-|-|\n{named}")
    assert [paper.title for paper in document.papers] == ["Foo", "hier"]


YEARS = {
    "": None,
    "12345": None,
    "20239901": None,
    "the '90s": None,
    "2023.05": 2023,
    "2024/01/02": 2024,
    "20230501": 2023,
    "2023年5月": 2023,
    "NeurIPS'23": 2023,
    "NeurIPS'23最佳": 2023,
    "ICML ’98": 1998,
    "ACL 2022, not '23": 2022,
}


@pytest.mark.parametrize(("text", "year"), YEARS.items())
def test_reads_the_year(text: str, year: int | None) -> None:
    assert read("Title | Venue", f"A | {text}").year == year


def test_an_identifier_says_the_year_that_the_row_does_not() -> None:
    paper = read("Title | Venue", "A | arXiv:2005.14165")
    assert (paper.year, paper.year_from) == (2020, "arxiv")


def test_a_year_may_stand_beside_the_authors() -> None:
    assert read("Title | 作者(年份)", "A | Vaswani et al. (2017)").year == 2017
    assert read("Title | Authors | Venue", "A | B, 2016 | NIPS 2017").year == 2017


def test_a_footnote_is_no_link() -> None:
    text = "| Paper[^1] | Notes |\n|-|-|\n| A[^1] | b[^n] |\n\n[^1]: foo\n[^n]: c d\n"
    (paper,) = parse(text).papers
    assert (paper.title, paper.url, paper.links) == ("A", None, ())
    assert (paper.introduction, paper.introduction_text) == ("b[^n]", "b")


def test_a_column_of_code_may_link_to_papers_too() -> None:
    paper = read("Title | Paper & Code", f"A | [p]({ARXIV}) [c]({CODE}) [d](https://my.code/x)")
    assert (paper.url, paper.code) == (ARXIV, (CODE, "https://my.code/x"))
