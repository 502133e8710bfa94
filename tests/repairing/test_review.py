"""A person's choices: applied where they fit, refused where they do not."""

import pytest

from llmpaper_md.errors import CorrectionError
from llmpaper_md.repairing import (
    SURE,
    Candidate,
    Channel,
    Choice,
    Guess,
    Repair,
    apply_choices,
    repair,
    sentence,
)
from llmpaper_md.repairing.review import chosen_instead
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
        ({"start": 0}, "no restored character is there"),
        ({"chosen": "字"}, "is not a candidate for"),
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
    with pytest.raises(CorrectionError, match="two choices for this character"):
        apply_choices(done, [choice, choice])


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("一。二三。四", 3, "二三。"),
        ("一。二三。四", 5, "四"),
        ("一。\n二三", 3, "二三"),
        ("| 一 | 二三 |", 7, "二三"),
        ("3.11版。完", 4, "3.11版。"),
        ("One. 二三. Four.", 6, "二三."),
        ("一。       二三。", 10, "二三。"),
        ("一\n       二三\t\n四", 9, "二三"),
    ],
)
def test_the_sentence_around_a_character(text: str, position: int, expected: str) -> None:
    """It ends at its sign, its line or its cell."""
    assert sentence(text, Span(position, position + 1)).cut(text) == expected


def test_a_sentence_reaches_no_further_than_a_person_reads() -> None:
    """A line may be a whole book."""
    assert sentence("字" * 20_000, Span(6_000, 6_001)) == Span(2_000, 10_001)
    for length in (9_000, 11_000):
        text = "字" * length + "\n" + "字" * length
        assert sentence(text, Span(6_000, 6_001)) == Span(2_000, min(length, 10_001))
    assert sentence("字" * 2_000, Span(50, 51)) == Span(0, 2_000)


def test_a_choice_fits_whatever_was_chosen_beside_it(done: Repair) -> None:
    """Its sentence was shown before another character in it was changed."""
    first, second = done.guesses[:2]
    shown = sentence(done.text, first.span).cut(done.text)
    assert second.span.end <= len(shown)
    changed = apply_choices(done, [Choice(first.span.start, first.candidates[1].text, shown)])
    made = apply_choices(changed, [Choice(second.span.start, second.candidates[1].text, shown)])
    assert made.guesses[0].chosen == first.candidates[1].text
    assert made.guesses[1].chosen == second.candidates[1].text


def test_choices_of_other_lengths_move_what_follows() -> None:
    """A candidate may have a sign after it that was none of its bytes."""
    candidates = (Candidate("不", 0.7), Candidate("中?", 0.2), Candidate("丏??", 0.1))
    places = (5, 7, 9, 15)
    damaged = Repair(
        "一二三四五不六不七不八九十百千不万",
        CHANNEL,
        tuple(Guess(Span(place, place + 1), "不", 0.7, candidates) for place in places),
        (),
    )
    longer = apply_choices(damaged, [Choice(5, "丏??"), Choice(9, "中?")])
    assert longer.text == "一二三四五丏??六不七中?八九十百千不万"
    assert [g.span for g in longer.guesses] == [Span(5, 8), Span(9, 10), Span(11, 13), Span(18, 19)]
    assert all(guess.span.cut(longer.text) == guess.chosen for guess in longer.guesses)
    back = apply_choices(longer, [Choice(5, "不"), Choice(11, "不")])
    assert back == damaged


def test_another_candidate_is_as_long_as_it_is() -> None:
    candidates = (Candidate("不", 0.7), Candidate("中?", 0.2))
    guess = chosen_instead(Guess(Span(6, 7), "不", 0.7, candidates), "中?")
    assert guess == Guess(Span(6, 8), "中?", 0.2, candidates)


def test_what_is_less_sure_is_marked() -> None:
    guesses = tuple(
        Guess(Span(place, place + 1), char, probability, ())
        for place, (char, probability) in enumerate([("甲", SURE), ("乙", 0.9899), ("丙", 0.5)])
    )
    assert Repair("甲乙丙丁", None, guesses, ()).marked() == "甲⟦乙⟧⟦丙⟧丁"
    assert Repair("甲乙丙丁", None, guesses, ()).marked(0.6) == "甲乙⟦丙⟧丁"
    assert SURE == 0.99
