"""Single misread letters and signs in text of any language, where nothing was lost, by ftfy.

ftfy knows many more ways to misread text than one code page throughout: two or three times in a
row, Latin-1 and Windows-1252 mixed, surrogates. Its test for misread text, `ftfy.badness`, is made
for single lines of social media. In long clean text it is sometimes wrong: on an area in `Å²`, on
`PERÚ®`. So each line that it changes is checked again: a single letter is not enough if it is on
its own, next to letters of another script, or in a line with correct accented letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ftfy import ExplanationStep, TextFixerConfig, apply_plan, fix_encoding_and_explain
from ftfy.badness import badness

from ..source import Span
from .result import Candidate, Guess

CONFIG: Final = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
"""The parts of ftfy that are used: the decoding, and nothing that changes correct text."""

_INCONSISTENT: Final = 0.9
"""Roughly, how often ftfy is right about lost bytes and odd ones."""
_LOSSY: Final = "replace_lossy_sequences"
_LONGEST: Final = 100_000
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_CONTROLS_IN_A_ROW: Final = re.compile("[\x80-\x9f]{2}")


def fix_line(line: str) -> tuple[str, tuple[str, ...]]:
    """Repair a line that lost nothing.

    Args:
        line: a line that `ftfy.badness` finds unlikely.

    Returns:
        The line, repaired if that is safe, and what ftfy did, in words.

    Example:
        >>> fix_line("HÃ´tel de Police")[0], fix_line("an area of 12 Å²")[0]
        ('Hôtel de Police', 'an area of 12 Å²')
    """
    if len(line) > _LONGEST:
        return line, ()
    fixed, explanation = fix_encoding_and_explain(line, CONFIG)
    fixed = _with_spaces(line, fixed)
    first = _first_level(explanation or [])
    if first:
        # If bytes were lost before the text was misread again, only the last misreading is undone.
        once = apply_plan(line, [*first])
        if _safe(line, once):
            return once, _in_words(first)
    if fixed == line or not _safe(line, fixed):
        return line, ()
    return fixed, _in_words(explanation or ())


def _with_spaces(before: str, after: str) -> str:
    """Undo what took a space for a no-break space, except in letters and in such a space itself.

    A sign has a space after it.
    """
    found = _changes(before, after)
    if not found or not any(" " in old for _, old in found):
        return after
    made: list[str] = []
    end = 0
    for position, old in found:
        if " " in old and not (after[position].isalpha() or after[position] == "\xa0"):
            made += (after[end:position], old)
            end = position + 1
    return "".join((*made, after[end:]))


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a line that ftfy changed, and what is known about it.

    Attributes:
        start: its first code point in the line before.
        end: the code point after its last there.
        made: its place in the line after.
        guesses: the characters in it that may be something else, with spans in the line after.
        proved: whether misreading the result gives the text before.
    """

    start: int
    end: int
    made: Span
    guesses: tuple[Guess, ...]
    proved: bool


