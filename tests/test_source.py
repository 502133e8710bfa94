from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.errors import SourceError
from llmpaper_md.source import Edit, Position, Source, Span, apply, decode, read


@pytest.mark.parametrize("character", ["\u0085", "\u2028", "\u2029", "\v", "\f", "\x1c", "\u00ad"])
def test_leaves_alone_what_only_looks_like_a_line_end(character: str) -> None:
    source = Source.of(f"a{character}b")
    assert source.line_starts == (0,)
    assert source.line(1) == f"a{character}b"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_finds_lines_at_each_kind_of_line_end(end: str) -> None:
    source = Source.of(f"a{end}文b{end}")
    assert [source.line(n) for n in (1, 2, 3)] == ["a", "文b", ""]
    assert source.position(source.text.index("b")) == Position(2, 2)


@given(st.text(alphabet="ab文\r\n\u2028"), st.data())
def test_positions_and_offsets_are_inverse(text: str, data: st.DataObject) -> None:
    source = Source.of(text)
    offset = data.draw(st.integers(0, len(text)))
    place = source.position(offset)
    assert source.offset(place.line, place.column) == offset
    assert 1 <= place.line <= len(source.line_starts)


REFUSED = {
    "GBK": (
        "论文和模型的列表".encode("gbk"),
        "byte 0xC2 at offset 0 (line 1); it looks like GB 18030",
    ),
    "Big5 after a first line": (
        b"ok\n" + "論文與模型的列表，這是繁體中文".encode("big5"),
        "at offset 3 (line 2); it looks like",
    ),
    "Latin-1": (
        "a\ncafé au lait".encode("latin-1"),
        "at offset 5 (line 2); it looks like a single",
    ),
    "UTF-16": ("论文".encode("utf-16"), "byte 0xFF at offset 0 (line 1); it looks like UTF-16"),
    "UTF-16 without a mark": ("ab\n\u0100\ud7ff".encode("utf-16-le"), "it looks like UTF-16"),
    "cut in the middle of a character": ("论文".encode()[:-1], "byte 0xE6 at offset 3 (line 1)"),
    "a NUL": (b"a\nbc\0d", "x.md:2:3: a NUL character at byte offset 4; it looks like a binary"),
    "UTF-16 of ASCII": ("abc".encode("utf-16-le"), "it looks like UTF-16 or UTF-32"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_says_what_is_wrong_with_bytes_that_are_no_text(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as error:
        decode(data, "x.md")
    assert str(error.value).startswith("x.md:")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_keeps_a_byte_order_mark_and_line_ends() -> None:
    assert decode("\ufeffa\r\nb\r".encode(), "x").text == "\ufeffa\r\nb\r"


def test_reads_a_file_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("论\r\n".encode())
    assert read(file).text == "论\r\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("文\r\n".encode())))
    assert (read("-").text, read(file).name) == ("文\r\n", str(file))


@pytest.mark.parametrize("name", ["missing.md", "folder", "x" * 5000, "nul\0"])
def test_says_in_one_line_why_a_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SourceError, match=r"no such file|cannot be read"):
        read(f"{tmp_path}/{name}")


def test_of_insertions_at_one_place_the_first_comes_first() -> None:
    edits = [Edit(Span(1, 1), "1"), Edit(Span(1, 2), "-"), Edit(Span(1, 1), "2")]
    assert apply("abc", edits) == "a12-c"
