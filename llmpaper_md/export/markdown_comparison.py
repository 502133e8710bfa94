"""A comparison of two lists as Markdown, for the description of a pull request."""

from __future__ import annotations

import re
from urllib.parse import quote

from ..escaping import escape_text, escape_url
from ..lists.comparing import Comparison
from ..reading.document import Paper
from ..unprintable import printable
from ..words import counted
from .change_texts import change_texts, paper_name, split_renumbered
from .text import safe_url

_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20<>\\]")
# What begins a block at the start of a line, and what GitHub makes formulas of.
_BLOCK_OR_FORMULA = re.compile(r"^(?:[-+=#>]|\d+[.)])|\$")
# What GitHub turns into links and pictures after rendering: @name, #12, :star:.
_AUTOMATIC = re.compile(r"[@#:](?=\w)|(?<=[gG][hH]-)(?=\d)")


def comparison_markdown(comparison: Comparison) -> str:
    """The comparison as sections of Markdown, with a line end.

    >>> from llmpaper_md.lists.comparing import compare
    >>> from llmpaper_md.reading.parser import parse
    >>> a, b = parse("# S\\n|Paper|\\n|-|\\n|[A*](http://a.org)|"), parse("")
    >>> print(comparison_markdown(compare(b, a)), end="")
    ### Added
    <BLANKLINE>
    - [A\\*](http://a.org), S
    """
    if comparison.is_same:
        if comparison.only_papers:
            return "No papers were added or removed.\n"
        return "No papers were added, removed or changed.\n"
    sections = []
    for heading, papers in (("Added", comparison.added), ("Removed", comparison.removed)):
        if papers:
            sections.append([f"### {heading}", "", *map(_item, papers)])
    if comparison.changed:
        changed, renumbered = split_renumbered(comparison)
        lines = ["### Changed", ""]
        for paper in changed:
            lines.append(f"- {_link(paper.after, paper.before)}")
            for change in paper.changes:
                old, new = map(escape_markdown, change_texts(change))
                lines.append(f"  - {change.field}: {old} → {new}")
        if renumbered:
            lines.append(f"- only the ID: {counted(renumbered, 'paper')}")
        sections.append(lines)
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _item(paper: Paper) -> str:
    section = " / ".join(paper.section)
    return f"- {_link(paper)}" + (f", {escape_markdown(printable(section))}" if section else "")


def _link(paper: Paper, other: Paper | None = None) -> str:
    title = escape_markdown(paper_name(paper, other))
    url = paper.url or ""
    if not _ABSOLUTE.match(url):
        return title  # a relative URL would lead elsewhere from the description
    target = _UNSAFE.sub(lambda match: quote(match[0]), safe_url(url))
    return f"[{title}]({escape_url(target)})"


def escape_markdown(text: str) -> str:
    r"""Text of one line as Markdown that renders as exactly this text on GitHub.

    Empty comments keep GitHub from turning parts of it into mentions, references or emoji.

    >>> print(escape_markdown("[A] *b* <c> @d #1 1|2"))
    \[A\] \*b\* \<c> @<!-- -->d #<!-- -->1 1\|2
    """
    escaped = _BLOCK_OR_FORMULA.sub(_escape, escape_text(text))
    return _AUTOMATIC.sub(lambda match: f"{match[0]}<!-- -->", escaped)


def _escape(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"