def changes(before: str, after: str) -> list[Change]:
    """What `fix_line` changed, each change looked at by itself.

    A character is restored in the only possible way if some code page turns it into the text
    before, and none does so with another character. If a byte was lost, or may have become a space,
    it is a guess.

    Args:
        before: the line.
        after: what `fix_line` made of it.

    Returns:
        The changes from left to right, those of one cell with nothing but ASCII between together.

    Example:
        >>> [change] = changes("HÃ´tel", "Hôtel")
        >>> change.guesses, change.proved
        ((), True)
        >>> [change] = changes("MÃžller", "MÞller")
        >>> [candidate.text for candidate in change.guesses[0].candidates]
        ['Þ', 'ø']
    """
    found = _changes(before, after)
    if found is None:
        head = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        most = min(len(before), len(after)) - head
        tail = 0
        while tail < most and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        made = Span(head, len(after) - tail)
        old, new = before[head : len(before) - tail], made.cut(after)
        if _twice(new) == old:
            return [Change(head, len(before) - tail, made, (), True)]
        candidates = (Candidate(new, _INCONSISTENT), Candidate(old, 1 - _INCONSISTENT))
        guess = Guess(made, new, _INCONSISTENT, candidates)
        return [Change(head, len(before) - tail, made, (guess,), False)]
    made_changes: list[Change] = []
    # A page that cannot have made one of them has made none.
    pages = [
        page
        for page in (*_CODECS, "iso-8859-15")
        if all(_reading(old, page) is not None for _, old in found)
    ]
    shift = 0
    for position, old in found:
        start = position + shift
        shift += len(old) - 1
        guesses, proved = _looked_at(after, old, position, pages or _CODECS)
        change = Change(start, start + len(old), Span(position, position + 1), guesses, proved)
        last = made_changes[-1] if made_changes else None
        between = before[last.end : start] if last else "|"
        if last and between.isascii() and "|" not in between:
            made_changes[-1] = Change(
                last.start,
                change.end,
                Span(last.made.start, change.made.end),
                last.guesses + guesses,
                last.proved and proved,
            )
        else:
            made_changes.append(change)
    return made_changes


def _reading(old: str, page: str) -> str | None:
    """The one character that a page reads as this, None if there is none."""
    try:
        reading = old.encode(page).decode("utf-8")
    except UnicodeError:
        return None
    return reading if len(reading) == 1 else None


def _looked_at(
    after: str, old: str, position: int, pages: Sequence[str]
) -> tuple[tuple[Guess, ...], bool]:
    """What else a restored character can be; whether it is certain to look like what was there."""
    char = after[position]
    readings: dict[str, float] = {}
    for place, page in enumerate(pages):
        reading = _reading(old, page)
        if reading is None:
            continue
        if reading == char or (
            unicodedata.category(reading)[0] in "LNPS"
            and suits(reading, f"{after[:position]}{reading}{after[position + 1 :]}", position)
        ):
            readings.setdefault(reading, 0.6**place)
    proved = char in readings
    if proved and len(readings) == 1:
        return (), True
    if not proved:
        # A byte that was lost, a space for a no-break space, or a control.
        readings = {char: _INCONSISTENT, old: 1 - _INCONSISTENT}
    total = sum(readings.values())
    candidates = tuple(
        Candidate(text, weight / total)
        for text, weight in sorted(readings.items(), key=lambda item: (item[0] != char, -item[1]))
    )
    span = Span(position, position + 1)
    return (Guess(span, char, candidates[0].probability, candidates),), proved


def _twice(text: str) -> str | None:
    """Text misread through Windows-1252 two times; None if that is not possible."""
    try:
        once = text.encode("utf-8").decode("sloppy-windows-1252")
        return once.encode("utf-8").decode("sloppy-windows-1252")
    except UnicodeError:
        return None


def _first_level(steps: Sequence[ExplanationStep]) -> list[ExplanationStep]:
    """The steps up to the first decoding of several; none where there is one, or a byte lost."""
    for number, step in enumerate(steps, 1):
        if step.parameter == _LOSSY:
            break
        if step.action == "decode":
            return list(steps[:number]) if number < len(steps) else []
    return []


def _in_words(steps: Iterable[ExplanationStep]) -> tuple[str, ...]:
    return tuple(f"{step.action} {step.parameter}" for step in steps)


