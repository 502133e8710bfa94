"""Comments that suppress findings.

``<!-- llmpaper-md: ignore NAME, NAME -->`` suppresses the findings of these rules on its own line,
which may be a row of a table; ``disable NAME`` suppresses them up to ``enable NAME``, and
``ignore-file`` all findings in the whole file. Without names, ``ignore``, ``disable`` and
``enable`` mean every rule. What follows ``--`` is the reason, for people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ..source import SPACES, Edit, Span
from .context import Context
from .findings import Finding, Fix, Problem

_COMMENT = re.compile(
    r"<!--[ \t]*llmpaper-md:[ \t]*(?P<command>ignore-file|ignore|disable|enable)\b"
    r"(?P<rest>(?:[^\n-]|-(?!->))*)-->"
)
_NAME = re.compile(r"\w[\w-]*")
_REASON = re.compile(r"(?:^|(?<=[ \t]))--")
_ALL = "all rules"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One name in a comment, and the part of the text in which it suppresses findings."""

    name: str
    comment: Span
    reach: Span

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is one that the comment suppresses."""
        start, end = self.reach
        return self.name in (_ALL, finding.rule) and (
            start <= finding.span.start < max(end, start + 1)
        )


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The result of applying the suppressions of a file to its findings.

    Attributes:
        left: the findings that nothing suppresses.
        suppressions: all suppressions of the file.
        used: those of them that suppress a finding.
    """

    left: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...]
    used: frozenset[Suppression]

    def unused(self, text: str, ran: Collection[str], known: Collection[str]) -> Iterator[Problem]:
        """A problem for each name that suppresses nothing, of rules that ran or do not exist."""
        idle = [
            suppression
            for suppression in self.suppressions
            if suppression not in self.used
            and (suppression.name in ran or suppression.name not in known)
        ]
        names: dict[Span, list[str]] = {}
        for suppression in idle:
            names.setdefault(suppression.comment, []).append(suppression.name)
        fixes = {comment: _removal(text, comment, unused) for comment, unused in names.items()}
        for suppression in idle:
            name = suppression.name
            message = (
                f"unknown rule {name!r} in a suppression: correct the name or remove it"
                if name != _ALL and name not in known
                else f"suppression of {name} without effect: remove it"
            )
            yield Problem(message, suppression.comment, fix=fixes[suppression.comment])


def suppress(findings: Iterable[Finding], suppressions: tuple[Suppression, ...]) -> Suppressed:
    """Divide the findings of a file into those that its comments suppress and the others."""
    if not suppressions:
        return Suppressed(tuple(findings), (), frozenset())
    left: list[Finding] = []
    used: set[Suppression] = set()
    for finding in findings:
        covering = [suppression for suppression in suppressions if suppression.covers(finding)]
        used.update(covering)
        if not covering:
            left.append(finding)
    return Suppressed(tuple(left), suppressions, frozenset(used))


def read_suppressions(context: Context) -> tuple[Suppression, ...]:
    """The comments of a file that suppress findings; those quoted in code do not count."""
    source = context.source
    if "llmpaper-md:" not in source.text:
        return ()
    found: list[Suppression] = []
    open_: dict[str, int] = {}  # the place in ``found``, by name
    # Inside the text a tag may hold what looks like a comment.
    inline = {span for text in context.texts for span in text.inline.code}
    comments = [
        span
        for span in context.raw
        if span.cut(source.text).lstrip(SPACES).startswith("<!--" if span in inline else "<")
    ]
    for span in comments:
        for match in _comments(source.text, span):
            comment = Span(match.start(), match.end())
            command = match["command"]
            names = _names(match)[0] or [_ALL]
            if command == "ignore-file":
                names, reach = [_ALL], Span(0, len(source.text))
            elif command == "ignore":
                reach = source.line_span(source.position(comment.start).line)
            else:
                reach = Span(comment.end, len(source.text))
            for name in names:
                if command == "enable":
                    for closed in [open_.pop(name, None)] if name != _ALL else [*open_.values()]:
                        if closed is not None:
                            opened = found[closed]
                            end = Span(opened.reach.start, comment.start)
                            found[closed] = replace(opened, reach=end)
                    continue
                if command == "disable":
                    open_[name] = len(found)
                found.append(Suppression(name, comment, reach))
    return tuple(found)


def _names(match: re.Match[str]) -> tuple[list[str], str]:
    """The names in a comment, and the reason with the ``--`` before it, or ""."""
    rest: str = match["rest"]
    reason = _REASON.search(rest)
    end = reason.start() if reason else len(rest)
    return _NAME.findall(rest[:end]), rest[end:].rstrip(SPACES)


def _is_alone(text: str, comment: Span) -> bool:
    """Whether nothing else is on the lines of a comment."""
    start, end = comment
    while start and text[start - 1] in SPACES:
        start -= 1
    while end < len(text) and text[end] in SPACES:
        end += 1
    return text[start - 1 : start] in ("", "\r", "\n") and text[end : end + 1] in ("", "\r", "\n")


def _comments(text: str, span: Span) -> Iterator[re.Match[str]]:
    """The comments in a stretch of HTML that are for llmpaper-md: none inside another comment."""
    start = text.find("<!--", span.start, span.end)
    while start >= 0:
        if match := _COMMENT.match(text, start, span.end):
            yield match
        end = text.find("-->", start + 4, span.end)
        start = text.find("<!--", end + 3, span.end) if end >= 0 else -1


def _removal(text: str, comment: Span, unused: Collection[str]) -> Fix:
    """The fix that removes names from a comment, and the comment where none are left."""
    match = _COMMENT.match(text, comment.start, comment.end)
    names, reason = _names(match) if match else ([], "")
    rest = [name for name in names if name not in unused]
    if match and rest:
        content = f"{match['command']} {', '.join(rest)}{' ' if reason else ''}{reason}"
        edit = Edit(comment, f"<!-- llmpaper-md: {content} -->")
    else:
        edit = _without(text, comment)
    return Fix(
        "Remove the suppression without effect",
        (edit,),
        # What a person gave as the reason is theirs to delete.
        "unsafe" if reason and not rest else "safe",
        # On a line of its own it is a block to Markdown.
        "blocks" if _is_alone(text, comment) else "spaces",
    )


def _without(text: str, comment: Span) -> Edit:
    """The edit that removes a comment, with the spaces before it."""
    start = comment.start
    while start and text[start - 1] in SPACES:
        start -= 1
    return Edit(
        Span(start, comment.end),
        " "
        if start < comment.start and comment.end < len(text) and text[comment.end] not in "\r\n"
        else "",
    )
