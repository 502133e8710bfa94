"""What a damaged character can have been: held against every character there is."""

import unicodedata
from collections import defaultdict
from functools import cache

import pytest

from llmpaper_md.repairing.candidates import EDGE, class_weight, options, sequence_length
from llmpaper_md.repairing.channel import REPLACEMENT_BYTE, Channel

# All characters with the lead bytes C3, E0, E2 and E4, and those of F0 from 9F on.
BLOCKS = ((0xC0, 0xFF), (0x800, 0xFFF), (0x2000, 0x2FFF), (0x4000, 0x4FFF), (0x1F000, 0x1FFFF))
ASSIGNED = [
    char
    for first, last in BLOCKS
    for char in map(chr, range(first, last + 1))
    if unicodedata.category(char) != "Cn"
]
TRIED = frozenset(ASSIGNED)
CHANNELS = [
    Channel("windows-1254", "dropped", "dropped"),
    Channel("windows-1252", "c1", "dropped"),
    Channel("windows-1253", "question", "kept"),
    Channel("windows-1252", "replacement", "dropped"),
    Channel("windows-1254", "dropped", "dropped", "space"),
    Channel("iso-8859-2", "question", "dropped"),
    Channel("iso-8859-1", "dropped", "kept"),
]


def left(channel: Channel) -> list[bytes]:
    """What each byte leaves in the text after a channel."""
    signs = {"dropped": b"", "question": b"?", "replacement": bytes([REPLACEMENT_BYTE])}
    made = [bytes([byte]) for byte in range(256)]
    for byte, char in enumerate(channel.page.table):
        if byte in channel.page.undefined:
            made[byte] = signs.get(channel.undefined, made[byte])
        elif char == "\u00ad" and channel.soft_hyphens == "dropped":
            made[byte] = b""
        elif char == "\u00a0" and channel.no_break_spaces == "space":
            made[byte] = b" "
    return made


@cache
def inverse(channel: Channel) -> dict[bytes, list[str]]:
    """By the bytes that are left every character that leaves them."""
    made = defaultdict(list)
    each = left(channel)
    for char in ASSIGNED:
        made[b"".join([each[byte] for byte in char.encode()])].append(char)
    return made


def complete(group: bytes) -> bool:
    return len(group) == sequence_length(group[0]) and all(byte >= 0x80 for byte in group)


def texts(group: bytes, channel: Channel) -> list[str]:
    """The candidates among the characters that are tried here."""
    return [option.text for option in options(group, channel) if option.text[0] in TRIED]


@pytest.mark.parametrize(
    ("lead", "length"), [(0xC2, 2), (0xDF, 2), (0xE0, 3), (0xEF, 3), (0xF0, 4), (0xF4, 4)]
)
def test_a_lead_byte_says_how_many_bytes_there_are(lead: int, length: int) -> None:
    assert sequence_length(lead) == length


@pytest.mark.parametrize("channel", CHANNELS, ids=Channel.describe)
def test_the_candidates_are_all_characters_that_leave_the_same_bytes(channel: Channel) -> None:
    """None is left out, and none is there that would have left others."""
    by_bytes = inverse(channel)
    damaged = [group for group in by_bytes if not complete(group)]
    assert len(damaged) > 30
    for group in damaged:
        expected = [*by_bytes[group]]
        for number in range(1, len(group)):
            signs = group[-number:]
            if signs.strip(b"? "):
                break
            # The signs may be those of the text, after a character that lost its last bytes.
            expected += [char + signs.decode() for char in by_bytes.get(group[:-number], [])]
        assert texts(group, channel) == sorted(expected), group


@pytest.mark.parametrize("spaces", ["kept", "trimmed"])
def test_at_an_edge_no_break_spaces_may_be_cut_off(spaces: str) -> None:
    """Those that ended the character, whatever was dropped after them."""
    channel = Channel("windows-1254", "dropped", "dropped", spaces)  # type: ignore[arg-type]
    by_bytes = inverse(channel)
    groups = [group for group in by_bytes if not complete(group) and not group.endswith(b"\xa0")]
    groups += [b"\xe8\xbf", b"\xe5", b"\xf0\x9f"]
    for group in groups:
        cut = [by_bytes.get(group + b"\xa0" * number, []) for number in range(3)]
        assert texts(group + EDGE, channel) == sorted(char for some in cut for char in some)
        assert texts(group, channel) == by_bytes.get(group, [])


