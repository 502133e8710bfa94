"""A character n-gram model of Chinese, read in place from one mapped file.

`LanguageModel.logprob` returns the natural logarithm of the probability of a character after three
others. The model is a backoff model (modified Kneser-Ney; ``tools/language_model`` builds it and
describes how it is estimated and pruned): the probability of the longest stored n-gram that ends
the four characters, times the backoff weights of the longer histories.

The file
--------
All numbers are little-endian. The file begins with 24 bytes: the magic ``89 4E 47 4D 0D 0A 1A 0A``
(after PNG's: a transfer as text breaks it), version (u16), number of sections (u16), CRC-32 of all
that follows (u32), length of the file (u64). Then comes an offset and a length (u64 each) for each
section, then the sections, each at a multiple of 8. With V characters and N2, N3, N4 n-grams:

========== ============= ========================================================================
section    holds         meaning
========== ============= ========================================================================
characters u32 [V]       code points of the ids 1 to V, the most frequent first
unigrams   f32 [V+1]     ln P of each id; id 0 is all characters never counted, together
levels     f32 [4][256]  what the codes of one byte stand for: ln P of 2-, 3- and 4-grams, ln of
                         the backoff weights
backoff1   u8 [V+1]      code of the weight of the unigrams after this id
first2     u32 [V+2]     where the 2-grams of each id begin
id2        u16 [N2]      last character of the 2-gram, ascending within its list
prob2      u8 [N2]       code of ln P
backoff2   u8 [N2]       code of the weight of the 2-grams after this pair
size3      u16 [N2]      number of 3-grams that begin with this pair
block3     u32           where the 3-grams begin, of each 32nd 2-gram
low3       u8 [N3]       last character of the 3-gram: its place in a list, low byte (see below)
high3      u8 [N3]       the same, high byte
prob3      u8 [N3]       code of ln P, not descending within its list
backoff3   u8 [N3]       code of the weight of the 3-grams after these three
size4      u8 [N3]       number of 4-grams that begin with these three
block4     u32           where the 4-grams begin, of each 32nd 3-gram
low4       u8 [N4]       last character of the 4-gram: its place in a list, low byte
high4      u8 [N4]       the same, high byte
prob4      u8 [N4]       code of ln P, not descending within its list
========== ============= ========================================================================

An n-gram is not stored without the shorter one it ends with. So the last character of the 3-gram
``bcd`` need not be stored itself: the place of ``d`` among the 2-grams ``c?`` is enough, and for
the 4-gram ``abcd`` the place among the 3-grams ``bc?``. These are small numbers, which zip packs
well (G. E. Pibiri and R. Venturini, *Efficient Data Structures for Massive N-Gram Datasets*, SIGIR
2017, call it context-based remapping). It also means that a look-up goes from the shortest n-gram
to the longest and ends at the first that is missing, and that a place is found by looking for one
byte, which `mmap.find` does in C.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self, cast

from ..errors import ModelError

_Format = Literal["B", "H", "I", "f"]

MAGIC: Final = b"\x89NGM\r\n\x1a\n"
VERSION: Final = 1
HEADER: Final = struct.Struct("<8sHHIQ")
SECTIONS: Final[tuple[tuple[str, _Format], ...]] = (
    ("characters", "I"),
    ("unigrams", "f"),
    ("levels", "f"),
    ("backoff1", "B"),
    ("first2", "I"),
    ("id2", "H"),
    ("prob2", "B"),
    ("backoff2", "B"),
    ("size3", "H"),
    ("block3", "I"),
    ("low3", "B"),
    ("high3", "B"),
    ("prob3", "B"),
    ("backoff3", "B"),
    ("size4", "B"),
    ("block4", "I"),
    ("low4", "B"),
    ("high4", "B"),
    ("prob4", "B"),
)
"""Name and type code of each section, in order."""

BLOCK: Final = 32
"""How many entries share one stored start of lists."""
BUNDLED: Final = Path(__file__).with_name("zh.model")

_HISTORIES: Final = 1 << 15
"""How many histories are cached, with the results for each."""
_PAIRS: Final = 1 << 14
"""How many 2-grams are cached."""
_BYTES: Final = tuple(bytes([value]) for value in range(256))

_Pair = tuple[int, int, int, float]
_History = tuple[dict[int, float], int, int, int, int, int, int, float, float, float]


class LanguageModel:
    """A mapped language model; close it, or use it as a context manager.

    Not safe to share between threads: answers are kept in plain dictionaries.

    >>> with LanguageModel.open() as model:
    ...     history = model.ids("的大模")
    ...     likely, unlikely = model.ids("型压")
    ...     model.logprob(*history, likely) > model.logprob(*history, unlikely)
    True
    """

    def __init__(self, data: mmap.mmap, name: str) -> None:
        """Check the mapped file and create views of its sections; usually called by `open`."""
        self._data = data
        self._views: list[memoryview] = []
        try:
            self._lay_out(_sections(data, name))
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, path: Path | None = None) -> LanguageModel:
        """Map a model file, the bundled one by default.

        Raises ModelError where it cannot be read, is not a model, was cut or changed, or has
        another version.
        """
        path = BUNDLED if path is None else path
        if sys.byteorder != "little":
            raise ModelError(f"{path}: language models are read on little-endian machines only")
        try:
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            raise ModelError(f"{path}: not a language model: the file is empty") from None
        except OSError as error:
            message = f"{path}: the language model cannot be read: {error.strerror or error}"
            raise ModelError(message) from None
        return cls(data, str(path))

    def close(self) -> None:
        """Release the file; the model cannot be used any more."""
        self._histories: dict[int, _History] = {}
        self._pairs: dict[int, _Pair] = {}
        for view in reversed(self._views):
            view.release()
        self._views.clear()
        with suppress(BufferError):
            self._data.close()

    def for_any_bytes(self) -> LanguageModel:
        """The same model for channels that do not lose the same bytes each time.

        The file lacks the n-grams of characters that no single-byte page damages, and weights of
        histories are as if they were there. A channel that damages any character asks for them:
        here the weight of a history without any 4-gram left is 1. To be closed with this one.
        """
        model = copy(self)
        model._any_bytes = True
        model._histories = {}
        return model

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of characters with a probability of their own."""
        return len(self._ids)

    def ids(self, text: str) -> list[int]:
        """The id of each character of normalised text, 0 for one that was never counted."""
        get = self._ids.get
        return [get(character, 0) for character in text]

    def text(self, ids: list[int]) -> str:
        """The characters of these ids, U+FFFD for 0: the inverse of `ids`."""
        return "".join(chr(self._characters[i - 1]) if i else "\ufffd" for i in ids)

    def logprob(self, a: int, b: int, c: int, d: int) -> float:
        """The logarithm ln P(d | a b c), of ids. Line endings precede the first character."""
        key = a << 32 | b << 16 | c
        history = self._histories.get(key)
        if history is None:
            history = self._remember(key, self._history(a, b, c))
        answer = history[0].get(d)
        if answer is None:
            answer = history[0][d] = self._ask(history, d)
        return answer

    def logprobs(self, a: int, b: int, c: int, candidates: Sequence[int]) -> list[float]:
        """The logarithm ln P(d | a b c) of each candidate d: faster than `logprob` for each."""
        key = a << 32 | b << 16 | c
        history = self._histories.get(key)
        if history is None:
            history = self._remember(key, self._history(a, b, c))
        known, ask = history[0], self._ask
        answers = []
        for d in candidates:
            answer = known.get(d)
            if answer is None:
                answer = known[d] = ask(history, d)
            answers.append(answer)
        return answers

    def _remember(self, key: int, history: _History) -> _History:
        """Cache a history with its results; they are needed again within a line or never."""
        if len(self._histories) >= _HISTORIES:
            self._histories.clear()
        self._histories[key] = history
        return history

    def _ask(self, history: _History, d: int) -> float:
        _, start, end, start3, end3, start4, end4, weight1, weight2, weight3 = history
        id2 = self._id2
        entry = bisect_left(id2, d, start, end)
        if entry == end or id2[entry] != d:
            return self._unigrams[d] + weight1
        if start3 == end3:
            return self._level2[self._prob2[entry]] + weight2
        # The same search twice, here and for the 4-grams: a call costs more than the search.
        data, find = self._data, self._data.find
        place, rest = (entry - start) & 0xFF, (entry - start) >> 8
        high = self._high3
        byte = _BYTES[place]
        found = find(byte, start3, end3)
        while found >= 0 and data[found + high] != rest:
            found = find(byte, found + 1, end3)
        if found < 0:
            return self._level2[self._prob2[entry]] + weight2
        if start4 != end4:
            place = found - start3
            byte, rest = _BYTES[place & 0xFF], place >> 8
            high = self._high4
            longest = find(byte, start4, end4)
            while longest >= 0 and data[longest + high] != rest:
                longest = find(byte, longest + 1, end4)
            if longest >= 0:
                return self._level4[data[longest + self._to_prob4]]
        return self._level3[data[found + self._to_prob3]] + weight3

    def _history(self, a: int, b: int, c: int) -> _History:
        """What is known after abc: results so far, the places of lists, and weights.

        The list of the 2-grams after c is given by entries, those of the 3-grams after bc and of
        the 4-grams after abc by offsets into the file. The three weights are those of an answer
        from 1-, 2- and 3-grams.
        """
        place, start3, end3, of_bc = self._pair(b, c)
        start4 = end4 = 0
        of_abc = 0.0
        if place >= 0:
            triple = self._triple(a, b, place)
            if triple >= 0:
                of_abc = self._weights[self._backoff3[triple]]
                start4, end4 = _span(triple, self._block4, self._size4, self._low4)
                if start4 == end4 and self._any_bytes:
                    of_abc = 0.0
        of_c = self._weights[self._backoff1[c]]
        return (
            {}, self._first2[c], self._first2[c + 1], start3, end3, start4, end4,
            of_c + of_bc + of_abc, of_bc + of_abc, of_abc,
        )  # fmt: skip

    def _pair(self, b: int, c: int) -> _Pair:
        """What is known of a 2-gram: its place after b, -1 if it is not stored; list; weight."""
        key = b << 16 | c
        known = self._pairs.get(key)
        if known is not None:
            return known
        start, end = self._first2[b], self._first2[b + 1]
        entry = bisect_left(self._id2, c, start, end)
        if entry == end or self._id2[entry] != c:
            known = (-1, 0, 0, 0.0)
        else:
            span = _span(entry, self._block3, self._size3, self._low3)
            known = (entry - start, *span, self._weights[self._backoff2[entry]])
        if len(self._pairs) >= _PAIRS:
            self._pairs.clear()
        self._pairs[key] = known
        return known

    def _triple(self, a: int, b: int, place: int) -> int:
        """The 3-gram that begins with ab and whose last character has this place after b, or -1."""
        _, start, end, _ = self._pair(a, b)
        data, find, high = self._data, self._data.find, self._high3
        byte, rest = _BYTES[place & 0xFF], place >> 8
        found = find(byte, start, end)
        while found >= 0 and data[found + high] != rest:
            found = find(byte, found + 1, end)
        return found - self._low3 if found >= 0 else -1

    def _lay_out(self, sections: dict[str, tuple[int, int]]) -> None:
        whole = memoryview(self._data)
        self._views.append(whole)

        formats = dict(SECTIONS)

        def view(name: str) -> memoryview:
            offset, length = sections[name]
            part = whole[offset : offset + length]
            numbers = cast("memoryview", part.cast(formats[name]))
            self._views.extend((part, numbers))
            return numbers

        self._characters = view("characters")
        self._unigrams: list[float] = list(view("unigrams"))
        levels: list[float] = list(view("levels"))
        self._level2, self._level3, self._level4, self._weights = (
            levels[row : row + 256] for row in range(0, 4 * 256, 256)
        )
        self._backoff1, self._first2 = view("backoff1"), view("first2")
        self._id2, self._prob2, self._backoff2 = view("id2"), view("prob2"), view("backoff2")
        self._size3, self._block3 = view("size3"), view("block3")
        self._backoff3, self._size4 = view("backoff3"), view("size4")
        self._block4 = view("block4")
        # What is searched for in the bytes of the file itself: where the lists begin, and how far
        # from an entry's low byte its high byte and the code of its probability stand.
        at = {name: offset for name, (offset, _) in sections.items()}
        self._low3, self._low4 = at["low3"], at["low4"]
        self._high3, self._to_prob3 = at["high3"] - at["low3"], at["prob3"] - at["low3"]
        self._high4, self._to_prob4 = at["high4"] - at["low4"], at["prob4"] - at["low4"]
        self.entries: tuple[int, int, int, int] = (
            len(self._characters), len(self._id2), sections["low3"][1], sections["low4"][1],
        )  # fmt: skip
        """How many 1-, 2-, 3- and 4-grams are stored."""
        self._any_bytes = False
        self._ids = {chr(code): i for i, code in enumerate(self._characters, 1)}
        self._histories = {}
        self._pairs = {}


