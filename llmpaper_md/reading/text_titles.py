"""Titles in text: which of the words of a line are the title.

It is the first link with words of its own, else the first words in quotation marks, else the first
bold or italic ones, else the plain words up to what can be no part of a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from ..source import Span
from .labels import is_label
from .links import Link, LinkKind
from .person_names import are_names, is_name, leading_names, split_names
from .segments import Segment
from .text_pieces import (
    BRACKET,
    CLOSING,
    EDGES,
    LABEL_WORDS,
    LONG,
    OPENING,
    SHORTCODE,
    Words,
    count_words,
)
from .venues import is_known_venue, read_appearance

TitleStyle = Literal["link", "quoted", "bold", "italic", "plain"]
Line = Sequence[Segment]
LONGEST_PLAIN = 1500  # characters of a line with a title in plain words: more are prose
_SENTENCE = re.compile(r"(?<=[^\W_]{2})[.?!。](?=\s|$)|(?<=[)\"”])\.(?=\s|$)")
_YEAR_IN_BRACKETS = re.compile(
    r"(?<!\s)\s*[(\[（](?:[^()\[\]（）]{0,40}?[\s,'’])?(?:19|20)\d\d[^()\[\]（）]{0,20}[)\]）]"
)
ICONS = re.compile(r"(?:\s*:[a-z0-9_+-]+:)+\s*")
NUMBER = re.compile(r"[\W_]*\d{1,4}[.)\]、:]\s+")
_BRACKET_AT_END = re.compile(
    r"\s[(（\[][^()（）\[\]]*\Z|(?<!\s)\s*[(（\[][^()（）\[\]]*[\])）]\s*\Z"
)
BARE_YEAR = re.compile(r"(?:19|20)\d\d")
BRACKETED = re.compile(r"\s*[\[【](.+)[\]】]\s*")
_DASH = re.compile(r"(?<!\s)(?:\s+[-–—|]+\s+|\s*——\s*|\s+[-–—]+(?=[\u4e00-\u9fff]))")
_BY = re.compile(r"(?<!\s)(?:,|\s)\s*(?:by|By)\s+(?=[^\W\d_a-z])")


def has_words(line: Line) -> bool:
    """Whether a line says anything but what its labels lead to."""
    return any(
        one.text.strip(EDGES + "[]()") and (one.kind != "link" or not is_labelled(line, number))
        for number, one in enumerate(line)
        if one.kind in ("text", "quoted", "link", "code")
    )


@lru_cache(1024)
def _is_label(text: str, kind: LinkKind) -> bool:
    return is_label(Link(text, "", kind, Span(0, 0)))


def is_labelled(line: Line, number: int) -> bool:
    """Whether a link says what it leads to: by its words, or by brackets around few words."""
    segment = line[number]
    if segment.link is None or _is_label(segment.text, segment.link.kind):
        return True
    text = segment.text.strip()
    if text.startswith("[") and text.endswith("]"):
        return count_words(text) <= LABEL_WORDS
    before = line[number - 1].text.rstrip() if number else ""
    after = line[number + 1].text.lstrip() if number + 1 < len(line) else ""
    if before.endswith(tuple(OPENING)) and after.startswith(tuple(CLOSING)):
        return count_words(text) <= LABEL_WORDS
    # [[Paper](…)/[Code](…)]
    return False


def title_segment(line: Line) -> tuple[int, TitleStyle]:
    """Which segment holds the title, and how it is written."""
    linked = quoted = bold = None
    in_brackets = labelled = plain_words = 0
    for number, segment in enumerate(line):
        text = segment.text
        if segment.kind == "text":
            if bold is None and segment.style == "bold" and in_brackets <= 0:
                has_words = bool(SHORTCODE.sub("", text).strip(EDGES + OPENING + CLOSING))
                bold = number if has_words and _is_worded(text) else None
            if BRACKET.search(text):
                in_brackets += sum(map(text.count, OPENING)) - sum(map(text.count, CLOSING))
            plain_words += 0 if labelled else count_words(text)
        elif segment.kind == "quoted" and quoted is None and in_brackets <= 0:
            quoted = number if count_words(text) > 1 or not number else None
        elif segment.kind == "link" and is_labelled(line, number):
            labelled += 1
        elif segment.kind == "link" and linked is None:
            # Pebbles by night: [PDF](…), [Video of a talk](…)
            is_title = _is_worded(text) and not (labelled and plain_words >= LONG)
            linked = number if is_title else None
    if linked is not None and quoted is not None and quoted < linked:
        linked = None if count_words(line[quoted].text) >= LONG else linked
    if linked is not None and quoted is not None and linked < quoted:
        # [Net](…): "Nets of pebbles"
        short, long = count_words(line[linked].text), count_words(line[quoted].text)
        linked = None if short < LONG <= long else linked
    if linked is not None and bold is not None and bold < linked:
        # **Nets of pebbles** by [Ann Ames](…); but **Nets**: [Nets of pebbles](…)
        short, long = count_words(line[linked].text), count_words(line[bold].text)
        if long >= LONG and not line[linked].style and (short < LONG or is_name(line[linked].text)):
            linked = None
    if linked is not None:
        return linked, "link"
    if quoted is not None:
        if bold is not None and bold < quoted and count_words(line[bold].text) >= LONG * 2:
            return bold, "bold"
        return quoted, "quoted"
    if bold is not None:
        return bold, "bold"
    italic = next((n for n, one in enumerate(line) if one.style == "italic"), 0)
    if italic and all(one.kind in ("text", "quoted") for one in line[: italic + 1]):
        # A. Ames, B. Berg, *Nets of pebbles*, NIPS
        title = line[italic].text
        names = "".join(one.text for one in line[:italic]).strip(EDGES)
        if count_words(title) > 1 and are_names(names, alone=True) and not are_names(title):
            return italic, "italic"
    first = next(
        (n for n, one in enumerate(line) if one.kind == "text" and _is_worded(one.text)), 0
    )
    return first, "plain"


def _is_worded(text: str) -> bool:
    """Whether a text has a word of more than one letter, and is no number, address or venue."""
    if "://" in text:
        return False
    text = SHORTCODE.sub("", text)
    appearance = read_appearance(text)
    if appearance and count_words(text) <= LABEL_WORDS:
        return False
    return bool(re.search(r"[^\W_]*[^\W\d_][^\W_]+|[^\W_]+[^\W\d_]|[\u3400-\u9fff]", text))


def whole_bold(line: Line, index: int) -> tuple[int, Segment]:
    """The bold words from a segment on, and the number of the last one."""
    last = index
    while (
        last + 1 < len(line)
        and line[last + 1].style == "bold"
        and line[last + 1].kind in ("text", "quoted", "code")
    ):
        last += 1
    words = Words(line[index : last + 1])
    span = Span(line[index].span.start, line[last].span.end)
    return last, line[index]._replace(text=words.text, span=span)


def title_after_name(name: Segment, after: Line) -> int | None:
    """Where the title begins after a bold name with a colon, None where the name is the title."""
    if count_words(name.text) > LONG or not after or after[0].kind != "text":
        return None
    begins = (
        name.text.rstrip().endswith((":", "："))
        or after[0].text.lstrip().startswith((":", "："))
        or bool(BRACKETED.fullmatch(name.text))
    )
    rest = after[0].text.lstrip(EDGES)
    return 0 if begins and count_words(rest.split(". ")[0]) >= LONG else None


def plain_bounds(text: str, *, ends: bool) -> tuple[int, int]:
    """Where a plain title begins and ends in the words of a line up to its first label."""
    icons = ICONS.match(text)
    start = icons.end() if icons else 0
    start += len(text[start:]) - len(text[start:].lstrip(EDGES))
    if number := NUMBER.match(text):
        start = number.end()
    if bracket := _YEAR_IN_BRACKETS.search(text, start):
        before = text[start : bracket.start()]
        if before.strip(EDGES):
            if leading_names(split_names(before)) == len(split_names(before)) and before.strip():
                # A. Ames and B. Berg (2015). Title. Venue.
                start = (
                    bracket.end()
                    + len(text[bracket.end() :])
                    - len(text[bracket.end() :].lstrip(EDGES))
                )
            else:
                end = bracket.start()
                split = _authors_first(text, start, end)
                return split or (start, _before_names(text, start, end))
    if split := _authors_first(text, start, len(text)):
        return split
    end = len(text)
    if dash := _DASH.search(text, start + 1):
        end = dash.start()
    if by := _BY.search(text, start + 1, end):
        end = by.start()
    while (bracket := _BRACKET_AT_END.search(text, start, end)) and bracket.start() > start:
        end = bracket.start()
    sentences = [match.start() for match in _SENTENCE.finditer(text, start, end)]
    if sentences and sentences[0] > start and count_words(text[start : sentences[0]]) > 1:
        end = sentences[0] + (text[sentences[0]] in "?!")
    return start, _before_names(text, start, end)


def _authors_first(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The bounds of the title in ``A. Ames, B. Berg, Title, NIPS, 1994``."""
    parts = [(match.start(), match.end()) for match in re.finditer(r"[^,]+", text[start:end])]
    words = [text[start + first : start + last].strip() for first, last in parts]
    if found := _after_full_names(words, parts):
        first, last = start + found[0], start + found[1]
        # Ann Ames, Ben Berg, Chen Chu. Title. NIPS
        before, stop, _ = text[first:last].partition(". ")
        if stop and is_name(before.strip().removeprefix("and ").removeprefix("& ")):
            first += len(before) + len(stop)
        return first, first + _title_end(text[first:last])
    count = leading_names(words)
    if not count and words and (al := re.match(r".{2,80}?\bet\.? al\.?,?\s*", words[0])):
        first = start + parts[0][0] + al.end()
        return first, first + _title_end(text[first:end])
    if not count:
        return None
    rest = range(count, len(parts))
    if not rest:
        # A. Ames, B. Berg. Title.
        return None
    best = max(rest, key=lambda number: count_words(words[number]))
    first = start + parts[best][0]
    name = re.match(r"\s*+(?:(?:and|&)\s*+)?[^.]{2,40}\.\s+(?=[^\W\d_a-z])", text[first:end])
    if name and leading_names([name[0].strip(" .").removeprefix("and ").removeprefix("& ")]):
        first += name.end()
    return first, first + _title_end(text[first : start + parts[best][1]])


