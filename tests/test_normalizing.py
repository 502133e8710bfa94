"""``normalize`` and ``format`` on the command line, and what ``normalize`` promises."""

from __future__ import annotations

import io
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from llmpaper_md import FormatOptions, LintOptions, format_text, normalize, normalizing, parse
from llmpaper_md.cli import main
from llmpaper_md.errors import ChannelError, ProofError
from llmpaper_md.formatting import normal_form
from llmpaper_md.linting.findings import Finding
from llmpaper_md.repairing import Repair, Run, repair
from llmpaper_md.source import Source, Span
from tests.builders import damage
from tests.strategies import TEXTS

FIXTURES = Path(__file__).parent.parent / "fixtures"
GARBLED, REPAIRED, NORMALIZED = (
    FIXTURES.joinpath(f"README.{name}.md").read_bytes().decode()
    for name in ("garbled", "repaired", "normalized")
)
Out = pytest.CaptureFixture[str]


# --- normalize ---------------------------------------------------------------------------------


def test_leaves_a_clean_list_alone() -> None:
    text = (
        "# 论文\n\n| ID | Paper |\n| --- | --- |\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\n"
    )
    done = normalize(text)
    assert (done.text, done.applied, done.left) == (text, (), ())


def test_restores_the_source_readme() -> None:
    """To update the file: ``llmpaper-md normalize fixtures/README.garbled.md -o …``."""
    done = normalize(GARBLED, LintOptions(today=date(2026, 1, 1)))
    assert done.text == NORMALIZED
    assert (len(done.repair.guesses), len(done.applied)) == (1255, 128)
    assert [f.rule for f in done.left if f.severity == "error"] == [
        *("duplicate-id", "swallowed-text", "duplicate-paper", "missing-id", "missing-id"),
        *("missing-id", "swallowed-text", "expired-url", "expired-url", "swallowed-text"),
    ]


def test_the_repaired_readme_differs_by_wrong_guesses_only() -> None:
    ours, true = NORMALIZED, normalize(REPAIRED).text
    assert len(ours) == len(true)
    wrong = [(a, b) for a, b in zip(ours, true, strict=True) if a != b]
    assert len(wrong) <= 15
    assert all("\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff" for a, b in wrong)


@given(TEXTS)
def test_normalized_text_is_its_own_normal_form(text: str) -> None:
    """What is made is in normal form, and nothing is left that another run would do."""
    once = normalize(text)
    again = normalize(once.text)
    assert again.text == once.text
    assert again.left == once.left
    assert format_text(once.text) == once.text


@pytest.mark.parametrize("text", ["ASCII", "clean 中文", GARBLED[:400]])
def test_a_channel_that_is_none_is_an_error_whatever_the_text(text: str) -> None:
    for function in (repair, normalize):
        with pytest.raises(ChannelError, match="unknown code page 'klingon'"):
            function(text, channel="klingon")


def test_a_repair_that_moves_cells_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "| a |\n| --- |\n| b |\n"
    monkeypatch.setattr(
        normalizing, "repair", lambda *_, **__: Repair(text.replace("b", "|b"), None, (), ("x",))
    )
    with pytest.raises(ProofError, match=r"^list.md: not written: the repair would change"):
        normalize(Source.of(text, "list.md"))


HEAD = "| Paper | Notes |\n| - | - |\n"
GIVEN_BACK = {
    "a border": (HEAD + "| 1 | x¤ |\n| 2 | y |\n", HEAD + "| 1 | x | |\n| 2 | y |\n"),
    "a line ending": (HEAD + "| 1 | x¤| 2 | y |\n| 3 | z |\n", HEAD + "| 1 | x\n| 2 | y |\n| 3 | z |\n"),
    "a line ending of two characters": ("a¤b\r\n" + HEAD, "a\r\nb\r\n" + HEAD),
    "line endings before two tables": ("a¤b\n" + HEAD + "\nc¤d\n\n" + HEAD, "a\nb\n" + HEAD + "\nc\nd\n\n" + HEAD),
    "the end of a table": (HEAD + "| 1 | x¤\n| 2 | y |\n", HEAD + "| 1 | x\n\n| 2 | y |\n"),
    "the start of a table": ("text¤| Paper |\n| - |\n| 1 |\n", "text\n| Paper |\n| - |\n| 1 |\n"),
}  # fmt: skip
LOST = {
    "a cell elsewhere": (HEAD + "| 1 | x¤ |\n| 2 | y |\n", HEAD + "| 1 | x | |\n| 2 y |\n"),
    "a row after a line ending": (HEAD + "| 1 | x¤| 2 | y |\n| 3 | z |\n", HEAD + "| 1 | x\n| 2 | y |\n"),
    "a table after line endings": ("a¤bc\ndef\n\n" + HEAD, "a\nbc\ndef\n\n"),
    "a cell of a header": ("a¤b\n\n" + HEAD, "a\nb\n\n| Paper |\n| - |\n"),
}  # fmt: skip


