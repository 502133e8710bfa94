"""Pieces of segments: parts of their text, where these are, and how many words they have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import Source, Span
from .link_spans import text_span
from .segments import Segment

HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
WORD = re.compile(r"[^\W_]+(?:['’\-+./][^\W_]+)*")


def count_words(text: str) -> int:
    """The number of words in a text; two Chinese characters are one."""
    if text.isascii() or not HAN.search(text):
        return len(WORD.findall(text))
    han = len(HAN.findall(text))
    return len(WORD.findall(HAN.sub(" ", text))) + (han + 1) // 2


SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
"""An emoji by its name."""
EDGES = " \t,;:.|/·•、，；：。-–—>→!*_~#&\ufe0f\u200b"
"""What may be before and after words and is none of them."""
OPENING, CLOSING = "([（【{", ")]）】}"
LABEL_WORDS = 4
"""The most words of a label in brackets."""
LONG = 3
"""The words from which on a text is a title, and not a name."""
BRACKET = re.compile(r"[()\[\]（）【】]")
ALPHANUMERIC = re.compile(r"[^\W_]")
_INITIAL_AT_END = re.compile(r"(?:^|[\W_])[^\W\d_a-z]\.$")


class Words:
    """Adjacent segments as one text, and where its parts are."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.text = "".join(segment.text for segment in segments)

    def cut(self, start: int, end: int) -> list[Segment]:
        """The segments of a part of the text."""
        place = 0
        pieces = []
        for segment in self._segments:
            first, last = max(start - place, 0), min(end - place, len(segment.text))
            if first < last:
                pieces.append(cut_segment(segment, first, last))
            place += len(segment.text)
        return pieces

    def span(self, start: int, end: int) -> Span:
        """Where a part of the text is in the source."""
        pieces = self.cut(start, end)
        return Span(pieces[0].span.start, pieces[-1].span.end) if pieces else Span(0, 0)


def cut_segment(segment: Segment, start: int, end: int) -> Segment:
    """A part of a segment; its span is that of the whole where escapes make the text shorter."""
    span = segment.span
    if len(segment.text) == span.end - span.start:
        span = Span(span.start + start, span.start + end)
    return Segment(segment.kind, segment.text[start:end], span, segment.style, segment.link)


def trimmed(text: str, span: Span) -> tuple[str, Span]:
    """A text without the signs at its ends that are none of it, and its span."""
    core = text.strip(" \t,;:|，；：、~")
    if (
        core.endswith(".")
        and not core.endswith(("..", "al.", "etc."))
        and not _INITIAL_AT_END.search(core)
    ):
        core = core[:-1]
    core = core.rstrip(" \t,;。")
    if len(text) != span.end - span.start:
        return core, span
    start = text.index(core) if core else 0
    return core, Span(span.start + start, span.start + start + len(core))


def trimmed_title(text: str) -> str:
    """A title without the signs at its ends that text has after it.

    >>> trimmed_title("Nets of pebbles.")
    'Nets of pebbles'
    """
    return trimmed(text, Span(0, len(text)))[0]


def words_span(source: Source, segment: Segment) -> Span:
    """Where the words of a link are."""
    assert segment.link is not None  # noqa: S101 - a link has one
    start = segment.span.start + 1
    if source.text.startswith(segment.text + "](", start):
        return Span(start, start + len(segment.text))
    span = text_span(source, segment.link) or segment.span
    raw = span.cut(source.text)
    start = raw.find(segment.text)
    return Span(span.start + start, span.start + start + len(segment.text)) if start >= 0 else span


def without_edges(text: str) -> str:
    """A text without the signs around it; the full stop after "al" stays."""
    core = text.strip(EDGES + "()")
    return (
        core + "."
        if core.endswith(" al") and text[text.index(core) + len(core) :][:1] == "."
        else core
    )
