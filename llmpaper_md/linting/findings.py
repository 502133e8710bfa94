"""What a rule finds: problems, which the linter makes findings of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..choices import Severity
from ..source import Edit, Span

Level = Literal["default", "strict"]
Applicability = Literal["safe", "unsafe"]
Changes = Literal["spaces", "words", "links", "blocks"]


@dataclass(frozen=True, slots=True)
class RelatedLocation:
    """Another place that a finding refers to, such as the first of two duplicates.

    Attributes:
        span: the place, in code points of the text.
        message: what is there.

    >>> from llmpaper_md import lint
    >>> rows = "| [A](https://arxiv.org/abs/1706.03762) |\\n" * 2
    >>> (finding,) = lint("| Paper |\\n| - |\\n" + rows)
    >>> finding.message, finding.related[0].message
    ('same paper as on line 3 (arxiv:1706.03762): keep one of the rows', \
'the first row of this paper')
    """

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that make a finding go away; those of one fix do not overlap. `fix` applies them.

    Attributes:
        title: what the fix does, in the imperative: "Delete the empty row".
        edits: the changes to the text.
        applicability: ``safe`` where what a reader sees, and where links lead, stays as it was
            meant; ``unsafe`` where a person should check the result.
        changes: what the fix may change for a reader: ``spaces`` only, and characters that mean
            nothing to Markdown; the ``words`` too; where ``links`` lead too; or what is a table,
            heading or paragraph too (``blocks``). A safe fix that changes more is not made.

    >>> from llmpaper_md import lint
    >>> (finding,) = lint("| Paper |\\n| - |\\n| A |\\n| |")
    >>> finding.fix
    Fix(title='Delete the empty row', \
edits=(Edit(span=Span(start=22, end=25), replacement=''),), applicability='unsafe', \
changes='spaces')
    """

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability
    changes: Changes = "spaces"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields. The linter makes a `Finding` of it, with the rule's name and severity.

    Attributes:
        message: the problem and then the remedy, on one line.
        span: the place, in code points of the text.
        related: other places that the message refers to.
        fix: edits that solve the problem, None where no edits are certain to.
        habit: what many such problems in one file are together, after their number: "links to
            arxiv.org over http: write https". They are reported as one (see `habits`).
    """

    message: str
    span: Span
    related: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
    habit: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a list: where it is, which rule found it, and what to do.

    Attributes:
        rule: the name of the rule; ``llmpaper-md rule NAME`` prints its page.
        severity: ``error`` or ``warning``.
        message: the problem and then the remedy, on one line.
        span: the place, in code points of the text; `Source.position` gives line and column.
        related: other places that the message refers to.
        fix: edits that make the finding go away, None where no edits are certain to.
        habit: what many such findings in one file are together; None where each is reported.

    >>> from llmpaper_md import Source, lint
    >>> source = Source.of("| Paper |\\n| - |\\n| A |\\n| |", "list.md")
    >>> (finding,) = lint(source)
    >>> finding.rule, finding.message, source.position(finding.span.start)
    ('empty-row', 'empty row: delete it or add the missing paper', Position(line=4, column=1))
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    related: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
    habit: str | None = None
