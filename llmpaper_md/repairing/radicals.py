"""Kangxi and CJK radicals, and the unified ideographs that they are equivalent to.

The table is the property ``Equivalent_Unified_Ideograph`` of the Unicode Character Database
(``EquivalentUnifiedIdeograph.txt``, Unicode 14.0) for the two blocks of radicals, U+2E80 to U+2FDF.
Compatibility normalisation (NFKC) is not enough: it leaves nearly all of CJK Radicals Supplement
(⻔ for 门, ⻢ for 马) alone.
"""

from typing import Final

_RADICALS: Final = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩"
    "⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑"
    "⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS: Final = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王"
    "𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
    "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# U+2F00 to U+2FD5, in order: every code point of the block has an equivalent.
_KANGXI: Final = (
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀"
    "寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋"
    "比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸"
    "缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛"
    "辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻"
    "黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)

UNIFIED: Final[dict[int, int]] = {
    **dict(zip(map(ord, _RADICALS), map(ord, _IDEOGRAPHS), strict=True)),
    **{0x2F00 + offset: ord(unified) for offset, unified in enumerate(_KANGXI)},
}
"""Code point of a radical to the code point of its unified ideograph, for ``str.translate``."""


def fold_radicals(text: str) -> str:
    """Turn Kangxi and CJK radicals into the ideographs that they look like.

    Args:
        text: any text; its length in code points does not change.

    Returns:
        The text with every radical that Unicode gives an equivalent replaced by it.

    Example:
        >>> fold_radicals("论⽂、⻔槛")
        '论文、门槛'
    """
    return text.translate(UNIFIED)
