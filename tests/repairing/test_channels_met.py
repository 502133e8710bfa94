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
from llmpaper_md.repairing.multibyte import CODEPAGES, FORMS, Form
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


SHORT = f"""# 论文列表

## 目录

- [目录](#目录)
  - [医疗](#医疗)
  - [科技](#科技)
- [4. LLM训练微调框架](#4-llm训练微调框架)

| 底座 | 包含模型 | 模型参数大小 | 训练token数 | 是否可商用 |
| --- | --- | --- | --- | --- |

* ChatGLM：
  * 地址：https://a.example/b
  * 简介：{MORE}（罗宾） – 完

```sh
git pull  # 保持最新
```

用 `ls {{{{路径}}}}` 列出文件，用 `rm {{{{文件}}}}` 删除它们。
"""


@pytest.mark.parametrize("page", ["windows-1252", "iso-8859-1", "windows-1254"])
def test_a_whole_file_of_chinese_read_as_letters(page: str) -> None:
    """Short words and single signs as well, and none of it is taken for UTF-8 by chance."""
    damaged = as_letters(SHORT, page, "gbk")
    assert damaged is not None
    done = repair(damaged)
    assert done.text == SHORT
    assert done.guesses == ()
    clean = "Größe £5, «été» 3ª, 10 £, ÄÖ naïve – Müller, 12 °C"
    assert repair(f"{damaged}\n{clean}\n").text == f"{SHORT}\n{clean}\n"


TAKEN = {
    "a line ending": "- 我们做了很多实验\n- 市场份额和竞争定位的分析\n",
    "a star of bold text": "- **竞争动态**：评估价格与创新\n- **可持续性**：说明它能否持续\n",
    "a quotation mark": '  skills: ["技术整合能力", "客户关系管理"],\n  at: "市场挑战者",\n',
    "a space": "我们在 GitHub 上开源了它，欢迎使用。\n",
    "a bracket of a link": "参见[大语言模型的性能](https://a.example/b)，它说明了方法。\n",
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN.keys())
@pytest.mark.parametrize("form", [form for form in FORMS if form.swallows], ids=lambda form: form.name)  # fmt: skip
def test_what_a_sign_took_is_told_by_what_is_around(text: str, form: Form) -> None:
    text = f"# 论文列表\n\n{MORE}\n\n{text}\n{TEXT}\n"
    done = repair(MultiByteChannel("gbk", form).damage(text))
    assert done.text.count("\n") == text.count("\n")
    for sign in '*"[]':
        assert done.text.count(sign) == text.count(sign)
    assert all(guess.probability < 0.9999 for guess in done.guesses if guess.chosen[-1:] < "@")


@pytest.mark.parametrize("form", [form for form in FORMS if not form.private], ids=lambda form: form.name)  # fmt: skip
def test_clean_text_after_a_sign_is_none_of_its_bytes(form: Form) -> None:
    """The bytes of ， can be the end of a character; here they are not."""
    cell = MultiByteChannel("gbk", form).damage("云原生词汇表的目的是在不需要任何")
    text = in_a_cell(f"我们的方法：{cell}，见附录。")
    done = repair(text)
    assert "我们的方法：云原生词汇表" in done.text
    assert done.text.count("，见附录。") == 1


def test_lines_that_end_with_a_carriage_return() -> None:
    """A sign takes it, and the line feed stays."""
    text = f"# 列表\r\n\r\n- 我们做了很多实验\r\n- 市场份额\r\n- 我们做了很多实验\r\n\r\n{MORE}\r\n"
    damaged = MultiByteChannel("gbk", FORMS[0]).damage(text)
    assert "?\n" in damaged
    assert repair(damaged).text == text


def test_a_digit_that_a_sign_took_is_not_said_to_be_sure() -> None:
    text = f"{MORE}\n\n我们每天工作10小时，这个问题在2024年解决。\n\n{TEXT}\n"
    done = repair(MultiByteChannel("gbk", FORMS[0]).damage(text))
    digits = [guess for guess in done.guesses if any(char.isdigit() for char in guess.chosen)]
    assert all(guess.probability < 0.9 for guess in digits)


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


