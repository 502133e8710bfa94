r"""Text, its lines, and positions in it.

Offsets count code points from 0, lines and columns count from 1, columns in code points.
A line ends at ``\r\n``, ``\r`` or ``\n`` and nowhere else: U+0085, U+2028 and the other
characters at which `str.splitlines` splits are data in damaged text.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from .errors import SourceError

LINE_END = re.compile(r"\r\n?|\n")
"""Where a line ends, and nowhere else."""

LARGEST = 256 << 20
"""The most bytes that a list may have. A device or a pipe may never end."""

_CHUNK = 1 << 20

SPACES = " \t"
"""Space and tab, the only characters stripped from the ends of a cell."""


class Span(NamedTuple):
    """A range of offsets in code points, from 0: ``start`` is inclusive, ``end`` exclusive.

    >>> Span(2, 5).cut("abcdefg")
    'cde'
    """

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The part of ``text`` that the span covers."""
        return text[self.start : self.end]


class Position(NamedTuple):
    """A line and a column, both from 1; the column in code points.

    >>> Source.of("# 论文\\n模型").position(7)
    Position(line=2, column=3)
    """

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """The replacement of a range of a text; an empty range is an insertion.

    >>> Edit(Span(2, 5), "x")
    Edit(span=Span(start=2, end=5), replacement='x')
    """

    span: Span
    replacement: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to a text, for example those of a `Fix`.

    Args:
        text: the text that the spans of the edits refer to.
        edits: edits that do not overlap, in any order; of insertions at one place, the first comes
            first.

    Returns:
        The new text.

    >>> apply("abcd", [Edit(Span(0, 1), ""), Edit(Span(2, 2), "文")])
    'b文cd'
    """
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (text[place : edit.span.start], edit.replacement)
        place = edit.span.end
    return "".join((*parts, text[place:]))


class Excerpt(NamedTuple):
    r"""Text put together from pieces of a source, with their offsets in the source.

    ``pieces`` are pairs of offsets, in the excerpt and in the source, ascending in both.

    >>> excerpt = Excerpt("a b\nc", ((0, 10), (4, 20)))
    >>> excerpt.span(2, 5)
    Span(start=12, end=21)
    """

    text: str
    pieces: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The span in the source from the first to the last character of ``text[start:end]``."""
        if end <= start:
            offset = self._offset(start)
            return Span(offset, offset)
        return Span(self._offset(start), self._offset(end - 1) + 1)

    def _offset(self, offset: int) -> int:
        if len(self.pieces) == 1:
            return offset + self.pieces[0][1] - self.pieces[0][0]
        index = bisect_right(self.pieces, (offset, sys.maxsize)) - 1
        own, there = self.pieces[max(index, 0)]
        return there + offset - own


@dataclass(frozen=True, slots=True)
class Source:
    r"""A text with its name and the offsets at which its lines begin.

    ``line_starts[i]`` is the offset of line ``i + 1``. A line ending at the end of
    the text begins one more, empty line. Created by `Source.of`.

    >>> source = Source.of("ab\r\ncd\u2028e\n", "list.md")
    >>> source.line_starts
    (0, 4, 9)
    >>> source.position(5)
    Position(line=2, column=2)
    >>> source.offset(2, 2)
    5
    >>> source.line(2)
    'cd\u2028e'
    """

    text: str
    name: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, name: str = "<string>") -> Source:
        """Create a source; ``name`` is used in error messages and reports."""
        return cls(text, name, (0, *(end.end() for end in LINE_END.finditer(text))))

    @property
    def line_end(self) -> str:
        """The ending of the first line, to be used for new lines; ``\\n`` if there is none."""
        found = LINE_END.search(self.text)
        return found[0] if found else "\n"

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of ``column`` in ``line``, both from 1."""
        return self.line_starts[line - 1] + column - 1

    def line_span(self, number: int) -> Span:
        """The span of line ``number`` (from 1), including its line ending."""
        last = number == len(self.line_starts)
        return Span(
            self.line_starts[number - 1], len(self.text) if last else self.line_starts[number]
        )

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its line ending."""
        return self.line_span(number).cut(self.text).rstrip("\r\n")


class HasSource(Protocol):
    """A value made from a source, such as a parsed list."""

    @property
    def source(self) -> Source:
        """What it was made from."""


def as_source(text: str | Source | HasSource) -> Source:
    """The source that a caller gave, in any of the forms that public functions accept.

    >>> as_source("# A").name, as_source(Source.of("# A", "list.md")).name
    ('<string>', 'list.md')
    """
    if isinstance(text, str):
        return Source.of(text)
    return text if isinstance(text, Source) else text.source


