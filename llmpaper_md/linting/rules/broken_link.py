"""Text that was meant as a link and is none, or begins in the wrong place.

A blank between text and address (`[a] (https://…)`), brackets that do not match, a blank inside
the address, a label that nothing defines, or a link whose first letter stands before it
(`i[n-context learning](…)`). What is not written out as an address is left alone: `[1] (see
below)`, `f[x](y)`.

Fails:

```markdown
[BERT] (https://arxiv.org/abs/1810.04805)
```

Passes:

```markdown
[BERT](https://arxiv.org/abs/1810.04805), [1] (see below), `[a] (https://example.org)`
```

Fix: takes the blank out, adds a parenthesis that is missing at the end or is full-width there,
takes a letter into the link. Safe: nothing else can have been meant. None for the other cases.

Since: 0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...reading.titles import is_label
from ...source import Edit, Span
from ..context import Context, Text
from ..findings import Applicability, Finding, Fix, Level, Severity

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

# [text] (https://…), not behind a "\\" or as the label of a reference; a number is a citation.
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
_LETTER_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9\\_.'`/$-])([A-Za-z])$", re.ASCII)
_REST_OF_WORDS = re.compile(r"[a-z]+[ -][A-Za-z]{2}", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{2}")


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each such place."""
    for text in context.texts:
        own, links = text.excerpt, text.inline.links
        if "[" not in own.text and "](http" not in own.text:
            continue
        if links and links[0].kind == "inline" and links[0].span == own.span(0, len(own.text)):
            continue  # one link from end to end, as most titles are
        yield from _Reader(context, text).findings()


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
        # The furthest end of the spans up to each: links stand inside one another.
        self._ends: list[int] = []
        for span in self._taken:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def findings(self) -> Iterator[Finding]:
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

    def _apart(self) -> Iterator[Finding]:
        for match, span in self._matches(_APART):
            if bisect_right(self._starts, span.end) > bisect_right(self._starts, span.start):
                continue  # code in the text may take the bracket with it
            blanks = self._excerpt.span(*match.span("blanks"))
            fix = Fix((Edit(blanks, ""),), "safe", "words")
            message = "a blank between the text and the address keeps this from being a link"
            yield Finding("broken-link", SEVERITY, message, span, fix=fix)

    def _begun(self) -> Iterator[Finding]:
        own = self._excerpt.text
        for match, span in self._matches(_BEGUN):
            end, fix = match.end(), None
            message = "the brackets of this link do not match: write [text](address)"
            if own[end : end + 1] in (" ", "\t") and ")" in own[end : end + 200]:
                message = "a blank in the address keeps this from being a link"
            elif end == len(own) and match["url"][-1:] not in ".,;:!?，。":
                opened = own.rfind("[", max(match.start() - 300, 0), match.start())
                closes = opened >= 0 and "]" not in own[opened : match.start()]
                wide = _WIDE.search(match["url"])
                if closes and not wide:
                    message = "the closing parenthesis of this link is missing"
                    fix = Fix((Edit(Span(span.end, span.end), ")"),), "safe", "words")
                elif closes and wide and wide.end() == len(match["url"]) and wide[0] == "）":
                    message = "a full-width parenthesis does not close this link: write )"
                    fix = Fix((Edit(Span(span.end - 1, span.end), ")"),), "safe", "words")
            yield Finding("broken-link", SEVERITY, message, span, fix=fix)

    def _undefined(self) -> Iterator[Finding]:
        # Brackets beside brackets mean nothing by themselves: only a file that has labels, in the
        # way that this one is written, is taken at its word.
        references = self._context.document.blocks.references
        if not references or not self._context_has_full_references():
            return
        for match, span in self._matches(_FULL_REFERENCE):
            if _WORD.search(match["text"]) and _WORD.search(match["label"]):
                message = f"nothing defines the label “{match['label']}”"
                yield Finding("broken-link", SEVERITY, message, span)

    def _context_has_full_references(self) -> bool:
        text = self._text
        for link in self._context.links:
            if link.kind == "reference":
                return "][" in text[link.span.start : link.span.end]
        return False

    def _mid_word(self) -> Iterator[Finding]:
        first = self._excerpt.span(0, 1).start
        for link in self._links:
            start = link.span.start
            if link.kind != "inline" or not _REST_OF_WORDS.match(self._text, start + 1):
                continue
            before = _LETTER_BEFORE.search(self._text[max(first, start - 2) : start])
            if before and not is_label(link):
                letter = before[1]
                edits = (Edit(Span(start - 1, start), ""), Edit(Span(start + 1, start + 1), letter))
                yield Finding(
                    "broken-link",
                    SEVERITY,
                    f"the link begins in the middle of a word, behind its “{letter}”",
                    link.span,
                    fix=Fix(edits, "safe", "words"),
                )
