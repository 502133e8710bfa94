"""Text meant as a link that is none, or a link that begins in the wrong place.

## What it does

Reports a space between text and URL (`[a] (https://…)`), brackets that do not match, a space in a
URL, an undefined label, and a link whose first letter is before it (`i[n-context learning](…)`).
Text without a complete URL is left alone: `[1] (see below)`, `f[x](y)`.

## Why it matters

Readers see brackets and a URL, or a link that cuts a word in two.

## Example

```markdown
[BERT] (https://arxiv.org/abs/1810.04805)
```

## Use instead

```markdown
[BERT](https://arxiv.org/abs/1810.04805), [1] (see below), `[a] (https://example.org)`
```

## Fix safety

Removes the space, adds a missing parenthesis at the end, or moves a letter into the link. The fix
is safe, because nothing else can be meant. There is no fix for the other cases.

## Since

0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...choices import Severity
from ...reading.labels import is_label
from ...source import Edit, Span
from ...words import quoted
from ..context import Context, Text
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# [text] (https://…), not after a "\\" or as the label of a reference; a number is a citation.
_APART = re.compile(
    r"(?<![A-Za-z0-9\]\\!^])\[(?![ xX]?\]|\^|\d+\])[^\[\]\n\\]{1,300}+\](?P<blanks>[ \t]{1,8}+)"
    r"\(https?://[^ \t\r\n()<>\[\]|]{1,2000}+\)",
    re.ASCII | re.IGNORECASE,
)
_BEGUN = re.compile(r"(?<!\\)\]\((?P<url>https?://[^ \t\r\n()<>|]*+)", re.ASCII | re.IGNORECASE)
_FULL_REFERENCE = re.compile(
    r"(?<![\w\]\\!])\[(?P<text>[^\[\]\n\\]{2,300}+)\]\[(?P<label>[^\[\]\n\\]{1,100}+)\](?![\[(:])"
)
# Where an address may have ended.
_WIDE = re.compile("[（）。，；：、！？【】《》「」]")
_LETTER_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9\\_.'`/$)-])([A-Za-z])$", re.ASCII)
_REST_OF_WORDS = re.compile(r"[a-z]+[ -][A-Za-z]{2}", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{2}")


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such place."""
    for text in context.texts:
        own, links = text.excerpt, text.inline.links
        if "[" not in own.text and "](http" not in own.text:
            continue
        if links and links[0].kind == "inline" and links[0].span == own.span(0, len(own.text)):
            continue  # one link from end to end, as most titles are
        yield from _Reader(context, text).problems()


class _Reader:
    """Looks through one text."""

    def __init__(self, context: Context, text: Text) -> None:
        self._context = context
        self._text = context.source.text
        self._excerpt = text.excerpt
        self._links = text.inline.links
        taken = [link.span for link in text.inline.links if link.kind != "bare"]
        taken += text.inline.code
        self._taken = sorted(taken, key=lambda span: span.start)
        self._starts = [span.start for span in self._taken]
        # The furthest end of the spans up to each: links can be nested.
        self._ends: list[int] = []
        for span in self._taken:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def problems(self) -> Iterator[Problem]:
        yield from self._apart()
        yield from self._begun()
        yield from self._undefined()
        yield from self._mid_word()

    def _is_free(self, span: Span) -> bool:
        """Whether a place is in no link and no code."""
        index = bisect_right(self._starts, span.start)
        return index == 0 or self._ends[index - 1] <= span.start

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        for match in pattern.finditer(self._excerpt.text):
            span = self._excerpt.span(*match.span())
            if self._is_free(span):
                yield match, span

    def _apart(self) -> Iterator[Problem]:
        for match, span in self._matches(_APART):
            if bisect_right(self._starts, span.end) > bisect_right(self._starts, span.start):
                continue  # code in the text may take the bracket with it
            blanks = self._excerpt.span(*match.span("blanks"))
            fix = Fix("Remove the space between ] and (", (Edit(blanks, ""),), "safe", "words")
            message = "not a link: remove the space between ] and ("
            yield Problem(message, span, fix=fix)

    def _begun(self) -> Iterator[Problem]:
        own = self._excerpt.text
        for match, span in self._matches(_BEGUN):
            end, fix = match.end(), None
            message = "not a link, as its brackets do not match: write [text](URL)"
            if own[end : end + 1] in (" ", "\t") and ")" in own[end : end + 200]:
                message = "not a link, as its URL has a space: remove it or write %20"
            elif end == len(own) and match["url"][-1:] not in ".,;:!?，。":
                opened = own.rfind("[", max(match.start() - 300, 0), match.start())
                closes = opened >= 0 and "]" not in own[opened : match.start()]
                wide = _WIDE.search(match["url"])
                if closes and not wide:
                    message = "no closing parenthesis after this link: add it"
                    edit = Edit(Span(span.end, span.end), ")")
                    fix = Fix("Add the closing parenthesis", (edit,), "safe", "words")
                elif closes and wide and wide.end() == len(match["url"]) and wide[0] == "）":
                    message = "a full-width parenthesis does not close this link: write )"
                    edit = Edit(Span(span.end - 1, span.end), ")")
                    fix = Fix("Replace the full-width parenthesis", (edit,), "safe", "words")
            yield Problem(message, span, fix=fix)

    def _undefined(self) -> Iterator[Problem]:
        # Brackets beside brackets mean nothing by themselves: only a file that has labels, in the
        # way that this one is written, is taken at its word.
        references = self._context.document.blocks.references
        if not references or not self._context_has_full_references():
            return
        for match, span in self._matches(_FULL_REFERENCE):
            if _WORD.search(match["text"]) and _WORD.search(match["label"]):
                message = f"undefined link label {quoted(match['label'])}: define or correct it"
                yield Problem(message, span)

    def _context_has_full_references(self) -> bool:
        text = self._text
        for link in self._context.links:
            if link.kind == "reference":
                return "][" in text[link.span.start : link.span.end]
        return False

    def _mid_word(self) -> Iterator[Problem]:
        first = self._excerpt.span(0, 1).start
        for link in self._links:
            start = link.span.start
            if link.kind != "inline" or not _REST_OF_WORDS.match(self._text, start + 1):
                continue
            before = _LETTER_BEFORE.search(self._text[max(first, start - 2) : start])
            if before and not is_label(link):
                letter = before[1]
                edits = (Edit(Span(start - 1, start), ""), Edit(Span(start + 1, start + 1), letter))
                yield Problem(
                    "link begins after the first letter of a word, "
                    f"{quoted(letter)}: move it into the link",
                    link.span,
                    fix=Fix("Move the letter into the link", edits, "safe", "words"),
                )
