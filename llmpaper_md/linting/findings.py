"""What a rule hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..choices import Severity as Severity
from ..source import Edit, Span

Level = Literal["default", "strict"]
Applicability = Literal["safe", "unsafe"]
Changes = Literal["spaces", "words", "links", "blocks"]


class RelatedLocation(NamedTuple):
    """Another place that a finding speaks of, such as the other of two duplicates.

    ``span`` is the place, in code points of the text; ``message`` says what stands there.

    >>> from llmpaper_md import lint
    >>> rows = "| [A](https://arxiv.org/abs/1706.03762) |\\n" * 2
    >>> (finding,) = lint("| Paper |\\n| - |\\n" + rows)
    >>> finding.message, finding.related[0].message
    ('the same paper as on line 3 (arxiv:1706.03762): keep one of the rows', \
'the paper stands here first')
    """

    span: Span
    message: str


class Fix(NamedTuple):
    """Edits that make a finding go away; those of one fix do not overlap.

    ``applicability`` is ``safe`` where what a reader sees, and where links lead, stays as it was
    meant, and ``unsafe`` where a person should look at the result. `fix` applies them.
    ``changes`` is what they may change for a reader: ``spaces`` only, and characters that mean
    nothing to Markdown; the ``words`` too; where ``links`` lead too; or what is a table, heading or
    paragraph too (``blocks``). A safe fix that changes more is not made.

    >>> from llmpaper_md import lint
    >>> (finding,) = lint("| Paper |\\n| - |\\n| A |\\n| |")
    >>> finding.fix
    Fix(edits=(Edit(span=Span(start=22, end=25), replacement=''),), applicability='unsafe', \
changes='spaces')
    """

    edits: tuple[Edit, ...]
    applicability: Applicability
    changes: Changes = "spaces"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place: which rule says so, and what to do.

    Attributes:
        rule: the name of the rule; ``llmpaper-md rule NAME`` prints its page.
        severity: ``error`` or ``warning``.
        message: what is wrong and what to do, on one line.
        span: the place, in code points of the text; `Source.position` gives line and column.
        related: other places that it speaks of.
        fix: edits that make it go away, None where there are none for sure.

    >>> from llmpaper_md import Source, lint
    >>> source = Source.of("| Paper |\\n| - |\\n| A |\\n| |", "list.md")
    >>> (finding,) = lint(source)
    >>> finding.rule, finding.message, source.position(finding.span.start)
    ('empty-row', 'the row is empty', Position(line=4, column=1))
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    related: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
