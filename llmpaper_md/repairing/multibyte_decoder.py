"""Restore what UTF-8 lost when it was read through a page of two bytes a character.

The misread text is a row of tokens: bytes that are known, and signs for bytes that are not. A sign
stands for one byte or two, within a character of the original or across the border of two, and
perhaps for an ASCII character as well. So the lattice goes from token to token, and its state is
the bytes of a character that are still open, with the last three symbols for the language model.
Between two tokens where all that is open is the same for every path, what was lost is a question of
its own; the forward-backward algorithm gives the probability of each answer, whole strings where
the borders of characters are lost with them.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Final

from ..source import Span
from .candidates import class_weight
from .model import LanguageModel
from .multibyte import Form, byte_table, pair_table, private_character, single_table
from .normalise import BOUNDARY, normalise, symbol
from .result import Candidate, Guess
from .swallowed import (
    DIGIT,
    LETTER,
    LINE_ENDS,
    NO_PAIR,
    NO_SPACE_AFTER,
    NOTHING,
    SPACE_AFTER,
    Shares,
)

_BEAM: Final = 3e-5
_WIDTH: Final = 48
_WIDEST: Final = 240
_ANSWERS: Final = 300
"""How many strings are followed at most while a question is answered."""
_SHOWN: Final = 60
_LEAST: Final = 1e-6
_SHARPNESS: Final = 0.7
"""Power of the posterior: measured, the model is surer of these than it may be."""
_SURPRISE: Final = 6e-5
_UNKNOWN_WEIGHT: Final = 30_000.0
_RADICAL_SHARE: Final = 1e-3
_TAKEN: Final = "\x04"
"""Stands for the ASCII character that a sign took with it."""
_MEMBERS: Final = {
    DIGIT: dict.fromkeys("0123456789", 0.1),
    LETTER: dict.fromkeys(string.ascii_letters + "|[]_", 1 / 56),
}
"""ASCII that is one to the language model: told apart only when a question is answered."""
_OPEN: Final = (0xC2, *range(0xE2, 0xEA), 0xEF, 0xF0)
_REST: Final = tuple(range(0x80, 0xC0))

_State = tuple[bytes, int, int, int, int]
_Edge = tuple[_State, _State, float, str]
_Way = tuple[bytes, int, str, float, int, float, frozenset[str]]
"""The same for the language model: open bytes, byte to check, character, weight, its id, how likely
what is open will be, and which ASCII may have been taken with it: `_TAKEN`, `LETTER`, or both."""
_Step = tuple[bytes, int, str, float]
"""What a sign can have stood for: bytes left open, a byte to check with the next, text, weight."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A run read back.

    Attributes:
        text: what it was, most likely.
        guesses: what was lost in it; spans within the text.
        score: the logarithm of its probability.
    """

    text: str
    guesses: list[Guess]
    score: float


class MultiByteDecoder:
    """Restores runs with a language model.

    Args:
        model: the model.
        codec: the code page of two bytes.
    """

    def __init__(self, model: LanguageModel, codec: str) -> None:
        self._model = model = model.for_any_bytes()
        self._codec = codec
        self._width = _WIDTH
        self._boundary = model.ids(BOUNDARY)[0]
        self._line_start = (self._boundary,) * 3
        self._any_line_end = model.logprob(0, 0, 0, self._boundary)
        self._letter, self._digit = model.ids("a")[0], model.ids("0")[0]
        self._prepared: dict[tuple[str, str, bytes, int, int], list[_Prepared]] = {}
        self._symbols: dict[str, tuple[int, float]] = {}

    def decode(
        self,
        text: str,
        form: Form,
        before: str,
        after: str,
        taken: Sequence[Shares] = (),
        *,
        wide: bool = False,
    ) -> Decoded | None:
        """Read a run back.

        Args:
            text: the run.
            form: how what fits nothing was read.
            before: the text before it in its line.
            after: the text after it.
            taken: for each sign of it which ASCII character it may have taken with it; needed for
                forms that do that.
            wide: whether to follow more readings than usual, where none of those led to the end.

        Returns:
            The likeliest reading, None where the form cannot have made the run.
        """
        tokens = _tokens(text, self._codec, form)
        if tokens is None:
            return None
        self._width = _WIDEST if wide else _WIDTH
        lattice = self._forward(tokens, form, before, after, taken)
        return None if lattice is None else self._read(*lattice)

    def _forward(
        self,
        tokens: Sequence[bytes | str],
        form: Form,
        before: str,
        after: str,
        taken: Sequence[Shares],
    ) -> (
        tuple[list[dict[_State, float]], list[list[_Edge]], list[dict[_State, float]], float] | None
    ):
        context = [self._boundary] * 3 + self._model.ids(normalise(before[-40:])[-3:])
        a, b, c = context[-3:]
        ahead: dict[_State, float] = {(b"", -1, a, b, c): 1.0}
        columns = [ahead]
        lattice: list[list[_Edge]] = []
        score = 0.0
        shares = iter(taken)
        for number, token in enumerate(tokens):
            following: dict[_State, float] = {}
            edges: list[_Edge] = []
            if isinstance(token, str):
                upcoming = tokens[number + 1] if number + 1 < len(tokens) else b""
                here = next(shares, ())
                for state, mass in ahead.items():
                    self._sign(state, mass, token, upcoming, form, here, edges, following)
            elif token:
                for state, mass in ahead.items():
                    self._known(state, mass, token, edges, following)
            if not following:
                return None
            top = max(following.values())
            score += log(top)
            # What is open has not met the model yet: by its lead it is known how likely it will be.
            ranks = {state: mass * _ahead(state[0]) for state, mass in following.items()}
            floor = max(ranks.values()) * _BEAM
            if len(ranks) > self._width:
                floor = max(floor, sorted(ranks.values())[-self._width])
            ahead = {s: mass / top for s, mass in following.items() if ranks[s] >= floor}
            columns.append(ahead)
            lattice.append([edge for edge in edges if edge[1] in ahead])
        final = self._model.ids(normalise(after[:40])[:3])
        behind: dict[_State, float] = {}
        for state, mass in ahead.items():
            if state[0]:
                continue  # a character that is still open
            step = 1.0
            _, _, a, b, c = state
            for number in final:
                step *= exp(self._model.logprob(a, b, c, number))
                a, b, c = b, c, number
            behind[state] = step if final else self._line_end(a, b, c)
            del mass
        if not behind:
            return None
        score += log(sum(ahead[state] * step for state, step in behind.items()))
        backward = [behind]
        for edges in reversed(lattice):
            earlier: dict[_State, float] = {}
            for state, target, step, _ in edges:
                rest = behind.get(target)
                if rest is not None:
                    earlier[state] = earlier.get(state, 0.0) + step * rest
            if not earlier:
                return None
            top = max(earlier.values())
            behind = {state: mass / top for state, mass in earlier.items()}
            backward.append(behind)
        backward.reverse()
        return columns, lattice, backward, score

    def _read(
        self,
        columns: list[dict[_State, float]],
        lattice: list[list[_Edge]],
        backward: list[dict[_State, float]],
        score: float,
    ) -> Decoded:
        settled = [
            len({state[:2] for state in column if state in behind}) == 1
            for column, behind in zip(columns, backward, strict=True)
        ]
        made: list[str] = []
        guesses: list[Guess] = []
        length = start = 0
        while start < len(lattice):
            end = start + 1
            while not settled[end] and end < len(lattice):
                end += 1
            answers = self._answers(columns[start], lattice[start:end], backward[start : end + 1])
            best = answers[0].text
            if len(answers) > 1:
                span = Span(length, length + len(best))
                guesses.append(Guess(span, best, answers[0].probability, answers))
            made.append(best)
            length += len(best)
            start = end
        return Decoded("".join(made), guesses, score)

    def _answers(
        self,
        column: dict[_State, float],
        lattice: Sequence[Sequence[_Edge]],
        backward: Sequence[dict[_State, float]],
    ) -> tuple[Candidate, ...]:
        """The strings that can have stood between two tokens, the most probable first."""
        paths = {(state, ""): mass for state, mass in column.items() if state in backward[0]}
        for edges, behind in zip(lattice, backward[1:], strict=True):
            by_state: dict[_State, list[_Edge]] = {}
            for edge in edges:
                by_state.setdefault(edge[0], []).append(edge)
            following: dict[tuple[_State, str], float] = {}
            for (state, text), mass in paths.items():
                for _, target, step, emitted in by_state.get(state, ()):
                    if target in behind:
                        key = (target, text + emitted)
                        following[key] = following.get(key, 0.0) + mass * step
            if len(following) > _ANSWERS:
                ranks = {key: mass * behind[key[0]] for key, mass in following.items()}
                floor = sorted(ranks.values())[-_ANSWERS]
                following = {key: m for key, m in following.items() if ranks[key] >= floor}
            paths = following
        masses: dict[str, float] = {}
        for (state, text), mass in paths.items():
            masses[text] = masses.get(text, 0.0) + mass * backward[-1][state]
        masses = _told_apart(masses)
        if len(masses) <= 1:
            return tuple(Candidate(text, 1.0) for text in masses)
        top = max(masses.values())
        shares = {text: (mass / top) ** _SHARPNESS for text, mass in masses.items() if mass > 0}
        shares = {text: share + _SURPRISE for text, share in shares.items()}
        total = sum(shares.values())
        ranked = sorted(((share / total, text) for text, share in shares.items()), reverse=True)
        return tuple(
            Candidate(text, share)
            for place, (share, text) in enumerate(ranked)
            if place < 2 or (place < _SHOWN and share > _LEAST)
        )

    def _known(
        self,
        state: _State,
        mass: float,
        token: bytes,
        edges: list[_Edge],
        following: dict[_State, float],
    ) -> None:
        open_, pending, a, b, c = state
        if pending >= 0 and not _fails(self._codec, pending, token[0]):
            return
        step = 1.0
        emitted = ""
        for byte in token:
            fed = _feed(open_, byte)
            if fed is None:
                return
            open_, char = fed
            if char:
                emitted += char
                number, weight = self._symbol(char)
                if char <= "\x7f":
                    a, b, c = self._after_ascii(char, a, b, c)
                elif number >= 0:
                    step *= exp(self._model.logprob(a, b, c, number)) * weight
                    a, b, c = b, c, number
        target = (open_, -1, a, b, c)
        edges.append((state, target, step, emitted))
        following[target] = following.get(target, 0.0) + mass * step

    def _sign(
        self,
        state: _State,
        mass: float,
        sign: str,
        upcoming: bytes | str,
        form: Form,
        taken: Shares,
        edges: list[_Edge],
        following: dict[_State, float],
    ) -> None:
        open_, pending, a, b, c = state
        first = upcoming[0] if isinstance(upcoming, bytes) and upcoming else -1
        if isinstance(upcoming, str):
            first = -2
        if sign == "?" and not open_ and pending < 0:
            # A question mark of the text's own.
            edges.append((state, state, 0.02, "?"))
            following[state] = following.get(state, 0.0) + mass * 0.02
        floor = 0.0
        for prepared in self._options(form, sign, open_, pending, first):
            answers = self._model.logprobs(a, b, c, prepared.ids) if prepared.ids else ()
            for index, (left, wait, text, weight, number, likely, tails) in enumerate(
                prepared.steps
            ):
                step = weight * exp(answers[index]) if answers else weight
                rank = step * likely * (taken[0][1] if tails and taken else 1.0)
                if rank * _BEAM > floor:
                    floor = rank * _BEAM
                elif rank < floor:
                    continue
                if not tails:
                    target = (left, wait, a, b, c) if number == -1 else (left, wait, b, c, number)
                    edges.append((state, target, step, text))
                    following[target] = following.get(target, 0.0) + mass * step
                    continue
                last = (a, b, c) if number == -1 else (b, c, number)
                for tail, share in taken:
                    if (LETTER if tail in NO_PAIR else _TAKEN) not in tails:
                        continue
                    if tail == NOTHING and first != -1:
                        continue
                    through = step * share
                    if through < floor:
                        break  # they are in the order of their shares
                    if tail == " " and text in NO_SPACE_AFTER:
                        through *= SPACE_AFTER
                    # What stands at the start of a line is told by the model, list items aside.
                    own = last
                    if tail in LINE_ENDS:
                        through *= self._line_end(*last)
                        if not 0 <= first < 0x40:
                            own = self._line_start
                    target = (left, wait, *own)
                    edges.append((state, target, through, text + tail))
                    following[target] = following.get(target, 0.0) + mass * through

    def _line_end(self, a: int, b: int, c: int) -> float:
        """How much likelier than elsewhere a line ends after three symbols; 1 where it has."""
        if (a, b, c) == self._line_start:
            return 1.0
        return exp(self._model.logprob(a, b, c, self._boundary) - self._any_line_end)

    def _after_ascii(self, char: str, a: int, b: int, c: int) -> tuple[int, int, int]:
        """The last symbols after an ASCII character."""
        if char in "|\n\r":
            return self._boundary, self._boundary, self._boundary
        if char.isalpha() or char == LETTER:
            return (a, b, c) if c == self._letter else (b, c, self._letter)
        if char.isdigit() or char == DIGIT:
            return (a, b, c) if c == self._digit else (b, c, self._digit)
        number, _ = self._symbol(char)
        return (a, b, c) if number < 0 else (b, c, number)

    def _symbol(self, char: str) -> tuple[int, float]:
        """The model's id of a character, -1 where it sees none, and the factor of its share."""
        known = self._symbols.get(char)
        if known is None:
            seen = normalise(char) if char <= "\x7f" else symbol(char)
            if not seen:
                known = (-1, class_weight(char) / _UNKNOWN_WEIGHT if char > "\x7f" else 1.0)
            else:
                number = self._model.ids(seen)[0]
                weight = class_weight(char) / _UNKNOWN_WEIGHT if not number else 1.0
                known = (number, weight * (_RADICAL_SHARE if seen != char else 1.0))
            self._symbols[char] = known
        return known

    def _options(
        self, form: Form, sign: str, open_: bytes, pending: int, first: int
    ) -> list[_Prepared]:
        """What a sign can have stood for, ready for the language model."""
        # What kind of byte follows matters, and which only if it could make a pair.
        kind = first
        if not form.again and (0 <= first < 0x40 or first >= 0x80):
            kind = 0 if first < 0x40 else 0x80 if first < 0xC0 else 0xC0
        key = (form.name, sign, open_, pending, kind)
        found = self._prepared.get(key)
        if found is None:
            tails: dict[tuple[bytes, int, str], set[str]] = {}
            seen: list[_Way] = []
            unseen: list[_Way] = []
            for left, wait, text, weight in steps(self._codec, form, sign, open_, pending, kind):
                if len(text) > 1:
                    tails.setdefault((left, wait, text[0]), set()).add(text[1:])
                    continue
                number, share = self._symbol(text) if text else (-1, 1.0)
                way: _Way = (left, wait, text, weight * share, number, _ahead(left), frozenset())
                (seen if number >= 0 else unseen).append(way)
            for (left, wait, text), own in tails.items():
                number, share = self._symbol(text)
                way = (left, wait, text, share, number, 1.0, frozenset(own))
                (seen if number >= 0 else unseen).append(way)
            found = [_Prepared(seen, [way[4] for way in seen]), _Prepared(unseen, [])]
            self._prepared[key] = found
        return found


