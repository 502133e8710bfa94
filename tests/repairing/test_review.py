"""A person's choices: applied where they fit, refused where they do not."""

import pytest

from llmpaper_md.errors import CorrectionError
from llmpaper_md.repairing import (
    Channel,
    Choice,
    Repair,
    apply_choices,
    repair,
    sentence,
)
from llmpaper_md.source import Span

CHANNEL = Channel("windows-1254", soft_hyphens="dropped")
TEXT = "我们今天介绍一种新的方法。它可以解决这个问题！\n| 模型 | 训练需要大量的数据 |\n"


@pytest.fixture(scope="module")
def done() -> Repair:
    """A repair with some guesses."""
    return repair(CHANNEL.damage(TEXT))


def test_a_choice_is_applied(done: Repair) -> None:
    """The chosen candidate stands in the text, and the guess says so."""
    guess = done.guesses[1]
    other = guess.candidates[1].text
    choice = Choice(guess.span.start, other, sentence(done.text, guess.span).cut(done.text))
    made = apply_choices(done, [choice])
    assert made.text == done.text[: guess.span.start] + other + done.text[guess.span.end :]
    assert made.guesses[1].chosen == other
    assert made.guesses[1].probability == guess.candidates[1].probability
    assert CHANNEL.damage(made.text) == CHANNEL.damage(done.text)


def test_a_choice_that_changes_nothing_is_no_error(done: Repair) -> None:
    """A review file lists what was left as it is as well."""
    choices = [Choice(g.span.start, g.chosen) for g in done.guesses]
    assert apply_choices(done, choices) == done


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 0}, "no restored character stands there"),
        ({"chosen": "字"}, "is no candidate for"),
        ({"sentence": "别的句子。"}, "the text there has changed"),
    ],
)
def test_a_choice_that_does_not_fit(
    done: Repair, change: dict[str, int | str], message: str
) -> None:
    """It is named, and nothing is applied."""
    guess = done.guesses[0]
    fields: dict[str, int | str] = {
        "start": guess.span.start,
        "chosen": guess.chosen,
        "sentence": sentence(done.text, guess.span).cut(done.text),
    }
    with pytest.raises(CorrectionError, match=message):
        apply_choices(done, [Choice(**(fields | change))])  # type: ignore[arg-type]


def test_two_choices_for_one_character(done: Repair) -> None:
    """Nobody can tell which was meant."""
    guess = done.guesses[0]
    choice = Choice(guess.span.start, guess.chosen)
    with pytest.raises(CorrectionError, match="chosen for twice"):
        apply_choices(done, [choice, choice])


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("一。二三。四", 3, "二三。"),
        ("一。二三。四", 5, "四"),
        ("一。\n二三", 3, "二三"),
        ("| 一 | 二三 |", 7, "二三"),
        ("3.11版。完", 4, "3.11版。"),
    ],
)
def test_the_sentence_around_a_character(text: str, position: int, expected: str) -> None:
    """It ends at its sign, its line or its cell."""
    assert sentence(text, Span(position, position + 1)).cut(text) == expected
