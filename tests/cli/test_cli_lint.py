from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from llmpaper_md.cli import main

Out = pytest.CaptureFixture[str]
LIST = "# 论文\n\n| ID | Paper |\n| - | - |\n| 1 | [A](https://arxiv.org/abs/1706.03762) |\n| | |\n"
FIXED = LIST.removesuffix("| | |\n")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    path = tmp_path / "list.md"
    path.write_text(LIST)
    return path


def lint(*arguments: str) -> int:
    return main(
        ["lint", "--select", "empty-row,unused-ignore", "--today", "2026-01-01", *arguments]
    )


def test_a_clean_list_is_said_to_be_clean(file: Path, capsys: Out) -> None:
    file.write_text(FIXED)
    assert lint("list.md") == 0
    assert capsys.readouterr().out == "No problems found in 1 file.\n"


def test_reports_a_finding_a_line(file: Path, capsys: Out) -> None:
    assert lint("list.md") == 1
    assert capsys.readouterr().out == (
        "list.md:6:1: empty-row empty row: delete it or add the missing paper\n"
        "Found 1 warning in 1 file. 1 fixable with --unsafe-fixes.\n"
    )
    assert lint("--exit-zero", "list.md") == 0


def test_shows_the_source_in_columns_of_the_terminal(file: Path, capsys: Out) -> None:
    file.write_text("论文 <!-- llmpaper-md: ignore x -->\n")
    assert lint("--full", "list.md") == 1
    assert capsys.readouterr().out.splitlines()[1:3] == [
        "    论文 <!-- llmpaper-md: ignore x -->",
        "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
    ]


def test_shows_a_part_of_a_long_line(file: Path, capsys: Out) -> None:
    file.write_text("字" * 500 + " <!-- llmpaper-md: ignore x -->" + "字" * 500)
    assert lint("--full", "list.md") == 1
    source, marks = capsys.readouterr().out.splitlines()[1:3]
    assert source.startswith("    …")
    assert source.endswith("…")
    assert len(source) < 110
    assert marks.index("^") == 4 + 1 + 2 * 19 + 1


@pytest.mark.parametrize("name", ["README.repaired.md", "README.garbled.md"])
@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_as_many_are_fixed_as_the_report_says(
    name: str, strict: list[str], file: Path, capsys: Out
) -> None:
    fixture = Path(__file__).parents[2] / "fixtures" / name
    file.write_bytes(fixture.read_bytes())
    arguments = ["lint", "--today", "2026-01-01", *strict, "list.md"]
    main(arguments)
    report = capsys.readouterr().out
    main([*arguments, "--fix"])
    fixed = capsys.readouterr().err
    assert report.count("[*]\n") > 0
    assert fixed == f"list.md: {report.count('[*]'):,} problems fixed\n"
    assert f" {report.count('[*]'):,} fixable with --fix" in report


def test_fixes_are_safe_unless_asked(file: Path, capsys: Out) -> None:
    assert lint("--fix", "list.md") == 1
    assert file.read_text() == LIST
    assert lint("--unsafe-fixes", "list.md") == 0
    assert file.read_text() == FIXED
    assert capsys.readouterr().err == "list.md: 1 problem fixed\n"


def test_a_diff_shows_what_would_change(file: Path, capsys: Out) -> None:
    assert lint("--diff", "--unsafe-fixes", "list.md") == 1
    out = capsys.readouterr().out
    assert out.endswith(
        "@@ -3,4 +3,3 @@\n | ID | Paper |\n | - | - |\n"
        " | 1 | [A](https://arxiv.org/abs/1706.03762) |\n-| | |\n"
    )
    assert file.read_text() == LIST
    assert lint("--diff", "list.md") == 0


def test_json_has_places_and_fixes(file: Path, capsys: Out) -> None:
    assert lint("--output-format", "json", "list.md") == 1
    data = json.loads(capsys.readouterr().out)
    assert data == {
        "schema_version": 2,
        "findings": [
            {
                "rule": "empty-row",
                "severity": "warning",
                "message": "empty row: delete it or add the missing paper",
                "path": "list.md",
                "line": 6,
                "column": 1,
                "end_line": 6,
                "end_column": 6,
                "related": [],
                "fix": {
                    "title": "Delete the empty row",
                    "applicability": "unsafe",
                    "edits": [
                        {
                            "line": 6,
                            "column": 1,
                            "end_line": 7,
                            "end_column": 1,
                            "replacement": "",
                        }
                    ],
                },
            }
        ],
    }


