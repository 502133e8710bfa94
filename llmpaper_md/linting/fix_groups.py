"""Which fixes of a list are made at the same time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from ..source import Edit, Span
from .context import Context
from .findings import Applicability, Finding, Fix
from .fix_proof import ENDS_URLS, Proof


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """Fixes that are made together or not at all, and the findings that they are for.

    ``first`` are those that need none of the others, where some need others.
    """

    findings: tuple[Finding, ...]
    fixes: tuple[Fix, ...]
    first: Group | None = None

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of all fixes."""
        return tuple(edit for fix in self.fixes for edit in fix.edits)

    @property
    def changes_blocks(self) -> bool:
        """Whether a fix changes what is a table, heading or paragraph."""
        return any(fix.changes == "blocks" for fix in self.fixes)


class _Owned(NamedTuple):
    """An edit, and the finding that it fixes."""

    edit: Edit
    finding: Finding

    @property
    def deletes(self) -> bool:
        return not self.edit.replacement

    @property
    def changes_letters(self) -> bool:
        """Whether there are as many letters as before."""
        start, end = self.edit.span
        return len(self.edit.replacement) == end - start > 0 and self.edit.replacement.isalpha()


_Pair = tuple[Finding, Finding]
"""Findings whose fixes touch, in their order."""


def compatible(findings: Iterable[Finding], wanted: tuple[Applicability, ...]) -> list[Group]:
    """Findings whose fixes do not touch one another's text, those that share a fix together.

    The first of those that touch is taken.
    """
    return _compatible(findings, wanted, None)


def proved_groups(context: Context, findings: Iterable[Finding]) -> list[Group]:
    """Findings whose safe fixes by themselves change no more than they say, as groups.

    Fixes may touch where they are proved together, too. What changes text that GitHub takes into a
    bare URL is in one group with the fix that ends the URL.
    """
    touching: list[_Pair] = []
    groups = _compatible(findings, ("safe",), touching)
    proof = Proof(context)
    needs = proof.needs(group.findings[0] for group in groups)
    pairs = [
        (first.fix, later.fix)
        for first, later in touching
        if first.fix and later.fix and id(first.fix) in needs and id(later.fix) in needs
    ]
    for fix in proof.broken_by_others(pairs):
        needs.pop(id(fix), None)
    return _together([group for group in groups if id(group.fixes[0]) in needs], needs)


def _together(groups: Sequence[Group], needs: dict[int, frozenset[int]]) -> list[Group]:
    """The groups whose fixes have those that they need, each together with them."""
    known = {id(group.fixes[0]): group for group in groups}
    count = 0
    # Mostly what is needed comes first: then once is enough for a whole chain.
    while count != len(known):
        count = len(known)
        for fix in [*known]:
            if not needs[fix] <= known.keys():
                del known[fix]
    leads_to = {fix: fix for fix in known}

    def root(fix: int) -> int:
        while leads_to[fix] != fix:
            leads_to[fix] = fix = leads_to[leads_to[fix]]
        return fix

    for fix in known:
        for needed in needs[fix]:
            leads_to[root(fix)] = root(needed)
    joined: dict[int, list[Group]] = {}
    for fix, group in known.items():
        joined.setdefault(root(fix), []).append(group)
    return [
        own[0]
        if len(own) == 1
        else _one(own, _one([group for group in own if not needs[id(group.fixes[0])]]))
        for own in joined.values()
    ]


def _one(groups: Sequence[Group], first: Group | None = None) -> Group:
    return Group(
        tuple(finding for group in groups for finding in group.findings),
        tuple(fix for group in groups for fix in group.fixes),
        first,
    )


def _compatible(
    findings: Iterable[Finding], wanted: tuple[Applicability, ...], touching: list[_Pair] | None
) -> list[Group]:
    """The same as `compatible`; fixes that touch only are let in where ``touching`` notes them."""
    shared: dict[int, list[Finding] | None] = {}
    taken = SpanSet[_Owned]()
    for finding in findings:
        fix = finding.fix
        if not fix or fix.applicability not in wanted:
            continue
        # A fix can be as long as a table: it is looked at once for all findings that share it.
        if id(fix) not in shared:
            beside = [(edit, other) for edit in fix.edits for other in taken.beside(edit.span)]
            shared[id(fix)] = None
            if beside and touching is None:
                continue
            if not all(_may_touch(_Owned(edit, finding), other) for edit, other in beside):
                continue
            for edit in fix.edits:
                taken.add(edit.span, _Owned(edit, finding))
            if touching is not None:
                touching += ((other.finding, finding) for _, other in beside)
            shared[id(fix)] = []
        own = shared[id(fix)]
        if own is not None:
            own.append(finding)
    return [Group(tuple(own), (own[0].fix,)) for own in shared.values() if own and own[0].fix]


def _may_touch(one: _Owned, other: _Owned) -> bool:
    """Whether two edits that touch may be made together, once the text is proved with both.

    Not if one only deletes, unless the other only changes letters: what is on both sides of it
    comes together, and has to be what it is when a person makes that fix alone.
    """
    if any(
        owned.finding.fix is None or owned.finding.fix.changes in ("links", "blocks")
        for owned in (one, other)
    ):
        return False
    (start, end), (there, to) = one.edit.span, other.edit.span
    if start < to and there < end:
        return False
    if start == end == there == to:
        # One URL ends and another begins.
        return one.finding.rule in ENDS_URLS and other.finding.rule in ENDS_URLS
    return (one.deletes <= other.changes_letters) and (other.deletes <= one.changes_letters)


_Owner = TypeVar("_Owner")


class SpanSet(Generic[_Owner]):
    """Spans that do not overlap, kept in order, each with what it belongs to.

    >>> spans = SpanSet[str]()
    >>> spans.add(Span(5, 6), "b"), spans.add(Span(1, 3), "a")
    (None, None)
    >>> list(spans.beside(Span(3, 5))), list(spans.beside(Span(4, 4)))
    (['b', 'a'], [])
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._owners: list[_Owner] = []

    def beside(self, span: Span) -> Iterator[_Owner]:
        """The owners of the spans that touch one, from the last on."""
        place = bisect_right(self._starts, span.end)
        while place and self._ends[place - 1] >= span.start:
            place -= 1
            yield self._owners[place]

    def add(self, span: Span, owner: _Owner) -> None:
        """Add a span that overlaps none that is there."""
        place = bisect_right(self._starts, span.start)
        # An insertion is before what begins there.
        while (
            span.start == span.end
            and place
            and self._starts[place - 1] == span.start < self._ends[place - 1]
        ):
            place -= 1
        self._starts.insert(place, span.start)
        self._ends.insert(place, span.end)
        self._owners.insert(place, owner)