def _safe(before: str, after: str) -> bool:
    if badness(after) >= badness(before):
        return False
    changes = _changes(before, after)
    if any(unicodedata.category(char) == "Co" for char in set(after) - set(before)):
        return False
    if changes is None:
        # Misread more than once, or in several ways: no clean text looks like that by chance.
        return len(before) - len(after) >= 2
    if len(before) == len(after):
        # Controls that are punctuation in Windows-1252. U+0085 may be a line end of its own kind,
        # and several in a row are a table of them.
        controls = _CONTROLS.findall(before)
        if len(controls) < 2 or set(controls) == {"\x85"}:
            return False
        return not _CONTROLS_IN_A_ROW.search(before)
    # What is misread in places is misread for the most part: in a jumble of letters and signs some
    # always make a character.
    misread = sum(len(old) for _, old in changes)
    if misread < 0.4 * len(_BEYOND_ASCII.findall(before)):
        return False
    return any(_convincing(after, changes, number) for number in range(len(changes)))


def _changes(before: str, after: str) -> list[tuple[int, str]] | None:
    """Where characters were restored, and from what; None where it is not as simple as that.

    Returns:
        For each restored character its offset in ``after`` and what it replaced.
    """
    changes: list[tuple[int, str]] = []
    read = 0
    for position, char in enumerate(after):
        if before.startswith(char, read):
            read += 1
            continue
        length = len(char.encode("utf-8", "surrogatepass"))
        if char == "\ufffd":
            length = 2 if before[read + 1 : read + 2] == char else 3
        old = before[read : read + length]
        if char != "\ufffd" and not any(_gives(char, codec, old) for codec in _CODECS):
            if "\x80" <= before[read : read + 1] <= "\x9f" or len(before) == len(after):
                changes.append((position, before[read : read + 1]))
                read += 1
                continue
            return None
        changes.append((position, old))
        read += length
    return changes


def _gives(char: str, codec: str, old: str) -> bool:
    """Whether a character looks like this when misread, a no-break space perhaps as a space."""
    try:
        misread = char.encode("utf-8").decode(codec)
    except UnicodeError:
        return False
    return old in (misread, misread.replace("\u00a0", " "))


def _convincing(text: str, changes: list[tuple[int, str]], number: int) -> bool:
    """Whether a restored character is one that clean text would not show by chance."""
    position, old = changes[number]
    char = text[position]
    restored = {position for position, _ in changes}
    if len(old) >= 3:
        # Any three letters of a table of characters make some ideograph; text has more than one.
        return _script(char) != "CJK" or not restored.isdisjoint({position - 1, position + 1})
    if len(old) < 2:
        return False
    if old[1] not in "\u00a0 " and _is_within_word(text, position):
        return True
    if " " in old and not char.isalpha():
        return False
    if len(changes) == 1 or old[1] in "\u00a0 ":
        others = (other for place, other in enumerate(text) if place not in restored)
        if any(other > "\x7f" and other.isalpha() for other in others):
            # Were the line misread, these letters would be as well.
            return False
    if old == "Ã\u00a0":
        # Not the end of a word in capitals, as CONCLUSÃ is of CONCLUSÃO.
        before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
        return not before.isupper() or after.islower()
    return suits(char, text, position)


def suits(char: str, text: str, position: int) -> bool:
    """Whether a restored character of two bytes goes with what stands beside it.

    Args:
        char: the character.
        text: the text that it stands in.
        position: its offset there.

    Returns:
        For a letter, whether a letter of the same script is its neighbour; for a sign, True.

    Example:
        >>> suits("ó", "Zamó", 3), suits("Ų", "12 Ų", 3)
        (True, False)
    """
    if not char.isalpha():
        return True
    beside = (text[i] for i in (position - 1, position + 1) if 0 <= i < len(text))
    return any(other.isalpha() and _script(other) == _script(char) for other in beside)


def _is_within_word(text: str, position: int) -> bool:
    """Whether a character stands directly between two ASCII letters, where no sign belongs."""
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    return len(around) == 2 and around.isascii() and around.isalpha()


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


_CODECS: Final = (
    "latin-1",
    *(f"sloppy-windows-{number}" for number in (1252, 1251, 1250, 1253, 1254, 1257)),
    "iso-8859-2",
    "macroman",
    "cp437",
)
"""The code pages that ftfy turns back, by its own names."""
