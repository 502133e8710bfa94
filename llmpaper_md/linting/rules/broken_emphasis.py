"""Bold text that GitHub does not show as bold, or shows with asterisks.

## What it does

Reports two kinds of broken emphasis. Bold text in several parts comes out doubled and shows four
asterisks, as in `**ChatGPT****的替代方案**`. And `**` does not close between punctuation and a
letter, as in `**标题：**字`, nor open between a letter and punctuation, as in `字**“词”**`.

## Why it matters

Readers see asterisks, and nothing is bold. Text that a program converted to Markdown has many such
places.

## Example

```markdown
**ChatGPT****的替代方案**，**标题：**字
```

## Use instead

```markdown
**ChatGPT的替代方案**，**标题**：字
```

## Fix safety

Joins the parts of doubled emphasis; moves punctuation or a pair of quotation marks out of the
emphasis; adds a space next to a bracket or link. The fix is safe: it is offered only where GitHub
then shows the same words, all that should be bold is bold, and fewer asterisks are visible. It is
unsafe between two words of a script that is written with spaces: a space is put between them, and
they may have been one word.

## Since

0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from ...choices import Severity
from ...reading.blocks import References
from ...reading.emphasis import flanking
from ...reading.inline import read_inline
from ...source import Edit, Excerpt, Span, apply
from ...words import quoted
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_RUN = re.compile(r"\\.|\*+", re.DOTALL)
_SIGNS = "：，。；、！？:,.;!?"
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", '"': '"'}
_LINK_AT_END = re.compile(r"\]\([^()]*\)$")
# What Latin words and their punctuation end and begin with.
_ENDS = frozenset(")]}>\"'.,:;!?%")
_BEGINS = frozenset("([{<\"'")
# What is not seen between a word and asterisks, and how far off the word may be.
_MARKUP = "*_~`[]"
_FAR = 300
_MASK = re.compile(r"[A-Za-z0-9]\*{4}[a-z0-9]", re.ASCII)


class _Problem(NamedTuple):
    """A problem of an excerpt, with spans and edits in the excerpt's offsets."""

    span: Span
    message: str
    edits: tuple[Edit, ...]
    is_sure: bool = True


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each doubled or broken emphasis."""
    if "**" not in context.source.text:
        return
    references = context.document.blocks.references
    wording = list(context.wording)
    starts = [span.start for span in wording]
    for text in context.texts:
        excerpt = text.excerpt
        if "**" not in excerpt.text:
            continue
        problems: list[_Problem] = []
        for line in _lines_of_marks(excerpt.text):
            marks = []
            for mark in line:
                place = excerpt.span(mark.start, mark.end).start
                index = bisect_right(starts, place) - 1
                if index >= 0 and place < wording[index].end:
                    marks.append(mark)
            problems += _of_line(excerpt.text, marks)
        if not problems:
            continue
        seen = read_inline(Excerpt(excerpt.text, ((0, 0),)), references).text
        all_proven = _proven(excerpt.text, problems, seen, references)
        sure = [problem for problem in problems if problem.is_sure]
        is_safe = all_proven
        if len(sure) < len(problems):
            is_safe = _proven(excerpt.text, sure, seen, references)
        for problem in problems:
            edits = tuple(
                Edit(excerpt.span(edit.span.start, edit.span.end), edit.replacement)
                for edit in problem.edits
            )
            how: Applicability = "safe" if problem.is_sure and is_safe else "unsafe"
            fix = None
            if all_proven or how == "safe":
                fix = Fix("Correct the emphasis markers", edits, how, "words")
            span = excerpt.span(problem.span.start, problem.span.end)
            yield Problem(problem.message, span, fix=fix)


def _lines_of_marks(text: str) -> Iterator[list[Span]]:
    """The runs of two asterisks and more, line by line."""
    line: list[Span] = []
    end = 0
    for match in _RUN.finditer(text):
        if text.find("\n", end, match.start()) >= 0:
            yield line
            line = []
        end = match.end()
        if match[0].startswith("**"):
            line.append(Span(*match.span()))
    yield line


def _of_line(text: str, marks: list[Span]) -> list[_Problem]:
    """The problems of a line; none where its marks do not open and close in turn."""
    doubled: list[Span] = []
    turns: list[tuple[int, int]] = []  # where a mark begins and ends, less what is doubled
    for mark in marks:
        length = mark.end - mark.start
        if length == 4 and len(turns) % 2 and not _space_beside(text, mark):
            if _MASK.match(text, mark.start - 1):
                return []  # sk-****1234
            doubled.append(mark)
        elif length == 2:
            turns.append((mark.start, mark.end))
        else:
            return []
    if len(turns) % 2:
        return []
    found: list[_Problem] = []
    for mark in doubled:
        apart = _parts_words(text, mark)
        remedy = "replace them with a space, or remove them inside a word"
        if not apart:
            remedy = "remove them"
        message = (
            "doubled emphasis shows four asterisks in "
            f"{quoted(text[max(0, mark.start - 8) : mark.end + 8])}: {remedy}"
        )
        found.append(_Problem(mark, message, (Edit(mark, " " if apart else ""),), not apart))
    for opening, closing in zip(turns[::2], turns[1::2], strict=True):
        if problem := _of_pair(text, Span(*opening), Span(*closing)):
            found.append(problem)
    return sorted(found, key=lambda problem: problem.span.start)


def _parts_words(text: str, mark: Span) -> bool:
    """Whether what a reader sees beside asterisks would have a space between.

    The words may have lost it, or may be one: that is for a person to decide.
    """
    before = text[max(0, mark.start - _FAR) : mark.start]
    if link := _LINK_AT_END.search(before):
        before = before[: link.start()]
    before, after = (
        before.rstrip(_MARKUP)[-1:],
        text[mark.end : mark.end + _FAR].lstrip(_MARKUP)[:1],
    )
    return (_is_spaced(before) or before in _ENDS) and (_is_spaced(after) or after in _BEGINS)


def _is_spaced(character: str) -> bool:
    """Whether a character is of a word in a script that has spaces between words."""
    return character.isalnum() and east_asian_width(character) not in ("W", "F")


def _space_beside(text: str, mark: Span) -> bool:
    around = (text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1])
    return any(char in " \t\n" for char in around)


def _of_pair(text: str, opening: Span, closing: Span) -> _Problem | None:
    """The problem of one emphasis."""
    inner = text[opening.end : closing.start]
    if not inner or inner[0] in " \t\n" or inner[-1] in " \t\n":
        return None
    opens = flanking(text, opening.start, opening.end, len(text))[0]
    closes = flanking(text, closing.start, closing.end, len(text))[1]
    if (opens and closes) or not (opens or _is_meant(text, opening, inner[0])):
        return None
    if not closes and not _closing_is_meant(text, closing, inner):
        return None
    before, after = text[opening.start - 1 : opening.start], text[closing.end : closing.end + 1]
    if closes:
        why = f"between {quoted(before)} and {quoted(inner[0])} cannot open bold text"
    else:
        why = f"between {quoted(inner[-1])} and {quoted(after)} cannot close bold text"
    edits: tuple[Edit, ...]
    whole = Span(opening.start, closing.end)
    if len(inner) > 2 and _PAIRS.get(inner[0]) == inner[-1] and inner[0] not in inner[1:-1]:
        edits = (
            Edit(Span(opening.start, opening.end + 1), f"{inner[0]}**"),
            Edit(Span(closing.start - 1, closing.end), f"**{inner[-1]}"),
        )
    elif opens and inner[-1] in _SIGNS and len(inner) > 1 and inner[-2] not in _SIGNS:
        edits = (Edit(Span(closing.start - 1, closing.end), f"**{inner[-1]}"),)
    else:
        edits = tuple(
            Edit(Span(place, place), " ")
            for place, right in ((opening.start, opens), (closing.end, closes))
            if not right
        )
    return _Problem(whole, f"the ** {why}: move it or add a space", edits)


def _is_meant(text: str, opening: Span, first: str) -> bool:
    """Whether a mark that opens nothing was to open emphasis: not the power in x**(y+z)."""
    return not (text[opening.start - 1 : opening.start] + first).isascii()


def _closing_is_meant(text: str, closing: Span, inner: str) -> bool:
    after = text[closing.end : closing.end + 1]
    return (
        not (inner[-1] + after).isascii()
        or inner[-1] in _SIGNS
        or (inner[0] == "[" and bool(_LINK_AT_END.search(inner)))
    )


def _proven(text: str, problems: Sequence[_Problem], seen: str, references: References) -> bool:
    """Whether the edits leave all words, and show fewer asterisks."""
    after = apply(text, (edit for problem in problems for edit in problem.edits))
    now = read_inline(Excerpt(after, ((0, 0),)), references).text
    return now.count("*") < seen.count("*") and _words(now) == _words(seen)


def _words(text: str) -> str:
    return text.replace("*", "").replace(" ", "")
