"""Text meant as a link that is none, or a link that begins in the wrong place.

## What it does

Reports a space between text and URL (`[a] (https://…)`), full-width parentheses around a URL
(`[a]（https://…）`), brackets that were exchanged (`(a)[https://…]`) or do not match, a link inside
the address of another (`[a]([b](https://…))`), a space in a URL, and a link whose first letter is
before it (`i[n-context learning](…)`). Text without a complete URL is left alone:
`[1] (see below)`, `f[x](y)`.

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

Removes the space, replaces full-width parentheses, exchanges the brackets, adds a missing
parenthesis at the end, replaces a link in an address with what it leads to, or moves a letter into
the link. The fix is safe where nothing else can be meant. It is unsafe where a link in an address
shows words that would be lost, and where a word follows a full-width parenthesis at once. There is
no fix for the other cases.

## Since

0.1.0
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...choices import Severity
from ...reading.labels import is_label
from ...source import SPACES, Edit, Span
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
# [text](https://…）, [text]（https://…）, [text]（https://…)
_FULL_WIDTH = re.compile(
    r"(?<![A-Za-z0-9\]\\!^])\[(?![ xX]?\]|\^|\d+\])[^\[\]\n\\]{1,300}+\](?P<opens>[ \t]{0,8}+[(（])"
    r"(?P<url>https?://[^ \t\r\n()（）<>\[\]|，。；、]{1,2000}+)(?P<closes>[)）])",
    re.ASCII | re.IGNORECASE,
)
# [text]([https://…](https://…))
_URL = r"https?://(?:[^ \t\r\n()<>\[\]|]|\([^ \t\r\n()<>\[\]|]{0,200}+\)){1,2000}+"
_NESTED = re.compile(
    r"(?<!\\)\]\((?P<address>[ \t]{0,8}+\[(?P<text>[^\[\]\n]{0,2000}+)\]\([ \t]{0,8}+"
    rf"(?P<url>{_URL})(?P<closed>[ \t]{{0,8}}+\)[ \t]{{0,8}}+(?=\)))?)",
    re.ASCII | re.IGNORECASE,
)
_BEGUN = re.compile(r"(?<!\\)\]\((?P<url>https?://[^ \t\r\n()<>|]*+)", re.ASCII | re.IGNORECASE)
# Where an address may have ended.
_WIDE = re.compile("[（）。，；：、！？【】《》「」]")
# (text)[https://…]
_TURNED_ROUND = re.compile(
    r"(?<![\w\]\\)])\((?P<text>[^()\[\]\n\\]{1,300}+)\)"
    r"\[(?P<url>https?://[^ \t\r\n()<>\[\]|]{1,2000}+)\](?![(\[])",
    re.ASCII | re.IGNORECASE,
)
_LETTER_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9\\_.'`/$)-])([A-Za-z])\Z", re.ASCII)
_REST_OF_WORDS = re.compile(r"[a-z]+[ -][A-Za-z]{2}", re.ASCII)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each such place."""
    for text in context.texts:
        own, links = text.excerpt, text.inline.links
        if "[" not in own.text and "](http" not in own.text:
            continue
        if (
            links
            and links[0].kind == "inline"
            and links[0].span == own.span(0, len(own.text))
            and "[" not in links[0].url
        ):
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
        yield from self._full_width()
        yield from self._nested()
        yield from self._begun()
        yield from self._turned_round()
        yield from self._mid_word()

    def _is_free(self, span: Span) -> bool:
        """Whether a place is in no link and no code."""
        index = bisect_right(self._starts, span.start)
        return index == 0 or self._ends[index - 1] <= span.start

    def _has_its_bracket(self, match: re.Match[str], span: Span) -> bool:
        """Whether the bracket after the text is one: code that begins in the text may take it."""
        closes = self._excerpt.text.index("]", match.start())
        index = bisect_right(self._starts, span.end)
        return index == 0 or self._ends[index - 1] <= self._excerpt.span(closes, closes + 1).start

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        for match in pattern.finditer(self._excerpt.text):
            span = self._excerpt.span(*match.span())
            if self._is_free(span):
                yield match, span

    def _apart(self) -> Iterator[Problem]:
        for match, span in self._matches(_APART):
            if not self._has_its_bracket(match, span):
                continue
            blanks = self._excerpt.span(*match.span("blanks"))
            fix = Fix("Remove the space between ] and (", (Edit(blanks, ""),), "safe", "words")
            message = "not a link: remove the space between ] and ("
            yield Problem(message, span, fix=fix)

    def _full_width(self) -> Iterator[Problem]:
        for match, span in self._matches(_FULL_WIDTH):
            opens, closes = match["opens"].strip(SPACES), match["closes"]
            if opens + closes == "()" or not self._has_its_bracket(match, span):
                continue
            # Chinese at once after the parenthesis may be anything, unless it was opened like that.
            rest = self._excerpt.text[match.end() : match.end() + 1]
            how: Applicability = "unsafe" if opens == "(" and rest.isalnum() else "safe"
            message = "full-width parentheses make no link: write ( and )"
            title = "Replace the full-width parentheses"
            if opens == "(":
                message = "a full-width parenthesis does not close this link: write )"
                title = "Replace the full-width parenthesis"
            edits = tuple(
                Edit(self._excerpt.span(*match.span(name)), bracket)
                for name, bracket in (("opens", "("), ("closes", ")"))
                if match[name] != bracket
            )
            yield Problem(message, span, fix=Fix(title, edits, how, "words"))

    def _nested(self) -> Iterator[Problem]:
        ends = {link.span.end: link for link in self._links if link.kind == "inline"}
        starts = {link.span.start for link in self._links if link.kind == "inline"}
        bare_ends = {link.span.end for link in self._links if link.kind == "bare"}
        for match in _NESTED.finditer(self._excerpt.text):
            address = self._excerpt.span(*match.span("address"))
            # Either the whole is one link to what cannot be an address, or the inner is one.
            outer = ends.get(address.end + 1)
            is_address = outer is not None and outer.url.startswith("[")
            inner = self._excerpt.span(match.start("text") - 1, match.start("text")).start
            if not is_address and inner not in starts:
                continue
            fix = None
            if match["closed"] is not None:
                text, url = match["text"].strip(SPACES), match["url"]
                is_certain = text == url or (is_address and "://" not in text)
                if not is_address:
                    # The whole becomes a link, which a bare URL before it would take in.
                    opened = self._excerpt.text.rfind("[", 0, match.start())
                    place = self._excerpt.span(max(opened, 0), opened + 1).start
                    is_certain = is_certain and opened >= 0 and place not in bare_ends
                fix = Fix(
                    "Replace the inner link with its address",
                    (Edit(address, url),),
                    "safe" if is_certain else "unsafe",
                    "links",
                )
            message = "a link inside the address of another: write the address alone"
            yield Problem(message, address, fix=fix)

    def _begun(self) -> Iterator[Problem]:
        own = self._excerpt.text
        begun = {match.start("url") for match in _FULL_WIDTH.finditer(own)}
        for match, span in self._matches(_BEGUN):
            if match.start("url") in begun:
                continue
            end, fix = match.end(), None
            message = "not a link, as its brackets do not match: write [text](URL)"
            if own[end : end + 1] in (" ", "\t") and ")" in own[end : end + 200]:
                message = "not a link, as its URL has a space: remove it or write %20"
            elif end == len(own) and match["url"][-1:] not in ".,;:!?，。":
                opened = own.rfind("[", max(match.start() - 300, 0), match.start())
                closes = opened >= 0 and "]" not in own[opened : match.start()]
                if closes and not _WIDE.search(match["url"]):
                    message = "no closing parenthesis after this link: add it"
                    edit = Edit(Span(span.end, span.end), ")")
                    fix = Fix("Add the closing parenthesis", (edit,), "safe", "words")
            yield Problem(message, span, fix=fix)

    def _turned_round(self) -> Iterator[Problem]:
        for match, span in self._matches(_TURNED_ROUND):
            right = f"[{match['text']}]({match['url']})"
            fix = Fix("Exchange the brackets", (Edit(span, right),), "safe", "words")
            yield Problem("not a link: the text belongs in [ ], the URL in ( )", span, fix=fix)

    def _mid_word(self) -> Iterator[Problem]:
        first = self._excerpt.span(0, 1).start
        for link in self._links:
            start = link.span.start
            if link.kind != "inline" or not _REST_OF_WORDS.match(self._text, start + 1):
                continue
            before = _LETTER_BEFORE.search(self._text[max(first, start - 2) : start])
            if before and not is_label(link):
                letter = before[1]
                edits = (Edit(Span(start - 1, start + 1), f"[{letter}"),)
                yield Problem(
                    "link begins after the first letter of a word, "
                    f"{quoted(letter)}: move it into the link",
                    link.span,
                    fix=Fix("Move the letter into the link", edits, "safe", "words"),
                )
