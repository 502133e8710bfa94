"""An invisible character: a soft hyphen, zero-width space, control character.

## What it does

Reports invisible characters outside code. They are left alone where they belong: joiners in emoji
and in scripts that need them (Persian, Indic), zero-width spaces in scripts without spaces (Thai,
Khmer), bidirectional controls in lines with right-to-left letters, the byte order mark at the start
of the file, and all of them in garbled lines (see `mojibake`).

## Why it matters

Such characters come from PDFs, chats and web pages. Search does not find a word that has one, a URL
with one leads nowhere, and an identifier with one is a different identifier.

## Example

```markdown
- [At\u00adten\u00adtion](https://arxiv.org/abs/1706.03762)\u200b
```

## Use instead

```markdown
- [Attention](https://arxiv.org/abs/1706.03762)
```

## Fix safety

Removes the characters, or replaces a line or paragraph separator with a space. The fix is safe,
because it changes nothing that a reader sees. It is unsafe in a URL, which then leads elsewhere,
and in a heading that a link in the file leads to. There is no fix where a link has no other text,
nor next to letters that a misread encoding has for bytes of UTF-8: there, soft hyphens and controls
may be half of a damaged character, and a person has to check the text.

## Since

0.1.0
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby

from ...choices import Severity
from ...source import SPACES, Edit, Span
from ..context import Context
from ..findings import Applicability, Fix, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"

_NAMES = {
    "\u00ad": "soft hyphen",
    "\u180e": "Mongolian vowel separator",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\u2060": "word joiner",
    "\u3164": "Hangul filler",
    "\ufeff": "byte order mark",
    "\u007f": "control character",
    **dict.fromkeys(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "bidirectional control"
    ),
    **dict.fromkeys("\u2061\u2062\u2063\u2064", "mathematical operator"),
    **{chr(c): "control character" for c in (*range(1, 9), *range(11, 13), *range(14, 32))},
    **{chr(c): "control character" for c in range(0x80, 0xA0)},
}
_ORDER = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Patterns that few files need, compiled when first used.
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_WITHOUT_BLANKS = "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1900-\u1aff\ua9e0-\uaa7f]"
_BYTES = re.compile("[\x80-\x9f\xad]")
_HALVES = re.compile("[\x80-\xbf\xc2-\u06ff\u2013-\u2265\u2500-\u25ff\ufffd]")
_EMPTY = frozenset([*_NAMES, *SPACES])
_SEPARATORS = frozenset("\u2028\u2029")
_CJK = "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each run of invisible characters that do not belong there."""
    for problem in _problems(context):
        yield problem if _clean_around(context, problem.span) else replace(problem, fix=None)


def _clean_around(context: Context, span: Span) -> bool:
    """Whether no letter is beside it that may be half a character, with this as the other.

    Soft hyphens and controls are bytes of damaged text as well. Where the letters of a misread code
    page are beside one, a person has to decide, even if too little is there to be sure.
    """
    text = context.source.text
    if not _BYTES.search(span.cut(text)):
        return True
    around = text[max(0, span.start - 2) : span.start] + text[span.end : span.end + 2]
    return not _HALVES.search(around)


def _problems(context: Context) -> Iterator[Problem]:
    source = context.source
    text = source.text
    found = _NAMES.keys() & set(text)
    if not found:
        return
    invisible = re.compile(f"[{re.escape(''.join(found))}]+")
    starts = [span.start for span in context.addresses]

    @cache
    def right_to_left(line: int) -> bool:
        return re.search(_RIGHT_TO_LEFT, source.line(line)) is not None

    for span in context.prose:
        for match in invisible.finditer(text, span.start, span.end):
            line = source.position(match.start()).line
            if context.is_garbled(Span(*match.span())) or _belongs(text, match):
                continue
            if _ORDER.issuperset(match[0]) and right_to_left(line):
                continue
            index = bisect_right(starts, match.start()) - 1
            in_url = index >= 0 and match.start() < context.addresses[index].end
            instead = _instead(text, match)
            fix = None
            if not _is_all_of_a_link(text, match):
                fix = Fix(
                    "Replace the separator with a space"
                    if instead
                    else "Remove the invisible characters",
                    (Edit(Span(*match.span()), instead),),
                    "unsafe" if in_url or line in context.anchors else "safe",
                )
            names = [_name(char, len(list(run))) for char, run in groupby(match[0])]
            what = "it" if len(match[0]) == 1 else "them"
            remedy = f"replace {what} with a space" if instead else f"remove {what}"
            message = f"invisible {', '.join(names)}: {remedy}"
            yield Problem(message, Span(*match.span()), fix=fix)


def _name(char: str, count: int) -> str:
    times = f", {count} times" if count > 1 else ""
    return f"{_NAMES[char]} (U+{ord(char):04X}{times})"


def _instead(text: str, match: re.Match[str]) -> str:
    """A space for a separator between two words, otherwise nothing."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    edge = {"", " ", "\t", "\r", "\n", "|"}
    apart = before not in edge and after not in edge and not _SEPARATORS.isdisjoint(match[0])
    return " " if apart else ""


def _is_all_of_a_link(text: str, match: re.Match[str]) -> bool:
    """Whether nothing else is between two brackets: without it, the link could not be seen."""
    start, end = match.span()
    while text[start - 1 : start] in _EMPTY and start:
        start -= 1
    while text[end : end + 1] in _EMPTY and end < len(text):
        end += 1
    return text[start - 1 : start] == "[" and text[end : end + 1] == "]"


def _belongs(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    run = match[0]
    if start == 0 and run == "\ufeff":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if run in ("\u200c", "\u200d"):
        # In scripts from Arabic to Sinhala a word may end in one.
        return _joins(before) and ("\u0600" <= before <= "\u0dff" or _joins(after))
    if run in ("\u200b", "\u2060"):
        return bool(re.match(_WITHOUT_BLANKS, before) or re.match(_WITHOUT_BLANKS, after))
    return False


def _joins(char: str) -> bool:
    """Whether a character may have a joiner beside it: all but ASCII, Latin and Chinese."""
    return char > "\u02ff" and not re.match(_CJK, char) and unicodedata.category(char)[0] in "LMS"
