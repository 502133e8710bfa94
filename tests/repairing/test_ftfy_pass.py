"""What is left to ftfy, and what of its repairs is not believed."""

import pytest

from llmpaper_md.repairing import Channel
from llmpaper_md.repairing.ftfy_pass import fix_line, suits

STAYS = {
    "plain": "plain",
    "a letter and a sign": "an area of 12 Å²",
    "a letter between blanks": "the letter Ã © in a list",
    "a registered name": "le nom PERÚ® est déposé",
    "one of the letters is right": "señor Muñoz paid 5 Â£ here",
    "an ideograph on its own": "the table shows ä¸\xad here",
    "the end of a word in capitals": "CONCLUSÃ\u00a0O",
    "and of a line": "a sua CONCLUSÃ\u00a0O",
    "two in a row of controls": "a \x80\x81\x82 b",
    "next lines": "one\x85two\x85three",
    "a single control": "a \x93 b",
    "private characters": "a ï€€ b ï€€ c",
    "most of it is right": "他在 cafÃ© 里，naÃ¯ve 的想法，中文的句子写得很长很长",
    "the end of a word, beside right letters": "el señor cafÃ© negro",
    "the end of a line": "el señor cafÃ©",
    "the beginning of a line": "Ã©tat, señor",
    "private characters by two pages": "ï€\x80 HÃ´tel ï€\x80 dÃ©jÃ",
    "letters beside private characters": "HÃ´tel ï€€ b ï€€ dÃ©jÃ\u00a0 vu",
}
REPAIRED = {
    "a letter within a word, beside right ones": ("Señor, le chÃ¢teau", "Señor, le château"),
    "and nothing but the encoding": ("\x01&eacute; HÃ´tel ﬁ Ａ", "\x01&eacute; Hôtel ﬁ Ａ"),
    "a sign with one byte lost": ("the â€�quotedâ€� word", "the �quoted� word"),
    "a letter with one byte lost": ("voilÃ� la dÃ�mo dÃ©jÃ\u00a0 vu", "voil� la d�mo déjà vu"),
    "one such letter within a word": ("la dÃ�mo", "la d�mo"),
    "the sign for what was lost, misread": ("the newspaper ï¿½ email", "the newspaper � email"),
    "three controls": ("it\x92s \x93so\x94", "it’s “so”"),
    "a letter within a word": ("HÃ´tel de Police", "Hôtel de Police"),
    "letters of other words": ("dÃ©jÃ\u00a0 vu, Ã©tÃ©", "déjà vu, été"),
    "a word in capitals": ("L'Ã‰LÃˆVE", "L'ÉLÈVE"),
    "a capital before and a small letter after": ("CASA DÃ\u00a0alegria", "CASA Dàalegria"),
    "a small letter before": ("VIDA lÃ\u00a0", "VIDA là"),
    "a word of Cyrillic": ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€", "привет, мир"),
    "a word of Greek": ("Î³ÎµÎ¹Î¬ ÏƒÎ¿Ï…", "γειά σου"),
    "ideographs side by side": ("ä¸\xadæ–‡", "中文"),
    "a dash": ("one â€” two", "one — two"),
    "an ellipsis": ("and soâ€¦", "and so…"),
    "a sign of two bytes": ("5Â°C and 10Â°C", "5°C and 10°C"),
    "misread twice": ("HÃƒÂ´tel", "Hôtel"),
    "controls that are quotation marks": ("\x93so\x94 he said", "“so” he said"),
    "a euro": ("it costs 5 â‚¬", "it costs 5 €"),
    "by the Cyrillic page": ("вЂњso\u0432Ђќ", "“so”"),
    "by Mac Roman": ("Hotel d√©j√† l√†, √©t√©", "Hotel déjà là, été"),
}


@pytest.mark.parametrize("line", STAYS.values(), ids=STAYS.keys())
def test_a_line_stays(line: str) -> None:
    assert fix_line(line) == (line, ())


@pytest.mark.parametrize(("line", "right"), REPAIRED.values(), ids=REPAIRED.keys())
def test_a_line_is_repaired(line: str, right: str) -> None:
    fixed, steps = fix_line(line)
    assert steps
    assert settled(fixed) == right


def settled(line: str) -> str:
    """A line misread several times comes out one time after the other, as `repair` goes on."""
    for _ in range(4):
        line, _ = fix_line(line)
    return line


def test_what_lost_bytes_and_was_misread_again_comes_out_by_one_time_only() -> None:
    """The rest is not for ftfy, which would leave the damaged characters alone among whole ones."""
    lossy, exact = Channel("windows-1254"), Channel("windows-1252", "c1")
    once = lossy.damage("请先备份数据，然后运行安装程序。")
    assert fix_line(exact.damage(once))[0] == once


@pytest.mark.parametrize("line", [*STAYS.values(), *(line for line, _ in REPAIRED.values())])
def test_no_private_character_comes_of_others_and_a_line_settles(line: str) -> None:
    fixed = settled(line)
    assert not {char for char in fixed if "\ue000" <= char <= "\uf8ff"} - set(line)
    assert fix_line(fixed)[0] == fixed


@pytest.mark.parametrize(
    ("char", "text", "position", "goes"),
    [
        ("ó", "ó", 0, False),
        ("ó", " ó ", 1, False),
        ("ó", "1ó1", 1, False),
        ("é", "жé", 1, False),
        ("ж", "aж", 1, False),
        ("ó", "aó", 1, True),
        ("ó", "óa", 0, True),
        ("ж", "жи", 0, True),
        ("°", "5 ° C", 2, True),
    ],
)
def test_a_letter_goes_with_letters_of_its_script(
    char: str, text: str, position: int, goes: bool
) -> None:
    assert suits(char, text, position) is goes
