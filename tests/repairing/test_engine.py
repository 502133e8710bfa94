"""From line to text: spans, several pieces of a line, several passes, edges of cells, answers."""

import re
from collections.abc import Sequence

import pytest

from llmpaper_md.repairing import Channel, Guess, Question, repair
from llmpaper_md.repairing.decoder import Decoder, FilledLine
from llmpaper_md.repairing.edits import Edit, Progress
from llmpaper_md.repairing.engine import _Work
from llmpaper_md.repairing.evidence import inverter
from llmpaper_md.repairing.lattice_hole import Hole
from llmpaper_md.repairing.line_selection import Plan
from llmpaper_md.repairing.lines import Line
from llmpaper_md.repairing.result import Candidate
from llmpaper_md.source import Span

TURKISH = Channel("windows-1254", soft_hyphens="dropped")
SENTENCES = (
    "我们今天介绍一种新的方法，它可以解决这个问题。\n请先阅读下面的说明，然后再开始安装程序。\n"
)


class Wrong(Decoder):
    """Fills each hole with a character that would have left other bytes."""

    def fill_line(self, symbols: str, holes: Sequence[Hole]) -> FilledLine:
        return FilledLine(symbols, holes, holes, [(Candidate(self.char, 1.0),) for _ in holes])

    char = "错"


class WrongBefore(Wrong):
    char = "\x01"


@pytest.mark.parametrize("spaces", ["kept", "space", "trimmed"])
def test_what_would_not_be_damaged_to_what_was_there_is_not_written(
    monkeypatch: pytest.MonkeyPatch, spaces: str
) -> None:
    """The proof fails for any line with holes, whatever became of no-break spaces."""
    channel = Channel("windows-1254", "dropped", "dropped", spaces)  # type: ignore[arg-type]
    whole, *rows = "文\n我们介绍一种方法\n| 模型 | 大模型的训练 |\n不\n文 名 不".split("\n")
    inverse = inverter(channel)
    for decoder, written in ((Decoder, True), (Wrong, False), (WrongBefore, False)):
        monkeypatch.setattr("llmpaper_md.repairing.engine.Decoder", decoder)
        work = _Work(channel, None, None, 0.99, edges=True)
        for text in (whole, *rows):
            # A clean character cuts the last line in two.
            damaged = channel.damage(text).replace(channel.damage("名"), "名")
            line = Line(0, damaged, False)
            planned = Plan(line, tuple(inverse.pieces(damaged)))
            edit = work.edit(planned, work.fill(planned))
            assert (edit is not None) is (written or text == whole)


def test_progress_is_told_line_by_line() -> None:
    told: list[tuple[int, int]] = []
    repair(TURKISH.damage(SENTENCES * 2), progress=lambda *numbers: told.append(numbers))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_garbled_cells_with_clean_ones_between() -> None:
    """Each piece of a line is damaged again by itself."""
    cells = [
        "这个函数返回一个列表，里面有所有的结果。",
        "请先阅读下面的说明。",
        "他们在北京学习历史。",
    ]
    one, two, three = map(TURKISH.damage, cells)
    for before in ("", "x\n", "xx\n", "xxx\n"):
        before += SENTENCES
        damaged = f"| 名称 | {one} | 说明 | {two} | 例子 | {three} | 完 |\n"
        done = repair(TURKISH.damage(before) + damaged)
        assert done.text == (
            f"{before}| 名称 | {cells[0]} | 说明 | {cells[1]} | 例子 | {cells[2]} | 完 |\n"
        )
        assert all(guess.span.cut(done.text) == guess.chosen for guess in done.guesses)


def test_guesses_move_with_what_is_repaired_later() -> None:
    """The line between is left to ftfy, in a second pass."""
    light = "在 HÃ´tel dÃ©jÃ\u00a0 里 cafÃ©crÃ¨me\n"
    done = repair(TURKISH.damage(SENTENCES) + light + TURKISH.damage(SENTENCES))
    assert done.text == f"{SENTENCES}在 Hôtel déjà 里 cafécrème\n{SENTENCES}"
    assert [step.split()[0] for step in done.steps] == ["restored", "ftfy:"]
    assert len(done.guesses) == 2 * len(repair(TURKISH.damage(SENTENCES)).guesses)
    assert all(guess.span.cut(done.text) == guess.chosen for guess in done.guesses)


def test_guesses_within_what_is_repaired_later_go() -> None:
    """Those that end where it begins, and those that begin where it ends, stay."""
    text = "一二三四五六七八九"
    guesses = tuple(Guess(Span(i, i + 1), text[i], 0.5, ()) for i in range(9))
    new = Guess(Span(1, 2), "Y", 0.5, ())
    done = Progress(text)
    done.guesses = guesses
    assert done.apply([Edit(2, 4, "XYZ", [new]), None, Edit(6, 7, "", [])])
    made, moved = done.text, done.guesses
    assert made == "一二XYZ五六八九"
    assert [(guess.span.start, guess.chosen) for guess in moved] == [
        (0, "一"), (1, "二"), (3, "Y"), (5, "五"), (6, "六"), (7, "八"), (8, "九"),
    ]  # fmt: skip
    assert all(guess.span.cut(made) == guess.chosen for guess in moved)


