"""Whether fixes leave paragraphs and cells as readers know them: the proof of each by itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

from ..reading.inline import Inline, read_inline
from ..source import Edit, Excerpt, Span, apply
from .context import Context
from .findings import Changes, Finding, Fix

ENDS_URLS = frozenset(["bare-url", "broken-link", "swallowed-text"])
"""What these rules find is that a URL does not end where it should."""

_NOT_ASCII = re.compile("[^!-~]+")
# How many fixes of a text are read one by one, and how often a text is read for a rule at most.
_FEW, _READS = 3, 32
_URL = re.compile("https?://|ftp://|www\\.", re.IGNORECASE)
# What a line begins with that is something else than text.
_BLOCK = re.compile(r"[ \t]*(?:[-+*#>|=<:]|\d{1,9}[.)]|`{3}|~{3}|\[[^\[\]]*\]:|$)")
# Beside any other character, an edit of spaces and the like does nothing to inline Markdown.
_MARKUP = frozenset("\\`*_~[]()<>!&:/|\"'")


class Proof:
    """Proves fixes of one list, each by itself or two together."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._text_starts = [text.excerpt.pieces[0][1] for text in context.texts]
        self._swallowed = context.swallowed
        self._swallowed_starts = [span.start for span in context.swallowed]

    def needs(self, findings: Iterable[Finding]) -> dict[int, frozenset[int]]:
        """Which fixes change no more of the text that they are in than they say.

        Args:
            findings: whose fixes are asked about, one finding of each.

        Returns:
            The identities of the fixes that do, with those of the fixes that they need: what
            changes text that GitHub takes into a bare URL needs the fix that ends the URL.
        """
        findings = list(findings)
        ends: dict[int | None, int] = {
            finding.span.end: id(finding.fix) for finding in findings if finding.rule in ENDS_URLS
        }
        good: dict[int, frozenset[int]] = {}
        # The fixes inside each text, with their edits there.
        inside: dict[tuple[int, str], list[tuple[Fix, list[Edit]]]] = {}
        for finding in findings:
            fix, rule = finding.fix, finding.rule
            if not fix:
                continue
            into = {self._swallowing(edit, finding) for edit in fix.edits} - {None}
            needed = frozenset(ends[end] for end in into if end in ends)
            if len(needed) < len(into) or id(fix) in needed:
                continue
            good[id(fix)] = needed
            if fix.changes in ("links", "blocks"):
                continue
            for index, own in self._by_text(fix, of_markup=fix.changes != "words").items():
                inside.setdefault((index, rule), []).append((fix, own))
        for (index, _), parts in inside.items():
            for fix in _not_same(self._context, index, parts):
                good.pop(id(fix), None)
        return good

    def broken_by_others(self, pairs: Iterable[tuple[Fix, Fix]]) -> Iterator[Fix]:
        """Of fixes that touch, the second ones that change more than both say if both are made.

        Those of a text are read at once if they are all good, and one by one otherwise. All are
        refused where they are too many for that.
        """
        inside: dict[int, list[tuple[Fix, Fix]]] = {}
        for first, later in pairs:
            for index in self._by_text(first).keys() & self._by_text(later).keys():
                inside.setdefault(index, []).append((first, later))
        for index, own in inside.items():
            if not self._are_same(index, [fix for pair in own for fix in pair]):
                for number, pair in enumerate(own):
                    if number >= _READS or not self._are_same(index, pair):
                        yield pair[1]

    def _are_same(self, index: int, fixes: Sequence[Fix]) -> bool:
        """Whether a text says the same after fixes, but for what they say that they change."""
        unique = {id(fix): fix for fix in fixes}.values()
        edits = [edit for fix in unique for edit in self._by_text(fix)[index]]
        changes: Changes = "words" if any(fix.changes == "words" for fix in unique) else "spaces"
        return _is_same(self._context, index, edits, changes)

    def _by_text(self, fix: Fix, *, of_markup: bool = False) -> dict[int, list[Edit]]:
        """The edits of a fix by the text that they are in, or those that may change markup."""
        edits: dict[int, list[Edit]] = {}
        for edit in fix.edits:
            index = bisect_right(self._text_starts, edit.span.start) - 1
            if index >= 0 and (
                not of_markup
                or _touches_markup(self._context.source.text, edit)
                or edit.span.start == self._text_starts[index]
            ):
                edits.setdefault(index, []).append(edit)
        return edits

    def _swallowing(self, edit: Edit, finding: Finding) -> int | None:
        """The end of the bare URL into which GitHub takes what an edit changes, None if of none.

        Nor of that which the finding is about, if what it finds is that the URL does not end.
        """
        start, end = edit.span
        # The end of the URL is as good as inside it where the URL is rewritten, and so is the space
        # that ends what is taken in where that space goes.
        rewrites = finding.fix is not None and finding.fix.changes == "links"
        index = bisect_left(self._swallowed_starts, end + rewrites) - 1
        if index < 0 or start >= self._swallowed[index].end + (end > start):
            return None
        url_end = self._swallowed[index].start
        is_its_own = finding.span.start < url_end <= finding.span.end
        return None if is_its_own and finding.rule in ENDS_URLS else url_end


