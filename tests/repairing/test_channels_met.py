"""The ways of misreading that people meet: what must come out, what must be reported, what stays."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest

from llmpaper_md import LintOptions, fix, lint, repair
from llmpaper_md.errors import ChannelError
from llmpaper_md.repairing import Channel, MultiByteChannel, parse_channel
from llmpaper_md.repairing.codepages import CODE_PAGES
from llmpaper_md.repairing.escapes import find_escapes
from llmpaper_md.repairing.glance import may_be_damaged
from llmpaper_md.repairing.lost_text import find_lost
from llmpaper_md.repairing.misread_chinese import ENCODINGS, PAGES, misread as as_letters
from llmpaper_md.repairing.model import LanguageModel
from llmpaper_md.repairing.multibyte import CODEPAGES, FORMS
from llmpaper_md.repairing.multibyte_runs import Scorer, read_back
from tests.repairing.test_leaves_alone import PAGES as CLEAN_PAGES, SENTENCES as CLEAN

TEXT = "在少样本学习任务上验证了模型规模的作用，不需要微调。"
MORE = "我们介绍一种新的方法，它可以解决这个问题。"
CELLS = f"| [模型](https://a.b/c) | ⭐⭐⭐ | {{}} | 干净的“文字”，é × ° |\n| 模型 | ⭐ | {MORE} | ok |\n"
FORM_IDS = [form.name for form in FORMS]


def in_a_cell(damaged: str) -> str:
    return "# 论文\n\n| 论文 | 星级 | 介绍 | x |\n| - | - | - | - |\n" + CELLS.format(damaged)


# Clean text stays, whatever the ways of misreading that are looked for.

ALONE = {
    "traditional": "憑藉預訓練，模型獲得了語言能力；纏綿悱惻，鬱鬱蔥蔥。",
    "classical": "關關雎鳩，在河之洲。窈窕淑女，君子好逑。參差荇菜，左右流之。",
    "japanese": "繰り返し縺れた糸を、譲り受けた鋏で断ち切る。ｶﾀｶﾅも混ざる。",
    "korean with hanja": "본 論文은 새로운 方法을 提案한다. 餘地가 없다.",
    "rare simplified": "囹圄、饕餮、魑魅魍魉、觊觎、龃龉、踟蹰、蹉跎、酩酊",
    "russian in capitals": "ЖЕНЩИНЫ И ДЕТИ ПОШЛИ ДОМОЙ, А МУЖЧИНЫ ОСТАЛИСЬ.",
    "box drawing": "┌────┬────┐\n│ ab │ cd │\n└────┴────┘",
    "a range of escapes": r"the class [\u4e00-\u9fff] and \u0041\u0042 and &#x4e2d;",
    "one escape": r"\u4e2d is an ideograph",
    "questions": "Why??? 为什么？？？ What?! a ?? b",
    "an emoji": "👍 👠 ⚠️ 🛡️",
}


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE.keys())
def test_clean_text_stays(text: str) -> None:
    for shown in (text, f"# 论文\n\n{text}\n\n{MORE}\n"):
        done = repair(shown)
        assert done.text == shown
        assert done.runs == ()


def test_a_page_about_misread_text_stays() -> None:
    """It quotes all of these in code spans and blocks."""
    quoted = [Channel(page, "c1").damage(TEXT) for page in CODE_PAGES]
    quoted += [MultiByteChannel(codec, FORMS[3]).damage(TEXT) for codec in CODEPAGES]
    quoted += [as_letters(TEXT, "windows-1252", "gbk") or "", r"\u4e2d\u6587", "锟斤拷锟斤拷"]
    lines = "".join(
        f"- 乱码 `{text}` 是这样来的。\n\n```\n{text}\n```\n" for text in quoted if text
    )
    page = f"# 乱码\n\n这里说明乱码是怎么来的。\n\n{lines}"
    done = repair(page)
    assert done.text == page
    assert done.runs == ()


@pytest.mark.parametrize("name", [name for name in CLEAN if "`" not in CLEAN[name]])
@pytest.mark.parametrize("damaged", [MultiByteChannel("gbk").damage(TEXT), as_letters(TEXT, "windows-1252", "gbk")], ids=["gbk", "letters"])  # fmt: skip
def test_clean_neighbours_stay(name: str, damaged: str) -> None:
    """Cells beside a garbled one, and lines around it."""
    cell = CLEAN[name].replace("|", "/")
    done = repair(f"{cell}\n\n| {cell} | {damaged} | {cell} |\n\n{cell}\n")
    assert done.text.count(cell) == 4
    assert TEXT[:20] in done.text


@pytest.mark.parametrize("text", CLEAN_PAGES.values(), ids=CLEAN_PAGES.keys())
def test_clean_pages_have_no_runs(text: str) -> None:
    assert repair(text).runs == ()


# What comes out.

LOSSLESS = {
    page: Channel(page) for page in ("cp850", "cp866", "koi8-r", "cp852", "cp437", "mac-roman")
}


@pytest.mark.parametrize("channel", LOSSLESS.values(), ids=LOSSLESS.keys())
def test_pages_that_lose_nothing(channel: Channel) -> None:
    for text in (f"{TEXT}\n{MORE}\n", in_a_cell(TEXT)):
        damaged = channel.damage(text) if text.startswith(TEXT) else in_a_cell(channel.damage(TEXT))
        done = repair(damaged)
        assert done.text == text
        assert done.guesses == ()
        assert {run.kind for run in done.runs} == {"exact"}
        assert all(run.proved for run in done.runs)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_chinese_in_an_encoding_of_its_own(page: str, encoding: str) -> None:
    text = {
        "gbk": TEXT,
        "cp950": "這篇論文介紹了一種新的方法",
        "cp932": "これは新しいモデルのテストです",
    }[encoding]
    damaged = as_letters(text, page, encoding)
    if damaged is None:
        pytest.skip("the page lacks a byte of it")
    done = repair(in_a_cell(damaged))
    assert done.text == in_a_cell(text)
    [run] = done.runs
    assert (run.kind, run.before, run.proved) == ("exact", damaged, True)


@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
def test_utf8_read_as_gbk(form: object) -> None:
    """Whole files and cells; what is restored is damaged to what was there again."""
    channel = MultiByteChannel("gbk", form)  # type: ignore[arg-type]
    whole = f"# 论文列表\n\n{TEXT}\n\n{MORE}\n"
    done = repair(channel.damage(whole))
    assert SequenceMatcher(None, done.text, whole, autojunk=False).ratio() >= 0.9
    cell = repair(in_a_cell(channel.damage(TEXT)))
    assert cell.text.startswith(in_a_cell(TEXT).partition("在少")[0])
    assert "干净的“文字”，é × °" in cell.text
    [run] = cell.runs
    assert channel.damage(run.span.cut(cell.text)) == run.before
    assert run.repaired
    assert repair(done.text).text == done.text


@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
@pytest.mark.parametrize("codec", CODEPAGES)
def test_a_channel_of_two_bytes_is_read_from_its_words(codec: str, form: object) -> None:
    channel = MultiByteChannel(codec, form)  # type: ignore[arg-type]
    assert parse_channel(channel.describe()) == channel
    assert channel.damage("plain | text\n") == "plain | text\n"


def test_the_forms_are_what_codecs_do() -> None:
    """Python's own, which replaces each byte that fits nothing."""
    text = f"{TEXT} a 中b，{MORE}|文|\n"
    for codec in ("gbk", "cp949"):
        expected = text.encode().decode(codec, "replace")
        assert MultiByteChannel(codec, FORMS[4]).damage(text) == expected


