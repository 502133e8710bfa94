"""What is new in a list, for people: on a terminal, and in the description of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ..export.text import safe_url
from ..lists.comparing import Change, ChangedPaper, Comparison, Value
from ..reading.document import Paper
from ..words import counted
from .terminal import Style, printable

_WIDTH = 40
_BEFORE = 10  # what is shown before the first difference of two long texts


def text_report(done: Comparison, style: Style) -> Iterator[str]:
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
    before, after = printable(done.before.name), printable(done.after.name)
    yield style.bold(f"{before} and {after}") + f": {_counts(done)}"
    for paper in done.added:
        yield f"{style.new('+')} {_place(after, paper, style)} {_described(paper, style)}"
    for paper in done.removed:
        yield f"{style.error('-')} {_place(before, paper, style)} {_described(paper, style)}"
    told, renumbered = _split(done)
    for changed in told:
        title = _named(changed.after, changed.before)
        yield f"{style.star('~')} {_place(after, changed.after, style)} {title}"
        for change in changed.changes:
            old, new = _both(change)
            arrow = style.dim("->")
            yield f"    {change.field}: {style.error(old)} {arrow} {style.new(new)}"
    if renumbered:
        yield style.dim(f"only the ID changed of {counted(renumbered, 'paper')}")


def markdown_report(done: Comparison) -> Iterator[str]:
    """The lines of a section for the description of a pull request.

    >>> from llmpaper_md.lists.comparing import compare
    >>> from llmpaper_md.reading.parser import parse
    >>> a, b = parse("# S\\n|Paper|\\n|-|\\n|[A*](http://a.org)|"), parse("")
    >>> print("\\n".join(markdown_report(compare(b, a))))
    ### Added
    <BLANKLINE>
    - [A\\*](<http://a.org>), S
    """
    if done.is_same:
        yield "No paper was added or removed." if done.only_papers else "No paper has changed."
        return
    blocks = []
    for heading, papers in (("Added", done.added), ("Removed", done.removed)):
        if papers:
            blocks.append([f"### {heading}", "", *map(_item, papers)])
    told, renumbered = _split(done)
    if done.changed:
        lines = ["### Changed", ""]
        for changed in told:
            lines.append(f"- {_linked(changed.after, changed.before)}")
            for change in changed.changes:
                old, new = map(escaped, _both(change))
                lines.append(f"  - {change.field}: {old} → {new}")
        if renumbered:
            lines.append(f"- only the ID: {counted(renumbered, 'paper')}")
        blocks.append(lines)
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from block


def _split(done: Comparison) -> tuple[list[ChangedPaper], int]:
    """The changes to tell, and how many papers were only numbered anew.

    A paper that comes or goes changes the IDs of all below it.
    """
    told = [one for one in done.changed if [change.field for change in one.changes] != ["id"]]
    return told, len(done.changed) - len(told)


def _counts(done: Comparison) -> str:
    counts = f"{counted(len(done.added), 'paper')} added, {len(done.removed):,} removed"
    return counts if done.only_papers else f"{counts}, {len(done.changed):,} changed"


def _place(name: str, paper: Paper, style: Style) -> str:
    return style.dim(f"{name}:{paper.line}:")


def _named(paper: Paper, other: Paper | None = None) -> str:
    """What a paper is called, on one line."""
    texts = (paper.title, other.title if other else None, paper.url, paper.introduction_text)
    return printable(" ".join(next(filter(None, texts), "(no title)").split("\n")))


def _described(paper: Paper, style: Style) -> str:
    if paper.arxiv_id:
        where = f"arXiv:{paper.arxiv_id}"
    else:
        where = f"doi:{paper.doi}" if paper.doi else paper.url or ""
    return f"{_named(paper)} {style.dim(printable(where))}".rstrip(" ")


def _both(change: Change) -> tuple[str, str]:
    """A value before and after, in a few words that show the difference."""
    old, new = _value(change.before), _value(change.after)
    if change.field == "url":
        return old or "none", new or "none"
    if isinstance(change.before, str) and isinstance(change.after, str):
        shared = next(
            (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
            min(len(old), len(new)),
        )
        first = shared - _BEFORE if max(len(old), len(new)) > _WIDTH else 0
        return _window(old, first), _window(new, first)
    return _window(old, 0) if old else "none", _window(new, 0) if new else "none"


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        value = " / ".join(value)
    return "" if value is None else printable(" ".join(str(value).split("\n")))


def _window(text: str, first: int) -> str:
    start = max(first, 0)
    shown = text[start : start + _WIDTH]
    before, after = "…" * bool(start), "…" * (start + _WIDTH < len(text))
    return f"{before}{shown}{after}" or "none"


def _item(paper: Paper) -> str:
    section = " / ".join(paper.section)
    return f"- {_linked(paper)}" + (f", {escaped(printable(section))}" if section else "")


def _linked(paper: Paper, other: Paper | None = None) -> str:
    title = escaped(_named(paper, other))
    url = paper.url or ""
    if not _ABSOLUTE.match(url):
        return title  # a relative one leads somewhere else from the description
    target = _UNSAFE.sub(lambda match: quote(match[0]), safe_url(url))
    return f"[{title}](<{target.replace('&', '&amp;')}>)"


_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20<>\\]")
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$]|(?<=:)//|(?<=www)\.|^(?:[-+=#]|\d+[.)])", re.IGNORECASE)
# What GitHub makes links and pictures of once all else is rendered: @name, #12, :star:.
_AUTOMATIC = re.compile(r"[@#:](?=\w)|(?<=[gG][hH]-)(?=\d)")


def escaped(text: str) -> str:
    r"""A text of one line as Markdown that shows just this.

    An empty comment keeps GitHub from making mentions, references and emoji of it.

    >>> print(escaped("[A] *b* <c> @d #1 1|2"))
    \[A\] \*b\* \<c\> @<!-- -->d #<!-- -->1 1\|2
    """
    parts = []
    position = 0
    for match in _AUTOMATIC.finditer(text):
        parts.append(_MARKUP.sub(_escape, text[position : match.end()]))
        position = match.end()
    parts.append(_MARKUP.sub(_escape, text[position:]))
    return "<!-- -->".join(parts)


def _escape(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"
