"""``show``: the papers of a list by section, in the columns of a terminal."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

from llmpaper_md.cli import main
from llmpaper_md.report.widths import columns, cut, padded

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
README = "fixtures/README.repaired.md"
Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int | None) -> None:
    def size(descriptor: int) -> os.terminal_size:
        if width is None:
            raise OSError
        return os.terminal_size((width, 24))

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1)
    monkeypatch.setattr("os.get_terminal_size", size)
    monkeypatch.setenv("NO_COLOR", "1")


def test_elsewhere_than_on_a_terminal_it_is_a_summary(capsys: Out) -> None:
    assert main(["show", README]) == 0
    assert capsys.readouterr().out == SNAPSHOTS.joinpath("show.txt").read_text("utf-8")


# To write them anew: COLUMNS=… NO_COLOR=1 llmpaper-md show --papers fixtures/README.repaired.md
@pytest.mark.parametrize("width", [44, 80, 160])
def test_shows_the_source_readme_on_a_terminal(
    capsys: Out, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    on_a_terminal(monkeypatch, width)
    assert main(["show", README]) == 0
    out = capsys.readouterr().out
    assert out == SNAPSHOTS.joinpath(f"show-{width}.txt").read_text("utf-8")
    _, _, table = out.rpartition("ChatGLM-6B\n\n1 OpenAI")
    assert all(wcswidth(line) <= width for line in table.split("\n"))


def test_where_no_size_is_known_a_terminal_has_80_columns(
    capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch, None)
    assert main(["show", README]) == 0
    assert capsys.readouterr().out == SNAPSHOTS.joinpath("show-80.txt").read_text("utf-8")


def test_columns_of_the_environment_come_first(
    capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    assert main(["show", "--papers", README]) == 0
    assert capsys.readouterr().out == SNAPSHOTS.joinpath("show-44.txt").read_text("utf-8")
    for nonsense in ("0", "-3", "wide", "²"):
        monkeypatch.setenv("COLUMNS", nonsense)
        assert main(["show", "--papers", README]) == 0
        assert "…" not in capsys.readouterr().out


def test_the_papers_can_be_left_out_and_asked_for(
    capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["show", "--papers", README]) == 0
    long = "Pre-train, Prompt, and Predict: A Systematic Survey of Prompting Methods in Natural"
    assert f"{long} Language Processing  arXiv:2107.13586\n" in capsys.readouterr().out
    on_a_terminal(monkeypatch, 80)
    assert main(["show", "--no-papers", README]) == 0
    assert capsys.readouterr().out == SNAPSHOTS.joinpath("show.txt").read_text("utf-8")


def listed(out: str) -> list[str]:
    """The titles, in their order, of a list of papers without identifiers."""
    return [line.split()[-1] for line in out.split("\n") if line.startswith("  ")]


LIST = """\
# 1 ⼤模型 LLM
| ID | Paper |
| - | - |
| 1★★★ | A |
| 2 | B |
## 1.1 ＣｏＴ
| ID | Paper |
| - | - |
| 1★ | C |
# 2 Tools (2023)
| ID | Paper |
| - | - |
| 1★★ | D |
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "list.md"
    path.write_text("| ID | Paper |\n| - | - |\n| 7★★★★ | Z |\n\n" + LIST, "utf-8")
    return path


SELECTIONS = {
    "all": (["--stars", "0"], "ZABCD"),
    "stars": (["--stars", "2"], "ZAD"),
    "a section with what is inside it": (["--section", "llm"], "ABC"),
    "a radical for its ideograph": (["--section", "大模型"], "ABC"),
    "an ideograph for its radical": (["--section", "⼤模"], "ABC"),
    "full width, any case": (["--section", "cot"], "C"),
    "half width for full": (["--section", "ｃＯｔ"], "C"),
    "a number": (["--section", "1.1"], "C"),
    "number and title": (["--section", "2 tool"], "D"),
    "both": (["--section", "1", "--stars", "1"], "AC"),
    "any section": (["--section", ""], "ABCD"),
}


