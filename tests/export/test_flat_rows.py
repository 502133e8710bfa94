"""Flat rows, and that the libraries which take rows take them as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmpaper_md import Document, Source, parse, read
from llmpaper_md.export.flat_rows import FLAT_COLUMNS, Row, to_dicts

FIXTURE = Path(__file__).parents[2] / "fixtures" / "README.repaired.md"
# One of everything, and below it a paper of which nothing is known but its title.
FULL = """\
# List
## 2.1 Attention
| ID   | Paper | Authors | Year | Venue | Code | GPU |
| ---- | ----- | ------- | ---- | ----- | ---- | --- |
| 01★★ | [A](https://arxiv.org/abs/1706.03762v5) [pdf](<https://a.org/b c>) | V, A | 2017 | NeurIPS | [x](https://github.com/a/b) [y](https://github.com/c/d) | 8 | more |
|      | B     |         |      |       |      |     |
"""


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return to_dicts(parse(read(FIXTURE)))


def test_says_all_that_a_row_says() -> None:
    full, bare = to_dicts(parse(Source.of(FULL, "a.md")))
    assert full == {
        "source": "a.md",
        "kind": "row",
        "table": 1,
        "list": None,
        "line": 5,
        "section": "List > Attention",
        "id": 1,
        "id_text": "01",
        "stars": 2,
        "star_glyph": "★",
        "title": "A",
        "name": None,
        "url": "https://arxiv.org/abs/1706.03762v5",
        "arxiv_id": "1706.03762",
        "arxiv_version": 5,
        "doi": None,
        "openreview_id": None,
        "code": "https://github.com/a/b https://github.com/c/d",
        "authors": "V, A",
        "year": 2017,
        "year_from": "entry",
        "date": None,
        "date_text": None,
        "venue": "NeurIPS",
        "introduction": None,
        "introduction_text": None,
        "links": "https://arxiv.org/abs/1706.03762v5 https://a.org/b%20c"
        " https://github.com/a/b https://github.com/c/d",
        "extra": '{"GPU": "8"}',
        "surplus": '["more"]',
    }
    assert {name: value for name, value in bare.items() if value is not None} == {
        "source": "a.md",
        "kind": "row",
        "table": 1,
        "line": 6,
        "section": "List > Attention",
        "stars": 0,
        "title": "B",
    }


def test_every_paper_has_the_columns_in_their_order(rows: list[Row]) -> None:
    assert len(rows) == 120
    for row in rows:
        assert list(row) == list(FLAT_COLUMNS)
        assert all(
            value is None or type(value) is FLAT_COLUMNS[name] for name, value in row.items()
        )
    assert to_dicts(parse("")) == []


def test_a_name_that_is_no_unicode_can_be_encoded() -> None:
    document = parse(Source.of("| Paper |\n| - |\n| a\ud800 |", "a\udcff.md"))
    (row,) = to_dicts(document)
    assert (row["source"], row["title"]) == ("a\ufffd.md", "a\ufffd")


def test_pandas_takes_them(rows: list[Row]) -> None:
    pandas = pytest.importorskip("pandas", reason="the extra `recipes` is not installed")
    frame = pandas.DataFrame(rows)
    assert list(frame.columns) == list(FLAT_COLUMNS)
    assert frame.stars.sum() == 217
    typed = frame.convert_dtypes()
    assert str(typed.id.dtype) == "Int64"
    assert typed.title.notna().sum() == sum(row["title"] is not None for row in rows)


def test_polars_takes_them_with_the_columns_as_schema(rows: list[Row]) -> None:
    """Left to itself it looks at the first hundred rows only, and here a DOI comes later."""
    polars = pytest.importorskip("polars", reason="the extra `recipes` is not installed")
    frame = polars.from_dicts(rows, schema=FLAT_COLUMNS)
    assert frame.schema == polars.Schema(FLAT_COLUMNS)
    assert frame["stars"].sum() == 217
    assert frame.to_dicts() == rows
    assert polars.from_dicts(rows, infer_schema_length=None).to_dicts() == rows
    assert polars.from_dicts([], schema=FLAT_COLUMNS).columns == list(FLAT_COLUMNS)


def test_pyarrow_takes_them(rows: list[Row]) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra `recipes` is not installed")
    table = pyarrow.Table.from_pylist(rows)
    assert table.column_names == list(FLAT_COLUMNS)
    assert table.to_pylist() == rows


def test_what_is_joined_can_be_parted(rows: list[Row]) -> None:
    document: Document = parse(read(FIXTURE))
    for row, paper in zip(rows, document.papers, strict=True):
        links = str(row["links"]).split() if row["links"] else []
        assert links == list(dict.fromkeys(link.url for link in paper.links))
        assert (json.loads(str(row["extra"])) if row["extra"] else {}) == paper.extra
