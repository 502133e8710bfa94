"""How many columns of a terminal a text takes, and texts cut and padded to a number of them.

Chinese takes two columns a character, combining marks none; characters of ambiguous width
(UAX #11) count as narrow, as on terminals that are not set to a Chinese, Japanese or Korean locale.
"""

from __future__ import annotations

from collections.abc import Iterator

from wcwidth import wcswidth, wcwidth

_JOINER = "\u200d"
_MARKS = 8
"""How many characters without a width are shown on one that has one. No script needs as many."""


def columns(text: str) -> int:
    """The columns that a printable text takes (see `terminal.printable`).

    >>> columns("a文\u0301★")
    4
    """
    return sum(width for _, width in _clusters(text))


def cut(text: str, room: int) -> str:
    """The text as far as it fits into a number of columns, with ``…`` where it does not.

    >>> [cut("大模型", room) for room in (6, 5, 4, 1)]
    ['大模型', '大模…', '大…', '…']
    """
    # What does not fit at full length may be longer than anything that is shown of it.
    kept: list[str] = []
    used = 0
    fitting = 0  # how many clusters leave room for the …
    for cluster, width in _clusters(text):
        used += width
        if used > room:
            return "".join(kept[:fitting]).rstrip(" ") + "…"
        kept.append(cluster)
        if used < room:
            fitting = len(kept)
    return "".join(kept)


def padded(text: str, room: int) -> str:
    """The text with blanks after it, up to a number of columns."""
    return text + " " * (room - columns(text))


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """What stands in one place of the terminal: a character with the marks on it, and its width."""
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
