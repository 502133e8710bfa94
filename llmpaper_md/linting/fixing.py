"""Apply fixes until nothing changes, each only if the list is better for it.

A rule says that a fix is safe; here that is proved. The fixes are made, the rules run on the new
text, and the fixes are kept only if every rule finds less, by the findings that were fixed, and no
rule finds more. Otherwise the fixes at fault are looked for, by the lines in which the new findings
are, and left out. The rules have to run on the new text anyway, so that a list whose fixes are all
right is read no more often for the proof.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..errors import LLMPaperError
from ..reading.blocks import Heading
from ..reading.conflicts import find_conflicts, refuse_conflicts
from ..reading.document import Document
from ..reading.parser import as_document, parse_again
from ..source import LINE_END, Edit, Source, Span, apply
from .checking import check_context
from .context import Context
from .findings import Finding, Fix
from .fix_groups import Group, compatible, proved_groups
from .habits import join_habits
from .options import LintOptions

_PASSES = 32
# How often the rules may run to tell good fixes from bad ones: a list of nothing but bad ones takes
# no longer for that, and keeps some findings that could be fixed.
_ATTEMPTS = 32


@dataclass(frozen=True, slots=True)
class FixResult:
    """A list with fixes applied.

    Attributes:
        document: the new list.
        found: the findings in the list as it was. A fix among them is ``safe`` only if it is among
            those that are made without ``unsafe``.
        applied: those of ``found`` that were fixed. What had no fix at first, and is gone now that
            others are fixed, is not among them.
        left: the findings in the new list.

    >>> done = fix("| Paper |\\n| - |\\n| [A ](http://arxiv.org/abs/1706.03762) |\\n")
    >>> [finding.rule for finding in done.applied], done.left
    (['insecure-url', 'link-text-spaces'], ())
    """

    document: Document
    found: tuple[Finding, ...]
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """The text of the list."""
        return self.document.source.text


def fix(
    text: str | Source | Document, options: LintOptions | None = None, *, unsafe: bool = False
) -> FixResult:
    """Apply the fixes of the findings, safe ones only by default, until nothing changes.

    A safe fix is made only if its finding is gone afterwards, no rule has a new one, and words and
    links stay as they were but for what it is about; otherwise it counts as unsafe. Of fixes that
    overlap, one is applied at a time. The rows of tables are compared before and after, and no fix
    is made that would lose one that it does not name.

    Args:
        text: the Markdown, a `Source` that holds it, or a `Document`.
        options: which rules run, and with which options.
        unsafe: whether to apply also the fixes that a person should check.

    Returns:
        The new list, and what was done.

    Raises:
        ConfigError: ``options`` name an unknown rule.
        ConflictError: the list has an unresolved merge conflict.
        LLMPaperError: with ``unsafe``, the fixes of some rules undo one another; the message names
            them.

    >>> only = LintOptions(select=("empty-row",))
    >>> fix("| Paper |\\n| - |\\n| A |\\n| |\\n", only, unsafe=True).text
    '| Paper |\\n| - |\\n| A |\\n'
    """
    options = options or LintOptions()
    document = as_document(text, options.columns, options.max_stars, options.read)
    return fix_document(document, options, unsafe=unsafe)


def fix_document(document: Document, options: LintOptions, *, unsafe: bool) -> FixResult:
    """Apply the fixes of the findings to a list that has been parsed: see `fix`."""
    refuse_conflicts(document.source, document.blocks)
    return _fixed(document, options, unsafe=unsafe)


def _fixed(document: Document, options: LintOptions, *, unsafe: bool) -> FixResult:
    first = state = _State.of(document, options)
    moves: list[_Moves] = []
    late: set[str] = set()
    for turn in range(_PASSES):
        made = _Pass(state, options, proves=not unsafe).make()
        if not made:
            break
        state = made.state
        moves.append(made.moves)
        if turn >= _PASSES // 2:
            late.update(made.rules)
    else:
        if unsafe:
            raise LLMPaperError(
                f"the fixes of {', '.join(sorted(late))} undo one another; nothing was changed; "
                "please report this list"
            )
    gone = _gone(first.findings, state.findings, moves)
    found, left = first.findings, state.findings
    if not unsafe:
        found = _unsafe(found, [finding.fix for finding in found if id(finding) not in gone])
    left = _unsafe(left, [finding.fix for finding in left])
    applied = [
        marked
        for finding, marked in zip(first.findings, found, strict=True)
        if id(finding) in gone and marked.fix and (unsafe or marked.fix.applicability == "safe")
    ]
    return FixResult(
        state.document,
        tuple(join_habits(found)),
        tuple(join_habits(applied)),
        tuple(join_habits(left)),
    )


def check_fixes(document: Document, options: LintOptions) -> list[Finding]:
    """Find what is wrong in a list, with its safe fixes tried: `lint` without the parsing."""
    return [*_fixed(document, options, unsafe=False).found]


class _State(NamedTuple):
    """A list as the rules see it, and what is wrong in it."""

    context: Context
    findings: list[Finding]

    @classmethod
    def of(cls, document: Document, options: LintOptions) -> _State:
        context = Context(document, options)
        return cls(context, check_context(context))

    @property
    def document(self) -> Document:
        return self.context.document


class _Moves:
    """Where what is in a text after edits was before them."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._starts: list[int] = []
        self._spans: list[tuple[Span, Span]] = []
        grown = 0
        for edit in sorted(edits, key=lambda edit: edit.span):
            start = edit.span.start + grown
            grown += len(edit.replacement) - (edit.span.end - edit.span.start)
            self._starts.append(start)
            self._spans.append((edit.span, Span(start, start + len(edit.replacement))))

    def back(self, offset: int) -> int:
        """The offset before the edits."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        before, after = self._spans[index]
        if offset < after.end:
            return min(before.start + offset - after.start, before.end)
        return before.end + offset - after.end


class _Made(NamedTuple):
    """What came of fixes: the list after them, and whose they were."""

    state: _State
    moves: _Moves
    rules: frozenset[str]


class _Pass:
    """Makes as many fixes of one list as there are good ones, all at once."""

    def __init__(self, state: _State, options: LintOptions, *, proves: bool) -> None:
        self._before = state
        self._options = options
        self._proves = proves
        self._attempts = _ATTEMPTS
        self._made: _Made | None = None
        self._sure: _Made | None = None

    def make(self) -> _Made | None:
        """The list after the good ones among its fixes; None if there are none."""
        findings = self._before.findings
        if self._proves:
            groups = proved_groups(self._before.context, findings)
        else:
            groups = compatible(findings, ("safe", "unsafe"))
        # What changes nothing but lines is proved by that: the others come after it.
        of_lines = [group for group in groups if not group.changes_blocks]
        kept = self._settle([], of_lines)
        first = [group.first for group in of_lines if group.first and group not in kept]
        kept = self._settle(kept, first)
        self._settle(kept, [group for group in groups if group.changes_blocks])
        # Half a search would be continued by the next pass, and again by the next run.
        return self._made if self._attempts else self._sure

    def _settle(
        self, kept: list[Group], groups: list[Group], *, searches: bool = False
    ) -> list[Group]:
        """What is kept of fixes, beside those that are kept already."""
        if not groups or not self._attempts:
            return kept
        suspects = self._attempt([*kept, *groups])
        if suspects is None:
            if not searches:
                self._sure = self._made
            return [*kept, *groups]
        # By line: what belongs together may be on several, then it is with the first.
        at_fault: dict[int, list[Group]] = {}
        others = []
        for group in groups:
            lines = sorted(self._lines(group) & suspects)
            if lines:
                at_fault.setdefault(lines[0], []).append(group)
            else:
                others.append(group)
        if at_fault:
            kept = self._settle(kept, others, searches=searches)
            if all(len(of_line) == 1 for of_line in at_fault.values()):
                return kept
        elif len(others) == 1:
            return kept
        else:
            at_fault = {0: others}  # the fault is elsewhere: any may be the cause
        halves = (
            [group for of_line in at_fault.values() for group in of_line[: len(of_line) // 2]],
            [group for of_line in at_fault.values() for group in of_line[len(of_line) // 2 :]],
        )
        for half in halves:
            kept = self._settle(kept, half, searches=True)
        return kept

    def _attempt(self, groups: list[Group]) -> set[int] | None:
        """Make fixes: None if that is good, otherwise the lines in which it is not, if known."""
        self._attempts -= 1
        before, options = self._before.document, self._options
        edits = [edit for group in groups for edit in group.edits]
        findings = [finding for group in groups for finding in group.findings]
        document = parse_again(before, apply(before.source.text, edits))
        places = [finding.span for finding in findings]
        if not _kept(before, document, edits, places):
            return set()
        if find_conflicts(document.source, document.blocks):
            return set()  # a line became a marker, such as one after an invisible character
        lines_only = self._proves and not any(group.changes_blocks for group in groups)
        if lines_only and _shape(before) != _shape(document):
            return set()
        state = _State.of(document, options)
        moves = _Moves(edits)
        if self._proves and (suspects := self._new_findings(findings, state, moves)):
            return suspects
        self._made = _Made(state, moves, frozenset(finding.rule for finding in findings))
        return None

    def _new_findings(self, fixed: list[Finding], after: _State, moves: _Moves) -> set[int]:
        """The lines, before the fixes, in which rules find something new."""
        made = set(map(id, fixed))
        staying = [finding for finding in self._before.findings if id(finding) not in made]
        line = self._line
        now = Counter((f.rule, line(moves.back(f.span.start))) for f in after.findings)
        known = Counter((f.rule, line(f.span.start)) for f in staying)
        return {number for _, number in now - known}

    def _lines(self, group: Group) -> set[int]:
        lines = set[int]()
        for span in [edit.span for edit in group.edits] + [found.span for found in group.findings]:
            lines.update(range(self._line(span.start), self._line(span.end) + 1))
        return lines

    def _line(self, offset: int) -> int:
        return bisect_right(self._before.document.source.line_starts, offset)


def _shape(document: Document) -> tuple[object, ...]:
    """What the blocks of a list are, in its order."""
    found = document.blocks
    blocks = [
        (block.level,)
        if isinstance(block, Heading)
        else tuple(len(row.cells) for row in block.lines)
        for block in found.blocks
    ]
    return len(found.texts), len(found.raw), sorted(found.references), blocks


def _gone(first: list[Finding], left: list[Finding], moves: list[_Moves]) -> set[int]:
    """The identities of the findings that are no longer there after several passes."""
    there: Counter[tuple[str, int]] = Counter()
    for finding in left:
        place = finding.span.start
        for move in reversed(moves):
            place = move.back(place)
        there[finding.rule, place] += 1
    missing = []
    for finding in first:
        key = finding.rule, finding.span.start
        if there[key]:
            there[key] -= 1
        else:
            missing.append(finding)
    # One that begins elsewhere now is still there: rather one that had no fix.
    moved = Counter[str]()
    for (rule, _), count in there.items():
        moved[rule] += count
    gone = set[int]()
    for finding in sorted(
        missing, key=lambda f: f.fix is not None and f.fix.applicability == "safe"
    ):
        if moved[finding.rule]:
            moved[finding.rule] -= 1
        else:
            gone.add(id(finding))
    return gone


def _unsafe(findings: list[Finding], fixes: Iterable[Fix | None]) -> list[Finding]:
    """Findings with these fixes for a person to look at; those that share a fix still do."""
    instead = {
        id(fix): replace(fix, applicability="unsafe")
        for fix in fixes
        if fix and fix.applicability == "safe"
    }
    if not instead:
        return findings
    return [
        replace(finding, fix=instead.get(id(finding.fix), finding.fix)) if finding.fix else finding
        for finding in findings
    ]


def _kept(before: Document, after: Document, edits: list[Edit], places: list[Span]) -> bool:
    """Whether every row that neither a finding nor its fix names is still a row, cell for cell.

    And of the others there are as many as before, less those that an edit takes out as a whole, or
    joins to the one before. Lines of text without any pipe, which are rows to GitHub, do not count.
    """
    source = before.source
    edited = sorted(edit.span for edit in edits)
    joining = [edit.span for edit in edits if not LINE_END.search(edit.replacement)]
    joined = {line for span in joining for line in _lines_begun(source, span)}
    touched = set[int]()
    for span in (*edited, *places):
        first = source.position(span.start).line
        touched.update(range(first, source.position(span.end).line + 1))
    rows = [
        row
        for named in before.tables
        for row in named.grid.rows
        if "|" in row.span.cut(source.text)
    ]
    untouched = Counter(
        tuple(cell.raw for cell in row.cells) for row in rows if row.line not in touched
    )
    staying = 0
    for row in rows:
        if row.line in joined:
            continue
        index = bisect_right(edited, (row.span.start, len(source.text) + 1)) - 1
        staying += index < 0 or edited[index].end < row.span.end
    left = Counter(
        tuple(cell.raw for cell in row.cells) for named in after.tables for row in named.grid.rows
    )
    return untouched <= left and staying <= left.total()


def _lines_begun(source: Source, span: Span) -> range:
    """The lines that begin in a span that begins in the middle of a line."""
    first = bisect_right(source.line_starts, span.start)
    if source.line_starts[first - 1] == span.start:
        return range(0)
    return range(first + 1, bisect_right(source.line_starts, span.end) + 1)
