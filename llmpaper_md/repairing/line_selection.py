"""Decide which parts of a text to repair, once its channel is known.

A line is garbled if it decodes to complete characters; a line with only damaged ones follows its
file. In a line that also has clean characters, each part between these is decided separately, cell
by cell: clean text next to it stays. Code follows the prose around it: in a garbled line or next to
garbled lines it was damaged with them, in a clean page about misread text it is a quotation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from .ftfy_pass import suits
from .inversion import PRESENTATION, Inverter, Piece
from .lines import Line

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_SIGNS_LEAD: Final = 0xE2
_LETTER_BESIDE: Final = re.compile(r"[A-Za-z]")


class Verdict(Enum):
    """What a line is by itself."""

    GARBLED = "garbled"
    CLEAN = "clean"
    UNCERTAIN = "uncertain"  # only damaged characters or a letter on its own: may be either
    ASCII_ONLY = "ascii only"  # nothing but ASCII outside code


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
    """Choose the pieces of each line to repair.

    Args:
        lines: the lines of the text that are not plain ASCII, from first to last.
        inverter: inverts the channel of the text.
        intact: the share of characters that pass through that channel complete, 0 to 1.
        named: whether a person named the channel; then less evidence is needed.

    Returns:
        The lines in which there is something to repair.
    """
    drafts = [_draft(line, inverter, intact) for line in lines]
    garbled = sum(draft.verdict is Verdict.GARBLED for draft in drafts)
    clean = sum(draft.verdict is Verdict.CLEAN for draft in drafts)
    supported = named or garbled > 0
    if not supported:
        supported = any(
            _strong(piece, intact)
            for draft in drafts
            if draft.verdict is Verdict.CLEAN
            for piece in draft.prose
        )
    for draft in drafts:
        if draft.verdict is Verdict.UNCERTAIN:
            credible = _credible(draft, garbled, clean, named=named)
            draft.verdict = Verdict.GARBLED if credible else Verdict.CLEAN
    around = _verdicts_around(drafts, named=named)
    plans = []
    for draft, context in zip(drafts, around, strict=True):
        verdict = draft.verdict
        if verdict is Verdict.ASCII_ONLY and context is Verdict.GARBLED:
            verdict = _verdict(draft.line.text, draft.whole, intact)
            if verdict is Verdict.UNCERTAIN and _credible(draft, garbled, clean, named=named):
                verdict = Verdict.GARBLED
        if verdict is Verdict.GARBLED and _covers(draft.whole, draft.line.text):
            pieces = draft.whole
        elif verdict in (Verdict.GARBLED, Verdict.CLEAN) and draft.prose:
            pieces = _pieces_beside_clean(draft, inverter, intact, supported=supported)
        else:
            pieces = []
        if pieces:
            plans.append(Plan(draft.line, tuple(pieces)))
    return plans


def _covers(pieces: Sequence[Piece], text: str) -> bool:
    """Whether there is one piece with only ASCII around it."""
    if len(pieces) != 1:
        return False
    piece = pieces[0]
    return text[: piece.start].isascii() and text[piece.end :].isascii()


def _pieces_beside_clean(
    draft: _Draft, inverter: Inverter, intact: float, *, supported: bool
) -> list[Piece]:
    """The garbled parts of a line that also has clean characters, cell by cell."""
    text = draft.line.text
    code = () if draft.line.fenced else tuple(draft.line.code_spans())
    chosen: list[Piece] = []
    in_code: list[Piece] = []
    start = 0
    for cell in text.split("|"):
        if not cell.isascii():
            for piece in inverter.pieces(cell):
                moved = replace(piece, start=piece.start + start, end=piece.end + start)
                if not (
                    _strong(piece, intact)
                    or (supported and _fair(piece, cell[: piece.start], cell[piece.end :]))
                ):
                    continue
                beyond = [start + m.start() for m in _BEYOND_ASCII.finditer(cell, *_span(piece))]
                if any(a <= beyond[-1] and beyond[0] < b for a, b in code):
                    in_code.append(moved)
                else:
                    chosen.append(moved)
        start += len(cell) + 1
    # Code follows the prose around it.
    return sorted(chosen + in_code, key=lambda piece: piece.start) if chosen else []


def _span(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.end


def _shares(piece: Piece) -> tuple[int, int]:
    """How much in a piece is never in clean text, and how much may well be clean.

    A whole character of three or four bytes counts twice, one of which two bytes are left once,
    an emoji that lost its last byte as much as three such. A lead byte alone is an accented letter.
    """
    partial = sum(len(group) > 1 and group[0] != _SIGNS_LEAD for group in piece.groups)
    lone = sum(len(group) == 1 and group[0] != _SIGNS_LEAD for group in piece.groups)
    return 2 * piece.long_characters + partial + 3 * piece.emoji, lone


def _strong(piece: Piece, intact: float) -> bool:
    """Whether a piece is sufficient evidence, whatever the rest of the file is like."""
    if _convincing(piece, intact):
        return True
    shown, lone = _shares(piece)
    return shown >= 4 and 2 * lone <= shown


def _fair(piece: Piece, before: str, after: str) -> bool:
    """Whether a piece is sufficient evidence in a file that was misread like this elsewhere."""
    shown, lone = _shares(piece)
    if shown < 2 or lone > shown:
        return False
    return bool(piece.long_characters) or not (
        _LETTER_BESIDE.match(before[-1:]) or _LETTER_BESIDE.match(after[:1])
    )


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
        return Verdict.ASCII_ONLY
    emoji = sum(piece.emoji for piece in pieces)
    characters = sum(piece.characters for piece in pieces) + emoji
    damaged = sum(_damaged(piece) for piece in pieces) - emoji
    stray = _beyond_ascii(text) - sum(_beyond_ascii(text[p.start : p.end]) for p in pieces)
    enough = characters >= 0.5 * intact * (characters + damaged)
    if enough and any(_convincing(piece, intact) for piece in pieces):
        return Verdict.GARBLED
    if enough and characters and stray == 0:
        if damaged or any(_speaks(piece.text) for piece in pieces):
            return Verdict.GARBLED
        return Verdict.UNCERTAIN
    return Verdict.UNCERTAIN if stray == 0 else Verdict.CLEAN


def _convincing(piece: Piece, intact: float) -> bool:
    """Whether a piece is sufficient evidence: clean text does not look like that by chance."""
    return bool(piece.emoji and piece.emoji + 1 >= _damaged(piece)) or (
        piece.long_characters >= 2
        and piece.characters >= 0.75 * intact * (piece.characters + _damaged(piece))
    )


def _damaged(piece: Piece) -> int:
    """How many damaged characters are evidence: a row of stars is not, whatever it lost."""
    return sum(group[0] != _SIGNS_LEAD and group != PRESENTATION for group in piece.groups)


def _speaks(text: str) -> bool:
    """Whether any character is more than a letter of two bytes on its own.

    An `Å²` in clean text is such a letter; an `Ã©` is hardly anything but an é.
    """
    return any(
        char > "\x7f" and (char > "\u07ff" or char <= "\xff" or suits(char, text, position))
        for position, char in enumerate(text)
    )


def _credible(draft: _Draft, garbled: int, clean: int, *, named: bool) -> bool:
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
    # A lead byte is also an accented letter: in a word, as in Nestlé®, it most likely is one.
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
    """For each line the verdict of the nearest prose that has one, before or else after it."""
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
