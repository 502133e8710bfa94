"""The text of a cell in pieces: links and restored characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..reading.blocks import References
from ..reading.inline import Inline, cell_excerpt, read_inline
from ..reading.links import Link
from ..reading.tables import Cell
from ..repairing import Guess
from ..source import SPACES, Span


class Run(NamedTuple):
    """A piece of plain text that is part of a link, a restored character, both or neither."""

    text: str
    url: str | None = None
    guess: Guess | None = None


class Runs(NamedTuple):
    """The plain text of a cell in order, and what is not part of it.

    ``links`` are those without visible text, such as images; ``guesses`` are those in invisible
    text, such as URLs.
    """

    runs: tuple[Run, ...]
    links: tuple[Link, ...] = ()
    guesses: tuple[Guess, ...] = ()

    @property
    def text(self) -> str:
        """The plain text of all runs."""
        return "".join(run.text for run in self.runs)

    def cut(self, start: int, end: int) -> tuple[Run, ...]:
        """The runs of ``text[start:end]``, with the first and last truncated."""
        found = []
        position = 0
        for run in self.runs:
            text = run.text[max(start - position, 0) : max(end - position, 0)]
            position += len(run.text)
            if text:
                found.append(run._replace(text=text))
        return tuple(found)


# Marks are private-use characters, one per link or guess. Lists do not contain them; if one does,
# the resulting text differs and the marks are not used.
_GUESS, _LINK, _MARKS = 0xF0000, 0x100000, 0xFFFE


def read_runs(
    cell: Cell, inline: Inline, references: References, guesses: Sequence[Guess] = ()
) -> Runs:
    """Find the positions of links and restored characters in the plain text of a cell.

    Plain text does not record where in the source its characters come from. So marks are inserted
    into the source, it is read again, and the marks show the positions.

    Args:
        cell: the cell.
        inline: its parsed content.
        references: the link definitions of the file.
        guesses: the restored characters inside ``cell.span``, in order.

    >>> cell = Cell("**字**见[论文](https://a.org)", Span(0, 24))
    >>> inline = read_inline(cell_excerpt(cell), {})
    >>> guess = Guess(Span(2, 3), "字", 0.8, ())
    >>> [(run.text, run.url, run.guess is guess) for run in
    ...     read_runs(cell, inline, {}, [guess]).runs]
    [('字', None, True), ('见', None, False), ('论文', 'https://a.org', False)]
    """
    links = [link for link in inline.links if link.kind != "image"]
    bracketed = [
        link for link in links if cell.raw.startswith("[", link.span.start - cell.span.start)
    ]
    starts = [link.span.start + 1 for link in bracketed[:_MARKS]]
    link_marks = [(start, chr(_LINK + i)) for i, start in enumerate(starts)]
    starts = [guess.span.start for guess in guesses[:_MARKS]]
    guess_marks = [(start, chr(_GUESS + i)) for i, start in enumerate(starts)]
    offsets = _mark_offsets(cell, inline, references, link_marks + guess_marks) or _mark_offsets(
        cell, inline, references, guess_marks
    )
    known = {
        link: offsets[mark]
        for link, (_, mark) in zip(bracketed, link_marks, strict=False)
        if mark in offsets
    }
    located = {}
    for guess, (_, mark) in zip(guesses, guess_marks, strict=False):
        start = offsets.get(mark, len(inline.text))
        if inline.text.startswith(guess.chosen, start):
            located[Span(start, start + len(guess.chosen))] = guess
    placed, rest = _linked(inline.text, links, known)
    found = {id(guess) for guess in located.values()}
    return Runs(
        tuple(_runs(inline.text, placed, located)),
        (*rest, *(link for link in inline.links if link.kind == "image")),
        tuple(guess for guess in guesses if id(guess) not in found),
    )


def _mark_offsets(
    cell: Cell, inline: Inline, references: References, marks: Sequence[tuple[int, str]]
) -> dict[str, int]:
    """The offset in the plain text of each mark inserted into the source.

    Empty if the marks change the text; marks in invisible text are missing.
    """
    if not marks:
        return {}
    parts: list[str] = []
    position = 0
    for offset, mark in sorted(marks):
        offset -= cell.span.start
        parts += (cell.raw[position:offset], mark)
        position = offset
    marked = "".join((*parts, cell.raw[position:]))
    excerpt = cell_excerpt(Cell(marked, Span(0, len(marked))))
    offsets: dict[str, int] = {}
    plain: list[str] = []
    for character in read_inline(excerpt, references).text:
        if ord(character) >= _GUESS:
            offsets[character] = len(plain)
        else:
            plain.append(character)
    return offsets if "".join(plain) == inline.text else {}


def _linked(
    text: str, links: Sequence[Link], known: dict[Link, int]
) -> tuple[list[tuple[Span, str]], list[Link]]:
    """The spans of links in the text with their URLs, and the links without a span.

    A link whose offset is unknown is searched for after the previous link.
    """
    placed: list[tuple[Span, str]] = []
    rest: list[Link] = []
    position = 0
    for link in links:
        start = known.get(link, position)
        while text[start : start + 1] in SPACES and start < len(text):
            start += 1
        if not text.startswith(link.text, start) or start < position:
            start = text.find(link.text, position)
        if link.text and start >= position:
            position = start + len(link.text)
            placed.append((Span(start, position), link.url))
        else:
            rest.append(link)
    return placed, rest


def _runs(
    text: str, links: Iterable[tuple[Span, str]], guesses: dict[Span, Guess]
) -> Iterable[Run]:
    urls = {span.start: (span.end, url) for span, url in links}
    starts = {span.start: (span.end, guess) for span, guess in guesses.items()}
    edges = {0, len(text)}
    for span in (*guesses, *(Span(start, end) for start, (end, _) in urls.items())):
        edges.update(span)
    ordered = sorted(edges)
    url_end = guess_end = 0
    url: str | None = None
    guess: Guess | None = None
    for start, end in pairwise(ordered):
        if start in urls:
            url_end, url = urls[start]
        if start in starts:
            guess_end, guess = starts[start]
        yield Run(
            text[start:end],
            url if start < url_end else None,
            guess if start < guess_end else None,
        )
