"""``diff`` and ``merge`` on the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from llmpaper_md.cli import main
from llmpaper_md.export.schemas import schema
from tests.builders import X, Y, of, run

Out = pytest.CaptureFixture[str]
NEW = of(
    X.replace("| 1", "| 1★★").replace("first", "1st"),
    "| 2★ | [B\x9b31m](https://doi.org/10.1000/1) | |",
)
ONLY_B = "| 2 | [B](http://b.org) | b |"


@pytest.fixture
def lists(folder: Path) -> Path:
    folder.joinpath("a.md").write_text(of(X, Y))
    folder.joinpath("b.md").write_text(NEW)
    return folder


def test_diff(lists: Path, capsys: Out) -> None:
    assert main(["diff", "a.md", "b.md"]) == 1
    assert capsys.readouterr().out == (
        "a.md and b.md: 1 paper added, 1 removed, 1 changed\n"
        "+ b.md:6: B\\x9b31m doi:10.1000/1\n"
        "- a.md:6: Few-Shot arXiv:2005.14165\n"
        "~ b.md:5: Attention\n"
        "    stars: none -> 2\n"
        "    introduction: first -> 1st\n"
    )
    assert main(["diff", "a.md", "a.md"]) == 0
    assert capsys.readouterr().out == "a.md and a.md: 0 papers added, 0 removed, 0 changed\n"


def test_diff_is_coloured_on_a_terminal_only(
    lists: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["diff", "a.md", "b.md"])
    out = capsys.readouterr().out
    assert "\x1b[32m+\x1b[0m" in out
    assert "\x1b[31mfirst\x1b[0m" in out
    assert "B\\x9b31m" in out


def test_diff_says_what_only_the_id_changed_of(lists: Path, capsys: Out) -> None:
    lists.joinpath("b.md").write_text(of(X, Y.replace("2", "3", 1)))
    assert main(["diff", "a.md", "b.md"]) == 1
    assert "only the ID of 1 paper changed\n" in capsys.readouterr().out


def test_diff_of_papers_only(lists: Path, capsys: Out) -> None:
    chinese = of("| 1★ | [注意力](https://arxiv.org/pdf/1706.03762) | 一 |", Y)
    lists.joinpath("zh.md").write_text(chinese, "utf-8")
    assert main(["diff", "--only-papers", "a.md", "zh.md"]) == 0
    assert capsys.readouterr().out == "a.md and zh.md: 0 papers added, 0 removed\n"
    assert main(["diff", "--only-papers", "zh.md", "b.md"]) == 1
    capsys.readouterr()


def test_diff_as_markdown(lists: Path, capsys: Out) -> None:
    assert main(["diff", "--output-format", "markdown", "a.md", "b.md"]) == 1
    assert capsys.readouterr().out == (
        "### Added\n\n- [B\\\\x9b31m](https://doi.org/10.1000/1), List / A\n\n"
        "### Removed\n\n- [Few-Shot](https://arxiv.org/abs/2005.14165), List / A\n\n"
        "### Changed\n\n- [Attention](https://arxiv.org/abs/1706.03762)\n"
        "  - stars: none → 2\n  - introduction: first → 1st\n"
    )
    assert main(["diff", "--output-format", "markdown", "a.md", "a.md"]) == 0
    assert capsys.readouterr().out == "No papers were added, removed or changed.\n"
    main(["diff", "--output-format", "markdown", "--only-papers", "a.md", "a.md"])
    assert capsys.readouterr().out == "No papers were added or removed.\n"


def test_diff_as_json(lists: Path, capsys: Out) -> None:
    lists.joinpath("b.md").write_text(NEW.replace("## A", "## B"))
    assert main(["diff", "--output-format", "json", "a.md", "b.md"]) == 1
    data = json.loads(capsys.readouterr().out)
    Draft202012Validator(schema("comparison")).validate(data)
    assert [paper["doi"] for paper in data["added"]] == ["10.1000/1"]
    assert [paper["line"] for paper in data["removed"]] == [6]
    assert data["changed"] == [
        {
            "title": "Attention",
            "line_before": 5,
            "line_after": 5,
            "changes": [
                {"field": "section", "before": ["A"], "after": ["B"]},
                {"field": "stars", "before": None, "after": 2},
                {"field": "introduction", "before": "first", "after": "1st"},
            ],
        }
    ]


def test_one_list_may_be_standard_input(lists: Path) -> None:
    for arguments in (["-", "a.md"], ["a.md", "-"]):
        done = run("diff", *arguments, stdin=of(X, Y).encode())
        assert (done.returncode, done.stderr) == (0, b"")
    done = run("merge", "-", "b.md", stdin=b"")
    assert "B\x9b31m".encode() in done.stdout
    done = run("diff", "-", "-", stdin=b"")
    assert (done.returncode, b"can be read only once" in done.stderr) == (2, True)


def test_columns_of_the_settings_count(lists: Path, capsys: Out) -> None:
    lists.joinpath("a.md").write_text(of(X).replace("Notes", "Dazu"))
    lists.joinpath("b.md").write_text(of(X))
    assert main(["diff", "a.md", "b.md"]) == 1
    lists.joinpath("own.toml").write_text('[columns]\nintroduction = ["Dazu"]\n')
    assert main(["diff", "--config", "own.toml", "a.md", "b.md"]) == 0
    lists.joinpath("llmpaper-md.toml").write_text('[columns]\nintroduction = ["Dazu"]\n')
    assert main(["diff", "a.md", "b.md"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("command", ["diff", "merge"])
def test_errors(lists: Path, capsys: Out, command: str) -> None:
    for arguments in (["a.md", "none.md"], [".", "a.md"], ["--config", "no.toml", "a.md", "a.md"]):
        assert main([command, *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("llmpaper-md: ")
        assert err.count("\n") == 1


def test_merge_prints_writes_and_shows(lists: Path, capsys: Out) -> None:
    lists.joinpath("b.md").write_text(of(ONLY_B))
    joint = of(X, Y, ONLY_B.replace("2", "3", 1))
    said = "a.md: 1 paper added from b.md, 0 cells filled, 0 conflicts\n"
    assert main(["merge", "a.md", "b.md"]) == 0
    assert capsys.readouterr() == (joint, said)
    assert main(["merge", "-o", "c.md", "a.md", "b.md"]) == 0
    assert lists.joinpath("c.md").read_text() == joint
    assert capsys.readouterr() == ("", said)
    assert main(["merge", "--check", "a.md", "b.md"]) == 1
    assert capsys.readouterr() == ("", said)
    assert main(["merge", "--diff", "a.md", "b.md"]) == 1
    assert "\n+| 3 | [B](http://b.org) | b |\n" in capsys.readouterr().out
    assert lists.joinpath("a.md").read_text() == of(X, Y)
    assert main(["merge", "-i", "a.md", "b.md"]) == 0
    assert lists.joinpath("a.md").read_text() == joint
    capsys.readouterr()
    for option in ("-i", "--check", "--diff"):
        assert main(["merge", option, "a.md", "b.md"]) == 0
    assert lists.joinpath("a.md").read_text() == joint


def test_merge_says_what_differs(lists: Path, capsys: Out) -> None:
    lists.joinpath("a.md").write_text(of(X, Y.replace("second", "")))
    lists.joinpath("b.md").write_text(of(X.replace("first", "1\x1bst"), Y, f"{ONLY_B}x|", "| G |"))
    assert main(["merge", "a.md", "b.md"]) == 1
    assert capsys.readouterr().err == (
        'a.md:6: introduction of "Few-Shot" filled from b.md:6: "second"\n'
        'a.md:5: introduction of "Attention" differs: kept "first"; b.md:5 has "1\\x1bst"\n'
        'b.md:7: surplus of "B" has no column in a.md: "x"\n'
        'b.md:8: not added, because it would not be recognized as a paper: "G"\n'
        "a.md: 1 paper added from b.md, 1 cell filled, 3 conflicts\n"
    )


def test_merge_as_json(lists: Path, capsys: Out) -> None:
    lists.joinpath("b.md").write_text(of(X.replace("first", "1st"), Y, ONLY_B))
    assert main(["merge", "--json", "a.md", "b.md"]) == 1
    out, err = capsys.readouterr()
    data = json.loads(out)
    Draft202012Validator(schema("merge")).validate(data)
    assert err == ""
    assert (data["text"], len(data["added"])) == (of(X, Y, ONLY_B.replace("2", "3", 1)), 1)
    assert data["conflicts"] == [
        {
            "kind": "differs",
            "field": "introduction",
            "title": "Attention",
            "ours": "first",
            "theirs": "1st",
            "line": 5,
            "other_line": 5,
        }
    ]


def test_standard_input_is_not_written_back(
    lists: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main(["merge", "-i", "-", "a.md"]) == 2
    assert "--in-place cannot be used with standard input" in capsys.readouterr().err
