"""The terminal columns that a text takes, and texts truncated and padded to a width.

A Chinese character takes two columns, a combining mark none; characters of ambiguous width (UAX
#11) count as narrow, as on terminals that are not set to a Chinese, Japanese or Korean locale.
"""

from __future__ import annotations

from collections.abc import Iterator

from wcwidth import wcswidth, wcwidth

_JOINER = "\u200d"
_MARKS = 8
"""The most zero-width characters shown after another character. No script needs as many."""


def columns(text: str) -> int:
    """The columns that a printable text takes (see `unprintable.printable`).

    >>> columns("a文\u0301★")
    4
    """
    return sum(width for _, width in _clusters(text))


def cut(text: str, room: int) -> str:
    """The text truncated to a number of columns, with ``…`` if it does not fit.

    >>> [cut("大模型", room) for room in (6, 5, 4, 1)]
    ['大模型', '大模…', '大…', '…']
    """
    # The text may be far longer than what is shown of it, so stop when the room is used up.
    kept: list[str] = []
    used = 0
    fitting = 0  # the clusters that leave room for the …
    for cluster, width in _clusters(text):
        used += width
        if used > room:
            return "".join(kept[:fitting]).rstrip(" ") + "…"
        kept.append(cluster)
        if used < room:
            fitting = len(kept)
    return "".join(kept)


def padded(text: str, room: int) -> str:
    """The text with spaces after it, up to a number of columns."""
    return text + " " * (room - columns(text))


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Each character with its combining marks, and their width."""
    if text.isascii():
        yield from ((character, 1) for character in text)
        return
    cluster = ""
    marks = 0
    for character in text:
        if cluster and (wcwidth(character) == 0 or cluster[-1] == _JOINER):
            marks += 1
            if marks <= _MARKS:
                cluster += character
            continue
        if cluster:
            yield cluster, max(wcswidth(cluster), 0)
        cluster, marks = character, 0
    if cluster:
        yield cluster, max(wcswidth(cluster), 0)
