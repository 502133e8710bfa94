"""List items written from records, and read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import ConfigError, Paper, Source, parse, render
from llmpaper_md.choices import ITEM_TEMPLATE
from llmpaper_md.cli import main
from llmpaper_md.formatting.item_template import check_template, write_item
from tests.builders import of

Out = pytest.CaptureFixture[str]
FULL = Paper(
    title="Nets of pebbles",
    name="PNet",
    authors="Ann Ames, Ben Berg",
    venue="ICML",
    year=2023,
    url="https://arxiv.org/abs/2301.00001",
    code=("https://github.com/a/b", "https://github.com/c/d"),
    stars=2,
    introduction_text="It\nworks.",
)

ITEMS: dict[str, tuple[Paper, str, str]] = {
    "everything": (
        FULL, ITEM_TEMPLATE,
        "- **Nets of pebbles** Ann Ames, Ben Berg. ICML 2023. [[paper](https://arxiv.org/abs/2301.00001)] "
        "[[code](https://github.com/a/b)] [[code](https://github.com/c/d)] ★★",
    ),
    "a title alone": (Paper(title="Nets"), ITEM_TEMPLATE, "- **Nets**"),
    "no stop after a stop": (
        Paper(title="Nets", authors="A. Ames et al."), ITEM_TEMPLATE, "- **Nets** A. Ames et al.",
    ),
    "Markdown in a title": (Paper(title="[a] *b* | c"), "- {title}", r"- \[a\] \*b\* \| c"),
    "line ends": (FULL, "- {title} - {introduction}", "- Nets of pebbles - It works."),
    "a glyph": (Paper(title="A", stars=1, star_glyph="⭐"), "- {title} {stars}", "- A ⭐"),
    "two fields in one": (
        FULL, "* [{title}]({url}) {venue}({year})",
        "* [Nets of pebbles](https://arxiv.org/abs/2301.00001) ICML(2023)",
    ),
    "one of them missing": (
        Paper(title="A", venue="ICML"), "* {title} {venue}({year})", "* A",
    ),
    "a space in an address": (
        Paper(title="A", url="https://a.org/b c"), "- [{title}]({url})", "- [A](<https://a.org/b c>)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("paper", "template", "item"), ITEMS.values(), ids=ITEMS.keys())
def test_writes(paper: Paper, template: str, item: str) -> None:
    assert write_item(paper, template) == item


@pytest.mark.parametrize(("template", "message"), [
    ("{title}", "expected one line that begins with '- '"),
    ("- {title}\n- {title}", "expected one line that begins with '- '"),
    ("-{title}", "expected one line that begins with '- '"),
    ("- {url}", "expected {title} in it"),
    ("- {title} {names}", "unknown field 'names'; known are authors, code"),
    ("- {title} {}", "unknown field ''"),
])  # fmt: skip
def test_a_template_that_is_none(template: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        check_template(template)
    assert message in str(error.value)


LIST = """\
# List

## A

- **Nets of pebbles** Ann Ames, Ben Berg. ICML 2023. [[paper](https://arxiv.org/abs/2301.00001)] ★★
- **Drops of drops** [[paper](https://arxiv.org/abs/2301.00002)] [[code](https://github.com/a/b)]

## B

- **Stones by night** 2022. [[paper](https://arxiv.org/abs/2301.00003)]
"""


def test_what_is_written_is_what_is_read() -> None:
    assert render(parse(LIST), item_template=ITEM_TEMPLATE) == LIST


def test_items_become_tables_and_tables_become_items() -> None:
    table = render(parse(LIST))
    assert table.count(" Paper |") == 2
    assert [paper.kind for paper in parse(table).papers] == ["row"] * 3
    assert render(parse(table), item_template=ITEM_TEMPLATE) == LIST


def test_a_name_becomes_a_column() -> None:
    text = '- **PNet**: "Nets of pebbles". [[pdf](https://arxiv.org/abs/2301.00001)]\n'
    table = render(parse(text))
    assert "| PNet |" in table
    assert parse(table).papers[0].extra["Name"] == "PNet"


def test_says_what_would_be_read_as_something_else() -> None:
    said: list[str] = []
    papers = [
        Paper(title="Nets of pebbles"),
        Paper(url="https://a.org"),
        Paper(title="Code", url="https://arxiv.org/abs/2301.00001"),
    ]
    text = render(papers, item_template="- [{title}]({url}) {title}", left_out=said.append)
    assert text.count("\n") == 2
    assert said[0] == "record 2: left out, as it has no title"
    assert said[1].startswith("Nets of pebbles: written, but not read as a paper again")
    assert len(said) == 3


TITLES = st.text(
    st.sampled_from([*"AbcZ文献 *_[]()`\\|<>&.:;,-!\"'“”#~1", "\u00a0"]), min_size=1, max_size=30
).filter(lambda text: any(sign.isalnum() for sign in text))


@given(st.lists(TITLES, min_size=1, max_size=3))
def test_any_title_is_written_and_what_is_read_otherwise_is_said(titles: list[str]) -> None:
    papers = [Paper(title=title, url="https://arxiv.org/abs/2301.00001") for title in titles]
    said: list[str] = []
    text = render(papers, item_template="- **{title}** [[paper]({url})]", left_out=said.append)
    assert text.count("\n") == len(papers)
    if not said:
        assert len(parse(text).papers) == len(papers)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.chdir(tmp_path)
    Path("papers.json").write_text(
        json.dumps([{"title": "Nets of pebbles", "year": 2023}, {"url": "https://a.org"}])
    )
    assert main(["render", "--style", "bullets", "papers.json"]) == 0
    out, err = capsys.readouterr()
    assert out == "- **Nets of pebbles** 2023.\n"
    assert err == (
        "papers.json: record 2: left out, as it has no title\n"
        "papers.json: Nets of pebbles: written, but not read as a paper again, as it has no link\n"
    )
    Path("llmpaper-md.toml").write_text('item-template = "* {title} ({year})"\n')
    assert main(["render", "--style", "bullets", "papers.json"]) == 0
    assert capsys.readouterr().out == "* Nets of pebbles (2023)\n"
    Path("llmpaper-md.toml").write_text('item-template = "{title}"\n')
    assert main(["render", "--style", "bullets", "papers.json"]) == 2
    assert "llmpaper-md.toml: item-template: expected one line" in capsys.readouterr().err


def test_a_table_is_written_as_items_from_its_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.md").write_text(of("| 1 | [Attention](https://arxiv.org/abs/1706.03762) | |"))
    assert main(["export", "list.md", "-o", "papers.json"]) == 0
    assert main(["render", "--style", "bullets", "papers.json"]) == 0
    assert capsys.readouterr().out == (
        "# List\n\n## A\n\n- **Attention** [[paper](https://arxiv.org/abs/1706.03762)]\n"
    )


def test_a_source_and_a_document_are_the_same() -> None:
    document = parse(Source.of(LIST, "a.md"))
    assert render(document.papers, item_template=ITEM_TEMPLATE) == LIST
