"""Infer from the text alone how it was damaged.

Only lines that look unlikely are evidence, above all to `ftfy.badness`, and of these only what is
not code: a page about misread text quotes some in code spans. For each channel the bytes of these
lines have a likelihood, under a simple model in which each byte is drawn independently from the
bytes of Chinese UTF-8: a byte that is present counts for itself, a missing one for any of those
that the channel loses, and one that fits no character is next to impossible. So a single ``ğŸ`` is
evidence for Windows-1254 as a single ``Ž`` is for Windows-1252, and so is the absence of both in a
long text.

A text counts as damaged only if complete characters of three or four bytes appear again and again,
in the share that the channel leaves intact. Clean text of any language fails this: its letters are
lead bytes without continuation bytes, or the other way round.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ftfy.badness import is_bad

from .candidates import sequence_length
from .channel import REPLACEMENT_BYTE, Channel, policies
from .codepages import CODE_PAGES, UNDEFINED, code_page
from .inversion import PRESENTATION, Inverter
from .lines import Line

_SAMPLE: Final = 200_000
_GLANCE: Final = 1_600
_PARTS: Final = 400
"""How many parts are used to distinguish several ways of misreading."""
_CLOSE: Final = 20.0
"""A channel is tried in full if its log likelihood in the sample is worse than the best by at most
this."""
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")

# Shares of the bytes of Chinese documentation, in tenths of a per cent, by continuation byte from
# 80 to BF, and in hundredths of a per cent by lead byte: from the counts of the language model.
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
"""U+F000 to U+FDFF, complete: private characters and forms that do not make up sentences."""
_OVERLOOKED: Final = (
    "windows-1251", "windows-1253", "cp866", "koi8-r", "cp850", "cp852", "cp857", "cp437",
    "mac-roman",
)  # fmt: skip
"""The pages through which `ftfy.badness` may take Chinese for a language."""
_EMOJI: Final = re.compile(rb"\xf0\x9f[\x80-\xbf]{1,2}")
"""An emoji, even if its last byte is lost."""
_SYMBOL: Final = re.compile(rb"\xe2[\x80-\xbf]{2}")
_SYMBOLS: Final = 3
"""How many whole symbols rule out clean text by themselves."""
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
        emoji: emoji that lost one byte at most.
        symbols: complete arrows, dashes, box drawing and the like, where the page shows their lead
            byte as an â: no language has one before two signs.
    """

    channel: Channel
    score: float
    characters: int
    damaged: int
    stray: int
    emoji: int = 0
    symbols: int = 0

    @property
    def convincing(self) -> bool:
        """Whether clean text can be ruled out."""
        if self.symbols >= _SYMBOLS and not (self.stray or self.damaged):
            return True
        share = self.characters / max(1, self.characters + self.damaged + self.stray)
        if self.emoji and not self.stray and self.emoji >= self.damaged - 1:
            return True
        if self.characters < 2 or share < 0.5 * intact_share(self.channel):
            return False
        return self.characters >= 4 or self.stray == 0


class Doubt:
    """What in a text looks misread: `ftfy.badness`, and what that overlooks.

    Misread through a Cyrillic or Greek page, or through one of MS-DOS, Chinese looks to ftfy much
    like a language. So whole Chinese characters are looked for as each of these pages shows them,
    if the text has letters for both their bytes at all.

    Args:
        text: the whole text, of which parts are asked about later.

    Example:
        >>> text = Channel("koi8-r").damage("中文") + " Русский язык"
        >>> doubt = Doubt(text)
        >>> doubt.unlikely(text), doubt.unlikely("Русский язык")
        (True, False)
    """

    def __init__(self, text: str) -> None:
        self.seen = seen = frozenset(text)
        self._patterns = tuple(
            pattern
            for leads, rest, pattern in _shown_characters()
            if not (seen.isdisjoint(leads) or seen.isdisjoint(rest))
        )

    def unlikely(self, text: str) -> bool:
        """Whether a text, or a part of it, may be misread."""
        return any(pattern.search(text) for pattern in self._patterns) or is_bad(text)


def unlikely(text: str) -> bool:
    """Whether text may be misread, see `Doubt`.

    Example:
        >>> unlikely(Channel("windows-1251").damage("中文")), unlikely("Русский язык")
        (True, False)
    """
    return Doubt(text).unlikely(text)


