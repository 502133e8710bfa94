"""What holds for any text: nothing is raised, nothing intact is lost, nothing changes twice."""

from hypothesis import HealthCheck, given, settings, strategies as st

from llmpaper_md.repairing import Channel, repair
from llmpaper_md.repairing.channel import Undefined
from llmpaper_md.repairing.codepages import CODE_PAGES, code_page
from llmpaper_md.repairing.evidence import intact_share
from llmpaper_md.repairing.model import LanguageModel

MODEL = LanguageModel.open()
KNOWN = sorted(
    char
    for code in (*range(0x20, 0x30000),)
    if (char := chr(code)).isprintable() and MODEL.ids(char) != [0]
)

# What every page but one leaves of a lead byte, so that a text still falls into characters.
KEEP_LEADS = [name for name in CODE_PAGES if name != "cp857"]
CHANNELS = st.builds(
    Channel,
    st.sampled_from(KEEP_LEADS),
    st.sampled_from(["dropped", "c1", "question", "replacement"]),
    st.sampled_from(["kept", "dropped"]),
)
TEXTS = st.lists(
    st.text(
        st.sampled_from(KNOWN) | st.sampled_from("的是在不了有和人这中大为上个国我以要"),
        max_size=12,
    ),
    max_size=5,
).map("\n".join)
PROSE = st.lists(
    st.sampled_from(
        [
            "我们今天介绍一种新的方法，它可以解决这个问题。",
            "请先阅读下面的说明。",
            "模型的训练需要大量的数据和计算资源。",
            "| 名称 | 简单的例子 |",
        ]
    ),
    min_size=2,
    max_size=3,
).map("\n".join)
RELAXED = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def leads_are_kept(channel: Channel, text: str) -> bool:
    """Whether the channel leaves every lead byte of a text."""
    lost = channel.lost
    return not any(byte in lost for byte in text.encode() if byte >= 0xC0)


@given(PROSE, TEXTS, CHANNELS)
@RELAXED
def test_a_damaged_text(prose: str, text: str, channel: Channel) -> None:
    """With the channel named, the result gives the input back and has every intact character."""
    text = f"{prose}\n{text}"
    damaged = channel.damage(text)
    done = repair(damaged)
    if done.channel is None:
        assert done.text == damaged or done.steps
        return
    named = repair(damaged, channel=channel)
    if leads_are_kept(channel, text):
        assert channel.damage(named.text) == damaged
        if len(named.text) == len(text):
            for one, other in zip(text, named.text, strict=True):
                assert one == other or not channel.lost.isdisjoint(one.encode())
    for guess in done.guesses:
        assert done.text[guess.span.start : guess.span.end] == guess.chosen


@given(PROSE, CHANNELS)
@RELAXED
def test_prose_gives_its_damage_back(prose: str, channel: Channel) -> None:
    """For whole sentences the channel found turns the result into the input again."""
    damaged = channel.damage(prose)
    done = repair(damaged)
    if done.channel is None:
        # Half of the bytes are gone: a few words are too little to tell.
        assert intact_share(channel) < 0.5
        return
    assert done.channel.damage(done.text) == damaged
    assert len(done.text) == len(prose)


@given(PROSE, TEXTS, CHANNELS)
@RELAXED
def test_a_repair_is_not_repaired_again(prose: str, text: str, channel: Channel) -> None:
    """Repairing the result changes nothing, with the channel named or not."""
    damaged = channel.damage(f"{prose}\n{text}")
    once = repair(damaged).text
    assert repair(once).text == once
    named = repair(damaged, channel=channel).text
    assert repair(named, channel=channel).text == named


@given(st.text(max_size=60))
@RELAXED
def test_any_text_at_all(text: str) -> None:
    """Nothing is raised, whatever the text; surrogates included."""
    for channel in (None, "cp1252", Channel("windows-1254", "question", "dropped", "space")):
        done = repair(text, channel=channel)
        assert repair(done.text, channel=channel).text == done.text


@given(st.text(st.sampled_from([chr(code) for code in range(0x80, 0x250)]), max_size=40))
@RELAXED
def test_any_letters_of_code_pages(text: str) -> None:
    """Letters and signs of code pages in any order raise nothing and settle at once."""
    once = repair(text).text
    assert repair(once).text == once


def test_the_pages_with_lost_lead_bytes_are_few() -> None:
    """No lead byte of Chinese is among the undefined bytes of any page but one."""
    for name in KEEP_LEADS:
        assert not any(0xE2 <= byte <= 0xF0 for byte in code_page(name).undefined)


@given(PROSE, st.sampled_from(["dropped", "question", "replacement"]))
@RELAXED
def test_a_lead_byte_that_the_page_does_not_have(prose: str, undefined: Undefined) -> None:
    """Code page 857 lacks E7: two bytes without a lead can only be its."""
    channel = Channel("cp857", undefined)
    damaged = channel.damage(prose)
    assert damaged != Channel("cp850").damage(prose)
    done = repair(damaged)
    assert done.text == prose
    assert repair(done.text).text == prose
