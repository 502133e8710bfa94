"""Review by a person: decisions are never lost, in several sittings, in a file or in the terminal."""

from __future__ import annotations

import os
import re
import select
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from llmpaper_md.cli import main

ROOT = Path(__file__).parents[2]
CLEAN = (
    "# 清单\n\n| 编号 | 论文 |\n| - | - |\n"
    "| 1⭐⭐ | [标题](https://a.b/c)：这篇文章介绍了一种新的训练方法，不需要大量的数据。 |\n"
    "| 2 | 我们在实验中比较了不同的模型，“效果”都很好！ |\n"
    "| 3 | 效果不大模型相当，从在更新。 |\n"
    "| 4 | 结果与大模型相当，他不懂中文。 |\n"
    "| 5 | 这个词语不是与前面一样的字。 |\n"
)
Out = pytest.CaptureFixture[str]


def damage(text: str) -> str:
    return text.encode().decode("cp1254", "ignore").replace("\u00ad", "")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "list.md"
    path.write_bytes(damage(CLEAN).encode())
    return path


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(Path("r.toml").read_text("utf-8"))["character"]
    return found


def choose(number: int, text: str) -> str:
    """Change one choice in the review file as a person would; what it was."""
    chunks = Path("r.toml").read_text("utf-8").split("[[character]]")
    old = re.search(r'^choice = "(.*)"$', chunks[number + 1], re.MULTILINE)
    assert old
    chunks[number + 1] = chunks[number + 1].replace(old[0], f'choice = "{text}"')
    Path("r.toml").write_text("[[character]]".join(chunks), "utf-8")
    return old[1]


REVIEW = ["repair", "--below", "1", "--review", "r.toml", "list.md"]


def change(place: int) -> tuple[int, str]:
    """Choose something else for one of those that have another candidate: its number, and what."""
    able = [number for number, entry in enumerate(entries()) if len(entry["candidates"]) > 1]
    number = able[place]
    entry = entries()[number]
    chosen = next(str(text) for text in entry["candidates"] if text != entry["choice"])
    choose(number, chosen)
    return number, chosen


def test_a_review_written_again_keeps_every_choice(file: Path, capsys: Out) -> None:
    assert main(REVIEW) == 0
    before = entries()
    number, chosen = change(2)
    text = Path("r.toml").read_text("utf-8") + "# a note of my own\n"
    Path("r.toml").write_text(text, "utf-8")
    capsys.readouterr()
    assert main(REVIEW) == 0
    assert f"r.toml: 1 of {len(before)} decided" in capsys.readouterr().err
    after = entries()
    assert after[number]["choice"] == chosen
    assert len(after) == len(before)
    assert "# a note of my own" in Path("r.toml").read_text("utf-8")
    # With a limit that asks for less nothing is dropped, after the repair nothing either.
    assert main(["repair", "--below", "0.5", "--review", "r.toml", "list.md"]) == 0
    assert entries() == after
    assert main(["repair", "-i", "--below", "0.5", "--review", "r.toml", "list.md"]) == 0
    assert main(["repair", "--review", "r.toml", "list.md"]) == 0
    assert entries() == after


def test_new_questions_are_added(file: Path) -> None:
    assert main(REVIEW) == 0
    number, chosen = change(0)
    count = len(entries())
    more = damage("| 4 | 这个方法不难，效果很好。 |\n")
    file.write_bytes(file.read_bytes() + more.encode())
    assert main(REVIEW) == 0
    assert len(entries()) > count
    assert entries()[number]["choice"] == chosen


def test_corrections_and_a_review_together(file: Path, capsys: Out) -> None:
    """The review has what was chosen, not what the model would."""
    assert main(REVIEW) == 0
    number, chosen = change(1)
    Path("r.toml").rename("x.toml")
    command = ["repair", "--below", "1", "--corrections", "x.toml", "--review", "r.toml", "list.md"]
    for _ in range(2):
        assert main(command) == 0
        assert entries()[number]["choice"] == chosen


@pytest.mark.parametrize("repaired_first", [False, True])
def test_corrections_apply_to_the_garbled_file_and_to_its_repair(
    file: Path, capsys: Out, repaired_first: bool
) -> None:
    assert main(REVIEW) == 0
    _, chosen = change(1)
    capsys.readouterr()
    assert main(["repair", "--corrections", "r.toml", "list.md"]) == 0
    right = capsys.readouterr().out
    assert right != CLEAN
    if repaired_first:
        assert main(["repair", "-i", "list.md"]) == 0
    for _ in range(2):  # once more is no error
        assert main(["repair", "-i", "--corrections", "r.toml", "list.md"]) == 0
        assert file.read_text("utf-8") == right
    capsys.readouterr()
    assert main(["normalize", "--corrections", "r.toml", "list.md"]) == 0
    assert chosen in capsys.readouterr().out


def test_corrections_do_not_apply_to_another_text(file: Path, capsys: Out) -> None:
    assert main(REVIEW) == 0
    file.write_text(CLEAN.replace("介绍了一种", "提出了两类").replace("比较了", "分析了"), "utf-8")
    assert main(["repair", "--corrections", "r.toml", "list.md"]) == 2
    assert "r.toml: [[character]]" in capsys.readouterr().err


