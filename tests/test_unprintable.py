"""How invisible characters are shown: as escapes, unless they are part of what is read."""

from __future__ import annotations

import json
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.cli import main
from llmpaper_md.export.text import escape_unsafe, escape_unsafe_toml
from llmpaper_md.unprintable import printable

# Signs of Arabic, Syriac and Kaithi that stand before numbers, and are seen.
SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


@pytest.mark.parametrize(
    "text",
    [
        "plain 大模型 é ★ — “quoted”",
        "a\tb",
        "a\u00a0b\u3000c",
        "e\u0301",
        "❤️ ⭐️ ☎︎ ©️",
        "1️⃣ #️⃣",
        "👩‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍⚕️ ⛹🏻‍♀️",
        "🇬🇧",
        "می\u200cخواهم",
        "क्\u200dष শ্\u200cর",
        SEEN,
        "a :: b # [c]",
        "C:: #[x]",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u200e\u200f\u061c", r"\u200e\u200f\u061c"),
        ("\u202ea\u202c \u2066b\u2069", r"\u202ea\u202c \u2066b\u2069"),
        ("a\U000e0041\U000e007f", r"a\U000e0041\U000e007f"),
        ("🏴\U000e0067\U000e0062\U000e007f", r"🏴\U000e0067\U000e0062\U000e007f"),
        ("\ufff9a\ufffab\ufffb", r"\ufff9a\ufffab\ufffb"),
        ("a\u200bb\u2060c\ufeffd\xade", r"a\u200bb\u2060c\ufeffd\xade"),
        ("a\u200db a\u200cb \u200d👩 👩\u200d", r"a\u200db a\u200cb \u200d👩 👩\u200d"),
        ("a\ufe0f 文\ufe0e ❤\ufe0f\ufe0f", "a\\ufe0f 文\\ufe0e ❤\ufe0f\\ufe0f"),
        ("文\U000e0100 a\ufe00", r"文\U000e0100 a\ufe00"),
        ("a\u115f\u3164\uffa0b", r"a\u115f\u3164\uffa0b"),
        ("a\nb\r\u2028\u2029\x85\x0b\x0c", r"a\nb\r\u2028\u2029\x85\x0b\x0c"),
        ("\x1b[2J\x9b31m\x7f", r"\x1b[2J\x9b31m\x7f"),
        ("\ud83d \ufffe\U0010ffff", r"\ud83d \ufffe\U0010ffff"),
        ("::a::", r"\x3a:a::"),
        (" \u3000\u2028::a::", " \u3000\\u2028\\x3a:a::"),
        ("a ##[b] ###[c]", r"a \x23#[b] #\x23#[c]"),
    ],
)
def test_shows_as_escapes(text: str, expected: str) -> None:
    assert printable(text) == expected


def test_every_character_without_a_look() -> None:
    unseen = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in unseen and character not in SEEN + "\t":
            assert printable(f"a{character}b").isascii(), hex(code)


@given(st.text())
def test_nothing_is_left_to_show(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    assert len(once.splitlines()) <= 1


@given(st.text(st.characters(codec="utf-8")))
def test_data_means_the_same(text: str) -> None:
    written = json.dumps(text, ensure_ascii=False)
    assert json.loads(escape_unsafe(written)) == text
    assert tomllib.loads(f"a = {escape_unsafe_toml(written)}")["a"] == text


@pytest.mark.parametrize("hidden", ["\u200e", "\u061c", "\U000e0041", "\ufffa", "\u2067", "\u180e"])
@pytest.mark.parametrize(
    "command",
    ["show", "show --papers", "lint --full", "diff other.md", "export", "export --to jsonl"],
)
def test_nothing_hidden_is_printed(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    hidden: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"# S{hidden}S\n\n| ID | Paper |\n| - | - |\n| 1★ | A{hidden}B |\n| 1★ | A{hidden}B |\n"
    Path("list.md").write_text(text, "utf-8")
    Path("other.md").write_text("| ID | Paper |\n| - | - |\n| 1 | X |\n", "utf-8")
    assert main([*command.split(" "), "list.md"]) in (0, 1)
    for stream in capsys.readouterr():
        assert hidden not in stream
