"""Repair, safe fixes and formatting in one pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .errors import ProofError
from .formatting.format_options import FormatOptions
from .formatting.normal_form import format_document
from .linting.findings import Finding
from .linting.fixing import check_fixes, fix_document
from .linting.options import LintOptions
from .reading.blocks import Blocks, Heading, read_blocks
from .reading.conflicts import refuse_conflicts
from .reading.document import Document
from .reading.parser import parse
from .repairing import Choice, Repair, apply_choices, apply_to_repaired, repair
from .source import Source


@dataclass(frozen=True, slots=True)
class NormalizeResult:
    """The result of `normalize`.

    Attributes:
        text: the new text.
        repair: what was repaired.
        applied: the findings that were fixed.
        left: the findings that remain in the new text; their spans refer to it.

    >>> done = normalize("| Paper |\\n| - |\\n| A |\\n| |")
    >>> done.has_errors, [finding.rule for finding in done.left]
    (False, ['empty-row'])
    """

    text: str
    repair: Repair
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether findings of severity error remain."""
        return any(finding.severity == "error" for finding in self.left)


def normalize(
    text: str | Source,
    rules: LintOptions | None = None,
    form: FormatOptions | None = None,
    *,
    unsafe: bool = False,
    channel: str | None = None,
    choices: Callable[[Repair], Sequence[Choice]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NormalizeResult:
    """Repair a Markdown list of papers, apply the safe fixes, and format its tables.

    Every step is compared with the one before: the repair must keep each table, row and cell in its
    place, a fix must keep the rows that it does not name, and formatting must keep everything.
    Normalizing the result again does not change it, unless ``mojibake`` or ``lost-bytes`` is among
    the remaining findings: a fix may have removed what made the repair uncertain about a line.

    Args:
        text: the Markdown, or a `Source` that holds it.
        rules: which rules run, and their options.
        form: how the list is written.
        unsafe: whether to apply unsafe fixes as well.
        channel: how the text was damaged, if known (see `repair`).
        choices: called with the repair; returns the corrections of a person.
        progress: called from time to time with the number of repaired lines and of all lines.

    Returns:
        The new text, what was done, and what remains.

    Raises:
        ChannelError: ``channel`` is not valid.
        ConflictError: the list has an unresolved merge conflict.
        CorrectionError: a correction does not fit the text.
        ProofError: something would have been lost, which is a bug in this function.
        LLMPaperError: the fixes of some rules undo each other; the message names them.

    >>> done = normalize("|ID|è®ºæ–‡|\\n|-|-|\\n|1|[Attention ](https://arxiv.org/abs/1706.03762)")
    >>> print(done.text, end="")
    |ID|论文|
    |-|-|
    |1|[Attention](https://arxiv.org/abs/1706.03762)|
    >>> [finding.rule for finding in done.applied]
    ['link-text-spaces']
    """
    rules = rules or LintOptions()
    source = Source.of(text) if isinstance(text, str) else text
    refuse_conflicts(source)
    repaired = repair(source.text, channel=channel, progress=progress)
    if choices:
        chosen = choices(repaired)
        if repaired.guesses or not chosen:
            repaired = apply_choices(repaired, chosen)
        else:  # the list was repaired before, and some choices may already stand in it
            repaired = replace(repaired, text=apply_to_repaired(repaired.text, chosen))
    document = parse(
        Source.of(repaired.text, source.name), columns=rules.columns, max_stars=rules.max_stars
    )
    if repaired.text != source.text:
        _prove_shape(source, document, repaired)
    # Most fixes keep the formatting: formatting first usually saves reading the list once more.
    form = form or FormatOptions()
    document = format_document(document, form, before=source)
    fixed = fix_document(document, rules, unsafe=unsafe)
    after = format_document(fixed.document, form, before=document.source)
    left = fixed.left if after is fixed.document else tuple(check_fixes(after, rules))
    return NormalizeResult(after.source.text, repaired, fixed.applied, left)


def _prove_shape(before: Source, after: Document, repaired: Repair) -> None:
    """Compare the lines of tables and headings, and the number of cells in each row.

    Read as GBK, the last byte of a cell makes one character with the border after it, so a repair
    gives borders and line ends back. Then the other rows are compared.
    """
    given_back = [
        run
        for run in repaired.runs
        if run.repaired and _borders(run.before) != _borders(run.span.cut(repaired.text))
    ]
    if given_back:
        lines = {before.position(run.original.start).line for run in given_back}
        if any("\n" in run.span.cut(repaired.text) for run in given_back):
            return
        rows_before, rows_after = _rows(read_blocks(before)), _rows(after.blocks)
        same = all(
            rows_after.get(line) == cells
            for line, cells in rows_before.items()
            if line not in lines
        )
    else:
        same = _shape(read_blocks(before)) == _shape(after.blocks)
    if not same:
        raise ProofError(
            f"{before.name}: not written: the repair would change which lines are headings "
            "or table rows. This is a bug in llmpaper-md, not a problem in the list; please "
            "report it with the file"
        )


def _borders(text: str) -> int:
    return text.count("|") + text.count("\n")


def _rows(found: Blocks) -> dict[int, int]:
    """How many cells the row of each line has."""
    return {
        row.line: len(row.cells)
        for block in found.blocks
        if not isinstance(block, Heading)
        for row in (block.header, *block.rows)
    }


def _shape(found: Blocks) -> list[tuple[object, ...]]:
    return [
        (block.line, block.level)
        if isinstance(block, Heading)
        else tuple((row.line, len(row.cells)) for row in (block.header, *block.rows))
        for block in found.blocks
    ]
