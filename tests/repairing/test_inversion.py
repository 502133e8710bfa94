"""Misread text turned back: what falls into characters and holes, and what ends a stretch."""

import pytest

from llmpaper_md.repairing.channel import Channel
from llmpaper_md.repairing.inversion import HOLE, Inverter

TURKISH = Channel("windows-1254", soft_hyphens="dropped")
C1 = Channel("windows-1252", "c1")
REPLACED = Channel("windows-1252", "replacement")
ASKED = Channel("windows-1252", "question")


def read(line: str, channel: Channel = TURKISH) -> list[tuple[int, int, str, tuple[bytes, ...]]]:
    """The pieces of a line, ``_`` for each hole."""
    return [
        (piece.start, piece.end, piece.text.replace(HOLE, "_"), piece.groups)
        for piece in Inverter(channel).pieces(line)
    ]


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        pytest.param("", TURKISH, id="nothing"),
        pytest.param("plain\x1a\x7f", TURKISH, id="ASCII"),
        pytest.param("论文", TURKISH, id="what the code page lacks"),
        pytest.param("论 a 文", TURKISH, id="ASCII between what the code page lacks"),
        pytest.param("a € b", TURKISH, id="a byte that belongs to no character"),
        pytest.param("\x80", TURKISH, id="a control that the code page does not have"),
        pytest.param("\x1a\x1a", REPLACED, id="substitutes of the text's own"),
    ],
)
def test_what_holds_no_character_has_no_pieces(line: str, channel: Channel) -> None:
    assert read(line, channel) == []


@pytest.mark.parametrize(
    ("line", "channel", "pieces"),
    [
        pytest.param("a æ–‡\x7f", TURKISH, [(0, 6, "a 文\x7f", ())], id="a whole line"),
        pytest.param(
            "ä¸æ–‡", TURKISH, [(0, 5, "_文", (b"\xe4\xb8",))], id="a hole and a character"
        ),
        pytest.param(
            "æ–‡论 aæ–‡文", TURKISH, [(0, 3, "文", ()), (4, 9, " a文", ())],
            id="between characters of others",
        ),
        pytest.param(
            "æ–‡论\x7fä¸",
            TURKISH,
            [(0, 3, "文", ()), (4, 7, "\x7f_", (b"\xe4\xb8",))],
            id="a delete between them",
        ),
        pytest.param(
            "ab€æ–‡€€ä¸",
            TURKISH,
            [(3, 6, "文", ()), (8, 10, "_", (b"\xe4\xb8",))],
            id="between bytes of no character",
        ),
        pytest.param(
            "论文ab€æ–‡€文ä¸",
            TURKISH,
            [(5, 8, "文", ()), (10, 12, "_", (b"\xe4\xb8",))],
            id="between both",
        ),
        pytest.param(
            "æ–‡í\xa0€æ–‡", TURKISH,
            [(0, 3, "文", ()), (6, 9, "文", ())],
            id="around the bytes of a surrogate",
        ),
        pytest.param(
            "æ–‡í¿¿ä¸", TURKISH,
            [(0, 3, "文", ()), (6, 8, "_", (b"\xe4\xb8",))],
            id="around the bytes of the surrogate that stands for a hole",
        ),
        pytest.param("æ–‡\x1aä¸", TURKISH, [(0, 6, "文\x1a_", (b"\xe4\xb8",))], id="with a control"),
        pytest.param(
            "论æ–‡\x1aä¸", TURKISH, [(1, 7, "文\x1a_", (b"\xe4\xb8",))],
            id="with one after a character of others",
        ),
        pytest.param(
            "ä¸\x80", TURKISH, [(0, 2, "_", (b"\xe4\xb8",))], id="before a control it does not have"
        ),
        pytest.param(
            "æ–‡\x1aæ\x1a–", REPLACED,
            [(0, 3, "文", ()), (4, 5, "_", (b"\xe6",))],
            id="a substitute, where that byte is taken",
        ),
    ],
)  # fmt: skip
def test_pieces_stand_where_the_channel_can_have_made_them(
    line: str, channel: Channel, pieces: list[tuple[int, int, str, tuple[bytes, ...]]]
) -> None:
    assert read(line, channel) == pieces


