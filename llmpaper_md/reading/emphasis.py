"""Emphasis and strikethrough as GitHub reads them, for markdown-it-py's inline parser.

markdown-it-py follows newer versions of CommonMark, and takes ``~~`` alone for strikethrough. These
rules follow cmark-gfm (``process_emphasis`` in ``src/inlines.c``, ``extensions/strikethrough.c``):
a run of one or two tildes opens or closes, and only a run of the same length closes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.fragments_join import fragments_join
from markdown_it.rules_inline.state_inline import Delimiter

_MARKS = "*_~"
_TILDE = ord("~")
_MAX_TILDES = 2
_TILDES_READ = 100  # cmark-gfm reads no more of them at once, and takes the next for another run


def flanking(text: str, start: int, end: int, limit: int) -> tuple[bool, bool]:
    """Whether the marks at ``text[start:end]`` can open, and close, emphasis to GitHub.

    To CommonMark 0.31 a symbol beside ``**`` counts as punctuation, to GitHub (0.29) it does not:
    Kangxi radicals are symbols, so a ⽂ that looks like 文 decides whether words are bold.
    Asterisks and underscores look past tildes at the character beyond them.

    Args:
        text: inline Markdown.
        start: where the marks begin.
        end: where they end.
        limit: where the text ends.

    >>> flanking("**a：**b", 4, 6, 7), flanking("**a：** b", 4, 6, 8)
    ((True, False), (False, True))
    """
    left, right, _, _ = _flanking(text, start, end, limit)
    return left, right


def _flanking(text: str, start: int, end: int, limit: int) -> tuple[bool, bool, bool, bool]:
    """Whether marks can open and close, and whether punctuation is before and after them."""
    last, following = start - 1, end
    if text[start] != "~":
        while last > 0 and text[last] == "~":
            last -= 1
        while following < limit and text[following] == "~":
            following += 1
    before = text[last] if last >= 0 else "\n"
    after = text[following] if following < limit else "\n"
    if text[start] != "~" and before == "~":
        before = "\n"
    punctuation_before, punctuation_after = _is_punctuation(before), _is_punctuation(after)
    space_before, space_after = _is_space(before), _is_space(after)
    left = not space_after and (not punctuation_after or space_before or punctuation_before)
    right = not space_before and (not punctuation_before or space_after or punctuation_after)
    return left, right, punctuation_before, punctuation_after


def _is_space(character: str) -> bool:
    return character in "\t\n\f\r " or category(character) == "Zs"


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not character.isalnum() and character > " " and character != "\x7f"
    return category(character)[0] == "P"


def use_emphasis(parser: MarkdownIt) -> None:
    """Give a parser these rules instead of its own for emphasis and strikethrough."""
    parser.inline.ruler.at("emphasis", _mark_rule)
    # These would only look for marks that the rule above has not noted as theirs.
    parser.inline.ruler2.at("balance_pairs", _pair_rule)
    parser.inline.ruler2.at("fragments_join", join_text)
    parser.inline.ruler2.disable(["emphasis"])


def _mark_rule(state: StateInline, silent: bool) -> bool:
    """An inline rule of markdown-it-py: a run of marks, text that may turn out to be emphasis."""
    mark, start = state.src[state.pos], state.pos
    if silent or mark not in _MARKS:
        return False
    end = start + 1
    limit = min(state.posMax, start + _TILDES_READ) if mark == "~" else state.posMax
    while end < limit and state.src[end] == mark:
        end += 1
    # At the end of a link text, the bracket after the marks counts: not `posMax`.
    left, right, punctuation_before, punctuation_after = _flanking(
        state.src, start, end, len(state.src)
    )
    token = state.push("text", "", 0)
    token.content = state.src[start:end]
    token.meta["place"] = start, end
    if mark == "_":
        left, right = (
            left and (not right or punctuation_before),
            right and (not left or punctuation_after),
        )
    if (left or right) and (mark != "~" or end - start <= _MAX_TILDES):
        state.delimiters.append(
            Delimiter(ord(mark), end - start, len(state.tokens) - 1, -1, left, right)
        )
    state.pos = end
    return True


def _pair_rule(state: StateInline) -> None:
    """A rule of markdown-it-py for the end: takes the marks that are emphasis from the text."""
    for delimiters in (state.delimiters, *(m["delimiters"] for m in state.tokens_meta if m)):
        if len(delimiters) > 1:
            pairing = _Pairing(delimiters)
            left = pairing.run()
            for mark, length in zip(delimiters, left, strict=True):
                state.tokens[mark.token].content = chr(mark.marker) * length
            for opening, closing, before, after, used in pairing.pairs:
                opener = state.tokens[delimiters[opening].token].meta
                closer = state.tokens[delimiters[closing].token].meta
                # Marks are used from the inside out.
                start = opener["place"][0] + before - used
                end = closer["place"][1] - after + used
                opener.setdefault("emphasis", []).append((start, end, used))
                if used == 2:
                    state.env["strong"] = True
                    opener["strong"], closer["strong"] = "open", "close"


def join_text(state: StateInline) -> None:
    """Join pieces of text, unless it has to be known which of them are bold."""
    if not state.env.pop("strong", False):
        fragments_join(state)


class _Pairing:
    """The marks of one text or link text, those that are still to be paired linked in order."""

    def __init__(self, marks: Sequence[Delimiter]) -> None:
        self._marks = marks
        # Of each pair: its two marks, how many characters each had left, and how many are used.
        self.pairs: list[tuple[int, int, int, int, int]] = []
        self._left: list[int] = [mark.length for mark in marks]
        self._before: list[int] = [*range(-1, len(marks) - 1)]
        self._after: list[int] = [*range(1, len(marks) + 1)]
        # Below these no opener is left, by the kind of mark and the length of the closing run.
        self._bottoms: dict[tuple[int, int], int] = {}

    def run(self) -> Sequence[int]:
        """Pair the marks, and return how many characters of each are left as text."""
        marks = self._marks
        closer = 0
        while closer < len(marks):
            if not marks[closer].close:
                closer = self._after[closer]
                continue
            opener = self._opener(closer)
            following = self._after[closer]
            if opener >= 0:
                closer = self._match(opener, closer)
                continue
            self._bottoms[marks[closer].marker, marks[closer].length % 3] = closer
            if not marks[closer].open:
                self._remove(closer)
            closer = following
        return self._left

    def _opener(self, closing: int) -> int:
        """The mark that a mark closes, -1 if there is none."""
        closer = self._marks[closing]
        bottom = self._bottoms.get((closer.marker, closer.length % 3), 0)
        place = self._before[closing]
        while place >= bottom:
            opener = self._marks[place]
            if opener.open and opener.marker == closer.marker:
                both = closer.open or opener.close
                if not both or closer.length % 3 == 0 or (opener.length + closer.length) % 3:
                    return place
            place = self._before[place]
        return -1

    def _match(self, opening: int, closing: int) -> int:
        """Count the marks of a pair as used, and return the next one to look at."""
        left = self._left
        used = 2 if min(left[opening], left[closing]) > 1 else 1
        is_strikethrough = self._marks[closing].marker == _TILDE
        if not is_strikethrough or left[opening] == left[closing]:
            if not is_strikethrough:
                self.pairs.append((opening, closing, left[opening], left[closing], used))
            left[opening] -= used
            left[closing] -= used
        # What is between the two opens and closes nothing any more.
        self._after[opening], self._before[closing] = closing, opening
        # Tildes of unequal number are no pair, but GitHub is done with them.
        if is_strikethrough or not left[opening]:
            self._remove(opening)
        if left[closing] and not is_strikethrough:
            return closing
        self._remove(closing)
        return self._after[closing]

    def _remove(self, place: int) -> None:
        before, after = self._before[place], self._after[place]
        if before >= 0:
            self._after[before] = after
        if after < len(self._marks):
            self._before[after] = before