@pytest.mark.parametrize("name", ["gbk, nonsense", "gbkk"])
def test_a_channel_that_is_none(name: str) -> None:
    with pytest.raises(ChannelError):
        parse_channel(name)


def test_a_named_channel_is_taken() -> None:
    damaged = MultiByteChannel("gbk", FORMS[3]).damage(f"{TEXT}\n")
    assert (
        repair(damaged, channel="gbk, invalid bytes replaced by U+FFFD").text.count("模型规模") == 1
    )
    assert repair(f"{CLEAN['french']}\n", channel="gbk").text == f"{CLEAN['french']}\n"


def test_a_table_border_that_gbk_took() -> None:
    """The last byte of a cell makes one character with the border after it."""
    row = "|大模型|新数据|[论文](https://a.b/c)|大模型|\n"
    damaged = MultiByteChannel("gbk").damage(row)
    assert damaged.count("|") < row.count("|")
    assert repair(damaged).text == row


def test_escapes_are_read() -> None:
    assert repair(r"| \u4e2d\u6587\u4ecb\u7ecd | a |").text == "| 中文介绍 | a |"
    assert repair("&#x4e2d;&#x6587;&#20171;&#32461;").text == "中文介绍"
    assert repair(r"`\u4e2d\u6587\u4ecb\u7ecd`").text == r"`\u4e2d\u6587\u4ecb\u7ecd`"
    assert repair(r"\\u4e2d\\u6587").text == r"\\u4e2d\\u6587"
    scorer = Scorer(LanguageModel.open())
    assert [run.text for run in find_escapes(r"\u007c\u007c \u4e2d\u6587", scorer)] == ["中文"]


def test_several_channels_in_one_file() -> None:
    made = [
        Channel("windows-1252").damage(TEXT),
        Channel("cp866").damage(TEXT),
        MultiByteChannel("gbk").damage(MORE),
        as_letters(TEXT, "windows-1252", "gbk"),
    ]
    text = "".join(f"| 论文 {n} | ⭐ | {cell} |\n" for n, cell in enumerate(made))
    done = repair(text)
    assert done.text.count(TEXT) == 3
    assert "我们介绍一种新" in done.text
    assert len({run.channel.partition(",")[0] for run in done.runs}) == 4
    for run in done.runs:
        assert run.original.cut(text) == run.before
        assert run.proved


