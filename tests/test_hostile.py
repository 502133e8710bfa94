"""Hostile and broken input: no traceback, no hang, no file changed that cannot be understood.

What stands in a table of cases is given to every command as a file. `test_hostile_sizes` has larger
texts, `test_hostile_files` files that are none.
"""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from llmpaper_md import LintOptions, files, fix, format_text, lint, normalize, parse, repair
from llmpaper_md.cli import main
from llmpaper_md.errors import LLMPaperError
from llmpaper_md.export.json_records import to_json
from llmpaper_md.report.summary import summarize
from llmpaper_md.report.terminal import Style
from tests.hostile_inputs import COMMANDS, FORMATTED, HEAD, LIST, said

OPTIONS = LintOptions(strict=True, today=date(2026, 1, 1))


pytestmark = pytest.mark.usefixtures("folder")


# --- bytes that are no text ----------------------------------------------------------------------

NO_TEXT = {
    "UTF-16": (
        LIST.encode("utf-16"),
        "list.md: not UTF-8: byte 0xFF at offset 0 (line 1); it looks like UTF-16: ",
    ),
    "UTF-16, big end first": (
        b"\xfe\xff" + LIST.encode("utf-16-be"),
        "list.md: not UTF-8: byte 0xFE at offset 0 (line 1); it looks like UTF-16: ",
    ),
    "UTF-16 without a mark": (
        LIST.encode("utf-16-le"),
        "list.md:1:2: a NUL character at byte offset 1; it looks like UTF-16 or UTF-32: ",
    ),
    "Chinese in UTF-16 without a mark": (
        "论文列表，模型".encode("utf-16-be"),
        "list.md: not UTF-8: byte 0x8B at offset 0 (line 1); it looks like ",
    ),
    "UTF-32": (
        LIST.encode("utf-32"),
        "list.md: not UTF-8: byte 0xFF at offset 0 (line 1); it looks like UTF-32: ",
    ),
    "UTF-32 without a mark": (
        LIST.encode("utf-32-be"),
        "list.md:1:1: a NUL character at byte offset 0; it looks like UTF-16 or UTF-32: ",
    ),
    "GBK": (
        "| 论文 |\n| - |\n".encode("gbk"),
        "list.md: not UTF-8: byte 0xC2 at offset 2 (line 1); it looks like GB 18030 (GBK): ",
    ),
    "Latin-1": (
        "| Modèle |\n| - |\n".encode("latin-1"),
        "list.md: not UTF-8: byte 0xE8 at offset 5 (line 1); it looks like a single-byte encoding ",
    ),
    "a NUL": (
        b"| a |\n| - |\n| \0 |\n",
        "list.md:3:3: a NUL character at byte offset 14; it looks like a binary file: ",
    ),
    "NULs": (bytes(100), "list.md:1:1: a NUL character at byte offset 0; it looks like UTF-16"),
    "a character cut in two": (
        (HEAD + "文").encode()[:-1],
        "list.md: not UTF-8: byte 0xE6 at offset 25 (line 3); it looks like ",
    ),
    "a surrogate": (HEAD.encode() + b"\xed\xa0\x80", "not UTF-8: byte 0xED at offset 25 (line 3)"),
    "an overlong slash": (
        HEAD.encode() + b"\xc0\xaf",
        "not UTF-8: byte 0xC0 at offset 25 (line 3)",
    ),
    "beyond Unicode": (b"\xf4\x90\x80\x80", "not UTF-8: byte 0xF4 at offset 0 (line 1)"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not UTF-8: byte 0x89 at offset 0 (line 1)"),
    "a compressed file": (b"\x1f\x8b\x08\0", "not UTF-8: byte 0x8B at offset 1 (line 1)"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("data", "message"), NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_is_no_text_is_told_in_one_line_and_left_alone(
    capsys: pytest.CaptureFixture[str], command: str, data: bytes, message: str
) -> None:
    file = Path("list.md")
    file.write_bytes(data)
    assert main([*COMMANDS[command], "list.md"]) == 2
    err = said(capsys)
    assert message in err
    assert err.count("\n") == 1
    assert file.read_bytes() == data


# --- texts that are odd --------------------------------------------------------------------------


class Odd(NamedTuple):
    """A text, how many papers it lists, which rules find something, and its normal form."""

    text: str
    papers: int = 0
    found: tuple[str, ...] = ()
    formatted: str | None = None


DEEP = "".join("  " * level + "- a\n" for level in range(300))
ODD = {
    "an empty file": Odd(""),
    "only a byte order mark": Odd("\ufeff"),
    "only line ends": Odd("\n\r\n\r", formatted="\n"),
    "only blanks": Odd(" \t ", formatted=" \t \n"),
    "only a table's header": Odd("| a | b |\n"),
    "a byte order mark before a table": Odd("\ufeff" + LIST, 1, formatted="\ufeff" + FORMATTED),
    "no line end at the end": Odd(LIST[:-1], 1, formatted=FORMATTED),
    "carriage returns alone": Odd(
        LIST.replace("\n", "\r"), 1, formatted=FORMATTED.replace("\n", "\r")
    ),
    "a fence never closed": Odd("```\n" + LIST),
    "a comment never closed": Odd("<!--\n" + LIST),
    "HTML never closed": Odd("<pre>\n" + LIST),
    "front matter never closed": Odd(
        "---\na: b\n" + LIST, 1, formatted="---\na: b\n\n" + FORMATTED
    ),
    "front matter closed": Odd("---\na: b\n---\n" + LIST, 1),
    "brackets never closed": Odd(LIST + "| 2 | [A](https://a.org |\n", 2),
    "emphasis never closed": Odd(LIST + "| 2 | **A |\n", 2),
    "code never closed": Odd(LIST + "| 2 | `A |\n", 2),
    "a table of lone pipes": Odd("|\n|\n|\n"),
    "a delimiter row alone": Odd("|-|-|\n"),
    "lists three hundred deep before a table": Odd(DEEP + "\n" + LIST, 1),
    "quotes a thousand deep": Odd(">" * 1000 + " a\n\n" + LIST, 1),
    "line ends that are none": Odd(
        HEAD + "| 1 | a\u0085b\u2028c\u2029d\ve\ff\x1cg\x1dh\x1ei |\n", 1
    ),
    "a title turned around": Odd(
        HEAD + "| 1 | [\u202eA\u202c](https://a.org) |\n", 1, ("invisible-character",)
    ),
    "every control": Odd(
        HEAD
        + "| 1 | "
        + "".join(map(chr, [*range(1, 9), *range(14, 32), *range(127, 160)]))
        + " |\n",
        1,
        ("invisible-character",),
    ),
    "a title of a private character": Odd(HEAD + "| 1 | \ue000\U0010ffff |\n", 1),
    "characters that are none": Odd(HEAD + "| 1 | \ufffe\uffff\U0001fffe |\n", 1),
    "an ID that no computer holds": Odd(HEAD + f"| {'9' * 5000} | [A](https://a.org) |\n", 1),
    "a year that is none": Odd("| Paper | Year |\n| - | - |\n| A | 99999 |\n", 1),
    "entities that are none": Odd(HEAD + "| 1 | &#xfffffff; &#0; &nope; |\n", 1),
    "an address that is none": Odd(HEAD + "| 1 | [A](http://[::1) [B](http://) [C](//) |\n", 1),
    "a port that is none": Odd(HEAD + "| 1 | [A](https://a.org:99999999/) |\n", 1),
    "escapes that are none": Odd(HEAD + "| 1 | [A](https://a.org/10.1000/%zz%ff) |\n", 1),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ODD)
def test_odd_texts(capsys: pytest.CaptureFixture[str], command: str, name: str) -> None:
    odd = ODD[name]
    file = Path("list.md")
    file.write_bytes(odd.text.encode())
    code = main([*COMMANDS[command], "list.md"])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    now = file.read_bytes().decode()
    if command in ("show", "export", "repair", "lint"):
        assert now == odd.text
    if command == "show":
        assert (code, err) == (0, "")
        assert f": {odd.papers} paper" in out
    elif command == "export":
        assert (code, err.partition(";")[0]) == (
            0,
            "" if odd.papers else "llmpaper-md: list.md: no papers found",
        )
        assert len(json.loads(out)["papers"]) == odd.papers
    elif command == "repair":
        assert (code, err) == (0, "list.md: nothing to repair\n")
    elif command == "lint":
        assert (code, err) == (1 if out.startswith("list.md:") else 0, "")
        for rule in odd.found:
            assert f" {rule} " in out
    elif command == "lint --fix":
        assert code in (0, 1)
        assert err == ("" if now == odd.text else err)
        assert len(parse(now).papers) == odd.papers
    elif command == "format":
        assert (code, err) == (0, "" if now == odd.text else "list.md: formatted\n")
        if odd.formatted is not None:
            assert now == odd.formatted
        assert format_text(now) == now
    else:
        assert code in (0, 1)
        assert err.startswith("list.md: nothing to repair\nlist.md: ")
        assert len(parse(now).papers) == odd.papers


SURROGATES = HEAD + "| 1 | [\ud800A](https://a.org/\udfff) \udc80 |\n"


def test_half_a_character_is_an_answer_or_an_error_of_ours() -> None:
    """Files cannot hold them, a string of Python can."""
    assert len(parse(SURROGATES).papers) == 1
    assert to_json(parse(SURROGATES)).encode()
    assert repair(SURROGATES).text == SURROGATES
    assert lint(SURROGATES, OPTIONS) is not None
    assert len(parse(fix(SURROGATES, OPTIONS, unsafe=True).text).papers) == 1
    assert "\ud800A" in format_text(SURROGATES)
    assert "\ud800A" in normalize(SURROGATES, OPTIONS).text
    assert "".join(summarize(parse(SURROGATES), Style(io.StringIO()))).encode()
    with pytest.raises(LLMPaperError, match="lone surrogate"):
        files.write("list.md", SURROGATES)
    assert not Path("list.md").exists()
