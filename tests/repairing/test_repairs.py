"""What comes out right again."""

from typing import Literal

import pytest

from llmpaper_md.repairing import Channel, Question, repair
from llmpaper_md.repairing.codepages import CODE_PAGES

TURKISH = Channel("windows-1254", soft_hyphens="dropped")

# Sentences of many fields, each restored exactly through every channel.
SENTENCES = [
    "我们今天介绍一种新的方法，它可以解决这个问题。",
    "请先阅读下面的说明，然后再开始安装程序。",
    "如果你发现错误，请写信告诉我们，谢谢你的帮助！",
    "这个函数返回一个列表，里面有所有的结果。",
    "医生说，每天走路半个小时对心脏很有好处。",
    "他们在北京的大学里学习历史和经济。",
    "先把水烧开，再放入面条，煮五分钟。",
    "模型的训练需要大量的数据和计算资源。",
]

PAIRS = {
    "an opening corner bracket asks for its closing one": "他说「我们不去了」，然后就走了。",
    "quotation marks": "所谓“深度学习”，就是使用多层的“神经网络”。",
    "a book title": "请参考《用户手册》中的说明。",
    "a dash and an ellipsis": "这就是结果——非常好……不是吗？",
    "stars": "推荐程度：⭐⭐⭐⭐⭐",
    "a table row": "| 3 | [模型的说明](https://example.org/a_b) | 这是一个简单的例子 |",
    "bold text": "这里有**重要的内容**，请不要忘记。",
    "a bracket after a rare word": "他说「我们明天再来」，然后就走了。",
    "cooking": "把鸡蛋打散，加一点盐，用小火慢慢地炒。",
    "gardening": "她在花园里种了很多玫瑰和牡丹。",
    "life": "秋天的叶子落在院子里，奶奶坐在门口晒太阳。",
    "latin words and digits": "使用Python 3.11运行这个程序，大约需要20分钟。",
}


@pytest.mark.parametrize("codec", CODE_PAGES)
def test_sentences_through_each_page(codec: str) -> None:
    """Common sentences are restored without a mistake where few bytes are undefined."""
    text = "\n".join(SENTENCES)
    channel = Channel(codec)
    done = repair(channel.damage(text)).text
    undefined = len(channel.page.undefined)
    if undefined < 10:
        assert done == text
    else:
        right = sum(a == b for a, b in zip(text, done, strict=True))
        assert right >= (0.97 if undefined < 32 else 0.8) * len(text)


@pytest.mark.parametrize("undefined", ["dropped", "c1", "question", "replacement"])
@pytest.mark.parametrize("soft_hyphens", ["kept", "dropped"])
def test_sentences_through_each_fate_of_bytes(undefined: str, soft_hyphens: str) -> None:
    """Whatever became of the undefined bytes, the sentences are restored."""
    text = "\n".join(SENTENCES)
    channel = Channel("windows-1254", undefined, soft_hyphens)  # type: ignore[arg-type]
    assert repair(channel.damage(text)).text == text


@pytest.mark.parametrize("sentence", PAIRS.values(), ids=PAIRS.keys())
def test_a_sentence_among_others(sentence: str) -> None:
    """Brackets, signs and Markdown come out as they were."""
    text = f"{SENTENCES[0]}\n{sentence}\n{SENTENCES[1]}\n"
    assert repair(TURKISH.damage(text)).text == text


def test_code_follows_garbled_prose() -> None:
    """Code that was damaged with its page is repaired with it."""
    code = "```python\n# 这里定义一个函数\nprint('é')\n```"
    text = f"{SENTENCES[0]}\n\n{code}\n\n使用`参数`的时候要小心。\n"
    assert repair(TURKISH.damage(text)).text == text


def test_clean_code_stays_in_a_garbled_file() -> None:
    """What was pasted into code later on is not taken for damaged."""
    code = "```python\nprint('café', 'über')\n# 你好\n```"
    text = f"{TURKISH.damage(SENTENCES[0])}\n\n{code}\n\n{TURKISH.damage(SENTENCES[1])}"
    assert repair(text).text == f"{SENTENCES[0]}\n\n{code}\n\n{SENTENCES[1]}"


def test_a_clean_cell_beside_a_garbled_one() -> None:
    """Within a line, too, only what is damaged is touched."""
    text = f"{TURKISH.damage(SENTENCES[0])}\n| 名称 | {TURKISH.damage(SENTENCES[3])} | 说明 |\n"
    assert repair(text).text == f"{SENTENCES[0]}\n| 名称 | {SENTENCES[3]} | 说明 |\n"


def test_a_quotation_in_a_clean_line_of_a_garbled_file() -> None:
    """A clean line stays with what it quotes."""
    text = (
        f"{TURKISH.damage(SENTENCES[0])}\n“中文” 会变成 `ä¸­æ–‡`。\n{TURKISH.damage(SENTENCES[1])}"
    )
    assert repair(text).text == f"{SENTENCES[0]}\n“中文” 会变成 `ä¸­æ–‡`。\n{SENTENCES[1]}"


def test_a_list_of_stars() -> None:
    """Stars may lose all their bytes, and more of them than there is text."""
    text = "".join(f"- ⭐⭐⭐⭐⭐⭐⭐⭐ {sentence[:6]}\n" for sentence in SENTENCES)
    assert repair(TURKISH.damage(text)).text == text


def test_a_lone_damaged_character_in_a_garbled_file() -> None:
    """A line with nothing but a damaged character follows its file."""
    text = "\n".join([*SENTENCES, "- 中", "| 型 |", "α = 0.1", *SENTENCES])
    done = repair(TURKISH.damage(text))
    assert TURKISH.damage(done.text) == TURKISH.damage(text)
    assert len(done.text) == len(text)