# Short runs: from three whole characters in a cell on.


@pytest.mark.parametrize("page", ["windows-1252", "windows-1254", "cp850", "koi8-r", "cp866"])
@pytest.mark.parametrize("word", ["论文集", "训练集", "新方法"])
def test_three_characters_in_a_cell(page: str, word: str) -> None:
    """Beside clean cells; reported wherever they cannot be read."""
    done = repair(in_a_cell(Channel(page, "c1").damage(word)))
    assert done.text == in_a_cell(word) or done.runs


# What is lost is reported, and left.


@pytest.mark.parametrize("codec", ["big5", "cp949"])
@pytest.mark.parametrize("errors", ["replace", "ignore"])
def test_what_lost_most_is_reported_and_left(codec: str, errors: str) -> None:
    damaged = TEXT.encode().decode({"big5": "cp950"}.get(codec, codec), errors)
    done = repair(in_a_cell(damaged))
    assert done.text == in_a_cell(damaged)
    [run] = done.runs
    assert run.kind == "lost"
    assert codec in run.channel


LOST = {
    "锟斤拷": ["锟斤拷"],
    "| 锟斤拷锟斤拷锟 | a |": ["锟斤拷锟斤拷锟"],
    "| ???????? |": ["????????"],
    "- ???? ???? ??": ["????", "????"],
    "Really???": [],
    "???": [],
    "a ???? b": ["????"],
    "| ?? | ? |": [],
}


@pytest.mark.parametrize("text", LOST)
def test_what_nothing_is_left_of(text: str) -> None:
    assert [text[run.start : run.end] for run in find_lost(text)] == LOST[text]
    assert repair(text).text == text
    assert bool(lint(text, LintOptions(select=("unreadable-text",)))) is bool(LOST[text])


# Nothing is invented.


def test_letters_with_two_readings_are_guesses() -> None:
    done = repair("MÃžller\n")
    [guess] = done.guesses
    assert {candidate.text for candidate in guess.candidates} == {"Þ", "ø"}
    assert [run.kind for run in done.runs] == ["guessed"]
    assert fix("MÃžller\n").text == "MÃžller\n"


def test_a_blank_is_no_byte_for_sure() -> None:
    """ftfy fills in the byte A0 where a blank is: that is a guess."""
    text = "Le barÃ¨me forfaitaire permet l’Ã©valuation, relatifs Ã l’utilisation\n"
    done = repair(text)
    assert "à l’utilisation" in done.text
    assert [(run.kind, run.proved) for run in done.runs] == [("guessed", False)]
    assert "à l" not in fix(text).text


@pytest.mark.parametrize("text", ["ðŸ‘ code", "| A | ðŸ‘ code |", "⭐ ðŸ‘ 代码"])
def test_an_emoji_that_lost_a_byte(text: str) -> None:
    """The blank after it stays, and what it is is never sure."""
    assert fix(text + "\n").text == text + "\n"
    done = repair(text)
    assert re.search(r"[\U0001f440-\U0001f47f] (code|代码)", done.text)
    [guess] = done.guesses
    assert guess.probability < 0.99
    assert "👍" in {candidate.text for candidate in guess.candidates}


def test_gbk_as_letters_is_not_made_other_letters() -> None:
    text = "ÓÃµÍÖÈ¾ØÕó¸üĞÂ²ÎÊı£¬´Ó¶ø´ó·ù¶È¼õÉÙÑµÁ·³É±¾¡£"
    assert fix(f"{text}\n").text in (f"{text}\n", "用低秩矩阵更新参数，从而大幅度减少训练成本。\n")


def test_the_last_character_of_a_line_may_have_lost_its_space() -> None:
    text = "## Python 删除列表中的元素\n"
    damaged = Channel("windows-1254").damage(text).replace("\u00a0\n", "\n")
    assert repair(damaged).text == text


# The parts.


def test_reading_back_finds_what_is_whole() -> None:
    damaged = MultiByteChannel("gbk", FORMS[3]).damage("训练文A")
    units = read_back(damaged, "gbk")
    assert [unit.text for unit in units] == ["", "文", "A"]
    assert units[0].first == 0
    assert units[-1].last == len(damaged) - 1


@pytest.mark.parametrize("text", [TEXT, *ALONE.values()])
def test_most_clean_text_is_passed_over_at_a_glance(text: str) -> None:
    assert not may_be_damaged(TEXT)
    for channel in (Channel("windows-1252"), Channel("koi8-r"), MultiByteChannel("gbk")):
        assert may_be_damaged(channel.damage(TEXT))