def test_windows_writes_a_middle_dot_for_what_code_page_932_lacks() -> None:
    """It looks like the bytes 81 and 45, of which the first would end a character before an E."""
    damaged = "螳溯｡後→遒ｺ隱・*"
    done = repair(f"- **{damaged}\n")
    assert done.text == f"- **{damaged}\n"
    assert {run.kind for run in done.runs} == {"lost"}
    assert repair("縺ｮ繝｢繝・Ν縺ｯ・・\n").text == "縺ｮ繝｢繝・Ν縺ｯ・・\n"


LOST = {
    "锟斤拷": ["锟斤拷"],
    "| 锟斤拷锟斤拷锟 | a |": ["锟斤拷锟斤拷锟"],
    "| ???????? |": ["????????"],
    "- ???? ???? ??": ["????", "????"],
    "Really???": [],
    "???": [],
    "a ???? b": ["????"],
    "| ?? | ? |": [],
    "caf\ufffd, twice: \ufffd\ufffd": [],
    "| a | - 7 ���LLMs ��賭蝙��典�芰��瞈� | b |": ["���LLMs ��賭蝙��典�芰��瞈�"],
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


@pytest.mark.parametrize("clean", ["caf\ufffd", "Universit\ufffd di Roma", "\ufffd\ufffd"])
def test_a_sign_for_a_lost_byte_stays_where_it_belongs_to_no_character(clean: str) -> None:
    """It is in the line with text of which the channel made such signs elsewhere."""
    channel = Channel("windows-1252", "replacement")
    assert channel.damage("介绍") != channel.damage("介绍").replace("\ufffd", "")
    text = f"{clean} {channel.damage('我们介绍一种新的方法。')} {clean}\n"
    done = repair(text)
    assert done.text.startswith(f"{clean} 我们介")
    assert done.text.endswith(f" {clean}\n")
    assert (
        repair(f"The {clean} is ï¿½ broken ï¿½ï¿½\n").text
        == f"The {clean} is \ufffd broken \ufffd\ufffd\n"
    )


README = """# 🚀 Notes

- ✅ Works — and fast
- ❌ Requires a server
- ⚠️ Rank changes → see below
- 🛡️ Safe, 👨‍💻 written by hand, with a ⏹️ button

```
┌────┐
│ ab │
├── src
└────┘
```
"""


@pytest.mark.parametrize("channel", [Channel("windows-1252"), Channel("windows-1254", "dropped", "dropped")])  # fmt: skip
def test_a_readme_of_signs_alone(channel: Channel) -> None:
    """Text in any language: arrows, dashes, boxes and emoji, some of which lost a byte."""
    assert repair(channel.damage(README)).text == README
    assert repair(README).text == README


def test_emoji_that_leave_the_same_bytes_are_not_sure() -> None:
    """📁 and 📝 do, whatever else the file holds."""
    text = "".join(f"## 📁 Part {n}\n\n- ✅ One → two\n" for n in range(9))
    done = repair(Channel("windows-1252").damage(text))
    folders = [guess for guess in done.guesses if "📁" in {c.text for c in guess.candidates}]
    assert len(folders) == 9
    assert all(guess.probability < 0.99 for guess in folders)


def test_ftfy_takes_no_space_for_a_byte_of_a_sign() -> None:
    """❌ that lost its second byte, before a space, is no ⌠."""
    text = "- âŒ Requires cafÃ© and dÃ©jÃ  vu, that wasnâ€™t\n"
    assert "⌠" not in repair(text).text
    assert " Requires café" in repair(text).text


def test_gbk_as_letters_is_not_made_other_letters() -> None:
    text = "ÓÃµÍÖÈ¾ØÕó¸üĞÂ²ÎÊı£¬´Ó¶ø´ó·ù¶È¼õÉÙÑµÁ·³É±¾¡£"
    assert fix(f"{text}\n").text in (f"{text}\n", "用低秩矩阵更新参数，从而大幅度减少训练成本。\n")


def test_gbk_as_letters_that_lost_a_byte_is_left() -> None:
    """¾­Ñé without its soft hyphen is not 狙 and a letter."""
    whole = "¸øÓèÍæ¼Ò½±Àø£¬¿ÉÒÔÊÇ"
    done = repair(f"{whole} ¾Ñé µÀ¾ß\n")
    assert done.text == "给予玩家奖励，可以是 ¾Ñé 道具\n"
    assert repair(f"{whole} ¾\u00adÑé µÀ¾ß\n").text == "给予玩家奖励，可以是 经验 道具\n"


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
