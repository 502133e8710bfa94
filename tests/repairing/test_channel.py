"""Which channel a text went through, and what it says of itself."""

import pytest

from llmpaper_md.repairing import Channel, repair
from llmpaper_md.repairing.channel import policies, repertoire
from llmpaper_md.repairing.codepages import CODE_PAGES, code_page, page_name
from llmpaper_md.repairing.evidence import Fit, best_fit

SAMPLE = (
    "# 厨房里的常用知识 📖\n\n煮面之前先把水烧开，再放一点盐；面条不要煮得太软。"
    "切菜的时候，手指要弯起来，这样不容易受伤。\n\n买回来的鱼最好当天吃完，"
    "如果放在冰箱里，也不要超过两天。炒青菜要用大火，时间短一些，颜色才好看。\n"
    "做汤的时候先放姜，最后放葱。剩下的米饭可以第二天做炒饭，加上鸡蛋和豆子。"
    "很多人喜欢辣的味道，但是老人和小孩应该少吃。每天喝足够的水，对身体有好处。\n"
)


@pytest.mark.parametrize("name", CODE_PAGES)
def test_each_page_is_known_by_its_own_name(name: str) -> None:
    """Every page has 256 characters and is found again."""
    assert page_name(name) == name
    assert len(code_page(name).table) == 256


def test_an_unknown_page_is_an_error() -> None:
    """The message names the pages that there are."""
    with pytest.raises(ValueError, match="unknown code page 'utf-8': use one of windows-1252"):
        Channel.parse("utf-8")


def test_an_unknown_phrase_is_an_error() -> None:
    """A misspelt description is not taken for another."""
    with pytest.raises(ValueError, match="unknown phrase 'bytes lost'"):
        repair("é", channel="cp1252, bytes lost")


@pytest.mark.parametrize("undefined", ["dropped", "c1", "question", "replacement"])
@pytest.mark.parametrize("spaces", ["kept", "space", "trimmed"])
def test_a_description_is_read_back(undefined: str, spaces: str) -> None:
    """`parse` is the inverse of `describe`."""
    channel = Channel("windows-1253", undefined, "dropped", spaces)  # type: ignore[arg-type]
    assert Channel.parse(channel.describe()) == channel


@pytest.mark.parametrize(
    ("description", "channel"),
    [
        ("cp1252", Channel("windows-1252")),
        ("cp1252, soft hyphens kept", Channel("windows-1252")),
        ("l1, soft hyphens dropped", Channel("iso-8859-1", "dropped", "dropped")),
        (" mac-roman , no undefined bytes ", Channel("mac-roman")),
    ],
)
def test_what_a_description_does_not_say_takes_its_default(
    description: str, channel: Channel
) -> None:
    assert Channel.parse(description) == channel


@pytest.mark.parametrize(
    ("channel", "lost"),
    [
        (Channel("windows-1252", "c1"), set()),
        (Channel("windows-1252", "c1", "dropped"), {0xAD}),
        (Channel("windows-1252", "question"), {0x81, 0x8D, 0x8F, 0x90, 0x9D}),
        (Channel("windows-1252", "dropped", "dropped"), {0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xAD}),
    ],
)
def test_the_lost_bytes_are_those_that_cannot_be_told_apart(
    channel: Channel, lost: set[int]
) -> None:
    assert channel.lost == lost


def test_what_stands_for_no_byte_is_not_made() -> None:
    """Neither the sign of a missing character, nor, but where it is put there, U+FFFD."""
    for undefined in ("dropped", "c1", "question", "replacement"):
        made = repertoire(Channel("windows-1252", undefined))
        assert "\ufffe" not in made
        assert "?" not in made
        assert ("\ufffd" in made) is (undefined == "replacement")
        assert (
            len(made) == {"dropped": 123, "question": 123, "replacement": 124, "c1": 128}[undefined]
        )


@pytest.mark.parametrize("spaces", ["kept", "space", "trimmed"])
def test_a_no_break_space_that_stayed_is_its_byte(spaces: str) -> None:
    """Also where others became blanks or were cut off."""
    channel = Channel("windows-1254", no_break_spaces=spaces)  # type: ignore[arg-type]
    assert repertoire(channel)["\u00a0"] == 0xA0


