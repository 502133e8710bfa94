"""Repair a text: from the text at hand to `Repair`."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ftfy.badness import is_bad

from ..source import HasSource, Source, Span, as_source
from .adaptation import Adaptation
from .candidates import EDGE
from .channel import Channel, NoBreakSpaces
from .channels import parse_channel
from .decoder import Decoder, FilledLine
from .edits import Edit, Part, Progress
from .emoji import before_presentation
from .evidence import (
    Doubt,
    best_fit,
    infer,
    intact_share,
    inverter,
    unlikely_parts,
)
from .ftfy_pass import changes, fix_line
from .glance import Glance, may_hold_escapes
from .inversion import HOLE, Piece
from .line_selection import Plan, plan
from .lines import Line, lines_beyond_ascii
from .lost_text import REPLACED
from .model import LanguageModel
from .multibyte import MultiByteChannel
from .normalise import normalise
from .pinyin import in_words
from .radicals import fold_radicals as fold
from .result import SURE, Candidate, Chooser, Guess, Kind, Repair
from .review import ask
from .stages import Found, escapes, letter_parts, letters, lost, multi_byte

_CHANNELS: Final = 6
"""How many channels are tried for text that looks damaged, before it is left to ftfy."""
_ESCAPE_SIGNS: Final = ("\\u", "&#")
_PASSES: Final = 16
"""The most passes over a text. Each pass but the last makes it shorter, with rare exceptions."""
_CELL_EDGE: Final = re.compile(r"[ \t]*\|")
_FORMATTED_EDGE: Final = re.compile(r"[ \t]+\|")
_SPACES_OF_TABLE: Final = re.compile(r"(?<! ) ++(?=\|)")
_SPACE_AT_EDGE: Final = re.compile(r"\u00a0[ \t]*(?:\||[\r\n]|\Z)")


def repair(
    text: str | Source | HasSource,
    *,
    channel: Channel | MultiByteChannel | str | None = None,
    choose: Chooser | None = None,
    below: float = SURE,
    fold_radicals: bool = False,
    model: LanguageModel | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Repair:
    """Restore text whose UTF-8 bytes were misread and partly lost.

    Clean text is returned as it is, and so is what was repaired before. Any text will do, not only
    lists: the markers of a merge conflict are kept, and both of its sides are repaired.

    Args:
        text: the text, or a `Source` or `Document` that holds it.
        channel: how it was damaged, if that is known: a channel, its description, or the name of a
            code page; what this leaves open is inferred from the text. By default everything is.
        choose: called with a `Question` for each restored character whose probability is less than
            ``below``; returns the text of one of its candidates, or None to keep the language
            model's choice.
        below: the probability from which a restored character is certain, 0 to 1.
        fold_radicals: whether to turn Kangxi and CJK radicals into unified ideographs as well.
        model: the language model; by default the one that comes with the package.
        progress: called from time to time with the number of repaired lines and of all lines.

    Returns:
        The repaired text, with what was found and done.

    Raises:
        ChannelError: ``channel`` is not valid.
        ValueError: ``choose`` returned something that is not a candidate.
        ModelError: the language model cannot be read.

    Example:
        >>> repair("æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚").text
        '我们介绍一种新的方法。'
        >>> repair("Ceci n'est pas une œuvre: « déjà vu ».").steps
        ()
    """
    text = as_source(text).text
    single: Channel | str | None = None
    multi: MultiByteChannel | None = None
    # A wrong name is an error even where there is nothing to repair.
    parsed = parse_channel(channel) if isinstance(channel, str) else channel
    if isinstance(parsed, MultiByteChannel):
        multi = parsed
    else:
        single = channel if isinstance(channel, str) else parsed
    found: Channel | None = None
    steps: list[str] = []
    done = Progress(text)
    # Text may have been misread twice, and in several ways, so continue until there is nothing to
    # repair: then repairing the result again cannot change it either.
    glance = Glance("")
    for _ in range(_PASSES):
        plain = done.text.isascii()
        if plain and not may_hold_escapes(done.text):
            glance = Glance(done.text)
            break
        doubt = Doubt(done.text)
        glance = Glance(done.text, doubt.seen)
        lines: list[Line] | None = None
        if not plain and (single or doubt.unlikely(done.text)) and multi is None:
            lines = list(lines_beyond_ascii(done.text))
            guessed = bool(done.guesses)
            current = _one_channel(
                done, lines, doubt, single, model, choose, below, progress, letters=glance.letters
            )
            if current is not None:
                # For text misread twice, the channel is the one with guesses.
                if found is None or (done.guesses and not guessed):
                    found = current
                steps.append(f"restored from {current.describe()}")
                continue
        if single is not None:
            if lines is None or not _left_to_ftfy(done, lines, steps):
                break
            continue
        if not _other_stages(done, glance, model, choose, below, multi, steps) and (
            multi is not None or lines is None or not _left_to_ftfy(done, lines, steps)
        ):
            break
    else:
        glance = Glance(done.text)
    done.apply(_what_is_left(done, glance, model, multi))
    text, guesses = done.text, done.guesses
    if fold_radicals and (folded := fold(text)) != text:
        text = folded
        guesses = tuple(_folded(guess) for guess in guesses)
        steps.append("folded radicals")
    return Repair(text, found, guesses, tuple(steps), done.runs())


def _left_to_ftfy(done: Progress, lines: list[Line], steps: list[str]) -> bool:
    edits, light_steps = _light(lines)
    steps += light_steps
    return done.apply(edits)


def _other_stages(
    done: Progress,
    glance: Glance,
    model: LanguageModel | None,
    choose: Chooser | None,
    below: float,
    multi: MultiByteChannel | None,
    steps: list[str],
) -> bool:
    """Repair what was misread in another way, and return whether that changed anything."""
    text = done.text
    shown = multi is not None or bool(glance.pages)
    if not (shown or glance.letters or glance.escapes):
        return False
    lines = list(lines_beyond_ascii(text, _ESCAPE_SIGNS if glance.escapes else ()))
    model = model or _bundled_model()
    for stage in range(3):
        if stage == 0:
            made = multi_byte(text, lines, model, choose, below, multi) if shown else Found()
        elif multi is not None:
            break
        else:
            made = (letters, escapes)[stage - 1](text, lines, model)
        if done.apply(made.edits):
            steps += made.steps
            return True
    return False


def _what_is_left(
    done: Progress,
    glance: Glance,
    model: LanguageModel | None,
    multi: MultiByteChannel | None,
) -> list[Edit]:
    """What is or may be damaged and was not changed, to be reported."""
    text = done.text
    if not (glance.pages or glance.letters or glance.lost):
        return []
    lines = list(lines_beyond_ascii(text, ("??",)))
    edits: list[Edit] = list(lost(lines)) if glance.lost else []
    if glance.pages:
        edits += multi_byte(text, lines, model or _bundled_model(), None, 1.0, multi).left
    if glance.letters:
        edits += letters(text, lines, model or _bundled_model()).left
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        if not done.free(edit.start, edit.end):
            continue
        if kept and edit.start < kept[-1].end:
            # That bytes were replaced is said where nothing more is known.
            if kept[-1].parts[0].channel != REPLACED:
                continue
            kept.pop()
        kept.append(edit)
    return kept


def _one_channel(
    done: Progress,
    lines: list[Line],
    doubt: Doubt,
    channel: Channel | str | None,
    model: LanguageModel | None,
    choose: Chooser | None,
    below: float,
    progress: Callable[[int, int], None] | None,
    *,
    letters: bool,
) -> Channel | None:
    """Repair what went through one channel; None if that changes nothing."""
    without: set[str] = set()

    def otherwise(parts: Sequence[str]) -> Container[str]:
        return letter_parts(parts, model or _bundled_model()) if letters else ()

    for _ in range(_CHANNELS):
        if channel is not None:
            current: Channel | None = _resolve(channel, lines)
        else:
            current = infer(lines, doubt, without, otherwise)
        if current is None:
            return None
        intact = intact_share(current)
        # If half of the bytes are lost, one more says nothing.
        edges = current.no_break_spaces == "trimmed" or (
            intact > 0.5 and not _SPACE_AT_EDGE.search(done.text)
        )
        work = _Work(current, model, choose, below, edges=edges)
        plans = plan(lines, inverter(current), intact, named=channel is not None)
        filled = list(_with_progress(map(work.fill, plans), len(plans), progress))
        if done.apply(map(work.edit, plans, work.fill_again(filled))):
            if work.trimmed:
                current = replace(current, no_break_spaces="trimmed")
            return current
        if channel is not None:
            return None
        # The evidence for it has another cause, and must not hide another channel.
        without.add(current.codec)
    return None


def _with_progress(
    lines: Iterable[FilledLine | None], total: int, progress: Callable[[int, int], None] | None
) -> Iterator[FilledLine | None]:
    """The lines, with progress reported after each."""
    for number, line in enumerate(lines, 1):
        if progress is not None:
            progress(number, total)
        yield line


def _resolve(channel: Channel | str, lines: list[Line]) -> Channel:
    """The channel that the caller named, with the rest inferred."""
    if isinstance(channel, Channel):
        return channel
    parsed = Channel.parse(channel)
    if "," in channel:
        return parsed
    best = best_fit("\n".join(unlikely_parts(lines)[0]), [parsed.codec])
    return best.channel if best is not None else parsed


def _light(lines: list[Line]) -> tuple[list[Edit], list[str]]:
    """Let ftfy repair the lines that lost nothing, outside code."""
    edits: list[Edit] = []
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
                edits.append(_by_ftfy(part, fixed, line.start + start, done))
                steps.update(dict.fromkeys(f"ftfy: {step}" for step in done))
    return edits, list(steps)


def _by_ftfy(before: str, after: str, start: int, done: Sequence[str]) -> Edit:
    """What ftfy changed, with alternatives."""
    edit = Edit(start, start + len(before), after)
    for change in changes(before, after):
        edit.guesses += change.guesses
        edit.parts.append(
            Part(
                start + change.start,
                start + change.end,
                change.made,
                "single letters, by ftfy",
                "guessed" if change.guesses else "exact",
                ", ".join(done),
                change.proved,
            )
        )
    return edit


def _outside_code(line: Line) -> Iterator[tuple[int, int]]:
    """The parts of a line between its code spans."""
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

    def fill(self, planned: Plan) -> FilledLine | None:
        """Fill the damaged characters of one line; None if there are none, or no candidates."""
        line, pieces = planned.line, planned.pieces
        groups = [group for piece in pieces for group in piece.groups]
        if not groups:
            return None
        start, end = pieces[0].start, pieces[-1].end
        template = _join(line.text[start:end], pieces, start)
        return self._fill(line.text[:start] + template + line.text[end:], groups)

    def fill_again(self, lines: list[FilledLine | None]) -> list[FilledLine | None]:
        """Fill the lines of a document again, each with what was learned from all."""
        if self._decoder is None:
            return lines
        adaptation = Adaptation(self._decoder.model)
        for line in lines:
            if line is not None:
                adaptation.learn(line.symbols, line.holes, line.fillings)
        again: list[FilledLine | None] = []
        for line in lines:
            if line is not None:
                weighed = adaptation.weighed(line.symbols, line.weighed, line.fillings)
                line = self._decoder.fill_again(line, weighed)
            again.append(line)
        return again

    def edit(self, planned: Plan, filled: FilledLine | None) -> Edit | None:
        """Repair one line; None if damaging the result would not give it back."""
        line, pieces = planned.line, planned.pieces
        start, end = pieces[0].start, pieces[-1].end
        template = _join(line.text[start:end], pieces, start)
        damaged = any(piece.groups for piece in pieces)
        fillings = filled.fillings if filled is not None else None if damaged else []
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
        edit = Edit(line.start + start, line.start + end, "".join(made), guesses)
        if self._choose is not None:
            ask(self._choose, self._below, edit, line.text[:start], line.text[end:])
        edit.parts = self._parts(planned, edit.guesses)
        return edit

    def _parts(self, planned: Plan, guesses: Sequence[Guess]) -> list[Part]:
        """The places of the pieces of a line in the text of its edit."""
        start = planned.line.start
        first = planned.pieces[0].start
        parts: list[Part] = []
        shift = taken = 0
        for piece in planned.pieces:
            own = guesses[taken : taken + len(piece.groups)]
            taken += len(own)
            length = len(piece.text) - len(own) + sum(len(guess.chosen) for guess in own)
            place = piece.start - first + shift
            head, tail = _ascii_around(planned.line.text[piece.start : piece.end], piece.text)
            made = Span(place + head, place + length - tail)
            shift += length - (piece.end - piece.start)
            whole = piece.characters
            evidence = f"{whole:,} complete and {len(own):,} damaged UTF-8 characters"
            kind: Kind = "guessed" if own else "exact"
            begin, end = start + piece.start + head, start + piece.end - tail
            parts.append(Part(begin, end, made, self._channel.describe(), kind, evidence))
        return parts

    def _fill(self, text: str, groups: list[bytes]) -> FilledLine | None:
        if self._decoder is None:
            self._decoder = Decoder(self._model or _bundled_model(), self._channel)
        decoder = self._decoder
        if self._edges:
            groups = _with_edges(text, groups, self._channel.no_break_spaces)
        symbols = normalise(text)
        holes = [decoder.hole(group) for group in groups]
        if not all(hole.members for hole in holes):
            return None
        return decoder.fill_line(symbols, before_presentation(text, in_words(text, holes)))

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
            if self._channel.no_break_spaces == "space":
                damaged, original = (
                    _SPACES_OF_TABLE.sub(" ", t.replace("\u00a0", " ")) for t in (damaged, original)
                )
            elif self._edges:
                damaged, original = (t.replace("\u00a0", "") for t in (damaged, original))
                self.trimmed = True
            if damaged != original:
                return False
        return True


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


def _ascii_around(before: str, after: str) -> tuple[int, int]:
    """How much ASCII both begin with, and how much both end with."""
    head = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b or a > "~"), 0
    )
    backwards = zip(reversed(before), reversed(after), strict=False)
    tail = next((n for n, (a, b) in enumerate(backwards) if a != b or a > "~"), 0)
    return head, tail


def _with_edges(text: str, groups: list[bytes], spaces: NoBreakSpaces) -> list[bytes]:
    """Mark the holes where a no-break space may have been cut off.

    Args:
        text: a line with its holes.
        groups: the bytes of each hole.
        spaces: what the channel says. If it is "trimmed", this may be at the edge of any cell and
            line; otherwise only in a row of a table with spaces around its cells, as a formatter
            writes it. If they became spaces, these may have been taken for those of the hole.
    """
    parts = text.split(HOLE)[1:]
    if spaces == "trimmed":
        parts[-1] += "|"
    elif not text.startswith("|" if spaces == "kept" else "| "):
        if spaces == "kept" and not parts[-1]:
            return [*groups[:-1], groups[-1] + EDGE]  # editors cut off what ends a line
        return groups
    edge = _FORMATTED_EDGE if spaces == "kept" else _CELL_EDGE
    marked = []
    for group, part in zip(groups, parts, strict=True):
        found = edge.match(part)
        if found is not None:
            group += EDGE
            if spaces == "space":
                group += b" " * min(found.end() - 1, 2)
        marked.append(group)
    return marked


def _folded(guess: Guess) -> Guess:
    candidates = tuple(replace(c, text=fold(c.text)) for c in guess.candidates)
    return replace(guess, chosen=fold(guess.chosen), candidates=candidates)