def _not_same(
    context: Context, index: int, parts: Sequence[tuple[Fix, list[Edit]]]
) -> Iterator[Fix]:
    """Which fixes of a rule in one text change more of it than they say.

    Of many, as of links in a row, those are read at once that are all good. All are refused where
    too many are not: a long cell is not read as often as it has links.
    """
    reads = 0
    bad: list[Fix] = []
    groups = [parts]
    while groups:
        group = groups.pop()
        if len(group) > _FEW:
            edits = [edit for _, own in group for edit in own]
            if not _is_same(context, index, edits, group[0][0].changes):
                middle = len(group) // 2
                groups += (group[:middle], group[middle:])
        else:
            bad += (fix for fix, own in group if not _is_same(context, index, own, fix.changes))
        reads += 1
        if reads > _READS:
            return iter(fix for fix, _ in parts)
    return iter(bad)


def _touches_markup(text: str, edit: Edit) -> bool:
    """Whether an edit may do more to inline Markdown than to change words beside words."""
    old, new = edit.span.cut(text), edit.replacement
    if len(old) == len(new) == 1 and not _has_meaning(old) and not _has_meaning(new):
        return False
    if _NOT_ASCII.sub("", old + new):
        return True
    if _URL.match(text, edit.span.end):
        return True  # a letter before it keeps it from being a link
    around = text[edit.span.start - 1 : edit.span.start] + text[edit.span.end : edit.span.end + 1]
    return not _MARKUP.isdisjoint(around)


def _has_meaning(character: str) -> bool:
    """Whether emphasis beside a character depends on it."""
    return category(character)[0] in "PZC" or character.isascii()


def _is_same(context: Context, index: int, edits: Iterable[Edit], changes: Changes) -> bool:
    """Whether a text says the same after edits."""
    text = context.texts[index]
    excerpt = text.excerpt
    end = excerpt.span(len(excerpt.text) - 1, len(excerpt.text)).end
    # What is behind the text is not in it, but between it and the next.
    edits = [edit for edit in edits if edit.span.end <= end]
    after = apply(excerpt.text, _in_excerpt(excerpt, edits))
    if text.cell is None and _begins_block(excerpt, edits, after):
        return False
    inline = read_inline(Excerpt(after, ((0, 0),)), context.document.blocks.references)
    return _seen(inline, changes) == _seen(text.inline, changes)


def _begins_block(excerpt: Excerpt, edits: Sequence[Edit], after: str) -> bool:
    """Whether a line may be something else than text once its first characters have gone."""
    begun = {edit.span.start for edit in edits if edit.span.end > edit.span.start}
    if begun.isdisjoint(there for _, there in excerpt.pieces):
        return False
    return any(_BLOCK.match(line) for line in after.split("\n"))


def _in_excerpt(excerpt: Excerpt, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits with their places in the excerpt."""
    places = [there for _, there in excerpt.pieces]

    def own(offset: int) -> int:
        before, there = excerpt.pieces[max(bisect_right(places, offset) - 1, 0)]
        return before + offset - there

    for edit in edits:
        yield Edit(Span(own(edit.span.start), own(edit.span.end)), edit.replacement)


def _seen(inline: Inline, changes: Changes) -> tuple[object, ...]:
    """What has to stay: the links with their texts, and the text, less what may change."""
    if changes == "words":
        return (Counter(link.url for link in inline.links),)
    links = Counter((link.url, _NOT_ASCII.sub("", link.text)) for link in inline.links)
    return links, _NOT_ASCII.sub("", inline.text)