def _told_apart(masses: dict[str, float]) -> dict[str, float]:
    """The same with each class of ASCII as its members."""
    for mark, members in _MEMBERS.items():
        if any(mark in text for text in masses):
            masses = {
                text.replace(mark, char): mass * (share if mark in text else 1.0)
                for text, mass in masses.items()
                for char, share in members.items()
            }
    return masses


@dataclass(frozen=True, slots=True)
class _Prepared:
    steps: list[_Way]
    ids: list[int]


@cache
def steps(
    codec: str, form: Form, sign: str, open_: bytes, pending: int, first: int
) -> tuple[_Step, ...]:
    """List what a sign can have stood for.

    Args:
        codec: the code page.
        form: how what fits nothing was read.
        sign: the sign.
        open_: the bytes of the character that is not complete before it.
        pending: a byte before it that must not make a pair with its first one, or -1.
        first: the first byte after it; -1 for the end, -2 where that is a sign as well.

    Returns:
        For each the bytes that are open after it, a byte that must not make a pair with what
        follows (or -1), the text that it completes, and its weight.
    """
    found: list[_Step] = []
    firsts = _OPEN if not open_ else _REST
    singles = single_table(codec)

    def add(data: tuple[int, ...], wait: int, weight: float, tail: str = "") -> None:
        if pending >= 0 and not _fails(codec, pending, data[0]):
            return
        left: bytes = open_
        text = ""
        for byte in data:
            fed = _feed(left, byte)
            if fed is None:
                return
            left, char = fed
            text += char
        if tail and left:
            return
        if (first == -1 or 0 <= first < 0x80 or first >= 0xC0) and left:
            return  # what follows cannot go on with it
        if 0x80 <= first < 0xC0 and not left:
            return
        found.append((left, wait, text + tail, weight))

    for byte in firsts:
        if byte in singles:
            continue
        if byte == 0x80:
            if not form.euro and sign == form.pair:
                add((byte,), -1, 1.0)
            continue
        if form.again:
            if sign == form.pair:
                if first == -2:
                    add((byte,), byte, 1.0)
                elif first == -1 or _fails(codec, byte, first):
                    add((byte,), -1, 1.0)
            continue
        if sign == form.lead:
            if form.swallows:
                add((byte,), -1, 1.0, _TAKEN)
            elif first < 0x40:  # another sign may be a question mark of the text's own
                add((byte,), -1, 1.0 if first != -2 else 0.02)
        before_letter = not form.swallows and 0x40 <= first < 0x80
        if sign == form.pair and before_letter and _fails(codec, byte, first):
            add((byte,), -1, 1.0)
        if sign == form.pair and form.swallows and (byte << 8 | 0x41) not in pair_table(codec):
            add((byte,), -1, 1.0, LETTER)
        if sign == form.pair:
            seconds = _REST if open_ and len(open_) + 1 < _length(open_[0]) else _OPEN
            if not open_:
                seconds = _REST
            for second in seconds:
                if _fails(codec, byte, second) and not (
                    form.private and private_character(codec, byte, second)
                ):
                    add((byte, second), -1, 1.0)
    return tuple(found)