@pytest.mark.parametrize(
    ("sample", "ways"),
    [
        ("é\u00ad", [("dropped", "kept")]),
        ("é", [("dropped", "kept"), ("dropped", "dropped")]),
        ("é\u00ad?", [("dropped", "kept"), ("question", "kept")]),
        ("é\u00ad\x81\ufffd", [("dropped", "kept"), ("c1", "kept"), ("replacement", "kept")]),
    ],
)
def test_a_channel_leaves_its_traces(sample: str, ways: list[tuple[str, str]]) -> None:
    """What it leaves behind must be there, and what it drops must not."""
    channels = list(policies("windows-1252", sample))
    assert [(channel.undefined, channel.soft_hyphens) for channel in channels] == ways


@pytest.mark.parametrize(
    ("characters", "damaged", "stray", "convincing"),
    [
        (0, 0, 0, False),
        (1, 0, 0, False),
        (3, 0, 1, False),
        (3, 5, 0, False),
        (4, 4, 3, False),
        (10, 0, 16, False),
        (2, 0, 0, True),
        (3, 4, 0, True),
        (4, 0, 1, True),
        (4, 4, 2, True),
        (10, 0, 15, True),
    ],
)
def test_clean_text_is_ruled_out_by_whole_characters(
    characters: int, damaged: int, stray: int, convincing: bool
) -> None:
    """At least half of the 78 in 100 that this channel leaves whole."""
    channel = Channel("windows-1254", soft_hyphens="dropped")
    assert Fit(channel, 0.0, characters, damaged, stray).convincing is convincing


def test_what_a_fit_counts() -> None:
    """Whole characters and damaged ones, emoji and stars aside, and what fits in nowhere."""
    channel = Channel("windows-1254", soft_hyphens="dropped")
    damaged = channel.damage("汉字，中文；型号：不与⭐⭐é🌟表")
    fit = best_fit(f"论{damaged}€ €€{damaged}字", ["windows-1254"])
    assert fit is not None
    assert fit.channel == channel
    assert (fit.characters, fit.damaged, fit.stray) == (12, 12, 5)


CHANNELS = [
    Channel(codec, undefined, soft_hyphens)
    for codec in CODE_PAGES
    if codec.startswith(("windows", "iso-8859-1", "iso-8859-2"))
    for undefined in ("dropped", "c1", "question", "replacement")
    for soft_hyphens in ("kept", "dropped")
    if code_page(codec).undefined or undefined == "dropped"
]


@pytest.mark.parametrize("channel", CHANNELS, ids=Channel.describe)
def test_the_channel_is_inferred(channel: Channel) -> None:
    """The text alone says how it was damaged, and what is found gives the text back."""
    damaged = channel.damage(SAMPLE)
    done = repair(damaged)
    assert done.channel is not None
    assert done.channel.damage(done.text) == damaged
    if channel.undefined == "c1":
        assert done.text == SAMPLE or channel.soft_hyphens == "dropped"
    assert done.channel.undefined == channel.undefined
    assert done.channel.soft_hyphens == channel.soft_hyphens
    # ISO-8859-9 and ISO-8859-1 differ in letters that only an emoji brings up.
    assert done.channel.codec == channel.codec


def test_one_sign_tells_two_pages_apart() -> None:
    """A single character that only one of the pages has decides for the file."""
    text = "这是一个很短的句子，说明怎样使用这些方法。"
    for codec, sign in (("windows-1254", "ğŸ"), ("windows-1252", "Ž")):
        damaged = Channel(codec).damage(text + "🌟程序")
        assert sign in damaged
        found = repair(damaged).channel
        assert found is not None
        assert found.codec == codec


def test_a_named_page_has_the_rest_inferred() -> None:
    """Naming the code page leaves open what became of undefined bytes."""
    channel = Channel("windows-1252", "question", "dropped")
    assert repair(channel.damage(SAMPLE), channel="cp1252").channel == channel


def test_no_break_spaces_that_became_blanks() -> None:
    """A blank within a character was a no-break space."""
    channel = Channel("windows-1252", no_break_spaces="space")
    text = "第一章 标题：代码和数字，研究的结果。\n" * 20
    damaged = channel.damage(text)
    assert "\u00a0" not in damaged
    done = repair(damaged)
    assert done.channel == channel
    assert done.text == text


def test_a_no_break_space_cut_off_at_the_edge_of_a_cell() -> None:
    """A formatter strips a cell and with it the end of its last character."""
    channel = Channel("windows-1254", soft_hyphens="dropped")
    text = (
        "| 名称 | 说明 |\n| --- | --- |\n| 例子 | 论文的实现和源代码 |\n| 其他 | 这里没有代码 |\n"
    )
    damaged = channel.damage(text)
    cut = damaged.replace("\u00a0 |", " |")
    assert cut != damaged
    done = repair(cut)
    assert done.text == text
    assert done.channel is not None
    assert done.channel.describe().endswith("trimmed at the edges of cells")