def read(path: Path | str, *, limit: int = LARGEST) -> Source:
    """Read a UTF-8 file.

    A byte order mark stays in the text, as its first character.

    Args:
        path: the file; ``-`` is standard input.
        limit: the most bytes that it may have.

    Returns:
        Its text with its name.

    Raises:
        SourceError: the file cannot be read, is too large, is not UTF-8 (the message has the byte
            offset and the likely encoding), or contains a NUL character.

    >>> read("no/such/list.md")
    Traceback (most recent call last):
    llmpaper_md.errors.SourceError: no/such/list.md: no such file

    """
    if str(path) == "-":
        if sys.stdin is None:
            raise SourceError("<stdin>: cannot be read: standard input is closed")
        try:
            return decode(_read_all(sys.stdin.buffer, limit), "<stdin>")
        except OSError as error:
            raise SourceError(f"<stdin>: cannot be read: {error.strerror or error}") from None
    try:
        data = read_bytes(path, limit)
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{path}: cannot be read: {error}") from None
    return decode(data, str(path))


def read_bytes(path: Path | str, limit: int, *, only_regular: bool = False) -> bytes:
    """The contents of a file, up to a limit.

    Args:
        path: the file.
        limit: the most bytes that it may have.
        only_regular: refuse pipes and devices without waiting for them.

    Raises:
        OSError: the file cannot be read; it is too large if the error is `errno.EFBIG`.
    """

    def open_(name: str, flags: int) -> int:
        if only_regular:
            # Opening a device may have effects, and opening a pipe blocks until somebody writes.
            _check_regular(os.stat(name))  # noqa: PTH116 - no Path is at hand
            flags |= getattr(os, "O_NONBLOCK", 0)
        return os.open(name, flags)

    with open(path, "rb", buffering=0, opener=open_) as file:
        if only_regular:
            _check_regular(os.fstat(file.fileno()))
        return _read_all(file, limit)


def _check_regular(status: os.stat_result) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if kind != stat.S_IFREG:
        raise OSError(errno.EINVAL, f"it is {_KINDS.get(kind, 'no file')}, not a regular file")


_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def _read_all(file: BinaryIO | FileIO, limit: int) -> bytes:
    chunks: list[bytes] = []
    left = limit + 1
    while left > 0 and (chunk := file.read(min(left, _CHUNK))):
        chunks.append(chunk)
        left -= len(chunk)
    if left <= 0:
        size = f"{limit >> 20:,} MiB" if limit >= _CHUNK else f"{limit:,} bytes"
        raise OSError(errno.EFBIG, f"larger than {size}")
    return b"".join(chunks)


def decode(data: bytes, name: str) -> Source:
    """Create a `Source` from the bytes of a UTF-8 file.

    Raises:
        SourceError: as for `read`.

    >>> decode("论文".encode("gb18030"), "old.md")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    llmpaper_md.errors.SourceError: old.md: not UTF-8: byte 0xC2 at offset 0 (line 1); ...

    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{name}: not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start} "
            f"(line {line}); it looks like {_likely_encoding(data)}: convert it to UTF-8 first"
        ) from None
    if (nul := text.find("\0")) >= 0:
        kind = "UTF-16 or UTF-32" if text.count("\0") > len(text) // 4 else "a binary file"
        place = Source.of(text[:nul], name).position(nul)
        raise SourceError(
            f"{name}:{place.line}:{place.column}: a NUL character at byte offset "
            f"{data.find(0)}; it looks like {kind}: convert it to UTF-8 first"
        )
    return Source.of(text, name)


def _likely_encoding(data: bytes) -> str:
    """The encoding that ``data``, known not to be UTF-8, is most likely in, for a message."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    sample = data[:65536]
    if sample.count(0) > len(sample) // 4:
        return "UTF-16 without a byte order mark"
    if max(map(len, re.findall(rb"[\x80-\xff]+", sample)), default=1) == 1:
        # Accented letters among ASCII: GBK would read each with the next letter as Chinese.
        return _SINGLE_BYTE
    for codec, name in (
        ("gb18030", "GB 18030 (GBK)"),
        ("big5", "Big5"),
        ("shift_jis", "Shift JIS"),
    ):
        # The sample may end in the middle of a character; an error elsewhere rules the codec out.
        text = sample.decode(codec, "replace").rstrip("�")
        east_asian = [c for c in text if c > "\u2fff"]
        common = sum("\u3000" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" for c in east_asian)
        if "�" not in text and common > 0.9 * len(east_asian) > 0:
            return name
    return _SINGLE_BYTE


_SINGLE_BYTE = "a single-byte encoding such as Windows-1252"