def _fails(codec: str, lead: int, trail: int) -> bool:
    """Whether two bytes are no character of a page."""
    return lead in (0x80, 0xFF) or (lead << 8 | trail) not in pair_table(codec)


def _ahead(open_: bytes) -> float:
    """How likely a character with these first bytes is, roughly."""
    return _LEAD_SHARES.get(open_[0], 1e-5) * 0.02 if open_ else 1.0


_LEAD_SHARES: Final = {
    0xE2: 0.005, 0xE3: 0.035, 0xE4: 0.13, 0xE5: 0.28, 0xE6: 0.19, 0xE7: 0.15, 0xE8: 0.1, 0xE9: 0.06,
    0xEF: 0.04, 0xF0: 0.0005, 0xC2: 0.0005, 0xC3: 0.0002,
}  # fmt: skip


def _length(lead: int) -> int:
    return 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _feed(open_: bytes, byte: int) -> tuple[bytes, str] | None:
    """Add a byte to those that are open: what is open then, and a character if it is complete."""
    if not open_:
        if byte < 0x80:
            return b"", chr(byte)
        return (bytes([byte]), "") if 0xC2 <= byte <= 0xF4 else None
    if not 0x80 <= byte < 0xC0:
        return None
    made = open_ + bytes([byte])
    if len(made) < _length(made[0]):
        return made, ""
    try:
        return b"", made.decode()
    except UnicodeDecodeError:
        return None


def _tokens(text: str, codec: str, form: Form) -> list[bytes | str] | None:
    table = byte_table(codec)
    signs = form.pair + form.lead
    tokens: list[bytes | str] = []
    for char in text:
        if char in signs:
            tokens.append(char)
        elif char <= "\x7f":
            tokens.append(char.encode())
        elif char in table:
            tokens.append(table[char])
        else:
            return None
    return tokens