def restored(before: str, after: str) -> Repair:
    """A repair in which each ¤ was damaged, and became all that differs up to the next letter."""
    parts = before.split("¤")
    runs = []
    start = end = 0
    for part, following in itertools.pairwise(parts):
        start, end = start + len(part), end + len(part)
        length = after.index(following[:5], end) - end
        runs.append(
            Run(Span(start, start + 1), Span(end, end + length), "¤", "gbk", "exact", "", True)
        )
        start, end = start + 1, end + length
    return Repair(after, None, (), ("x",), tuple(runs))


@pytest.mark.parametrize("name", GIVEN_BACK)
def test_a_repair_may_give_back_what_was_swallowed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = GIVEN_BACK[name]
    expected = normalize(after).text
    monkeypatch.setattr(normalizing, "repair", lambda *_, **__: restored(before, after))
    assert normalize(before).text == expected


@pytest.mark.parametrize("name", LOST)
def test_no_other_row_may_change_with_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = LOST[name]
    monkeypatch.setattr(normalizing, "repair", lambda *_, **__: restored(before, after))
    with pytest.raises(ProofError, match="the repair would change which lines"):
        normalize(before)


def test_errors_are_counted_apart_from_warnings() -> None:
    done = normalize("")
    warning = Finding("empty-row", "warning", "", Span(0, 0))
    error = Finding("duplicate-id", "error", "", Span(0, 0))
    for left, has_errors in (((), False), ((warning,), False), ((warning, error), True)):
        made = normalizing.NormalizeResult(parse(""), done.repair, (), left)
        assert made.has_errors is has_errors


# --- the commands ------------------------------------------------------------------------------

LIST = "|ID|Paper|\r\n|-|-|\r\n|1|[Attention ](https://arxiv.org/abs/1706.03762)\r\n"
FORM = "|ID|Paper|\r\n|-|-|\r\n|1|[Attention ](https://arxiv.org/abs/1706.03762)|\r\n"
COMPACT = (
    "| ID | Paper |\r\n| --- | --- |\r\n| 1 | [Attention ](https://arxiv.org/abs/1706.03762) |\r\n"
)
WHOLE = FORM.replace("Attention ]", "Attention]")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "list.md"
    path.write_bytes(LIST.encode())
    return path


@pytest.mark.parametrize(("command", "text"), [("format", FORM), ("normalize", WHOLE)])
def test_prints_writes_and_compares(file: Path, capsys: Out, command: str, text: str) -> None:
    assert main([command, "list.md"]) == 0
    assert capsys.readouterr().out == text
    assert main([command, "--check", "list.md"]) == 1
    assert capsys.readouterr().out == ""
    assert main([command, "--diff", "list.md"]) == 1
    assert f"\n+{text.splitlines(keepends=True)[2]}" in capsys.readouterr().out
    assert file.read_bytes() == LIST.encode()
    assert main([command, "-o", "new.md", "list.md"]) == 0
    assert Path("new.md").read_bytes() == text.encode()
    assert main([command, "-i", "list.md"]) == 0
    assert file.read_bytes() == text.encode()
    before = file.stat()
    assert main([command, "-i", "list.md"]) == 0
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert main([command, "--check", "--table-style", "aligned", "list.md"]) == 1


