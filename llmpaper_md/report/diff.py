"""Unified diffs, made from the edits themselves: comparing two long texts would take too long."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from ..filenames import quoted_as_in_c
from ..source import Edit, Source, Span

_CONTEXT = 3


def changed_lines(before: Source, after: Source) -> list[Edit]:
    """The edits, of whole lines, between two texts that are mostly alike.

    Lines that occur exactly once in both texts, and in the same order, are anchors (B. Cohen's
    patience diff); the lines between two anchors are compared from both ends. This takes no longer
    than sorting, whereas `difflib` would compare every line with every other.

    >>> changed_lines(Source.of("a\\nb\\nd\\n"), Source.of("a\\nc\\nd\\n"))
    [Edit(span=Span(start=2, end=4), replacement='c\\n')]
    """
    old = [before.text[start:end] for start, end in _lines(before)]
    new = [after.text[start:end] for start, end in _lines(after)]
    starts = (*before.line_starts, len(before.text))
    edits: list[Edit] = []
    i = j = 0
    for old_anchor, new_anchor in [*_anchors(old, new), (len(old), len(new))]:
        end_i, end_j = old_anchor, new_anchor
        while i < end_i and j < end_j and old[i] == new[j]:
            i, j = i + 1, j + 1
        while i < end_i and j < end_j and old[end_i - 1] == new[end_j - 1]:
            end_i, end_j = end_i - 1, end_j - 1
        if end_i - i == end_j - j:
            # The same number of lines: one edit per line, so that unchanged lines are left out.
            edits += (
                Edit(Span(starts[i + n], starts[i + n + 1]), new[j + n])
                for n in range(end_i - i)
                if old[i + n] != new[j + n]
            )
        else:
            edits.append(Edit(Span(starts[i], starts[end_i]), "".join(new[j:end_j])))
        i, j = old_anchor, new_anchor
    return edits


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The indexes of lines that occur once in both, as the longest sequence increasing in both."""
    if len(old) == len(new):
        return []
    in_old, in_new = Counter(old), Counter(new)
    indexes = {line: j for j, line in enumerate(new) if in_new[line] == 1}
    pairs = [
        (i, indexes[line]) for i, line in enumerate(old) if in_old[line] == 1 and line in indexes
    ]
    ends: list[int] = []  # of the best sequence of each length: the index in new
    best: list[int] = []  # and the pair that it ends with
    previous: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        previous.append(best[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        best[length : length + 1] = [number]
    chain = []
    number = best[-1] if best else -1
    while number >= 0:
        chain.append(pairs[number])
        number = previous[number]
    return chain[::-1]


def _lines(source: Source) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, including its line ending."""
    ends = (*source.line_starts[1:], len(source.text))
    return zip(source.line_starts, ends, strict=True)


def unified_diff(before: Source, edits: Iterable[Edit]) -> Iterator[str]:
    r"""The lines of a unified diff (POSIX, ``diff -u``), each with a line ending.

    Args:
        before: the text before the edits.
        edits: edits that do not overlap.

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
    name = quoted_as_in_c(before.name)
    # Like git: a tab after a name with spaces, so that it is not cut off at the first space.
    tab = "\t" if " " in name and not name.startswith('"') else ""
    yield f"--- {name}{tab}\n"
    yield f"+++ {name}{tab}\n"
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
"""The first and last (exclusive) line replaced, counted from 0, and the new lines."""


def _blocks(before: Source, edits: Iterable[Edit]) -> Iterator[_Block]:
    """Whole lines that change, neighbouring ones together."""
    text, starts = before.text, (*before.line_starts, len(before.text))
    count = len(starts) - 1
    pending: tuple[int, int, list[Edit]] | None = None
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        first = before.position(edit.span.start).line - 1
        last = before.position(max(edit.span.start, edit.span.end - 1)).line
        if edit.replacement[-1:] not in ("\n", "\r") and edit.span.end == starts[last]:
            last = min(last + 1, count)  # the next line is joined to this one
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
        last -= 1  # there is no line after the last line ending
    while first < last and new and text[starts[last - 1] : starts[last]] == new[-1]:
        last -= 1  # a line that lines were inserted before is itself unchanged
        new.pop()
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
