"""A comparison of two lists for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..export.change_texts import change_texts, paper_name, split_renumbered
from ..lists.comparing import Comparison
from ..reading.document import Paper
from ..unprintable import printable
from ..words import counted
from .paper_texts import identifier
from .terminal import Style


def text_report(comparison: Comparison, style: Style) -> Iterator[str]:
    """The lines of a report for a terminal.

    >>> import io
    >>> from llmpaper_md.lists.comparing import compare
    >>> from llmpaper_md.reading.parser import parse
    >>> a, b = parse("|Paper|\\n|-|\\n|[A](http://a.org)|"), parse("")
    >>> for line in text_report(compare(a, b), Style(io.StringIO())):
    ...     print(line)
    <string> and <string>: 0 papers added, 1 removed, 0 changed
    - <string>:3: A http://a.org
    """
    before, after = printable(comparison.before.name), printable(comparison.after.name)
    yield style.bold(f"{before} and {after}") + f": {_counts(comparison)}"
    for paper in comparison.added:
        yield f"{style.new('+')} {_position(after, paper, style)} {_described(paper, style)}"
    for paper in comparison.removed:
        yield f"{style.error('-')} {_position(before, paper, style)} {_described(paper, style)}"
    changed_papers, renumbered = split_renumbered(comparison)
    for changed in changed_papers:
        name = paper_name(changed.after, changed.before)
        yield f"{style.star('~')} {_position(after, changed.after, style)} {name}"
        for change in changed.changes:
            old, new = change_texts(change)
            arrow = style.dim("->")
            yield f"    {change.field}: {style.error(old)} {arrow} {style.new(new)}"
    if renumbered:
        yield style.dim(f"only the ID of {counted(renumbered, 'paper')} changed")


def _counts(comparison: Comparison) -> str:
    counts = f"{counted(len(comparison.added), 'paper')} added, {len(comparison.removed):,} removed"
    return counts if comparison.only_papers else f"{counts}, {len(comparison.changed):,} changed"


def _position(name: str, paper: Paper, style: Style) -> str:
    return style.dim(f"{name}:{paper.line}:")


def _described(paper: Paper, style: Style) -> str:
    address = identifier(paper) or printable(paper.url or "")
    return f"{paper_name(paper)} {style.dim(address)}".rstrip(" ")
