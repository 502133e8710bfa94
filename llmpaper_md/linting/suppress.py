"""Comments that silence rules.

``<!-- llmpaper-md: ignore NAME, NAME -->`` silences rules on its own line, which may be a row of a
table; ``disable NAME`` and ``enable NAME`` silence them in between; ``ignore-file`` silences all in
the whole file. Without names, ``ignore``, ``disable`` and ``enable`` mean every rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ..source import BLANKS, Edit, Span
from .context import Context
from .findings import Finding, Fix

_COMMENT = re.compile(
    r"<!--[ \t]*llmpaper-md:[ \t]*(ignore-file|ignore|disable|enable)\b([^\n>]*?)[ \t]*-->"
)
_NAME = re.compile(r"[\w-]+")
_ALL = "all rules"


@dataclass(slots=True)
class _Silencing:
    """One name in a comment, and the part of the text that it silences."""

    name: str
    comment: Span
    reach: Span
    used: bool = False


@dataclass(slots=True)
class Suppressions:
    """What the comments of a file silence."""

    silencings: list[_Silencing] = field(default_factory=list)

    def silences(self, finding: Finding) -> bool:
        """Whether a finding is silenced; what silences it counts as used."""
        found = False
        for silencing in self.silencings:
            reach = silencing.reach
            if silencing.name in (_ALL, finding.rule) and (
                reach.start <= finding.span.start < max(reach.end, reach.start + 1)
            ):
                silencing.used = found = True
        return found

    def unused(self, text: str, ran: Collection[str], known: Collection[str]) -> Iterator[Finding]:
        """A finding for each name that silenced nothing, of the rules that ran or do not exist."""
        idle = [
            silencing
            for silencing in self.silencings
            if not silencing.used and (silencing.name in ran or silencing.name not in known)
        ]
        names: dict[Span, list[str]] = {}
        for silencing in idle:
            names.setdefault(silencing.comment, []).append(silencing.name)
        fixes = {
            comment: Fix((_without(text, comment, unused),), "safe")
            for comment, unused in names.items()
        }
        for silencing in idle:
            name = silencing.name
            message = (
                f"no rule is called {name}"
                if name != _ALL and name not in known
                else f"nothing to silence here: {name}"
            )
            fix = fixes[silencing.comment]
            yield Finding("unused-ignore", "warning", message, silencing.comment, fix=fix)


def read_suppressions(context: Context) -> Suppressions:
    """The comments of a file that silence rules; those quoted in code do not count."""
    source = context.source
    if "llmpaper-md:" not in source.text:
        return Suppressions()
    found = Suppressions()
    open_: dict[str, _Silencing] = {}
    # Inside the text a tag may hold what looks like a comment.
    inline = {span for text in context.texts for span in text.inline.code}
    comments = [
        span
        for span in context.raw
        if span.cut(source.text).lstrip(BLANKS).startswith("<!--" if span in inline else "<")
    ]
    for span in comments:
        for match in _comments(source.text, span):
            comment = Span(match.start(), match.end())
            names = _NAME.findall(match[2]) or [_ALL]
            if match[1] == "ignore-file":
                names, reach = [_ALL], Span(0, len(source.text))
            elif match[1] == "ignore":
                reach = source.line_span(source.position(comment.start).line)
            else:
                reach = Span(comment.end, len(source.text))
            for name in names:
                if match[1] == "enable":
                    for closed in [open_.pop(name, None)] if name != _ALL else [*open_.values()]:
                        if closed:
                            closed.reach = Span(closed.reach.start, comment.start)
                    continue
                silencing = _Silencing(name, comment, reach)
                found.silencings.append(silencing)
                if match[1] == "disable":
                    open_[name] = silencing
    return found


def _comments(text: str, span: Span) -> Iterator[re.Match[str]]:
    """The comments in a stretch of HTML that are for llmpaper-md: none inside another comment."""
    start = text.find("<!--", span.start, span.end)
    while start >= 0:
        if match := _COMMENT.match(text, start, span.end):
            yield match
        end = text.find("-->", start + 4, span.end)
        start = text.find("<!--", end + 3, span.end) if end >= 0 else -1


def _without(text: str, comment: Span, unused: Collection[str]) -> Edit:
    """The edit that takes names out of a comment, and the comment out where none are left."""
    content = comment.cut(text)
    match = _COMMENT.match(content)
    rest = [name for name in _NAME.findall(match[2]) if name not in unused] if match else []
    if match and rest:
        return Edit(comment, f"<!-- llmpaper-md: {match[1]} {', '.join(rest)} -->")
    start = comment.start
    while start and text[start - 1] in BLANKS:
        start -= 1
    return Edit(
        Span(start, comment.end),
        " "
        if start < comment.start and comment.end < len(text) and text[comment.end] not in "\r\n"
        else "",
    )