@lru_cache(maxsize=1)
def _shown_characters() -> tuple[tuple[frozenset[str], frozenset[str], re.Pattern[str]], ...]:
    """Whole Chinese characters as pages show them: letters of leads, of the rest, a pattern."""
    shown = []
    for page in _OVERLOOKED:
        table = code_page(page).table
        leads = "".join(table[byte] for byte in _CJK_LEADS if table[byte] != UNDEFINED)
        rest = table[0x80:0xC0].replace(UNDEFINED, "")
        first, others = f"[{re.escape(leads)}]", f"[{re.escape(rest)}]"
        if page == "cp866":
            # Its other continuation bytes are letters: ordinary Russian has them in a row.
            drawn = f"[{re.escape(table[0xB0:0xC0])}]"
            pattern = f"{first}(?:{drawn}{others}|{others}{drawn})"
            rest = table[0xB0:0xC0]
        else:
            pattern = f"{first}{others}{{2}}"
        shown.append((frozenset(leads), frozenset(rest), re.compile(pattern)))
    return tuple(shown)


@lru_cache(maxsize=256)
def intact_share(channel: Channel) -> float:
    """The share of Chinese characters that come through a channel whole, 0 to 1.

    Example:
        >>> round(intact_share(Channel("windows-1254", soft_hyphens="dropped")), 2)
        0.78
    """
    return (1 - _loss(channel.lost)) ** 2


def infer(
    lines: Iterable[Line],
    doubt: Doubt | None = None,
    without: Container[str] = (),
    otherwise: Callable[[Sequence[str]], Container[str]] = lambda parts: (),
) -> Channel | None:
    """Infer the channel of a text, or of most of what is misread in it.

    Args:
        lines: its lines that are not plain ASCII.
        doubt: what in the text looks misread; made of the lines if it is not given.
        without: code pages that are not considered.
        otherwise: told the parts that look misread where no page explains all; answers with those
            that are misread in another way. By default none is.

    Returns:
        The likeliest channel, None where the text does not look damaged by any.

    Example:
        >>> from .lines import lines_beyond_ascii
        >>> text = Channel("windows-1254", soft_hyphens="dropped").damage("📖 中文论文，附有介绍。")
        >>> infer(lines_beyond_ascii(text)).codec
        'windows-1254'
    """
    lines = list(lines)
    parts, code = unlikely_parts(lines, doubt)
    pages = [page for page in CODE_PAGES if page not in without]
    sample = "\n".join(parts)
    best = best_fit(sample, pages, code)
    if best is None or best.stray:
        # Clean text that looked unlikely, or text misread in another way, must not speak for or
        # against a code page.
        explained = otherwise(parts)
        parts = [part for part in parts if part not in explained]
        sample = "\n".join(parts)
        if best is not None:
            inverse = inverter(best.channel)
            fitting = [part for part in parts if _fits(part, inverse)]
        if best is None or 2 * sum(map(len, fitting)) < len(sample):
            fitting = _largest_group(parts, pages)
        sample = "\n".join(fitting)
        best = best_fit(sample, pages, code)
    if best is None or not best.convincing:
        return None
    return _no_break_spaces(sample, best.channel)


def _largest_group(parts: Sequence[str], pages: Iterable[str]) -> list[str]:
    """Of parts that were misread in several ways those that one page explains, the most there are.

    A part counts for a page if all but a few of its characters fall into characters of UTF-8 there,
    and one of three or four bytes is whole.
    """
    largest: list[str] = []
    most = 0
    for page in pages:
        fitting = []
        covered = 0
        for part in parts[:_PARTS]:
            for channel in policies(page, part):
                inverse = inverter(channel)
                if _fits(part, inverse) and any(
                    piece.long_characters or piece.emoji for piece in inverse.pieces(part)
                ):
                    fitting.append(part)
                    covered += len(_BEYOND_ASCII.findall(part))
                    break
        if covered > most:
            largest, most = fitting, covered
    return largest


def _fits(line: str, inverse: Inverter) -> bool:
    """Whether a line consists of characters that the channel can have made, all but a few."""
    data, outside = inverse.encode_all(line)
    return outside + inverse.stray(data) <= 0.05 * len(_BEYOND_ASCII.findall(line))


