"""Infer from the text alone how it was damaged.

Only lines that look unlikely speak, to `ftfy.badness` above all, and of these only what is no code:
a page about misread text quotes some in code spans. For each channel the bytes of these lines have
a likelihood, under a simple model in which each byte is drawn on its own from the bytes of Chinese
UTF-8: a byte that is there counts for itself, one that is missing for any of those that the channel
loses, one that fits no character counts as next to impossible. So a single ``ğŸ`` speaks for
Windows-1254 as a single ``Ž`` does for Windows-1252, and the absence of both in a long text speaks
too.

A text counts as damaged only where whole characters of three or four bytes come out again and
again, in the share that the channel leaves intact. Clean text of any language fails this: its
letters are lead bytes without continuation, or the other way round.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ftfy.badness import is_bad

from .candidates import sequence_length
from .channel import REPLACEMENT_BYTE, Channel, policies
from .codepages import CODE_PAGES, UNDEFINED, code_page
from .inversion import Inverter
from .lines import Line

_SAMPLE: Final = 200_000
_GLANCE: Final = 4_000
_CLOSE: Final = 20.0
"""Logarithms by which a channel may fall behind at a glance and still be looked at in full."""
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")

# Shares of the bytes of Chinese documentation, in tenths of a per cent, by continuation byte from
# 80 to BF, and in hundredths of a per cent by lead byte: from the counts behind the language model.
_CONTINUATIONS: Final = (
    40, 13, 25, 11, 25, 16, 16, 17, 22, 17, 12, 16, 31, 18, 13, 23,
    16, 8, 6, 7, 19, 14, 13, 12, 12, 10, 31, 14, 23, 8, 10, 10,
    11, 19, 7, 6, 13, 15, 10, 11, 30, 4, 8, 4, 7, 15, 26, 25,
    19, 9, 3, 7, 7, 5, 13, 10, 31, 15, 28, 29, 33, 22, 13, 18,
)  # fmt: skip
_LEADS: Final = {
    0xE2: 44, 0xE3: 347, 0xE4: 1335, 0xE5: 2778, 0xE6: 1871, 0xE7: 1542, 0xE8: 1033, 0xE9: 621,
    0xEF: 424, 0xF0: 4,
}  # fmt: skip
_CJK_LEADS: Final = bytes(range(0xE3, 0xEA)) + b"\xef"
_SELDOM: Final = re.compile(rb"\xef[\x80-\xb7][\x80-\xbf]")
"""U+F000 to U+FDFF, whole: private characters and forms that no sentence consists of."""
_IMPOSSIBLE: Final = math.log(1e-6)
_LITERAL: Final = math.log(3e-3)

# The logarithms of priors, and of what a wrong choice costs. A short text hardly tells channels
# apart that differ in a few lost bytes. Then the one that loses more is favoured: a candidate too
# many costs little, and one that is missing makes the others look sure.
_PRIOR: Final = {
    "windows-1252": 0.0,
    "windows-1254": 1.0,
    "iso-8859-1": -1.0,
    "iso-8859-15": -4.0,
    "windows-1258": -4.0,
    "dropped": 0.0,
    "c1": -1.0,
    "question": -2.0,
    "replacement": -2.0,
}
_OTHER_PAGE: Final = -2.0
_SOFT_HYPHENS_DROPPED: Final = 2.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a channel explains the unlikely lines of a text.

    Attributes:
        channel: the channel.
        score: the logarithm of the lines' likelihood, with the channel's own.
        characters: complete Chinese characters and punctuation.
        damaged: damaged ones. Signs are not counted: a row of stars may have lost all its bytes.
        stray: characters that fit in nowhere.
    """

    channel: Channel
    score: float
    characters: int
    damaged: int
    stray: int

    @property
    def convincing(self) -> bool:
        """Whether clean text can be ruled out."""
        share = self.characters / max(1, self.characters + self.damaged + self.stray)
        if self.characters < 2 or share < 0.5 * intact_share(self.channel):
            return False
        return self.characters >= 4 or self.stray == 0


def unlikely(text: str) -> bool:
    """Whether text may be misread: `ftfy.badness`, and what that overlooks.

    Misread through the Cyrillic or the Greek page, Chinese looks to ftfy much like a language.

    Example:
        >>> unlikely(Channel("windows-1251").damage("中文")), unlikely("Русский язык")
        (True, False)
    """
    return is_bad(text) or _CHINESE_AS_LETTERS.search(text) is not None


def _chinese_as_letters() -> re.Pattern[str]:
    """A whole Chinese character as the Cyrillic or the Greek page shows it."""
    shown = []
    for page in ("windows-1251", "windows-1253"):
        table = code_page(page).table
        leads = "".join(table[byte] for byte in _CJK_LEADS)
        rest = re.escape(table[0x80:0xC0].replace(UNDEFINED, ""))
        shown.append(f"[{leads}][{rest}]{{2}}")
    return re.compile("|".join(shown))


@lru_cache(maxsize=64)
def intact_share(channel: Channel) -> float:
    """The share of Chinese characters that come through a channel whole, 0 to 1.

    Example:
        >>> round(intact_share(Channel("windows-1254", soft_hyphens="dropped")), 2)
        0.78
    """
    return (1 - _loss(channel.lost)) ** 2