def _after_full_names(
    words: Sequence[str], parts: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The bounds of the title in ``Ann Ames, Ben Berg, Title, NIPS, 1994``.

    Args:
        words: the parts between commas.
        parts: where each is.
    """
    count = full = 0
    for part in words:
        names = split_names(part.removeprefix("and ").removeprefix("& "))
        if not names or not all(map(is_name, names)) or _is_appearance(part):
            break
        full += sum(len(name.split()) > 1 for name in names)
        count += 1
    if full < 2 or count == len(parts) or count_words(words[count]) < 2:
        return None
    last = count
    # A title may have commas: it ends before a venue, which may be any words before a year.
    for number in range(count + 1, len(parts)):
        if _is_appearance(words[number]) or (
            number + 1 < len(parts) and BARE_YEAR.match(words[number + 1])
        ):
            last = number - 1
            break
    return parts[count][0], parts[last][1]


def _title_end(text: str) -> int:
    sentence = next(
        (match for match in _SENTENCE.finditer(text) if count_words(text[: match.start()]) > 1),
        None,
    )
    return sentence.start() if sentence else len(text)


def _before_names(text: str, start: int, end: int) -> int:
    """The end of a title that authors follow after a comma or full stop, or a venue does."""
    places = [match.start() for match in re.finditer(r"[,，]\s|\.\s", text[start:end])]
    for place in places:
        rest = text[start + place + 1 : end].strip(EDGES)
        if not rest or count_words(text[start : start + place]) < 2:
            continue
        if are_names(rest) or leading_names(split_names(rest)) or _is_appearance(rest):
            return start + place
    return end


def _is_appearance(text: str) -> bool:
    """Whether a text is no more than where and when a paper appeared."""
    appearance = read_appearance(text)
    if not appearance:
        return False
    outside = text[: appearance.start] + text[appearance.end :]
    return not outside.strip(EDGES) and bool(appearance.year or is_known_venue(text))