def test_format_says_which_files_change(file: Path, capsys: Out) -> None:
    Path("normal.md").write_text("text\n")
    assert main(["format", "--check", "list.md", "normal.md"]) == 1
    assert main(["format", "-i", "list.md", "normal.md"]) == 0
    assert capsys.readouterr().err == (
        "list.md: would change\n"
        "2 files: 1 would be formatted, 1 unchanged\n"
        "list.md: formatted\n"
        "2 files: 1 formatted, 1 unchanged\n"
    )


def test_normalize_says_what_it_did(file: Path, capsys: Out) -> None:
    text = LIST + "|2|我们训练语言模型的方法|\r\n|2|[B](https://b.org)|\r\n"
    file.write_bytes(damage(text).encode())
    assert main(["normalize", "-i", "--today", "2026-01-01", "list.md"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert (
        said[0]
        == "list.md: restored from windows-1254, undefined bytes dropped, soft hyphens dropped"
    )
    assert said[1].startswith("list.md: 3 damaged characters restored, ")
    assert said[2:] == [
        "list.md: 1 problem fixed",
        "list.md: 1 error and 1 warning left; run llmpaper-md lint to see them",
    ]


def test_unsafe_fixes_only_on_request(file: Path, capsys: Out) -> None:
    file.write_text("| ID | Paper |\n| --- | --- |\n| 1 | A |\n| | |\n")
    assert main(["normalize", "list.md"]) == 0
    assert "| | |" in capsys.readouterr().out
    assert main(["normalize", "--unsafe-fixes", "list.md"]) == 0
    assert "| | |" not in capsys.readouterr().out


def test_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert main(["format", "-"]) == 0
    assert capsys.readouterr().out == FORM


MISTAKES = {
    "several files on standard output": (["list.md", "list.md"], "several files need --in-place"),
    "several files into one": (
        ["-o", "x.md", "list.md", "list.md"],
        "--output works with a single file",
    ),
    "standard input written back": (["-i", "-"], "--in-place cannot be used with standard input"),
    "a file that is not there": (["no.md"], "no.md: no such file"),
    "a file that is no text": (
        ["binary.md"],
        "binary.md: not UTF-8: byte 0xFF at offset 0 (line 1)",
    ),
}


@pytest.mark.parametrize("command", ["format", "normalize"])
@pytest.mark.parametrize(("arguments", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_are_said_in_one_line(
    file: Path, capsys: Out, command: str, arguments: list[str], message: str
) -> None:
    Path("binary.md").write_bytes(b"\xff\x00")
    assert main([command, *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err
    assert file.read_bytes() == LIST.encode()


@pytest.mark.parametrize("command", ["format", "normalize"])
def test_what_is_not_proven_is_not_written(
    file: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    whole = normal_form.normal_form

    def lossy(*arguments: object) -> str:
        return whole(*arguments).replace("|1|", "|2|")  # type: ignore[arg-type]

    monkeypatch.setattr(normal_form, "normal_form", lossy)
    assert main([command, "-i", "list.md"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("llmpaper-md: list.md: not written: a row of the table on line 1 was")
    assert "please report" in err
    assert file.read_bytes() == LIST.encode()


def test_settings_and_arguments_choose_the_form(file: Path, capsys: Out) -> None:
    Path("llmpaper-md.toml").write_text("table-style = 'aligned'\nend-of-line = 'lf'\n")
    assert main(["format", "list.md"]) == 0
    options = FormatOptions(table_style="aligned", end_of_line="lf")
    assert capsys.readouterr().out == format_text(LIST, options)
    assert main(["format", "--table-style", "compact", "--end-of-line", "crlf", "list.md"]) == 0
    assert capsys.readouterr().out == COMPACT
    assert main(["format", "--table-style", "keep", "--end-of-line", "keep", "list.md"]) == 0
    assert capsys.readouterr().out == FORM


def test_names_of_columns_from_the_settings_are_known_to_the_proof(file: Path) -> None:
    Path("llmpaper-md.toml").write_text("[columns]\ntitle = ['Arbeit']\n")
    file.write_text("|Arbeit|\n|-|\n|A\n")
    assert main(["normalize", "-i", "list.md"]) == 0
    assert parse(file.read_text(), columns={"title": ["Arbeit"]}).papers[0].title == "A"