def infer(lines: Iterable[Line]) -> Channel | None:
    """Infer the channel of a text.

    Args:
        lines: its lines that are not plain ASCII.

    Returns:
        The likeliest channel, None where the text does not look damaged by any.

    Example:
        >>> from .lines import lines_beyond_ascii
        >>> text = Channel("windows-1254", soft_hyphens="dropped").damage("📖 中文论文，附有介绍。")
        >>> infer(lines_beyond_ascii(text)).codec
        'windows-1254'
    """
    sample = unlikely_prose(lines)
    best = best_fit(sample)
    if best is not None and best.stray:
        # Clean lines that looked unlikely must not speak for or against a code page.
        inverse = inverter(best.channel)
        sample = "\n".join(part for part in sample.split("\n") if _fits(part, inverse))
        best = best_fit(sample)
    if best is None or not best.convincing:
        return None
    return _no_break_spaces(sample, best.channel)


def _fits(line: str, inverse: Inverter) -> bool:
    """Whether a line consists of characters that the channel can have made, all but a few."""
    data, outside = inverse.encode_all(line)
    return outside + inverse.stray(data) <= 0.05 * len(_BEYOND_ASCII.findall(line))


def unlikely_prose(lines: Iterable[Line]) -> str:
    """The lines that speak: unlikely ones, without code, up to some length in all."""
    sample: list[str] = []
    length = 0
    for line in lines:
        if not line.fenced and unlikely(prose := line.prose):
            sample.append(prose)
            length += len(prose)
            if length > _SAMPLE:
                break
    return "\n".join(sample)


def best_fit(sample: str, pages: Iterable[str] = CODE_PAGES) -> Fit | None:
    """Find the channel under which a text is likeliest.

    Args:
        sample: text that looks damaged.
        pages: the code pages to consider.

    Returns:
        The best fit, None where no page has most of the characters.
    """
    glance = sample[:_GLANCE]
    counts = Counter(_BEYOND_ASCII.findall(glance))
    most = 0.7 * sum(counts.values())
    fits = [
        _measure(glance, channel)
        for page in pages
        for channel in policies(page, sample)
        if sum(n for char, n in counts.items() if char in inverter(channel).characters) >= most
    ]
    if not fits:
        return None
    top = max(fit.score for fit in fits)
    close = [fit for fit in fits if fit.score > top - _CLOSE]
    if len(sample) > len(glance) and len(close) > 1:
        close = [_measure(sample, fit.channel) for fit in close]
    # Of equal ones the first stays: pages are in the order of how usual they are.
    return max(close, key=lambda fit: fit.score)


@lru_cache(maxsize=64)
def inverter(channel: Channel) -> Inverter:
    """The inverter of a channel, made once."""
    return Inverter(channel)


def _measure(sample: str, channel: Channel) -> Fit:
    inverse = inverter(channel)
    data, outside = inverse.encode_all(sample)
    groups = inverse.damaged.findall(data)
    stray = inverse.stray(data)
    present = Counter(data)
    marks = {"question": ord("?"), "replacement": REPLACEMENT_BYTE}
    mark = marks.get(channel.undefined, -1)
    marked = sum(group.count(mark) for group in groups) if mark >= 0 else 0
    missing = sum(sequence_length(group[0]) - len(group) for group in groups)
    undefined_loss = _loss(channel.page.undefined)
    silent_loss = _loss(channel.lost - channel.page.undefined)
    if channel.undefined == "dropped":
        silent_loss += undefined_loss
    score = (
        _PRIOR.get(channel.codec, _OTHER_PAGE)
        + _PRIOR[channel.undefined]
        + (_SOFT_HYPHENS_DROPPED if channel.soft_hyphens == "dropped" else 0.0)
        + sum(n * _LOG_SHARES[byte] for byte, n in present.items() if byte >= 0x80)
        + (stray + outside) * _IMPOSSIBLE
        + missing * (math.log(silent_loss) if silent_loss else _IMPOSSIBLE)
        + marked * (math.log(undefined_loss) if undefined_loss else _IMPOSSIBLE)
        + (present[ord("?")] - (marked if mark == ord("?") else 0)) * _LITERAL
    )
    damaged = sum(group[0] in _CJK_LEADS for group in groups)
    characters = sum(present[byte] for byte in _CJK_LEADS) - damaged
    if present[0xEF]:
        characters -= len(_SELDOM.findall(data))
    return Fit(channel, score, characters, damaged, stray + outside)


def _no_break_spaces(sample: str, channel: Channel) -> Channel:
    """Decide whether no-break spaces became blanks, where the text is long enough to tell.

    Whether some were cut off at the edges of cells shows only once characters are restored.
    """
    if channel.no_break_byte is None:
        return channel
    data, _ = inverter(channel).encode_all(sample)
    expected = 0.01 * len(data.translate(None, bytes(range(0x80)) + bytes(range(0xC0, 0x100))))
    space = bytes([channel.no_break_byte])
    if space not in data:
        # A blank within a group, where nothing but a no-break space can have been.
        within = len(re.findall(rb"[\xe0-\xef] [\x80-\xbf]", data))
        if within and within >= 0.1 * expected:
            return Channel(channel.codec, channel.undefined, channel.soft_hyphens, "blank")
    return channel


def _loss(lost: Iterable[int]) -> float:
    return sum(_CONTINUATIONS[byte - 0x80] for byte in lost if 0x80 <= byte <= 0xBF) / 1000


_LOG_SHARES: Final = {
    **{byte: math.log(_LEADS.get(byte, 1) / 10_000) for byte in range(0xC0, 0x100)},
    **{0x80 + offset: math.log(n / 1000) for offset, n in enumerate(_CONTINUATIONS)},
}
_CHINESE_AS_LETTERS: Final = _chinese_as_letters()
