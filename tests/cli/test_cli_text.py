"""Lists of papers in items and paragraphs, as each command sees them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from llmpaper_md.cli import main

Out = pytest.CaptureFixture[str]
ARXIV = "https://arxiv.org/abs/2301.0000"
LIST = f"""\
# Pebbles

- [Nets](#nets)
- [More](#more)

## Nets

- **PNet**: "Nets of pebbles". *Ann Ames, Ben Berg*. ICML 2023. [[paper]({ARXIV}1)] ⭐⭐
- [Drops of drops]({ARXIV}2)
- [Stones by night]({ARXIV}3), A. Ames et al. 2022

See [another list]({ARXIV}4), too.

## More

| ID | Paper |
| --- | --- |
| 1 | [Attention](https://arxiv.org/abs/1706.03762) |
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    Path("list.md").write_text(LIST, "utf-8")


def run(capsys: Out, *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out


def test_the_summary_says_where_the_papers_are(capsys: Out) -> None:
    assert run(capsys, "show", "list.md") == (
        "list.md: 4 papers in 1 table and 1 list, 2 stars; 1 other place with links to papers "
        "(show --skipped)\n\n"
        "papers  stars  section\n               Pebbles\n     3      2    Nets\n     1           More\n\n"
        "★★  Nets of pebbles  arXiv:2301.00001\n"
    )


@pytest.mark.parametrize(("text", "places"), [
    ("", "0 papers in 0 tables"),
    (f"- [Drops of drops]({ARXIV}2)\n", "1 paper in 1 list"),
    (f"- [Drops of drops]({ARXIV}2)\n\n# B\n- [Nets of nets]({ARXIV}3)\n", "2 papers in 2 lists"),
    (f"**Nets of pebbles**<br>\n*Ann Ames, Ben Berg* [[Paper]({ARXIV}1)]\n", "1 paper in 1 paragraph"),
    (f"- [Drops of drops]({ARXIV}2)\n\n**Nets of pebbles**<br>\n*Ann Ames, Ben Berg* [[Paper]({ARXIV}1)]\n\n"
     "| Paper |\n| - |\n| A |\n", "3 papers in 1 table, 1 list and 1 paragraph"),
])  # fmt: skip
def test_the_places(capsys: Out, text: str, places: str) -> None:
    Path("list.md").write_text(text, "utf-8")
    assert run(capsys, "show", "list.md").splitlines()[0] == f"list.md: {places}"


def test_papers_of_the_sections_in_text_are_selected(capsys: Out) -> None:
    assert run(capsys, "show", "--stars", "2", "list.md") == (
        "list.md: 1 of 4 papers, 2 stars\n\nNets\n  ★★  Nets of pebbles  arXiv:2301.00001\n"
    )
    out = run(capsys, "show", "--section", "nets", "list.md")
    assert out.startswith("list.md: 3 of 4 papers, 2 stars\n")


def test_what_was_skipped_is_listed_with_its_line(capsys: Out) -> None:
    Path("none.md").write_text("# Nothing\n")
    assert run(capsys, "show", "--skipped", "list.md", "none.md") == (
        f"list.md:12: See [another list]({ARXIV}4), too.\n"
    )


def test_what_was_skipped_is_cut_to_the_width(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert run(capsys, "show", "--skipped", "list.md") == "list.md:12: See [an…\n"


def test_nothing_skipped_steers_the_terminal(capsys: Out) -> None:
    Path("list.md").write_text(f"See \x1b[31m[this]({ARXIV}1)\u202e\nhere.\n", "utf-8")
    out = run(capsys, "show", "--skipped", "list.md")
    assert out.count("\n") == 1
    assert not set(out) & set("\x1b\u202e")


def test_every_format_has_them(capsys: Out) -> None:
    data = json.loads(run(capsys, "export", "list.md"))
    titles = ["Nets of pebbles", "Drops of drops", "Stones by night", "Attention"]
    assert [paper["title"] for paper in data["papers"]] == titles
    assert [(paper["kind"], paper["table"], paper["list"]) for paper in data["papers"]] == [
        *[("item", None, 1)] * 3, ("row", 1, None),
    ]  # fmt: skip
    assert [paper["name"] for paper in data["papers"]] == ["PNet", None, None, None]
    assert data["schema_version"] == 2
    lines = run(capsys, "export", "--to", "jsonl", "list.md").splitlines()
    assert [json.loads(line)["title"] for line in lines] == titles
    rows = list(csv.DictReader(io.StringIO(run(capsys, "export", "--to", "csv", "list.md"))))
    assert [row["title"] for row in rows] == titles
    assert [(row["kind"], row["table"], row["list"]) for row in rows] == [
        *[("item", "", "1")] * 3, ("row", "1", ""),
    ]  # fmt: skip
    assert rows[0]["name"] == "PNet"
    bibtex = run(capsys, "export", "--to", "bibtex", "list.md")
    assert all(f"title = {{{{{title}}}}}" in bibtex for title in titles)
    urls = run(capsys, "export", "--to", "urls", "list.md").splitlines()
    assert urls[:2] == [f"{ARXIV}1\tlist.md:8", f"{ARXIV}2\tlist.md:9"]
    assert urls[-1] == "https://arxiv.org/abs/1706.03762\tlist.md:18"
    page = run(capsys, "export", "--to", "html", "list.md")
    assert all(title in page for title in titles)


@pytest.mark.parametrize(("setting", "titles"), [
    ('["tables"]', ["Attention"]),
    ('["items"]', ["Nets of pebbles", "Drops of drops", "Stones by night"]),
    ('["paragraphs"]', []),
])  # fmt: skip
def test_a_setting_says_where_papers_are_read(capsys: Out, setting: str, titles: list[str]) -> None:
    Path("llmpaper-md.toml").write_text(f"read = {setting}")
    data = json.loads(run(capsys, "export", "list.md"))
    assert [paper["title"] for paper in data["papers"]] == titles


def test_the_advice_for_a_file_without_papers(capsys: Out) -> None:
    Path("list.md").write_text("- [Nets](#nets)\n- [A library](https://github.com/a/b)\n")
    assert main(["export", "list.md"]) == 0
    assert capsys.readouterr().err == (
        "llmpaper-md: list.md: no papers found; looked for tables with a column of titles, and for "
        "list items and paragraphs that link to papers; if a table lists papers, name its columns "
        "in the settings\n"
    )


def test_diff_knows_an_item_again_in_a_table(capsys: Out) -> None:
    assert main(["export", "list.md", "-o", "papers.json"]) == 0
    assert main(["render", "papers.json", "-o", "tables.md"]) == 0
    capsys.readouterr()
    out = run(capsys, "diff", "list.md", "tables.md")
    assert out.startswith("list.md and tables.md: 0 papers added, 0 removed")
    Path("other.md").write_text(
        LIST.replace("Drops of drops", "Other drops").replace("2022", "2021"), "utf-8"
    )
    data = json.loads(run(capsys, "diff", "--output-format", "json", "list.md", "other.md", code=1))
    assert (data["added"], data["removed"]) == ([], [])
    assert len(data["changed"]) == 2


def test_format_and_normalize_leave_items_as_they_are(capsys: Out) -> None:
    text = f"*   [Drops  of drops]({ARXIV}2)  \n\n\n+ **Nets of pebbles** [[pdf]]({ARXIV}3)\n1) [Stones]({ARXIV}4)\n"
    Path("list.md").write_text(text)
    assert run(capsys, "format", "list.md") == text
    assert run(capsys, "normalize", "--today", "2026-11-24", "list.md") == text


def test_a_page_of_items_alone(capsys: Out) -> None:
    Path("list.md").write_text(
        f"# A\n- [Drops of <b>drops</b>]({ARXIV}2), A. Ames et al. 2023 ⭐⭐\n"
    )
    page = run(capsys, "export", "--to", "html", "list.md")
    assert "Drops of drops" in page
    assert "A. Ames et al." in page