def test_light_repairs_pass_code_over() -> None:
    """Whole lines of it, and spans in a line."""
    code = "œ\n```\nHÃ´tel\n```\nle `HÃ´tel` et HÃ´tel, `x` HÃ´tel\n"
    done = repair(f"œ\n{code}\n\n`é` HÃ´tel\n")
    assert done.text == f"œ\n{code}\n\n`é` Hôtel\n".replace("et HÃ´", "et Hô").replace(
        "x` HÃ´", "x` Hô"
    )
    assert done.guesses == ()


def spellings(text: str, row: int) -> set[str]:
    """What the candidates of a row's last damaged character look like when damaged."""
    done = repair(text)
    [end] = [i for i, char in enumerate(done.text) if char == "\n"][row : row + 1]
    guess = [guess for guess in done.guesses if guess.span.end <= end][-1]
    return {TURKISH.damage(candidate.text) for candidate in guess.candidates}


def test_a_space_that_stayed_at_an_edge_was_not_cut_off_elsewhere() -> None:
    """Where no cell ends in a no-break space, each that ends in a hole may have lost one."""
    row = TURKISH.damage(f"{SENTENCES}| 大家的意见都受欢迎 |\n")
    assert spellings(row, 2) == {"è¿", "è¿\u00a0"}
    assert spellings(row.replace("| ", "").replace(" |", ""), 2) == {"è¿", "è¿\u00a0"}
    assert spellings(row.replace("| ", "").replace(" |", "。"), 2) == {"è¿"}
    kept = TURKISH.damage(f"{SENTENCES}| 大家的意见都受欢迎 |\n| 他对朋友很忠 |\n")
    assert "\u00a0 |" in kept
    assert spellings(kept, 2) == {"è¿"}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("| 请坐 | 老师不忠 | 他们在学习 | 请占 |", id="padded"),
        pytest.param("| 请坐    | 老师不忠     | 他们在学习 | 请占   |", id="aligned"),
        pytest.param("|请坐|老师不忠|他们在学习|请占|", id="tight"),
        pytest.param("|老师不忠 |他们在学习 |", id="blanks on one side"),
    ],
)
@pytest.mark.parametrize("written_anew", [False, True])
def test_spaces_that_became_blanks_among_those_of_a_table(row: str, written_anew: bool) -> None:
    """The blanks of the table stay its own, and a row comes out although some were cut off."""
    channel = Channel("windows-1254", "dropped", "dropped", "space")
    damaged = channel.damage(f"{SENTENCES}{row}\n")
    right = f"{SENTENCES}{row}\n"
    if written_anew:
        damaged, right = (re.sub(r" +\|", " |", text) for text in (damaged, right))
    done = repair(damaged, channel=channel)
    rows = [squeezed(text).split("\n")[2] for text in (done.text, right)]
    assert [len(cell) for cell in rows[0].split("|")] == [len(cell) for cell in rows[1].split("|")]
    assert "老师不" in rows[0]
    assert "他们在学习" in rows[0]
    assert all(guess.span.cut(done.text) == guess.chosen for guess in done.guesses)
    assert squeezed(channel.damage(done.text)) == squeezed(damaged)
    if not written_anew:
        assert channel.damage(done.text) == damaged


def squeezed(text: str) -> str:
    """The text without the blanks at the ends of cells."""
    return re.sub(r" +\|", "|", text)


def test_a_space_cut_off_at_the_end_of_a_line() -> None:
    """With that said, any line may end so; without blanks before the end of a cell as well."""
    channel = Channel("windows-1254", "dropped", "dropped", "trimmed")
    cut = TURKISH.damage("他说的话不多，但是他对朋友很忠").rstrip("\u00a0")
    for text in (cut, f"| {cut}| 名 |"):
        done = repair(text, channel=channel)
        assert "忠" in {candidate.text for candidate in done.guesses[-1].candidates}
        for guess in done.guesses[:-1]:
            assert len({TURKISH.damage(candidate.text) for candidate in guess.candidates}) == 1


def test_answers_of_other_lengths_move_what_follows() -> None:
    """A question mark may stand for itself: then there is one character more than was thought."""
    channel = Channel("windows-1254", "question", "dropped")
    text = "他不是老师，不过他不懂也不问。\n今天不下雨。"
    seen: list[Question] = []

    def literal(question: Question) -> str | None:
        seen.append(question)
        return "中?" if question.chosen == "不" and len(seen) % 2 else None

    done = repair(channel.damage(text), channel=channel, choose=literal, below=2.0)
    assert len(seen) == len(done.guesses) > 5
    assert sum(guess.chosen == "中?" for guess in done.guesses) >= 2
    assert all(guess.span.cut(done.text) == guess.chosen for guess in done.guesses)
    assert channel.damage(done.text) == channel.damage(text)
    for question, guess in zip(seen, done.guesses, strict=True):
        start = done.text.rfind("\n", 0, guess.span.start) + 1
        assert question.before == done.text[start : guess.span.start]