def test_what_is_no_character_is_no_candidate() -> None:
    """Surrogates, private characters, and bytes that are no UTF-8."""
    channel = Channel("iso-8859-1", "question")
    assert options(b"\xed\xa0?", channel) == ()
    assert options(b"\xee\xa0?", channel) == ()
    assert options(b"\xf4\xbf\xbf?", channel) == ()


def test_a_sign_that_is_itself_is_less_likely_than_one_that_was_a_byte() -> None:
    question = Channel("windows-1254", "question", "dropped")
    factors = {option.text: option.factor for option in options(b"\xe4\xb8?", question)}
    assert factors["不"] == 1
    assert 0 < factors["中?"] < 0.1
    blank = Channel("windows-1254", "dropped", "dropped", "space")
    factors = {option.text: option.factor for option in options(b"\xe5 ", blank)}
    assert factors["堍"] == 1
    assert 0 < factors["卐 "] < 0.1


SPACES = Channel("windows-1254", "dropped", "dropped", "space")


@pytest.mark.parametrize(
    ("group", "order"),
    [
        pytest.param(b"\xe5 ", "占 坐_", id="within a line, the blank is a byte"),
        pytest.param(b"\xe5" + EDGE + b" ", "坐 占", id="one blank, which is the table's"),
        pytest.param(b"\xe5 " + EDGE, "坐_ 占_ 占", id="taken for one of the character"),
        pytest.param(b"\xe5 " + EDGE + b" ", "占 坐_", id="two, of which one is too many"),
        pytest.param(b"\xe5  " + EDGE, "占_ 坐__ 堠", id="both taken for those of the character"),
        pytest.param(b"\xe5 " + EDGE + b"  ", "占=坐_", id="columns are aligned: no telling"),
    ],
)
def test_a_cell_ends_in_one_blank_of_its_own_where_its_row_has_blanks(
    group: bytes, order: str
) -> None:
    """A no-break space that became a blank stands before that one, unless it was cut off."""
    factors = {option.text: option.factor for option in options(group, SPACES)}
    if "=" in order:
        one, other = order.replace("_", " ").split("=")
        assert factors[one] == factors[other]
    else:
        values = [factors[text.replace("_", " ")] for text in order.split(" ")]
        assert values == sorted(values, reverse=True)
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("spaces", "least", "most"), [("kept", 0, 0.1), ("space", 0, 0.1), ("trimmed", 0.1, 1)]
)
def test_a_space_is_seldom_cut_off_where_the_channel_does_not_say_so(
    spaces: str, least: float, most: float
) -> None:
    """Only where one is missing; other candidates are as likely as anywhere."""
    channel = Channel("windows-1254", "dropped", "dropped", spaces)  # type: ignore[arg-type]
    padding = b" " if spaces == "space" else b""
    for group in (b"\xe8\xbf", b"\xe5\xa0"):
        for option in options(group + EDGE + padding, channel):
            if option.text in ("迠", "堠"):
                assert least < option.factor <= most
            else:
                assert option.factor == 1


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("㐀", "鵺"),
        ("한", "。"),
        ("ྐ", "é"),
        ("𠀀", "㐀"),
        ("𒀀", "😀"),
        ("\u200f", "—"),
        ("\ufe0e", "\ufe0f"),
        ("👠", "👍"),
        ("🗭", "🏗"),
    ],
)
def test_an_uncounted_character_weighs_by_its_kind(rare: str, usual: str) -> None:
    assert 0 < class_weight(rare) < class_weight(usual)


@pytest.mark.parametrize(("first", "last"), [("一", "\u9fff"), ("\u2190", "\u22ff"), ("！", "～")])
def test_a_kind_reaches_from_its_first_to_its_last_character(first: str, last: str) -> None:
    assert class_weight(first) == class_weight(last)
