from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path

import pytest

from llmpaper_md.cli import main
from llmpaper_md.source import Source
from tests.builders import CLEAN, damage

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "list.md"
    path.write_bytes(damage(CLEAN).encode())
    return path


Out = pytest.CaptureFixture[str]


def test_prints_the_repaired_text(file: Path, capsys: Out) -> None:
    assert main(["repair", "list.md"]) == 0
    out, err = capsys.readouterr()
    assert out == CLEAN
    assert (
        "list.md: restored from windows-1254, undefined bytes dropped, soft hyphens dropped\n"
        in err
    )
    assert "damaged characters restored, " in err
    assert file.read_bytes() == damage(CLEAN).encode()


def test_leaves_clean_text_alone(file: Path, capsys: Out) -> None:
    file.write_bytes(CLEAN.encode())
    before = file.stat()
    assert main(["repair", "--check", "list.md"]) == 0
    assert main(["repair", "--diff", "list.md"]) == 0
    assert main(["repair", "-i", "list.md"]) == 0
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    out, err = capsys.readouterr()
    assert (out, err) == ("", "list.md: nothing to repair\n" * 3)


def test_check_and_diff_exit_1_where_a_repair_is_needed(file: Path, capsys: Out) -> None:
    assert main(["repair", "--check", "list.md"]) == 1
    assert capsys.readouterr().out == ""
    assert main(["repair", "--diff", "list.md"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("--- list.md\n+++ list.md\n@@ -1,6 +1,6 @@\n")
    assert f"+{CLEAN.splitlines()[0]}\r\n" in out
    assert file.read_bytes() == damage(CLEAN).encode()


def test_writes_back_or_elsewhere(file: Path) -> None:
    assert main(["repair", "-o", "other.md", "list.md"]) == 0
    assert Path("other.md").read_bytes() == CLEAN.encode()
    assert main(["repair", "-i", "list.md"]) == 0
    assert file.read_bytes() == CLEAN.encode()
    assert main(["repair", "--check", "list.md"]) == 0


def test_reads_standard_input(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(damage(CLEAN).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(data))
    assert main(["repair", "-"]) == 0
    assert capsys.readouterr().out == CLEAN


def test_json_gives_every_guess_with_its_place(file: Path, capsys: Out) -> None:
    assert main(["repair", "--json", "list.md"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["text"] == CLEAN
    assert data["channel"] == "windows-1254, undefined bytes dropped, soft hyphens dropped"
    source = Source.of(CLEAN)
    for guess in data["guesses"]:
        assert source.line(guess["line"])[guess["column"] - 1] == guess["chosen"]
        assert guess["candidates"][0] == {
            "text": guess["chosen"],
            "probability": guess["probability"],
        }
        left = {damage(c["text"]).replace("\u00a0", "") for c in guess["candidates"]}
        assert len(left) == 1  # a no-break space at the edge of a cell can have been cut off
    lost = [c for c in CLEAN if c > "\x7f" and len(damage(c)) < len(c.encode())]
    assert [guess["chosen"] for guess in data["guesses"]] == lost


def review(path: str = "review.toml") -> list[dict[str, object]]:
    characters: list[dict[str, object]] = tomllib.loads(Path(path).read_text("utf-8"))["character"]
    return characters


def test_a_choice_is_changed_and_applied(file: Path, capsys: Out) -> None:
    command = ["repair", "--below", "1", "--review", "review.toml", "list.md"]
    assert main(command) == 0
    capsys.readouterr()
    entry = next(entry for entry in review() if entry["choice"] == "不")
    assert set(entry) == {"line", "column", "sentence", "choice", "candidates"}
    place = f"column = {entry['column']}\n"
    head, tail = Path("review.toml").read_text("utf-8").split(place)
    Path("review.toml").write_text(head + place + tail.replace('choice = "不"', 'choice = "与"', 1))
    assert main(["repair", "--corrections", "review.toml", "list.md"]) == 0
    start = CLEAN.index("不")
    assert capsys.readouterr().out == CLEAN[:start] + "与" + CLEAN[start + 1 :]


WRONG = {
    "column = 1": ("[[character]] 1 (line ", "no restored character is there"),
    "line = 99": ("(line 99, column ", "the repaired text has no such line and column"),
    "line = 'x'": ("[[character]] 1: expected line and column (numbers), sentence and choice",),
    "choice = '猫'": ("'猫' is not a candidate for ", "; candidates: "),
    "sentence = '别的句子。'": ("the text there has changed, from '别的句子。' to ",),
    "name = 1": ("[[character]] 1: expected line and column",),
}


@pytest.mark.parametrize(("change", "messages"), WRONG.items())
def test_a_correction_that_does_not_fit_is_named_and_nothing_is_written(
    file: Path, capsys: Out, change: str, messages: tuple[str, ...]
) -> None:
    main(["repair", "--below", "1", "--review", "review.toml", "list.md"])
    capsys.readouterr()
    entry = review()[0]
    fields = {key: f"{key} = {json.dumps(entry[key])}" for key in entry if key != "candidates"}
    fields[change.split()[0]] = change
    Path("review.toml").write_text("[[character]]\n" + "\n".join(fields.values()))
    assert main(["repair", "-i", "--corrections", "review.toml", "list.md"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("llmpaper-md: review.toml: ")
    assert err.count("\n") == 1
    for message in messages:
        assert message in err
    assert file.read_bytes() == damage(CLEAN).encode()


@pytest.mark.parametrize("text", ["x = [", "character = 1", "other = 1", "[character]", "\xff"])
def test_a_file_that_is_no_review_is_one_line(file: Path, capsys: Out, text: str) -> None:
    Path("review.toml").write_bytes(text.encode("latin-1"))
    assert main(["repair", "--corrections", "review.toml", "list.md"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("llmpaper-md: review.toml: ")


def test_several_files_are_written_back_or_only_looked_at(file: Path, capsys: Out) -> None:
    Path("b.md").write_bytes(CLEAN.encode())
    assert main(["repair", "."]) == 2
    assert main(["repair", "--json", "list.md", "b.md"]) == 2
    assert main(["repair", "-i", "-"]) == 2
    assert [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()] == [
        "several files need --in-place, --diff or --check",
        "--json works with a single file",
        "--in-place cannot be used with standard input",
    ]
    assert main(["repair", "--check", "."]) == 1
    assert main(["repair", "-i", "."]) == 0
    assert main(["repair", "--check", ".", "missing.md"]) == 2
    assert file.read_bytes() == CLEAN.encode()


def test_the_channel_can_be_named(file: Path, capsys: Out) -> None:
    assert main(["repair", "--channel", "cp1254, soft hyphens dropped", "list.md"]) == 0
    assert capsys.readouterr().out == CLEAN
    assert main(["repair", "--channel", "klingon", "list.md"]) == 2
    assert capsys.readouterr().err.startswith("llmpaper-md: --channel: ")
    assert main(["normalize", "--channel", "cp1254, all lost", "list.md"]) == 2
    assert "unknown phrase 'all lost'" in capsys.readouterr().err


def test_a_review_does_not_take_the_place_of_the_list(file: Path, capsys: Out) -> None:
    before = file.read_bytes()
    assert main(["repair", "--review", "list.md", "list.md"]) == 2
    assert "list.md: is also an input file; " in capsys.readouterr().err
    assert file.read_bytes() == before


def test_radicals_are_folded_on_request(file: Path, capsys: Out) -> None:
    file.write_text("论⽂和⻔")
    assert main(["repair", "list.md"]) == 0
    assert main(["repair", "--fold-radicals", "list.md"]) == 0
    assert capsys.readouterr().out == "论⽂和⻔" + "论文和门"


def test_the_source_readme_with_its_corrections(
    capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "fixtures")
    command = ["repair", "--corrections", "README.corrections.toml", "README.garbled.md"]
    assert main(command) == 0
    assert capsys.readouterr().out == Path("README.repaired.md").read_bytes().decode()
