from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import parse, read, to_csv
from llmpaper_md.export.flat_rows import FLAT_COLUMNS, to_dicts

FIXTURE = Path(__file__).parent.parent / "fixtures" / "README.repaired.md"


def _read_back(text: str) -> list[dict[str, str]]:
    """As the docstring of `to_csv` tells a reader to."""
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [
        {name: re.sub(r"^'('*[=+\-@\t\r\n＝＋－＠])", r"\1", cell) for name, cell in row.items()}
        for row in rows
    ]


def test_reads_back_as_the_rows() -> None:
    document = parse(read(FIXTURE))
    expected = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in to_dicts(document)
    ]
    text = to_csv(document)
    assert _read_back(text) == expected
    assert text.count("\r\n") == text.count("\n") == 121


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("A = B", "A = B"),
        ("it's", "it's"),
        ("'quoted'", "'quoted'"),
        ("1+1", "1+1"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
    ],
)
def test_no_cell_begins_a_formula(title: str, cell: str) -> None:
    text = to_csv(parse(f"| Paper |\n| - |\n| {title} |"))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["title"] == cell
    assert _read_back(text)[0]["title"] == title


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30))
def test_any_cell_reads_back(cell: str) -> None:
    document = parse(f"| Paper | Introduction |\n| - | - |\n| a | {cell} |")
    (row,) = to_dicts(document)
    text = to_csv(document)
    (found,) = _read_back(text)
    assert found == {name: "" if value is None else str(value) for name, value in row.items()}
    (written,) = csv.DictReader(io.StringIO(text, newline=""))
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in written.values())


def test_a_byte_order_mark_only_where_it_is_wanted() -> None:
    head = ",".join(FLAT_COLUMNS) + "\r\n"
    assert to_csv([]) == head
    assert to_csv([], bom=True) == "\ufeff" + head
    assert to_csv([], bom=True).encode()[:3] == b"\xef\xbb\xbf"
