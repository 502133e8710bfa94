"""Replacing the block of a file between two markers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import BlockError
from ..reading.blocks import comment_lines
from ..reading.conflicts import refuse_conflicts
from ..source import LINE_END, Source, Span

_MARKER = re.compile(
    r"(?:^|(?<=\r))\ufeff?[ \t]*<!--[ \t]*llmpaper-md:[ \t]*(begin|end)[ \t]+(.*?)[ \t]*-->"
    r"[ \t]*(?:\r\n?|\n|\Z)",
    re.MULTILINE,
)


def fill_block(source: Source, name: str, text: str) -> str:
    r"""A file with a new text between the markers of a block, and everything else as it was.

    The markers are comments on lines of their own, ``<!-- llmpaper-md: begin NAME -->`` and
    ``end``, outside of code and other comments. The lines of the text get the line ending of the
    file's first line.

    Raises:
        BlockError: the file lacks one of the markers, or has one twice.
        ConflictError: the file has an unresolved merge conflict.

    >>> source = Source.of("a\n<!-- llmpaper-md: begin x -->\n<!-- llmpaper-md: end x -->\n")
    >>> fill_block(source, "x", "new\n").split("\n")[2:4]
    ['', 'new']
    """
    refuse_conflicts(source)
    span = _inside(source, name)
    text = LINE_END.sub(source.line_end, f"\n{text}\n" if text else "")
    return source.text[: span.start] + text + source.text[span.end :]


def _inside(source: Source, name: str) -> Span:
    """The text between the markers."""
    found = list(_markers(source, name))
    kinds = [match[1] for match in found]
    if kinds == ["begin", "end"]:
        return Span(found[0].end(), found[1].start())
    example = f"<!-- llmpaper-md: begin {name} --> and <!-- llmpaper-md: end {name} -->"
    if not found:
        raise BlockError(f"{source.name}: no block {name}: add {example}, each on its own line")
    line = source.position(found[-1].start()).line
    raise BlockError(
        f"{source.name}:{line}: the block {name} needs one begin and one end after it: {example}"
    )


def _markers(source: Source, name: str) -> Iterator[re.Match[str]]:
    """The markers of a block that are neither in code nor in another comment."""
    found = [match for match in _MARKER.finditer(source.text) if match[2] == name]
    lines = frozenset(comment_lines(source)) if found else frozenset()
    is_example = False
    for match in found:
        if source.position(match.start(1)).line not in lines:
            is_example = match[1] == "begin"
        elif match[1] == "end" and is_example:
            is_example = False  # what begins in a comment ends that comment, and ends after it
        else:
            is_example = False
            yield match
