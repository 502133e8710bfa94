"""Repair, safe fixes and formatting in one pass."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .errors import proof_error
from .formatting.format_options import FormatOptions
from .formatting.normal_form import format_document
from .linting.findings import Finding
from .linting.fixing import check_fixes, fix_document
from .linting.options import LintOptions
from .reading.blocks import Blocks, Heading, read_blocks
from .reading.conflicts import refuse_conflicts
from .reading.document import Document
from .reading.parser import parse, parse_again
from .reading.tables import Grid
from .repairing import Choice, Repair, apply_choices, apply_to_repaired, repair
from .source import LINE_END, SPACES, Source, as_source


@dataclass(frozen=True, slots=True)
class NormalizeResult:
    """The result of `normalize`.

    Attributes:
        document: the new list.
        repair: what was repaired.
        applied: the findings that were fixed.
        left: the findings that remain in the new text; their spans refer to it.

    >>> done = normalize("| Paper |\\n| - |\\n| A |\\n| |")
    >>> done.has_errors, [finding.rule for finding in done.left]
    (False, ['empty-row'])
    """

    document: Document
    repair: Repair
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """The text of the new list."""
        return self.document.source.text

    @property
    def has_errors(self) -> bool:
        """Whether findings of severity error remain."""
        return any(finding.severity == "error" for finding in self.left)


def normalize(
    text: str | Source | Document,
    lint_options: LintOptions | None = None,
    format_options: FormatOptions | None = None,
    *,
    unsafe: bool = False,
    channel: str | None = None,
    choices: Callable[[Repair], Sequence[Choice]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NormalizeResult:
    """Repair a Markdown list of papers, apply the safe fixes, and format its tables.

    Each step is compared with the one before. The repair must keep headings, tables, rows and
    cells; where it gives back a border or a line ending that the damage swallowed, it must keep all
    other rows. A fix must keep the rows that it does not name, and formatting must keep everything.
    Normalizing the result again does not change it, unless ``mojibake`` or ``lost-bytes`` is among
    the remaining findings: a fix may have removed what made the repair uncertain about a line.

    Args:
        text: the Markdown, a `Source` that holds it, or a `Document`.
        lint_options: which rules run, and with which options.
        format_options: how the list is written. Column names and ``max_stars`` are those of
            ``lint_options`` if these are given; a `Document` keeps its own.
        unsafe: whether to apply unsafe fixes as well.
        channel: how the text was damaged, if known (see `repair`).
        choices: called with the repair; returns the corrections of a person.
        progress: called from time to time with the number of repaired lines and of all lines.

    Returns:
        The new list, what was done, and what remains.

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
    reading = lint_options or format_options or LintOptions()
    rules, form = lint_options or LintOptions(), format_options or FormatOptions()
    source = as_source(text)
    refuse_conflicts(source)
    made = repaired = repair(source.text, channel=channel, progress=progress)
    if choices:
        chosen = choices(repaired)
        if repaired.guesses or not chosen:
            repaired = apply_choices(repaired, chosen)
        else:  # the list was repaired before, and some choices may already be in it
            repaired = replace(repaired, text=apply_to_repaired(repaired.text, chosen))
    if isinstance(text, Document):
        document = parse_again(text, repaired.text)
    else:
        named = Source.of(repaired.text, source.name)
        document = parse(
            named, columns=reading.columns, max_stars=reading.max_stars, read=reading.read
        )
    if repaired.text != source.text:
        _prove_shape(source, made, document)
    # Most fixes keep the formatting: formatting first usually saves parsing the list again.
    document = format_document(document, form, before=source)
    fixed = fix_document(document, rules, unsafe=unsafe)
    after = format_document(fixed.document, form, before=document.source)
    left = fixed.left if after is fixed.document else tuple(check_fixes(after, rules))
    return NormalizeResult(after, repaired, fixed.applied, left)


def _prove_shape(before: Source, made: Repair, after: Document) -> None:
    """Compare headings, tables, rows and the number of cells in each row.

    A channel can swallow what ends a cell or a line: read as GBK, the last byte of the cell makes
    one character with it. A repair that gives such an ending back changes the rows there, and
    perhaps adds lines and tables; then every row elsewhere is compared.
    """
    given_back = [
        run
        for run in made.runs
        if run.repaired and _endings(run.before) != _endings(run.span.cut(made.text))
    ]
    if not given_back:
        same = _shape(read_blocks(before)) == _shape(after.blocks)
    else:
        text = Source.of(made.text)
        moved = {  # lines of runs, and by how many lines what follows each has moved down
            line: text.position(run.span.end).line - line
            for run in given_back
            for line in [before.position(run.original.end).line]
        }
        cells = {row.line: len(row.cells) for grid in _grids(after.blocks) for row in grid.lines}
        same = all(cells.get(line) == count for line, count in _rows_elsewhere(before, moved, text))
    if not same:
        raise proof_error(
            f"{before.name}: not written",
            "the repair would change which lines are headings or table rows",
        )


def _rows_elsewhere(
    before: Source, moved: Mapping[int, int], text: Source
) -> Iterator[tuple[int, int]]:
    """The rows on other lines than ``moved``: the line of each in ``text``, and its cells."""
    lines = sorted(moved)
    for grid in _grids(read_blocks(before)):
        for row in grid.lines:
            place = bisect_right(lines, row.line)
            line = row.line + (moved[lines[place - 1]] if place else 0)
            if row is not grid.header and _is_empty(text, line - 1):
                break  # an empty line was given its line ending back: the table ends there
            if row.line not in moved:
                yield line, len(row.cells)


def _is_empty(text: Source, line: int) -> bool:
    return line <= len(text.line_starts) and not text.line(line).strip(SPACES)


def _endings(text: str) -> int:
    return text.count("|") + len(LINE_END.findall(text))


def _grids(found: Blocks) -> Iterator[Grid]:
    return (block for block in found.blocks if isinstance(block, Grid))


def _shape(found: Blocks) -> list[tuple[object, ...]]:
    return [
        (block.line, block.level)
        if isinstance(block, Heading)
        else tuple((row.line, len(row.cells)) for row in (block.header, *block.rows))
        for block in found.blocks
    ]
