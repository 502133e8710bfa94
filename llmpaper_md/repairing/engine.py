"""Repair a text: from the text at hand to `Repair`."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from ftfy.badness import is_bad

from ..source import Span
from .candidates import EDGE
from .channel import Channel, NoBreakSpaces
from .decoder import Decoder
from .evidence import best_fit, infer, intact_share, inverter, unlikely, unlikely_prose
from .inversion import HOLE, Piece
from .light import fix_line
from .lines import Line, lines_beyond_ascii
from .model import LanguageModel
from .normalise import normalise
from .plan import Plan, plan
from .radicals import fold_radicals as fold
from .review import chosen_instead
from .values import SURE, Candidate, Chooser, Guess, Question, Repair

_PASSES: Final = 16
"""How often a text is gone through at most. Each pass but the last makes it shorter, or nearly."""
_CELL_EDGE: Final = re.compile(r"[ \t]*\|")
_FORMATTED_EDGE: Final = re.compile(r"[ \t]+\|")
_BLANKS_OF_TABLE: Final = re.compile(r"(?<! ) ++(?=\|)")
_SPACE_AT_EDGE: Final = re.compile(r"\u00a0[ \t]*\|")


@dataclass(slots=True)
class _Edit:
    """A line or a part of one, and what it becomes."""

    start: int
    end: int
    text: str
    guesses: list[Guess] = field(default_factory=list)  # spans within the text of the edit


def repair(
    text: str,
    *,
    channel: Channel | str | None = None,
    choose: Chooser | None = None,
    below: float = SURE,
    fold_radicals: bool = False,
    model: LanguageModel | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Repair:
    """Restore text whose UTF-8 bytes were misread and partly lost.

    Clean text comes back as it is, and so does what was repaired before.

    Args:
        text: the text.
        channel: how it was damaged, if that is known: a channel, its description, or the name of a
            code page, with which the rest is inferred. By default all is inferred from the text.
        choose: asked for each restored character that is less sure than ``below``; answers with
            the text of one of its candidates, or None to leave the language model's choice.
        below: the probability from which on a character counts as sure, 0 to 1.
        fold_radicals: whether to turn Kangxi and CJK radicals into unified ideographs as well.
        model: the language model; by default the one that comes with the package.
        progress: told now and then how many lines are done, and of how many.

    Returns:
        The repaired text, with what was found and done.

    Raises:
        ChannelError: ``channel`` names no channel.
        ValueError: ``choose`` answers with no candidate.
        ModelError: the language model cannot be read.

    Example:
        >>> repair("æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚").text
        '我们介绍一种新的方法。'
        >>> repair("Ceci n'est pas une œuvre: « déjà vu ».").steps
        ()
    """
    if isinstance(channel, str):
        Channel.parse(channel)  # a wrong name is an error even where nothing is to be repaired
    named = channel is not None
    found: Channel | None = None
    guesses: tuple[Guess, ...] = ()
    steps: list[str] = []
    # Text can have been misread twice over, so go on until there is nothing to repair: then
    # repairing the result once more cannot change it either.
    for _ in range(_PASSES):
        if text.isascii() or not (named or unlikely(text)):
            break
        lines = list(lines_beyond_ascii(text))
        current = _resolve(channel, lines) if channel is not None else infer(lines)
        before = text
        if current is not None:
            intact = intact_share(current)
            # Where half of the bytes are gone nothing can be told from one more.
            edges = current.no_break_spaces == "trimmed" or (
                intact > 0.5 and not _SPACE_AT_EDGE.search(text)
            )
            work = _Work(current, model, choose, below, edges=edges)
            plans = plan(lines, inverter(current), intact, named=named)
            text, guesses = _apply(
                text, guesses, _told(map(work.edit, plans), len(plans), progress)
            )
            if text != before:
                if work.trimmed:
                    current = replace(current, no_break_spaces="trimmed")
                found = found or current
                steps.append(f"inverted {current.describe()}")
        if text == before:
            edits, light_steps = _light(lines)
            text, guesses = _apply(text, guesses, edits)
            steps += light_steps
        if text == before:
            break
    if fold_radicals and (folded := fold(text)) != text:
        text = folded
        guesses = tuple(_folded(guess) for guess in guesses)
        steps.append("folded radicals")
    return Repair(text, found, guesses, tuple(steps))


def _told(
    edits: Iterable[_Edit | None], total: int, progress: Callable[[int, int], None] | None
) -> Iterator[_Edit | None]:
    """The edits, telling after each how many there were."""
    for number, edit in enumerate(edits, 1):
        if progress is not None:
            progress(number, total)
        yield edit


def _resolve(channel: Channel | str, lines: list[Line]) -> Channel:
    """The channel that a caller named, with what was left open inferred."""
    if isinstance(channel, Channel):
        return channel
    parsed = Channel.parse(channel)
    if "," in channel:
        return parsed
    best = best_fit(unlikely_prose(lines), [parsed.codec])
    return best.channel if best is not None else parsed


def _light(lines: list[Line]) -> tuple[list[_Edit], list[str]]:
    """Let ftfy repair the lines that lost nothing, code aside."""
    edits: list[_Edit] = []
    steps: dict[str, None] = {}
    for line in lines:
        if line.fenced or not is_bad(line.prose):
            continue
        for start, end in _outside_code(line):
            part = line.text[start:end]
            if not is_bad(part):
                continue
            fixed, done = fix_line(part)
            if fixed != part:
                edits.append(_Edit(line.start + start, line.start + end, fixed))
                steps.update(dict.fromkeys(f"ftfy: {step}" for step in done))
    return edits, list(steps)


def _outside_code(line: Line) -> Iterator[tuple[int, int]]:
    """The stretches of a line between its code spans."""
    start = 0
    for code_start, code_end in line.code_spans():
        if code_start > start:
            yield start, code_start
        start = code_end
    if start < len(line.text):
        yield start, len(line.text)


class _Work:
    """Repairs planned lines."""

    def __init__(
        self,
        channel: Channel,
        model: LanguageModel | None,
        choose: Chooser | None,
        below: float,
        *,
        edges: bool,
    ) -> None:
        self._channel = channel
        self._model = model
        self._decoder: Decoder | None = None
        self._choose = choose
        self._below = below
        self._edges = edges
        self.trimmed = channel.no_break_spaces == "trimmed"

    def edit(self, planned: Plan) -> _Edit | None:
        """Repair one line; None where damaging the result would not give it back."""
        line, pieces = planned.line, planned.pieces
        start, end = pieces[0].start, pieces[-1].end
        template = _join(line.text[start:end], pieces, start)
        groups = [group for piece in pieces for group in piece.groups]
        if not groups:
            return _Edit(line.start + start, line.start + end, template)
        fillings = self._fill(line.text[:start] + template + line.text[end:], groups)
        if fillings is None or not self._gives_back(pieces, fillings, line.text):
            return None
        parts = template.split(HOLE)
        made = [parts[0]]
        length = len(parts[0])
        guesses: list[Guess] = []
        for filling, part in zip(fillings, parts[1:], strict=True):
            best = filling[0]
            span = Span(length, length + len(best.text))
            guesses.append(Guess(span, best.text, best.probability, filling))
            made += (best.text, part)
            length = span.end + len(part)
        edit = _Edit(line.start + start, line.start + end, "".join(made), guesses)
        if self._choose is not None:
            self._ask(self._choose, edit, line.text[:start], line.text[end:])
        return edit

    def _fill(self, text: str, groups: list[bytes]) -> list[tuple[Candidate, ...]] | None:
        if self._decoder is None:
            self._decoder = Decoder(self._model or _bundled_model(), self._channel)
        decoder = self._decoder
        if self._edges:
            groups = _with_edges(text, groups, self._channel.no_break_spaces)
        symbols = normalise(text)
        holes = [decoder.hole(group) for group in groups]
        if not all(hole.members for hole in holes):
            return None
        return decoder.fill(symbols, holes)

    def _gives_back(
        self, pieces: tuple[Piece, ...], fillings: list[tuple[Candidate, ...]], text: str
    ) -> bool:
        """Whether damaging what was made gives what was there, no-break spaces aside."""
        rest = iter(fillings)
        for piece in pieces:
            first, *others = piece.text.split(HOLE)
            made = first + "".join(next(rest)[0].text + part for part in others)
            damaged, original = self._channel.damage(made), text[piece.start : piece.end]
            if damaged == original:
                continue
            if self._channel.no_break_spaces == "blank":
                damaged, original = (
                    _BLANKS_OF_TABLE.sub(" ", t.replace("\u00a0", " ")) for t in (damaged, original)
                )
            elif self._edges:
                damaged, original = (t.replace("\u00a0", "") for t in (damaged, original))
                self.trimmed = True
            if damaged != original:
                return False
        return True

    def _ask(self, choose: Chooser, edit: _Edit, before: str, after: str) -> None:
        shift = 0
        for number, guess in enumerate(edit.guesses):
            span = Span(guess.span.start + shift, guess.span.end + shift)
            guess = replace(guess, span=span)
            if guess.probability < self._below:
                answer = choose(
                    Question(
                        before + edit.text[: span.start],
                        edit.text[span.end :] + after,
                        guess.chosen,
                        guess.candidates,
                    )
                )
                if answer is not None and answer != guess.chosen:
                    guess = chosen_instead(guess, answer)
                    edit.text = edit.text[: span.start] + answer + edit.text[span.end :]
                    shift += guess.span.end - span.end
            edit.guesses[number] = guess


@lru_cache(maxsize=1)
def _bundled_model() -> LanguageModel:
    return LanguageModel.open()


def _join(text: str, pieces: Iterable[Piece], offset: int) -> str:
    """The text with its pieces as they were read, holes and all."""
    made: list[str] = []
    end = offset
    for piece in pieces:
        made += (text[end - offset : piece.start - offset], piece.text)
        end = piece.end
    return "".join(made)


def _with_edges(text: str, groups: list[bytes], spaces: NoBreakSpaces) -> list[bytes]:
    """Mark the holes where a no-break space may have been cut off.

    Args:
        text: a line with its holes.
        groups: the bytes of each hole.
        spaces: what the channel says. If it is "trimmed", this may be at the edge of any cell and
            line; otherwise only in a row of a table with blanks around its cells, as a formatter
            writes it. If they became blanks, these may have been taken for those of the hole.
    """
    parts = text.split(HOLE)[1:]
    if spaces == "trimmed":
        parts[-1] += "|"
    elif not text.startswith("|" if spaces == "kept" else "| "):
        return groups
    edge = _FORMATTED_EDGE if spaces == "kept" else _CELL_EDGE
    marked = []
    for group, part in zip(groups, parts, strict=True):
        found = edge.match(part)
        if found is not None:
            group += EDGE
            if spaces == "blank":
                group += b" " * min(found.end() - 1, 2)
        marked.append(group)
    return marked


def _folded(guess: Guess) -> Guess:
    candidates = tuple(replace(c, text=fold(c.text)) for c in guess.candidates)
    return replace(guess, chosen=fold(guess.chosen), candidates=candidates)


def _apply(
    text: str, guesses: tuple[Guess, ...], edits: Iterable[_Edit | None]
) -> tuple[str, tuple[Guess, ...]]:
    """Carry out edits from left to right; guesses elsewhere move along, those within go."""
    made: list[str] = []
    moved: list[Guess] = []
    older = iter(guesses)
    waiting = next(older, None)
    position = length = 0
    for edit in edits:
        if edit is None:
            continue
        kept = text[position : edit.start]
        while waiting is not None and waiting.span.start < edit.end:
            if waiting.span.end <= edit.start:
                moved.append(_shifted(waiting, length - position))
            waiting = next(older, None)
        made += (kept, edit.text)
        length += len(kept)
        moved += [_shifted(guess, length) for guess in edit.guesses]
        length += len(edit.text)
        position = edit.end
    while waiting is not None:
        moved.append(_shifted(waiting, length - position))
        waiting = next(older, None)
    made.append(text[position:])
    return "".join(made), tuple(moved)


def _shifted(guess: Guess, by: int) -> Guess:
    span = Span(guess.span.start + by, guess.span.end + by)
    return Guess(span, guess.chosen, guess.probability, guess.candidates)
