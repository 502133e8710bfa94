from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import parse, read, to_csv
from llmpaper_md.export.flat_rows import FLAT_COLUMNS, to_dicts
from llmpaper_md.export.text import guarded, unguarded

FIXTURE = Path(__file__).parents[2] / "fixtures" / "README.repaired.md"


# What docs/export.md tells a reader to take away.
GUARD = re.compile(
    r"""(?:^|(?<=[;\t\r\n]))'(?=(?:[^\S\t\r\n]|["'])*(?:[=+\-@＝＋－＠]|::))|^'(?='*[\t\r\n])|(?<=#)'(?='*#\[)"""
)


def _read_back(text: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [{name: GUARD.sub("", cell) for name, cell in row.items()} for row in rows]


def _cells(text: str, separator: str) -> Iterator[str]:
    """What a spreadsheet makes of a file of commas that it splits at another separator.

    A quotation mark begins a quotation where it begins a cell; what follows its end is kept.
    """
    for line in re.split("\r\n?|\n", text):
        while True:
            cell = ""
            if line.startswith('"'):
                quoted = re.match(r'"((?:[^"]|"")*)"?', line)
                assert quoted
                cell, line = quoted[1].replace('""', '"'), line[quoted.end() :]
            rest, found, line = line.partition(separator)
            yield cell + rest
            if not found:
                break


def _is_formula(cell: str) -> bool:
    return cell.strip().lstrip('"').strip()[:1] in tuple("=+-@＝＋－＠")


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


LEFT_ALONE = [
    "a; b",
    "a;b",
    "C = A",
    "x = y; C = A + B",
    "e-mail a@b.org",
    "it's; 'quoted' \"too\"",
    "a\tb",
    "# ## [x] #[y]",
    "std::vector a ::b",
    "https://a.org/?a=1;b=2",
]
GUARDED = {
    "x;=cmd|' /C calc'!A0": "x;'=cmd|' /C calc'!A0",
    "x;=cmd|' /C calc'!A0;": "x;'=cmd|' /C calc'!A0;",
    "x; =1": "x;' =1",
    "x;\u00a0\u3000+1": "x;'\u00a0\u3000+1",
    'x;"=1"': 'x;\'"=1"',
    "x;'=1": "x;''=1",
    "x;;-1": "x;;'-1",
    "x\t@SUM(A1)": "x\t'@SUM(A1)",
    "x;＝1;＋1;－1;＠1": "x;'＝1;'＋1;'－1;'＠1",
    "x\n=1\r\n+1\r-1": "x\n'=1\r\n'+1\r'-1",
    " =1": "' =1",
    '"=1"': '\'"=1"',
    "\tx": "'\tx",
    "::add-mask::x": "'::add-mask::x",
    "x\n::add-mask::x": "x\n'::add-mask::x",
    "x\r \u2028::add-mask::x": "x\r' \u2028::add-mask::x",
    "x ##[add-mask]y": "x #'#[add-mask]y",
    "x #'#[y": "x #''#[y",
}


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_leaves_alone(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == GUARD.sub("", cell) == cell


@pytest.mark.parametrize(("cell", "expected"), GUARDED.items())
def test_guards_each_place_where_a_cell_or_a_line_may_begin(cell: str, expected: str) -> None:
    assert guarded(cell) == expected
    assert unguarded(expected) == GUARD.sub("", expected) == cell


HOSTILE = st.text(st.sampled_from("=+-@＝;\t\r\n,'\" a|!#[:\u3000"), max_size=20)


@given(HOSTILE)
def test_a_guard_is_taken_away_as_it_was_put(cell: str) -> None:
    assert unguarded(guarded(cell)) == GUARD.sub("", guarded(cell)) == cell


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@given(cells=st.lists(HOSTILE, min_size=1, max_size=4))
def test_no_reader_finds_a_formula(separator: str, cells: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow(map(guarded, cells))
    text = file.getvalue()
    if separator == ",":
        found = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    else:
        found = list(_cells(text, separator))
    assert not any(map(_is_formula, found))


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30)
    | HOSTILE.map(lambda text: text.replace("\r", "").replace("\n", "<br>"))
)
def test_any_cell_reads_back(cell: str) -> None:
    document = parse(f"| Paper | Introduction | GPU |\n| - | - | - |\n| a | {cell} | {cell} |")
    (row,) = to_dicts(document)
    text = to_csv(document)
    (found,) = _read_back(text)
    assert found == {name: "" if value is None else str(value) for name, value in row.items()}
    (written,) = csv.DictReader(io.StringIO(text, newline=""))
    assert not any(map(_is_formula, written.values()))
    for name in ("extra", "surplus"):
        assert written[name] == found[name]  # JSON has escapes of its own
    if row["extra"]:
        assert json.loads(str(row["extra"])) == document.papers[0].extra


def test_a_byte_order_mark_only_where_it_is_wanted() -> None:
    head = ",".join(FLAT_COLUMNS) + "\r\n"
    assert to_csv([]) == head
    assert to_csv([], bom=True) == "\ufeff" + head
    assert to_csv([], bom=True).encode()[:3] == b"\xef\xbb\xbf"
