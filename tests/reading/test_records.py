"""What is read from rows that say it in their own way: the lists are in ``records``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from llmpaper_md import Paper, parse, to_bibtex, to_dict, to_dicts
from llmpaper_md.source import read

RECORDS = Path(__file__).parent / "records"
ARXIV = "https://arxiv.org/abs/{}"
CODE = "https://github.com/a/b"


def papers(name: str) -> tuple[Paper, ...]:
    return parse(read(RECORDS / f"{name}.md")).papers


def fields(name: str, *wanted: str) -> list[Any]:
    """What the papers of a list say in some fields; of one field its values alone."""
    rows = [tuple(getattr(paper, field) for field in wanted) for paper in papers(name)]
    return [row[0] for row in rows] if len(wanted) == 1 else rows


def row(header: str, cells: str) -> Paper:
    (paper,) = parse(f"| {header} |\n|{'-|' * (header.count('|') + 1)}\n| {cells} |").papers
    return paper


# What is left alone.


@pytest.mark.parametrize(
    "title",
    [
        '"Why Should I Trust You?": Explaining the Predictions of Any Classifier',
        "[Re] A Reproducibility Study of Alpha",
        "Learning to 'See' in the Dark",
        "Don't Stop Pretraining",
        "3D Gaussian Splatting (with Applications)",
        "A Survey of Code Models",
        "1-bit Models",
    ],
)
def test_leaves_titles_alone(title: str) -> None:
    assert row("Title | Link", f"[{title}]({ARXIV.format('1706.03762')}) | ").title == title


@pytest.mark.parametrize(
    "line", ["An oral presentation, best paper", "Graphs, Trees and how to draw them", "v2, 2024"]
)
def test_what_is_below_a_title_is_not_always_its_authors(line: str) -> None:
    assert row("Paper", f"[Alpha]({ARXIV.format('1706.03762')})<br>{line}").authors is None


@pytest.mark.parametrize(
    "title",
    ["Before 2018", "2015-2018", "Awesome papers 2024", "From 2019 on", "GPT-4 (2023) and on"],
)
def test_leaves_headings_that_are_no_year(title: str) -> None:
    assert parse(f"## {title}\n| Paper |\n| - |\n| A |").papers[0].year is None


# Identifiers, where the paper is, code.


def test_identifiers_come_from_whichever_cell_has_them() -> None:
    assert fields("s1", "title", "url", "code") == [
        (f"{name} loss for image segmentation", url, (code,) if code else ())
        for name, url, code in (
            ("Alpha", ARXIV.format("2205.08209"), "https://github.com/a/alpha"),
            ("Beta", ARXIV.format("1806.07564"), "https://github.com/b/beta"),
            (
                "Gamma",
                "https://doi.org/10.1007/978-3-031-43898-1_68",
                "https://github.com/c/gamma",
            ),
            ("Delta", ARXIV.format("2101.00001"), None),
        )
    ]
    assert fields("s1", "arxiv_id") == ["2205.08209", "1806.07564", None, "2101.00001"]
    assert fields("s1", "year") == [2022, 2018, 2023, 2021]
    assert fields("s1", "authors") == ["Ann Lee", "Bo Li", "Cy Kim", "Di Wu"]


def test_labels_say_what_a_link_is() -> None:
    other = ARXIV.format("1706.03762")
    paper = row("Title | Resource", f"Alpha | [Code]({other}) [Paper](https://a.org/alpha)")
    assert (paper.url, paper.arxiv_id, paper.code) == ("https://a.org/alpha", None, ())
    assert fields("row-e", "title", "code") == [
        ("Pebbles", ("https://doi.org/10.5281/zenodo.4545599",)),
        ("Shells", ("https://zenodo.org/record/6383473",)),
    ]


def test_a_repository_is_not_where_a_paper_is() -> None:
    assert fields("row-f", "url", "code", "year") == [
        (None, ("https://github.com/a/pebbles",), 2024),
        (ARXIV.format("2406.06776"), (), 2025),
    ]


def test_a_column_of_papers_is_surer_than_the_page_of_a_data_set() -> None:
    assert fields("row-i", "url", "date") == [
        ("https://www.aclweb.org/anthology/C18-1166", "2018-06-06")
    ]


def test_a_link_in_an_introduction_is_not_where_a_paper_is() -> None:
    cited = ARXIV.format("1706.03762")
    paper = row("Title | Venue | Summary", f"Alpha | ICML | extends [Attention]({cited})")
    assert (paper.url, paper.arxiv_id) == (None, None)
    assert row("Title | Summary", f"Alpha | what it does [[paper]({cited})]").url == cited


def test_addresses_that_can_be_mended_have_their_identifiers() -> None:
    ids = [f"2303.0997{number}" for number in (5, 6, 7, 8, 9)]
    assert fields("shapes", "arxiv_id") == ["2508.02092", "2306.08707", *ids]
    codes = [code for codes in fields("shapes", "code") for code in codes]
    assert codes == [CODE] * 3  # and not tba, TBD, None, #


# Dates and years.

DATES = {
    "2024-08-02": "2024-08-02",
    "**2024-08-02**": "2024-08-02",
    "24.03": "2024-03",
    "202103": "2021-03",
    "20220517": "2022-05-17",
    "4 Jan 21": "2021-01-04",
    "_18 okt 2013_": "2013-10-18",
    "Apr., 2024": "2024-04",
    "Apr 2024": "2024-04",
    "May-24": "2024-05",
    "2023 Mar 14": "2023-03-14",
    "Jul. 10, 2024": "2024-07-10",
    "11/2023": "2023-11",
    "2018/6/6": "2018-06-06",
    "2019年6月": "2019-06",
    "5/27/22": "2022-05-27",
    "27/5/22": "2022-05-27",
    "5.3.2021": "2021-03-05",
    "2401": "2024-01",
    "2005": "2005",
    "2023 Q4": "2023",
    "soon": None,
    "99.9": None,
    "1706.03762": None,
}


@pytest.mark.parametrize(("text", "date"), DATES.items())
def test_reads_dates(text: str, date: str | None) -> None:
    paper = row("Paper | Date", f"Alpha | {text}")
    assert (paper.date, paper.year) == (date, int(date[:4]) if date else None)
    assert paper.date_text == text.strip("*_")


def test_one_date_says_what_the_others_begin_with() -> None:
    rows = "\n".join(f"| Alpha | {date} |" for date in ("4/5/22", "13/5/22"))
    assert [paper.date for paper in parse(f"| Paper | Date |\n|-|-|\n{rows}").papers] == [
        "2022-05-04",
        "2022-05-13",
    ]
    assert row("Paper | Date", "Alpha | 4/5/22").date == "2022-04-05"


@pytest.mark.parametrize(
    ("heading", "venue", "year", "source"),
    [
        ("2018", "ICML 2017", 2017, "entry"),
        ("2018", "ICML'17", 2017, "entry"),
        ("2018", "ICML 17", 2017, "entry"),
        ("2018", "MICCAI17", 2017, "entry"),
        ("2018", "vol 17", 2018, "heading"),
        ("2018", "ICML", 2018, "heading"),
        ("2018 papers", "", 2018, "heading"),
        ("2018年", "", 2018, "heading"),
        ("CVPR 2018", "", 2018, "heading"),
        ("Models", "ICML", 2016, "arxiv"),
    ],
)
def test_the_row_says_the_year_or_the_heading_or_the_identifier(
    heading: str, venue: str, year: int, source: str
) -> None:
    address = ARXIV.format("1606.03762")
    document = parse(f"# L\n## {heading}\n| Paper | Venue |\n|-|-|\n| [A]({address}) | {venue} |")
    (paper,) = document.papers
    assert (paper.year, paper.year_from) == (year, source)
    (record,) = to_dict(document)["papers"]
    (flat,) = to_dicts(document)
    assert record["year"] == flat["year"] == year
    assert f"year = {{{year}}}" in to_bibtex(document)


def test_a_column_may_hold_venue_and_date() -> None:
    assert fields("a", "venue", "date", "year") == [
        ("Arxiv", "2024-10", 2024),
        ("ICML", "2024", 2024),
    ]
    assert row("Title | Pub. & Date", "Alpha | CVPR, 2024.06").venue == "CVPR"
    assert fields("row-g", "title", "date") == [("Pebbles", "2022-05-27"), ("Shells", "2020-04")]
    assert fields("row-d", "venue") == ["IEEE-TMI"]


# Authors.


def test_authors_are_below_the_title() -> None:
    assert fields("s2", "title", "authors") == [
        ("Alpha pruning for language models", "Ann Lee, Bo Li"),
        ("Beta pruning for language models", "Cy Kim, Di Wu"),
    ]
    assert all("//" not in (text or "") for text in fields("s2", "introduction_text"))


def test_et_al_stays_as_written_and_is_and_others_in_bibtex() -> None:
    assert fields("etal", "authors")[0] == "Ann Lee et.al."
    entries = to_bibtex(parse(read(RECORDS / "etal.md")))
    assert "author = {Ann Lee and others}" in entries
    assert "author = {Bo Li and Cy Kim and others}" in entries
    assert fields("etal", "title")[0] == "Alpha beta gamma delta networks"
    assert fields("etal", "date") == ["2024-08-02", "2024-03", "2021-01-04"]


# Titles.

TITLES = {
    "🔥[vLLM] Efficient serving of models(@Berkeley)": ("Efficient serving of models", "vLLM"),
    ":star: :fire: Alpha nets": ("Alpha nets", None),
    "Alpha nets :star:": ("Alpha nets", None),
    '"Alpha nets"': ("Alpha nets", None),
    "《密集段落检索》": ("密集段落检索", None),
    "**Alpha**: 'Alpha nets for all'": ("Alpha nets for all", "Alpha"),
    "1) **Alpha nets** - a new network that does all at once": ("Alpha nets", None),
    "Alpha nets (ICLR 2024)": ("Alpha nets", None),
    "Alpha nets.": ("Alpha nets", None),
    f"[**Alpha** — Alpha nets for all of us]({ARXIV})": ("Alpha nets for all of us", "Alpha"),
    "3) Alpha nets  Alpha nets are a network that does it": ("Alpha nets", None),
}


@pytest.mark.parametrize(("cell", "expected"), TITLES.items())
def test_titles_are_without_what_is_around_them(
    cell: str, expected: tuple[str, str | None]
) -> None:
    paper = row("Title | Link", f"{cell} | [pdf]({ARXIV.format('1706.03762')})")
    assert (paper.title, paper.name) == expected


@pytest.mark.parametrize(
    "label",
    ["Tech Report", "📜Technical Report", "link", "Paper", "PDF", "Official Paper", "arXiv 2024"],
)
def test_a_label_is_no_title_where_the_row_names_a_model(label: str) -> None:
    paper = row("Model | Paper", f"Alpha-7B | [{label}]({ARXIV.format('1706.03762')})")
    assert (paper.title, paper.name) == ("Alpha-7B", None)


def test_what_is_missing_is_no_title() -> None:
    assert fields("s5", "title") == ["PROMISE", "ACDC", "RVSC"]


def test_the_quoted_title_of_a_model() -> None:
    titles = ["Deep residual learning for recognition"] * 2 + ["Squeeze and excitation networks"]
    names = ["ResNet-10", "ResNet-50", "SENet-154"]
    assert fields("gm", "title", "name") == [*zip(titles, names, strict=True)]
    assert fields("row-a", "title", "name") == [
        ("Counting pebbles on a beach", "Pebbles"),
        ("Shells and what lives in them", "Shells"),
    ]


def test_a_citation_says_title_authors_venue_and_year() -> None:
    assert fields("cite", "title", "authors", "venue", "year", "code") == [
        (
            "Deep alpha: a flexible approach for prediction",
            "Lee, Ann, Bo Li, and Cy Kim",
            "In International Conference on Machine Learning",
            2017,
            (),
        )
    ]


def test_labels_before_a_title_are_names() -> None:
    title = "Efficient memory management for language model serving"
    assert fields("lab", "title", "name") == [(title, "vLLM"), (title, "PagedAttention")]


def test_a_column_that_says_the_same_in_each_row_is_no_title() -> None:
    assert fields("s10", "title") == ["nn-net", "nn-net"]
    assert fields("s9", "title") == [
        "Alpha beta gamma delta networks",
        "Epsilon zeta eta theta models",
    ]


# Several papers in a row, and none.


def test_each_paper_of_a_cell_is_a_paper() -> None:
    assert fields("multi", "title", "arxiv_id", "line") == [
        ("Bi-ZsRE", "2309.08952", 3),
        ("Eva-KELLM", "2308.09954", 3),
        ("Convsent", "2206.06520", 4),
    ]
    assert fields("row-c", "title", "url", "arxiv_id", "authors", "year") == [
        ("Pebbles on Trial", "https://a.example/p.pdf", None, "Ann Lee (A), Bo Ito (B)", 2024),
        ("Shells at Sea", "https://arxiv.org/pdf/2308.15259", "2308.15259", "Cy Roe (C)", 2024),
        (
            "Sand Attacks",
            None,
            None,
            "Ann Lee (Independent (www.annlee.example.com)), Bo Ito (B)",
            2019,
        ),
    ]


def test_a_row_of_several_papers_is_one_entry() -> None:
    document = parse(read(RECORDS / "multi.md"))
    assert [len(entry.papers) for entry in document.entries] == [2, 1]
    assert [paper.title for paper in document.entries[0].more] == ["Eva-KELLM"]


@pytest.mark.parametrize("name", ["metric", "s3", "s7"])
def test_tables_of_deadlines_metrics_and_scores_list_no_papers(name: str) -> None:
    document = parse(read(RECORDS / f"{name}.md"))
    assert (document.papers, document.tables[0].kind) == ((), "other")


def test_rows_without_a_paper_are_none() -> None:
    assert fields("s6", "title") == ["Alpha beta gamma delta networks"]
    assert fields("row-j", "title") == ["Pebble-1"]
    assert fields("row-i", "title") == ["石子数据集"]
    dashes = parse("| Title | Link |\n| - | - |\n| A | |\n| -- | -- |\n| [](  ) | []() |")
    assert [paper.title for paper in dashes.papers] == ["A"]


def test_tools_are_no_papers() -> None:
    tool = f"| Alpha | [link]({CODE}) | A playground. |\n"
    text = f"| Title | Link | Introduction |\n| - | - | - |\n{tool * 3}"
    assert parse(text).papers == ()
    assert len(parse(text + f"| B | [pdf]({ARXIV.format('1706.03762')}) | |").papers) == 1


# Sections and BibTeX.


@pytest.mark.parametrize(
    "heading",
    [
        "Models [Back to top](#top)",
        "Models ([🔝](#contents))",
        "Models [[返回目录](#目录)]",
        "[↑](#top) Models",
    ],
)
def test_a_way_back_is_no_part_of_a_section(heading: str) -> None:
    assert parse(f"## {heading}").sections[0].title == "Models"
    assert parse("## Models [papers](#papers)").sections[0].title == "Models papers"


def test_bibtex_has_venue_month_and_code() -> None:
    (entry,) = to_bibtex(parse(read(RECORDS / "v.md"))).strip().split("\n\n")
    for field in ("year = {2024}", "month = {3}", "howpublished = {NeurIPS}"):
        assert field in entry
    paper = f"| [A]({ARXIV.format('2103.00001')}) | 2022 | [code]({CODE}) | Ann Lee<sup>1</sup>\\*"
    text = f"| Paper | Year | Code | Authors |\n|-|-|-|-|\n{paper}<br>Bo Li† / Cy Kim |"
    entry = to_bibtex(parse(text))
    assert "author = {Ann Lee and Bo Li and Cy Kim}" in entry
    assert "year = {2022}" in entry
    assert f"code = {{{CODE}}}" in entry


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"The $\alpha$-divergence & more", r"{{The $\alpha$-divergence \& more}}"),
        ("Sorting in $O(n^2)$", "{{Sorting in $O(n^2)$}}"),
        ("From $5 to $10", r"{{From \$5 to \$10}}"),
        (
            r"An open $\sqrt{x$ brace",
            r"{{An open \$\textbackslash{}sqrt\textbraceleft{}x\$ brace}}",
        ),
    ],
)
def test_bibtex_keeps_mathematics(title: str, written: str) -> None:
    assert f"title = {written}" in to_bibtex(parse(f"| Paper |\n| - |\n| {title} |"))