@pytest.mark.parametrize(("arguments", "titles"), SELECTIONS.values(), ids=SELECTIONS.keys())
def test_selects_papers(file: Path, capsys: Out, arguments: list[str], titles: str) -> None:
    assert main(["show", *arguments, "list.md"]) == 0
    out, err = capsys.readouterr()
    assert "".join(listed(out)) == titles
    assert out.startswith(f"list.md: {len(titles)} of 5 papers")
    assert err == ""


def test_a_selection_without_papers_is_said(file: Path, capsys: Out) -> None:
    assert main(["show", "--section", "x\x1b[2J", "--stars", "1", "list.md"]) == 1
    assert main(["show", "--stars", "5", "list.md"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        "llmpaper-md: no papers with at least 1 star in a section like 'x\\x1b[2J'\n"
        "llmpaper-md: no papers with at least 5 stars\n",
    )


def test_of_several_files_those_with_papers_are_shown(file: Path, capsys: Out) -> None:
    Path("other.md").write_text(LIST.replace("★", ""))
    assert main(["show", "--stars", "3", "other.md", "list.md"]) == 0
    assert main(["show", "--stars", "3", "other.md"]) == 1
    assert main(["show", "--stars", "3", "missing.md", "list.md"]) == 2
    out = capsys.readouterr().out
    assert "other.md" not in out
    assert out.count("list.md: 2 of 5 papers, 7 stars\n") == 2


@pytest.mark.parametrize("stars", ["-1", "x", "1.5"])
def test_a_number_of_stars_that_is_none(file: Path, capsys: Out, stars: str) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["show", f"--stars={stars}", "list.md"])
    assert exit_.value.code == 2
    assert "--stars" in capsys.readouterr().err


HOSTILE = (
    "\x1b\\[31mred",
    "a\u202eb\u2066c",
    "x" * 100_000,
    "字" * 50_000,
    "e" + "\u0301" * 10_000,
    "👩\u200d💻" * 40,
    "a\tb",
    "文\u0301" * 60,
)


@pytest.mark.parametrize("width", [1, 10, 40, 200])
def test_no_title_leaves_its_line_or_steers_the_terminal(
    file: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    on_a_terminal(monkeypatch, width)
    link = "https://doi.org/10.1000/" + "x" * 5000
    rows = "".join(
        f"| {10**number} | [{title}]({link}) |\n" for number, title in enumerate(HOSTILE)
    )
    file.write_text("# " + "题" * 5000 + "\n| ID | Paper |\n| - | - |\n" + rows, "utf-8")
    assert main(["show", "--section", "", "list.md"]) == 0
    out = capsys.readouterr().out
    assert not set(re.sub(r"\n", "", out)) & set(map(chr, range(32))) - {"\n"}
    assert not set(out) & set("\u202e\u2066")
    lines = out.split("\n")[2:-1]
    assert len(lines) == 1 + len(HOSTILE)
    room = max(width, 3)
    assert all(columns(line) <= room for line in lines)
    assert all(len(line) < 12 * room + 12 for line in lines)


WIDTHS = {
    "": 0,
    "abc": 3,
    "大模型": 6,
    "★…“”": 4,  # ambiguous: narrow
    "e\u0301": 1,
    "\u0301": 0,
    "⽂": 2,
    "ｶﾅ": 2,
    "👩\u200d💻": 2,
}


@pytest.mark.parametrize(("text", "width"), WIDTHS.items())
def test_widths(text: str, width: int) -> None:
    assert columns(text) == width
    assert columns(padded(text, 12)) == 12
    assert cut(text, width) == text


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("abcdef", 4, "abc…"),
        ("大模型", 5, "大模…"),
        ("大模型", 4, "大…"),
        ("ab cd", 4, "ab…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("e\u0301", 1, "e\u0301"),
        ("👩\u200d💻👩\u200d💻", 3, "👩\u200d💻…"),
        ("大", 1, "…"),
    ],
)
def test_cuts_between_characters(text: str, room: int, expected: str) -> None:
    assert cut(text, room) == expected
    assert columns(cut(text, room)) <= room