def test_text_damaged_twice() -> None:
    """Repair goes on until nothing is left to repair."""
    text = "\n".join(SENTENCES)
    once = Channel("windows-1252", "c1")
    assert repair(once.damage(once.damage(text))).text == text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Channel("windows-1252"), Channel("windows-1252", "c1")),
        (TURKISH, Channel("windows-1252", "c1")),
        (Channel("windows-1254"), Channel("windows-1252", "c1")),
    ],
    ids=lambda channel: channel.describe(),
)
def test_text_that_lost_bytes_before_it_was_damaged_again(first: Channel, second: Channel) -> None:
    """The second misreading is undone first, and no more than that by ftfy."""
    text = "\n".join(SENTENCES)
    done = repair(second.damage(first.damage(text)))
    assert done.text == text
    assert done.channel == first


def test_line_ends_stay() -> None:
    """Lines end at carriage return and line feed, and nothing else is taken for a line end."""
    text = "".join(
        s + end for s, end in zip(SENTENCES, ["\r\n", "\n", "\r", "\n\n"] * 2, strict=True)
    )
    damaged = Channel("iso-8859-1", "c1").damage(text)
    assert "\x85" in damaged
    assert repair(damaged).text == text


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Der KÃ¶nig aÃŸ Ã„pfel.", "Der König aß Äpfel."),
        ("C’est dÃ©jÃ\u00a0 l’Ã©tÃ©.", "C’est déjà l’été."),
        ("Itâ€™s a trap", "It’s a trap"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
        ("an â€œopenâ€\x9d question", "an “open” question"),
    ],
)
def test_light_damage_is_left_to_ftfy(damaged: str, right: str) -> None:
    """Where nothing was lost ftfy repairs, and what it did is told."""
    done = repair(damaged)
    assert done.text == right
    assert done.channel is None
    assert done.steps
    assert all(step.startswith("ftfy: ") for step in done.steps)


def test_guesses_tell_where_and_how_sure() -> None:
    """Each restored character has its span, its candidates and their probabilities."""
    text = "\n".join(SENTENCES)
    done = repair(TURKISH.damage(text))
    assert done.channel == TURKISH
    assert done.steps == (f"restored from {TURKISH.describe()}",)
    assert len(done.guesses) == sum(not TURKISH.lost.isdisjoint(char.encode()) for char in text)
    for guess in done.guesses:
        assert done.text[guess.span.start : guess.span.end] == guess.chosen
        assert guess.candidates[0].text == guess.chosen
        assert guess.candidates[0].probability == guess.probability
        assert sum(c.probability for c in guess.candidates) == pytest.approx(1, abs=1e-3)
        probabilities = [c.probability for c in guess.candidates]
        assert probabilities == sorted(probabilities, reverse=True)
        damaged = {TURKISH.damage(c.text).rstrip("\u00a0") for c in guess.candidates}
        assert len(damaged) == 1
    sure = [guess for guess in done.guesses if guess.probability >= 0.99]
    assert len(sure) > 0.8 * len(done.guesses)


def test_choose_is_asked_for_what_is_unsure() -> None:
    """The caller's function sees the line around the character and may pick another candidate."""
    text = "\n".join(SENTENCES)
    questions: list[Question] = []

    def last(question: Question) -> str | None:
        questions.append(question)
        return question.candidates[-1].text if len(questions) == 1 else None

    done = repair(TURKISH.damage(text), choose=last, below=0.999)
    assert len(questions) == sum(g.candidates[0].probability < 0.999 for g in done.guesses)
    first = next(g for g in done.guesses if g.candidates[0].probability < 0.999)
    assert first.chosen == questions[0].candidates[-1].text
    assert done.text[first.span.start : first.span.end] == first.chosen
    assert done.text.split("\n")[0].startswith(questions[0].before) or "\n" in text
    assert TURKISH.damage(done.text) == TURKISH.damage(text)


def test_choose_may_not_invent() -> None:
    """An answer that is no candidate is an error, not a new character."""
    with pytest.raises(ValueError, match="'x' is not a candidate for"):
        repair(TURKISH.damage("\n".join(SENTENCES)), choose=lambda _: "x", below=1.0)


def test_radicals_are_folded_on_request() -> None:
    """Off by default; then the text and the guesses have unified ideographs."""
    text = "这篇论⽂的⽬标是解决实际的问题，⻔槛不高。"
    damaged = TURKISH.damage(text)
    assert repair(damaged).text == text
    done = repair(damaged, fold_radicals=True)
    assert done.text == "这篇论文的目标是解决实际的问题，门槛不高。"
    assert done.steps[-1] == "folded radicals"
    assert all(done.text[g.span.start : g.span.end] == g.chosen for g in done.guesses)
    assert repair("⽂", fold_radicals=True).text == "文"
    assert repair("文", fold_radicals=True).steps == ()


def test_empty_and_plain_text() -> None:
    """Nothing to do is done in no time."""
    for text in ("", "\n", "plain", "\x00\x7f"):
        done = repair(text)
        assert (done.text, done.channel, done.guesses, done.steps) == (text, None, (), ())


@pytest.mark.parametrize("page", ["windows-1252", "windows-1254"])
@pytest.mark.parametrize("soft_hyphens", ["kept", "dropped"])
def test_a_single_line_does_not_look_surer_than_it_can_be(
    page: str, soft_hyphens: Literal["kept", "dropped"]
) -> None:
    """One line hardly tells channels apart: what any of them loses is a candidate."""
    channel = Channel(page, soft_hyphens=soft_hyphens)
    for text in ("大模型的训练需要大量的数据。", "这篇文章的目标是解决实际的问题。"):
        assert repair(channel.damage(text)).text == text