def test_another_file_is_not_overwritten_by_a_review(file: Path, capsys: Out) -> None:
    Path("r.toml").write_text("[tool]\nname = 'x'\n")
    assert main(REVIEW) == 2
    assert Path("r.toml").read_text() == "[tool]\nname = 'x'\n"


def test_the_review_of_the_source_readme(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its corrections, the repaired file stays as it is."""
    monkeypatch.chdir(ROOT / "fixtures")
    command = ["repair", "--corrections", "README.corrections.toml", "README.repaired.md"]
    assert main(command) == 0
    assert capsys.readouterr().out == Path("README.repaired.md").read_bytes().decode()


# The terminal: a pseudo-terminal of its own, with the command in another process.

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


class Terminal:
    """A command that runs in a pseudo-terminal."""

    def __init__(self, *arguments: str) -> None:
        self.shown = ""
        pid, self.file = pty.fork()
        if pid == 0:  # pragma: no cover - the other process
            os.execv(  # noqa: S606
                sys.executable, [sys.executable, "-m", "llmpaper_md", "repair", *arguments]
            )
        self.pid = pid

    def until(self, *texts: str) -> str:
        """What is shown up to the first of some texts, with it; an error where it never comes."""
        pattern = re.compile("|".join(map(re.escape, texts)))
        while not (found := pattern.search(self.shown)):
            if not self._read():
                raise EOFError(self.shown)
        before, self.shown = self.shown[: found.end()], self.shown[found.end() :]
        return before

    def _read(self) -> bool:
        assert select.select([self.file], [], [], 60)[0], f"nothing more comes after {self.shown}"
        try:
            data = os.read(self.file, 4096)
        except OSError:
            data = b""
        self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)

    def type(self, text: str) -> None:
        os.write(self.file, text.encode())

    def accept_all(self) -> None:
        """Press enter at every prompt, to the end."""
        try:
            while True:
                self.until("> ", "[y/N] ")
                self.type("\n")
        except EOFError:
            pass

    def end(self) -> tuple[str, int]:
        """The rest, and how it ended."""
        while self._read():
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.file)
        return self.shown, os.waitstatus_to_exitcode(status)


@pytest.fixture
def in_terminal(file: Path) -> list[str]:
    return ["--interactive", "--below", "1", "--review", "r.toml", "-i", "list.md"]


def test_a_sitting_in_the_terminal(in_terminal: list[str], file: Path) -> None:
    """Least sure first; a number, enter, undo, quit; the next sitting goes on."""
    garbled = file.read_bytes()
    first = Terminal(*in_terminal)
    asked = first.until("> ")
    total = re.search(r"0 of (\d+) decided", asked)
    assert total
    assert "⟦" in asked
    one, two = re.findall(r"\d (\S+) 0\.\d{4}", asked)[:2]
    first.type("2\n")
    again = first.until("> ")
    assert f"1 of {total[1]} decided" in again
    first.type("u\n")
    assert f"0 of {total[1]} decided" in first.until("> ")
    first.type("x\n")
    assert "unknown answer" in first.until("> ")
    first.type("2\n")
    first.until("> ")
    first.type("\n")
    first.until("> ")
    first.type("q\n")
    rest, code = first.end()
    assert code == 0
    assert "run the same command again to continue" in rest
    assert file.read_bytes() == garbled
    decided = [entry for entry in entries() if entry.get("decided")]
    assert len(decided) >= 2
    assert two in {entry["choice"] for entry in decided}
    assert one != two

    second = Terminal(*in_terminal)
    assert f"{len(decided)} of {total[1]} decided" in second.until("> ")
    second.type("\n")
    second.accept_all()
    rest, code = second.end()
    assert code == 0
    assert all(entry.get("decided") for entry in entries())
    text = file.read_text("utf-8")
    assert text != CLEAN
    assert len(text) == len(CLEAN)
    assert damage(text) == garbled.decode()


def test_the_same_decision_for_the_same_context(tmp_path: Path, file: Path) -> None:
    rows = "".join(f"| {n} | 效果不大模型相当。 |\n" for n in range(4))
    file.write_text(damage(f"# 清单\n\n我们介绍一种新的方法。\n\n{rows}"), "utf-8")
    terminal = Terminal("--interactive", "--below", "0.999", "list.md")
    asked = terminal.until("> ")
    while "效果" not in asked:  # pragma: no cover - what comes first depends on the model
        terminal.type("s\n")
        asked = terminal.until("> ")
    wanted = re.search(r"(\d) 不 ", asked)
    assert wanted
    terminal.type(f"{wanted[1]}\n")
    assert "also in 3 more places" in terminal.until("[y/N] ")
    terminal.type("y\n")
    terminal.accept_all()
    rest, code = terminal.end()
    assert code == 0
    assert Path("list.md.review.toml").exists()
    assert rest.count("效果不大模型相当。") == 4