def test_github_is_chosen_by_itself_and_nothing_steers_it(
    file: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    file.write_text("<!-- llmpaper-md: ignore x -->\n" * 11)
    Path("a,b:c%.md").write_text(LIST)
    assert lint("list.md", "a,b:c%.md") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "::warning file=list.md,line=1,endLine=1,col=1,endColumn=31,title=unused-ignore"
        "::unused-ignore: unknown rule 'x' in a suppression: correct the name or remove it"
    )
    assert lines[11].startswith("::warning file=a%2Cb%3Ac%25.md,line=6,")
    assert lines[12] == "2 more warnings are in this log: GitHub shows only 10."


def test_sarif_has_what_code_scanning_needs(file: Path, capsys: Out) -> None:
    assert lint("--output-format", "sarif", "list.md") == 1
    data = json.loads(capsys.readouterr().out)
    (run,) = data["runs"]
    assert (data["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "empty-row"
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "list.md"}
    assert location["region"] == {"startLine": 6, "startColumn": 1, "endLine": 6, "endColumn": 6}
    (rule,) = [known for known in run["tool"]["driver"]["rules"] if known["id"] == "empty-row"]
    assert rule["helpUri"] == "https://example.org/llmpaper-md/rules/#empty-row"
    (fix,) = result["fixes"]
    assert fix["description"] == {"text": "Delete the empty row (unsafe fix)"}
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": ""}


RENUMBERED = "| ID | Paper |\n| - | - |\n" + "".join(
    f"| {number} | [{number}](https://a.org/{place}) |\n"
    for place, number in enumerate([1, 2, 3, 4, 5, 5, 7, 8, 8, 10])
)


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_fix_of_several_findings_is_printed_once(file: Path, capsys: Out, form: str) -> None:
    file.write_text(RENUMBERED)
    assert main(["lint", "--select", "duplicate-id", "--output-format", form, "list.md"]) == 1
    data = json.loads(capsys.readouterr().out)
    if form == "json":
        first, second = data["findings"]
        assert first["fix"]["edits"]
        assert second["fix"] == {
            "title": "Number the table again from 1",
            "applicability": "unsafe",
            "shared_with": 0,
        }
    else:
        first, second = data["runs"][0]["results"]
        assert first["fixes"]
        assert "fixes" not in second


def test_writes_the_report_to_a_file(file: Path, capsys: Out) -> None:
    assert lint("--output-file", "report.txt", "--statistics", "list.md") == 1
    assert capsys.readouterr().out == ""
    assert Path("report.txt").read_text().splitlines()[0] == "     1 empty-row (1 unsafe)"


def test_a_baseline_lets_an_old_list_start_clean(file: Path, capsys: Out) -> None:
    assert lint("--write-baseline", "base.json", "list.md") == 0
    assert lint("--baseline", "base.json", "list.md") == 0
    file.write_text("A new line.\n\n" + LIST + "||\n")
    assert lint("--baseline", "base.json", "list.md") == 1
    assert "list.md:9:1: empty-row" in capsys.readouterr().out
    file.write_text(FIXED)
    assert lint("--baseline", "base.json", "list.md") == 0
    assert capsys.readouterr().err == "base.json: no longer found: list.md: empty-row: | | |\n"
    Path("base.json").write_text("[]")
    assert lint("--baseline", "base.json", "list.md") == 2


SILENCED = {
    "on the row itself": LIST.replace("| | |", "| | <!-- llmpaper-md: ignore empty-row --> |"),
    "in between": LIST.replace("| ID", "<!-- llmpaper-md: disable empty-row -->\n\n| ID"),
    "in the file": "<!-- llmpaper-md: ignore-file -->\n\n" + LIST,
    "every rule": "<!-- llmpaper-md: disable -->\n\n" + LIST,
}


@pytest.mark.parametrize("text", SILENCED.values(), ids=SILENCED.keys())
def test_comments_silence(file: Path, text: str, capsys: Out) -> None:
    file.write_text(text)
    code = lint("list.md")
    # A row that holds a comment is not empty, so there is nothing to silence in it.
    assert code == (1 if "ignore empty-row" in text else 0), capsys.readouterr().out


def test_enable_ends_what_disable_began(file: Path, capsys: Out) -> None:
    head = "<!-- llmpaper-md: disable empty-row -->\n\n"
    file.write_text(head + LIST + "\n<!-- llmpaper-md: enable empty-row -->\n\n" + LIST)
    assert lint("list.md") == 1
    assert capsys.readouterr().out.startswith("list.md:17:1: empty-row")


def test_settings_choose(file: Path) -> None:
    settings = Path("llmpaper-md.toml")
    for text, code in {
        "select = ['unused-ignore']": 0,
        "ignore = ['empty-row']": 0,
        "[per-file-ignores]\n'li*.md' = ['empty-row']": 0,
        "[per-file-ignores]\n'other.md' = ['empty-row']": 1,
    }.items():
        settings.write_text(text)
        ignored = "--ignore=" + ",".join(set(_all()) - {"empty-row", "unused-ignore"})
        assert main(["lint", ignored, "list.md"]) == code, text


def _all() -> tuple[str, ...]:
    from llmpaper_md.linting.registry import RULES

    return RULES


def test_what_cannot_be_is_one_line(file: Path, capsys: Out) -> None:
    assert lint("--select", "empty-rows", "list.md") == 2
    assert main(["lint", "--today", "soon", "list.md"]) == 2
    assert main(["rule", "empty"]) == 2
    assert main(["rule", ","]) == 2
    assert lint("missing.md", "list.md") == 2
    assert capsys.readouterr().err.splitlines() == [
        "llmpaper-md: --select: unknown rule 'empty-rows'; did you mean 'empty-row'?",
        "llmpaper-md: --today: soon: expected a date such as 2026-01-31",
        "llmpaper-md: rule: unknown rule 'empty'; did you mean 'empty-row'?",
        "llmpaper-md: rule: expected the name of a rule; run llmpaper-md rules to list them",
        "llmpaper-md: missing.md: no such file",
    ]


def test_reads_standard_input(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert lint("--stdin-filename", "x.md", "-") == 1
    assert capsys.readouterr().out.startswith("x.md:6:1: empty-row")


@pytest.mark.parametrize(
    ("option", "given", "printed", "said"),
    [
        ("--fix", FIXED, FIXED, "No problems found in 1 file.\n"),
        ("--fix-only", FIXED, FIXED, ""),
        ("--unsafe-fixes", LIST, FIXED, "<stdin>: 1 problem fixed\nNo problems found in 1 file.\n"),
    ],
)
def test_standard_input_is_printed_whether_it_was_fixed_or_not(
    option: str,
    given: str,
    printed: str,
    said: str,
    capsys: Out,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The report would be taken for a part of the list: it goes to standard error."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert lint(option, "-") == 0
    assert capsys.readouterr() == (printed, said)


@pytest.mark.parametrize("option", ["--output-file", "--write-baseline"])
def test_nothing_takes_the_place_of_a_list(option: str, file: Path, capsys: Out) -> None:
    # Nothing is fixed either if it cannot be reported.
    assert lint("--unsafe-fixes", option, "./list.md", ".") == 2
    assert capsys.readouterr().err == (
        "llmpaper-md: ./list.md: is also an input file; choose another output file\n"
    )
    assert file.read_text() == LIST


def test_lists_the_rules_and_prints_their_pages(capsys: Out) -> None:
    assert main(["rules"]) == 0
    groups = capsys.readouterr().out.split("\n\n")
    assert groups[1].startswith("Tables\n  surplus-cells ")
    assert main(["rules", "--json"]) == 0
    rules = {rule["name"]: rule for rule in json.loads(capsys.readouterr().out)}
    assert rules["empty-row"] == {
        "name": "empty-row",
        "group": "Tables",
        "severity": "warning",
        "level": "default",
        "fix": "unsafe",
        "summary": "A row of a table of papers with nothing in it.",
        "url": "https://example.org/llmpaper-md/rules/#empty-row",
    }
    assert main(["rule", "empty-row"]) == 0
    assert capsys.readouterr().out.startswith("# empty-row\n\nA row of a table of papers")


def test_titles_are_held_against_metadata(file: Path, capsys: Out) -> None:
    Path("m.jsonl").write_text(
        '{"arxiv_id": "1706.03762", "title": "Attention Is All You Need"}\n\n'
    )
    file.write_text(FIXED.replace("[A]", "[A Survey of Something Else]"))
    assert main(["lint", "--select", "wrong-title", "--metadata", "m.jsonl", "list.md"]) == 1
    assert "wrong-title" in capsys.readouterr().out
    file.write_text(FIXED.replace("[A]", "[Attention is all you need]"))
    assert main(["lint", "--select", "wrong-title", "--metadata", "m.jsonl", "list.md"]) == 0
    Path("m.jsonl").write_text("{}\n")
    assert main(["lint", "--metadata", "m.jsonl", "list.md"]) == 2
    expected = "llmpaper-md: m.jsonl:1: expected an object with arxiv_id or doi, and title\n"
    assert capsys.readouterr().err == expected


def test_files_are_looked_for_next_to_the_list_and_not_for_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.png").touch()
    text = "![a](there.png) ![b](gone.png)\n"
    Path("list.md").write_text(text)
    assert main(["lint", "--select", "missing-file", "list.md"]) == 1
    assert 'no file "gone.png"' in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["lint", "--select", "missing-file", "-"]) == 0