def _span(node: int, blocks: memoryview, sizes: memoryview, base: int) -> tuple[int, int]:
    """Where the list of a node begins and ends: the start of its block and the sizes before it."""
    block = node // BLOCK
    start = base + blocks[block] + sum(sizes[block * BLOCK : node])
    return start, start + sizes[node]


def _sections(data: mmap.mmap, name: str) -> dict[str, tuple[int, int]]:
    """Offset and length of each section of a complete file of this version."""
    if data[: len(MAGIC)] != MAGIC:
        raise ModelError(f"{name}: not a language model: it does not begin with the right bytes")
    if len(data) < HEADER.size:
        raise ModelError(f"{name}: the language model was cut: its header is not whole")
    _, version, number, checksum, length = HEADER.unpack_from(data)
    if version != VERSION:
        raise ModelError(f"{name}: a language model of version {version}, not {VERSION}")
    if length != len(data):
        raise ModelError(
            f"{name}: the language model has {len(data)} bytes where its header says {length}"
        )
    with memoryview(data) as whole, whole[HEADER.size :] as rest:
        if zlib.crc32(rest) != checksum:
            raise ModelError(f"{name}: the language model was changed: its checksum is wrong")
    if number != len(SECTIONS):
        raise ModelError(f"{name}: {number} sections in the language model, not {len(SECTIONS)}")
    table = struct.Struct(f"<{2 * number}Q").unpack_from(data, HEADER.size)
    spans = zip(table[::2], table[1::2], strict=True)
    return {section: span for (section, _), span in zip(SECTIONS, spans, strict=True)}