@pytest.mark.parametrize(
    ("line", "channel", "text", "groups"),
    [
        pytest.param("ä¸?", TURKISH, "_?", (b"\xe4\xb8",), id="a question mark is itself"),
        pytest.param("ä¸\x1a", TURKISH, "_\x1a", (b"\xe4\xb8",), id="so is a control"),
        pytest.param("ä¸ ", TURKISH, "_ ", (b"\xe4\xb8",), id="and a blank"),
        pytest.param("ä¸\x1a", C1, "_\x1a", (b"\xe4\xb8",), id="a control among controls"),
        pytest.param("ä¸?", C1, "_?", (b"\xe4\xb8",), id="a question mark among controls"),
        pytest.param("ä¸??", ASKED, "_?", (b"\xe4\xb8?",), id="what asks for a byte"),
        pytest.param("ä¸\ufffd", REPLACED, "_", (b"\xe4\xb8\x1a",), id="what replaces one"),
        pytest.param(
            "ä¸  ", Channel("windows-1252", no_break_spaces="space"), "_ ", (b"\xe4\xb8 ",),
            id="a blank for a no-break space",
        ),
    ],
)  # fmt: skip
def test_a_hole_has_the_signs_that_its_channel_puts_for_bytes(
    line: str, channel: Channel, text: str, groups: tuple[bytes, ...]
) -> None:
    assert read(line, channel) == [(0, len(line), text, groups)]


@pytest.mark.parametrize(
    ("line", "characters", "long_characters"),
    [
        pytest.param("é", 1, 0, id="two bytes"),
        pytest.param("\u07c0", 1, 0, id="the last lead byte of two"),
        pytest.param("ก", 1, 1, id="the first lead byte of three"),
        pytest.param("文", 1, 1, id="three bytes"),
        pytest.param("🌟", 1, 1, id="four bytes"),
        pytest.param("\U00100000", 1, 1, id="the last lead byte of four"),
        pytest.param("aé文b文é", 4, 2, id="several"),
    ],
)
def test_complete_characters_are_counted(line: str, characters: int, long_characters: int) -> None:
    """Damaged ones beside them are not, whatever their lead bytes."""
    damaged = "Ã ßx à ä¸ ð ôx è"
    inverter = Inverter(C1)
    for text, holes in ((C1.damage(line), 0), (f"{damaged}{C1.damage(line)}{damaged}", 14)):
        [piece] = inverter.pieces(text)
        assert len(piece.groups) == holes
        assert (piece.characters, piece.long_characters) == (characters, long_characters)


def test_a_long_line_is_one_piece() -> None:
    """However many holes it has."""
    [piece] = Inverter(TURKISH).pieces("ä¸" * 1000)
    assert piece.groups == (b"\xe4\xb8",) * 1000
    assert piece.text == HOLE * 1000


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (b"", 0),
        (b"plain", 0),
        ("文é".encode(), 0),
        (b"\xe4\xb8 \xe6", 0),
        (b"\x80", 1),
        (b"a\xbf\xe6\x96\x87\x87\xff", 3),
    ],
)
def test_stray_bytes_are_those_of_no_character(data: bytes, number: int) -> None:
    assert Inverter(TURKISH).stray(data) == number


def test_text_as_bytes_one_for_each_character() -> None:
    assert Inverter(TURKISH).encode_all("a论æ文‡\x7f\x80") == (b"a\n\xe6\n\x87\x7f\n", 3)
    assert Inverter(REPLACED).encode_all("\ufffd\x1aa") == (b"\x1a\na", 1)