def unlikely_parts(lines: Iterable[Line], doubt: Doubt | None = None) -> tuple[list[str], str]:
    """The parts of lines that speak: unlikely ones, up to some length in all.

    A line that holds characters of no code page was written in part after the damage, or before it:
    it is cut there, and at the borders of its cells.

    Returns:
        These parts without code, and the code in their lines.
    """
    if doubt is None:
        lines = list(lines)
        doubt = Doubt("\n".join(line.text for line in lines))
    sample: list[str] = []
    code: list[str] = []
    foreign = _foreign()
    length = 0
    for line in lines:
        if line.fenced:
            continue
        prose = line.prose
        parts = foreign.sub("|", prose).split("|") if foreign.search(prose) else (prose,)
        found = [part for part in parts if not part.isascii() and doubt.unlikely(part)]
        if found:
            sample += found
            length += sum(map(len, found))
            if prose != line.text:
                code.append(line.text)
            if length > _SAMPLE:
                break
    return sample, "\n".join(code)


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """Characters that no page can make."""
    union = {char for page in CODE_PAGES for char in code_page(page).table if char > "\x7f"}
    union -= {UNDEFINED}
    union |= {"\ufffd", *map(chr, range(0x80, 0xA0))}
    return re.compile(f"[^\x00-\x7f{re.escape(''.join(sorted(union)))}]+")


def best_fit(sample: str, pages: Iterable[str] = CODE_PAGES, code: str = "") -> Fit | None:
    """Find the channel under which a text is likeliest.

    Args:
        sample: text that looks damaged.
        pages: the code pages to consider.
        code: code beside it, in which soft hyphens may have stayed.

    Returns:
        The best fit, None where no page has most of the characters.
    """
    glance = sample[:_GLANCE]
    counts = Counter(_BEYOND_ASCII.findall(glance))
    most = 0.7 * sum(counts.values())
    fits = [
        _measure(glance, channel)
        for page in pages
        for channel in policies(page, sample, code)
        if _covered(counts, inverter(channel).characters) >= most
    ]
    if not fits:
        return None
    top = max(fit.score for fit in fits)
    close = [fit for fit in fits if fit.score > top - _CLOSE]
    if len(sample) > len(glance) and len(close) > 1:
        close = [_measure(sample, fit.channel) for fit in close]
    # Of equal ones the first stays: pages are in the order of how usual they are.
    return max(close, key=lambda fit: fit.score)


def _covered(counts: Mapping[str, int], characters: Mapping[str, int]) -> int:
    return sum(n for char, n in counts.items() if char in characters)


@lru_cache(maxsize=256)
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
    damaged = sum(group[0] in _CJK_LEADS and group != PRESENTATION for group in groups)
    leads = sum(group[0] in _CJK_LEADS for group in groups)
    characters = sum(present[byte] for byte in _CJK_LEADS) - leads
    if present[0xEF]:
        characters -= len(_SELDOM.findall(data))
    emoji = len(_EMOJI.findall(data))
    symbols = len(_SYMBOL.findall(data)) if channel.page.table[0xE2] == "â" else 0
    return Fit(channel, score, characters, damaged, stray + outside, emoji, symbols)


def _no_break_spaces(sample: str, channel: Channel) -> Channel:
    """Decide whether no-break spaces became spaces, if the text is long enough.

    Whether some were trimmed at the ends of cells is known only once characters are restored.
    """
    if channel.no_break_byte is None:
        return channel
    data, _ = inverter(channel).encode_all(sample)
    expected = 0.01 * len(data.translate(None, bytes(range(0x80)) + bytes(range(0xC0, 0x100))))
    space = bytes([channel.no_break_byte])
    if space not in data:
        # A space within a group, where there can only have been a no-break space.
        within = len(re.findall(rb"[\xe0-\xef] [\x80-\xbf]", data))
        if within and within >= 0.1 * expected:
            return Channel(channel.codec, channel.undefined, channel.soft_hyphens, "space")
    return channel


def _loss(lost: Iterable[int]) -> float:
    return sum(
        _CONTINUATIONS[byte - 0x80] / 1000 if byte < 0xC0 else _LEADS.get(byte, 0) / 10_000
        for byte in lost
        if byte >= 0x80
    )


_LOG_SHARES: Final = {
    **{byte: math.log(_LEADS.get(byte, 1) / 10_000) for byte in range(0xC0, 0x100)},
    **{0x80 + offset: math.log(n / 1000) for offset, n in enumerate(_CONTINUATIONS)},
}
