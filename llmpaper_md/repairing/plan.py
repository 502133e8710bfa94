"""Decide which parts of a text to repair, once its channel is known.

A line is garbled where whole characters come out of it again; a line with nothing but damaged ones
follows its file. What stands in code follows the prose around it: in a garbled line or beside
garbled lines it was damaged with them, in a clean page about misread text it is a quotation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from .inversion import Inverter, Piece
from .light import suits
from .lines import Line

_SIGNS_LEAD: Final = 0xE2
_LETTER_BESIDE: Final = re.compile(r"[A-Za-z]")


class Verdict(Enum):
    """What a line says of itself."""

    GARBLED = "garbled"
    CLEAN = "clean"
    LONE = "lone"  # nothing but damaged characters or a letter on its own: it may be either
    SILENT = "silent"  # nothing but ASCII outside code


@dataclass(frozen=True, slots=True)
class Plan:
    """What to repair in one line: the pieces, from left to right."""

    line: Line
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Draft:
    line: Line
    verdict: Verdict
    prose: list[Piece]
    whole: list[Piece]


def plan(lines: Iterable[Line], inverter: Inverter, intact: float, *, named: bool) -> list[Plan]:
    """Choose the pieces of each line that are to be repaired.

    Args:
        lines: the lines of the text that are not plain ASCII, from first to last.
        inverter: inverts the channel of the text.
        intact: the share of characters that come through that channel whole, 0 to 1.
        named: whether a person named the channel; then less evidence will do.

    Returns:
        The lines in which there is something to repair.
    """
    drafts = [_draft(line, inverter, intact) for line in lines]
    garbled = sum(draft.verdict is Verdict.GARBLED for draft in drafts)
    clean = sum(draft.verdict is Verdict.CLEAN for draft in drafts)
    for draft in drafts:
        if draft.verdict is Verdict.LONE:
            credible = _lone_is_credible(draft, garbled, clean, named=named)
            draft.verdict = Verdict.GARBLED if credible else Verdict.CLEAN
    around = _verdicts_around(drafts, named=named)
    plans = []
    for draft, context in zip(drafts, around, strict=True):
        verdict = draft.verdict
        if verdict is Verdict.SILENT and context is Verdict.GARBLED:
            verdict = _verdict(draft.line.text, draft.whole, intact)
            if verdict is Verdict.LONE and _lone_is_credible(draft, garbled, clean, named=named):
                verdict = Verdict.GARBLED
        if verdict is Verdict.GARBLED:
            pieces = _credible_pieces(draft.line, draft.whole, intact)
            if pieces:
                plans.append(Plan(draft.line, tuple(pieces)))
    return plans


def _draft(line: Line, inverter: Inverter, intact: float) -> _Draft:
    whole = inverter.pieces(line.text)
    prose_text = "" if line.fenced else line.prose
    if prose_text == line.text:
        prose = whole
    else:
        prose = [] if prose_text.isascii() else inverter.pieces(prose_text)
    return _Draft(line, _verdict(prose_text, prose, intact), prose, whole)


def _verdict(text: str, pieces: Sequence[Piece], intact: float) -> Verdict:
    if text.isascii():
        return Verdict.SILENT
    characters = sum(piece.characters for piece in pieces)
    damaged = sum(_damaged(piece) for piece in pieces)
    stray = _beyond_ascii(text) - sum(_beyond_ascii(text[p.start : p.end]) for p in pieces)
    enough = characters >= 0.5 * intact * (characters + damaged)
    if enough and any(_convincing(piece, intact) for piece in pieces):
        return Verdict.GARBLED
    if enough and characters and stray == 0:
        if damaged or any(_speaks(piece.text) for piece in pieces):
            return Verdict.GARBLED
        return Verdict.LONE
    return Verdict.LONE if stray == 0 else Verdict.CLEAN


def _convincing(piece: Piece, intact: float) -> bool:
    """Whether a piece speaks for itself: clean text does not look like that by chance."""
    return piece.long_characters >= 2 and piece.characters >= 0.75 * intact * (
        piece.characters + _damaged(piece)
    )


def _damaged(piece: Piece) -> int:
    """How many damaged characters speak: a row of stars says nothing, whatever it lost."""
    return sum(group[0] != _SIGNS_LEAD for group in piece.groups)


def _speaks(text: str) -> bool:
    """Whether any character is more than a letter of two bytes that stands on its own.

    An `Å²` in clean text is such a letter; an `Ã©` is hardly anything but an é.
    """
    return any(
        char > "\x7f" and (char > "\u07ff" or char <= "\xff" or suits(char, text, position))
        for position, char in enumerate(text)
    )


def _credible_pieces(line: Line, pieces: Sequence[Piece], intact: float) -> list[Piece]:
    """Leave out what stands clean in a garbled line: other pieces must speak for themselves."""
    if len(pieces) <= 1 and (not pieces or pieces[0].end - pieces[0].start == len(line.text)):
        return list(pieces)
    return [p for p in pieces if _convincing(p, intact) or (p.long_characters and not p.groups)]


def _lone_is_credible(draft: _Draft, garbled: int, clean: int, *, named: bool) -> bool:
    pieces = draft.prose or draft.whole
    groups = [group for piece in pieces for group in piece.groups]
    if named and garbled and not clean:
        return True
    if not groups:
        return garbled >= 8 * (1 + clean)
    if any(piece.characters for piece in pieces):
        return garbled > 10 * clean
    if named and all(len(group) > 1 for group in groups):
        return True
    if not garbled or garbled < 5 * clean:
        return False
    # A lead byte is an accented letter as well: in a word, as in Nestlé®, it most likely is one.
    beside = any(_beside_letters(draft.line.text, piece) for piece in pieces)
    if not beside and all(len(group) > 1 for group in groups):
        return True
    return garbled >= (50 if beside else 5) * (1 + clean) or (named and not beside)


def _beside_letters(text: str, piece: Piece) -> bool:
    for match in re.finditer(r"[^\x00-\x7f]+", text[piece.start : piece.end]):
        before = text[max(0, piece.start + match.start() - 1) : piece.start + match.start()]
        after = text[piece.start + match.end() : piece.start + match.end() + 1]
        if _LETTER_BESIDE.match(before) or _LETTER_BESIDE.match(after):
            return True
    return False


def _verdicts_around(drafts: Sequence[_Draft], *, named: bool) -> list[Verdict]:
    """For each line the verdict of the nearest prose that has one: before it, else after it."""
    speaking = (Verdict.GARBLED, Verdict.CLEAN)
    around: list[Verdict | None] = []
    last: Verdict | None = None
    for draft in drafts:
        if draft.verdict in speaking:
            last = draft.verdict
        around.append(last)
    following: Verdict | None = None
    for position in range(len(drafts) - 1, -1, -1):
        draft = drafts[position]
        if draft.verdict in speaking:
            following = draft.verdict
        if around[position] is None:
            around[position] = following
    otherwise = Verdict.GARBLED if named else Verdict.CLEAN
    return [verdict or otherwise for verdict in around]


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
