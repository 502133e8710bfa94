"""Files with an unresolved merge conflict: reported by lint, refused by everything else."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import (
    ConflictError,
    Source,
    fix,
    format_text,
    lint,
    merge,
    normalize,
    parse,
)
from llmpaper_md.cli import main
from llmpaper_md.formatting.marked_blocks import fill_block
from llmpaper_md.reading.conflicts import find_conflicts

CLEAN = "# A\n\n| ID | Paper |\n| - | - |\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\n"
BEGUN = CLEAN + "<<<<<<< HEAD\n| 2 | B |\n"
WHOLE = BEGUN + "=======\n| 2 | C |\n>>>>>>> topic\n"
DIFF3 = BEGUN + "||||||| 1f3a9c2\n| 2 | O |\n=======\n| 2 | C |\n>>>>>>> topic\n"
ENDED = CLEAN + "| 2 | C |\n>>>>>>> topic\n"
BLOCK = "<!-- llmpaper-md: begin papers -->\n<!-- llmpaper-md: end papers -->\n"


def _first(text: str) -> list[int]:
    return [conflict.markers[0].line for conflict in find_conflicts(Source.of(text))]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "text", [WHOLE, DIFF3, BEGUN, ENDED], ids=["whole", "diff3", "begun", "ended"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    "command",
    [
        "repair list.md",
        "repair -i list.md",
        "repair --json list.md",
        "repair --check list.md",
        "repair --review review.toml list.md",
        "repair --interactive list.md",
        "repair --interactive -i list.md",
        "lint --fix list.md",
        "lint --unsafe-fixes list.md",
        "lint --fix-only list.md",
        "lint --fix --diff list.md",
        "format list.md",
        "format -i list.md",
        "format -i .",
        "format --diff list.md",
        "format --check list.md",
        "format -i -j 2 list.md clean.md",
        "normalize list.md",
        "normalize -i list.md",
        "merge list.md clean.md",
        "merge -i list.md clean.md",
        "merge -i clean.md list.md",
        "diff clean.md list.md",
        "show list.md",
        "export list.md",
        "export --to csv -o out list.md",
        "export --to html list.md",
        "metadata -o found.json list.md",
        "render records.json --into list.md",
    ],
)
def test_a_list_with_a_conflict_is_refused(
    capsys: pytest.CaptureFixture[str], command: str, text: str, end: str
) -> None:
    text = (text + BLOCK if "render" in command else text).replace("\n", end)
    Path("list.md").write_text(text, "utf-8", newline="")
    Path("clean.md").write_text(CLEAN, "utf-8")
    Path("records.json").write_text("[]", "utf-8")
    line = _first(text)[0]
    assert main(command.split(" ")) == 2
    shown = capsys.readouterr()
    assert f"llmpaper-md: list.md:{line}: " in shown.err
    assert "merge conflict" in shown.err
    assert "topic" not in shown.out
    assert "HEAD" not in shown.out
    assert Path("list.md").read_bytes() == text.encode()
    names = {path.name for path in Path().iterdir()}
    assert names == {"list.md", "clean.md", "records.json"}


def test_lint_reports_it_with_the_other_findings(capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.md").write_text(WHOLE, "utf-8")
    assert main(["lint", "--output-format", "json", "list.md"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    (found,) = (finding for finding in findings if finding["rule"] == "merge-conflict")
    assert (found["severity"], found["line"], found["end_line"]) == ("error", 6, 6)
    assert [(place["line"], place["message"]) for place in found["related"]] == [
        (8, "the other side"),
        (10, "the end of the conflict"),
    ]


@pytest.mark.parametrize(
    "make",
    [
        fix,
        format_text,
        normalize,
        lambda text: merge(parse(text), parse(CLEAN)),
        lambda text: merge(parse(CLEAN), parse(text)),
        lambda text: fill_block(Source.of(text + BLOCK), "papers", ""),
    ],
    ids=["fix", "format_text", "normalize", "merge into", "merge from", "fill_block"],
)
def test_functions_that_make_a_new_list_raise(make: Callable[[str], object]) -> None:
    make(CLEAN)
    with pytest.raises(
        ConflictError, match=r"^<string>:6: unresolved merge conflict, up to line 10"
    ):
        make(WHOLE)


def test_one_refused_file_does_not_keep_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(WHOLE, "utf-8")
    Path("b.md").write_text(CLEAN, "utf-8")
    assert main(["format", "-i", "--table-style", "compact", "."]) == 2
    assert "2 files: 1 formatted, 0 unchanged, 1 failed" in capsys.readouterr().err
    assert "| --- |" in Path("b.md").read_text("utf-8")


def test_a_list_that_is_resolved_is_taken() -> None:
    kept = [line for line in WHOLE.split("\n") if line[:7] not in ("<" * 7, "=" * 7, ">" * 7)]
    assert format_text("\n".join(kept)).count("\n| 2 |") == 2


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("size", [7, 12])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_git_writes(folder: Path, style: str, size: int, end: str) -> None:
    def git(*arguments: str) -> None:
        settings = ["user.name=a", "user.email=a@b.c", f"merge.conflictStyle={style}"]
        options = [part for setting in settings for part in ("-c", setting)]
        environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(
            ["git", *options, *arguments], check=False, capture_output=True, env=environment
        )

    def write(row: str) -> None:
        text = f"{CLEAN}{row}\n| 9 | Z |\n".replace("\n", end)
        Path("list.md").write_text(text, "utf-8", newline="")

    git("init", "-b", "main")
    Path(".gitattributes").write_text(f"*.md conflict-marker-size={size} -text\n", "utf-8")
    write("| 2 | O |")
    git("add", ".")
    git("commit", "-m", "a")
    git("checkout", "-b", "topic")
    write("| 2 | C |")
    git("commit", "-am", "b")
    git("checkout", "main")
    write("| 2 | B |")
    git("commit", "-am", "c")
    git("merge", "topic")
    text = Path("list.md").read_bytes().decode()
    if "<<<<<<<" not in text:
        pytest.skip("there is no git that knows this style")
    (conflict,) = find_conflicts(Source.of(text))
    assert conflict.is_complete
    assert conflict.markers[0].length == size
    assert _first(text) == [6]


@given(
    st.lists(st.sampled_from(["", "text", "- item", "| a | b |", "| - | - |", "> quote", "# A"]))
)
def test_a_conflict_is_found_wherever_it_is(lines: list[str]) -> None:
    before = "".join(f"{line}\n" for line in lines)
    text = f"{before}<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n{before}"
    assert _first(text) == [len(lines) + 1]
    assert "merge-conflict" in {finding.rule for finding in lint(text)}


@given(st.text(st.sampled_from("<=|>\n\r \ta`~-")))
def test_any_text_is_looked_through(text: str) -> None:
    for conflict in find_conflicts(Source.of(text)):
        for marker in conflict.markers:
            line = Source.of(text).line(marker.line)
            assert line.startswith(marker.sign * marker.length)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200e", "\ufeff", "\x01"])
def test_no_fix_makes_a_conflict(hidden: str) -> None:
    text = f"# A\n\n{hidden}<<<<<<< HEAD\n\n| Paper |\n| --- |\n| [A ](https://a.org) |\n"
    assert not find_conflicts(Source.of(text))
    done = fix(text, unsafe=True)
    assert not find_conflicts(done.document.source)
    assert fix(done.text, unsafe=True).text == done.text
