"""Unified diffs, made from the edits themselves: comparing two long texts takes too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..source import Edit, Source, Span

_CONTEXT = 3


def changed_lines(before: Source, after: Source) -> list[Edit]:
    """The edits, one a line, between two texts with the same number of lines.

    >>> changed_lines(Source.of("a\\nb\\n"), Source.of("a\\nc\\n"))
    [Edit(span=Span(start=2, end=4), replacement='c\\n')]
    """
    return [
        Edit(Span(*old), after.text[slice(*new)])
        for old, new in zip(_lines(before), _lines(after), strict=True)
        if before.text[slice(*old)] != after.text[slice(*new)]
    ]


def _lines(source: Source) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, its line end included."""
    ends = (*source.line_starts[1:], len(source.text))
    return zip(source.line_starts, ends, strict=True)


def unified_diff(before: Source, edits: Iterable[Edit], name: str | None = None) -> Iterator[str]:
    r"""The lines of a unified diff (POSIX, ``diff -u``), each with a line end.

    Args:
        before: the text before the edits.
        edits: edits that do not overlap.
        name: the name of the file after the edits; by default that of ``before``.

    >>> edits = [Edit(Span(2, 3), "文")]
    >>> print("".join(unified_diff(Source.of("a\nb\nc", "x.md"), edits)), end="")
    --- x.md
    +++ x.md
    @@ -1,3 +1,3 @@
     a
    -b
    +文
     c
    \ No newline at end of file

    """
    hunks = list(_hunks(_blocks(before, edits)))
    if not hunks:
        return
    lines = [before.text[start:end] for start, end in _lines(before)]
    if lines[-1] == "":
        lines.pop()
    yield f"--- {before.name}\n"
    yield f"+++ {name or before.name}\n"
    shift = 0
    for hunk in hunks:
        first = max(hunk[0][0] - _CONTEXT, 0)
        last = min(hunk[-1][1] + _CONTEXT, len(lines))
        body: list[str] = []
        position = first
        grown = 0
        for start, end, new in hunk:
            body += (_line(" ", line) for line in lines[position:start])
            body += (_line("-", line) for line in lines[start:end])
            body += (_line("+", line) for line in new)
            grown += len(new) - (end - start)
            position = end
        body += (_line(" ", line) for line in lines[position:last])
        old, new_range = _range(first, last - first), _range(first + shift, last - first + grown)
        yield f"@@ -{old} +{new_range} @@\n"
        yield from body
        shift += grown


_Block = tuple[int, int, list[str]]
"""Lines replaced, from and to (counted from 0), and the lines in their place."""


def _blocks(before: Source, edits: Iterable[Edit]) -> Iterator[_Block]:
    """Whole lines that change, neighbouring ones together."""
    text, starts = before.text, (*before.line_starts, len(before.text))
    count = len(starts) - 1
    pending: tuple[int, int, list[Edit]] | None = None
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        first = before.position(edit.span.start).line - 1
        last = before.position(max(edit.span.start, edit.span.end - 1)).line
        if edit.replacement[-1:] not in ("\n", "\r") and edit.span.end == starts[last]:
            last = min(last + 1, count)  # what follows joins the line
        if pending and first <= pending[1]:
            pending = (pending[0], max(pending[1], last), [*pending[2], edit])
            continue
        if pending:
            yield _block(text, starts, pending)
        pending = (first, last, [edit])
    if pending:
        yield _block(text, starts, pending)


def _block(text: str, starts: tuple[int, ...], lines: tuple[int, int, list[Edit]]) -> _Block:
    first, last, edits = lines
    parts: list[str] = []
    position = starts[first]
    for edit in edits:
        parts += (text[position : edit.span.start], edit.replacement)
        position = edit.span.end
    parts.append(text[position : starts[last]])
    made = Source.of("".join(parts))
    new = [made.text[start:end] for start, end in _lines(made)]
    if new[-1] == "":
        new.pop()
    if text[starts[last - 1] : starts[last]] == "":
        last -= 1  # behind the last line end stands no line
    return first, last, new


def _hunks(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Blocks whose contexts touch, together."""
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _range(start: int, length: int) -> str:
    if length == 1:
        return str(start + 1)
    return f"{start + (length > 0)},{length}"


def _line(mark: str, line: str) -> str:
    if line.endswith("\n"):
        return mark + line
    end = "" if line.endswith("\r") else "\n\\ No newline at end of file"
    return f"{mark}{line}{end}\n"
