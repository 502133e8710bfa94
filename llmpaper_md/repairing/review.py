"""Let a person look over the guesses of a repair, and apply what they chose.

The values here are what a review file holds; reading and writing the file is done elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ..errors import CorrectionError
from ..source import BLANKS, Span
from .values import Guess, Repair

_LINE_ENDS: Final = re.compile(r"[\r\n]")
_SENTENCE_ENDS: Final = re.compile(r"[。！？；|]|[.!?;](?=[ \t])")
_LONGEST: Final = 4000
"""How far a sentence can reach to either side: a line may be a whole book."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for one restored character.

    Attributes:
        start: the offset of the character in the repaired text, in code points.
        chosen: what is to stand there.
        sentence: the sentence around it as it was shown, see `sentence`; empty for unchecked.
        name: what messages call the choice.
    """

    start: int
    chosen: str
    sentence: str = ""
    name: str = "a choice"


def sentence(text: str, span: Span) -> Span:
    """Where the sentence around a character stands: within its line and, in a table, its cell.

    Args:
        text: the repaired text.
        span: where the character stands in it, in code points.

    Returns:
        The span of the sentence with its closing sign, without blanks around it.

    Example:
        >>> sentence("| 一。二三。四 |", Span(4, 5)).cut("| 一。二三。四 |")
        '二三。'
    """
    start = max(0, span.start - _LONGEST)
    for match in _LINE_ENDS.finditer(text, start, span.start):
        start = match.end()
    for match in _SENTENCE_ENDS.finditer(text, start, span.start):
        start = match.end()
    line_end = _LINE_ENDS.search(text, span.end, span.end + _LONGEST)
    end = line_end.start() if line_end else min(len(text), span.end + _LONGEST)
    if closing := _SENTENCE_ENDS.search(text, span.end, end):
        end = closing.start() if closing[0] == "|" else closing.end()
    around = text[start:end]
    return Span(
        start + len(around) - len(around.lstrip(BLANKS)), start + len(around.rstrip(BLANKS))
    )


def apply_choices(repair: Repair, choices: Iterable[Choice]) -> Repair:
    """Put the choices of a person into a repaired text.

    A choice fits if its sentence, damaged again, is what the sentence that stands there now comes
    from: then it does not matter which guesses another model, or the person, made in it.

    Args:
        repair: the repair, made of the same text as when the choices were made.
        choices: what was chosen, in any order; a choice that changes nothing is checked as well.

    Returns:
        The repair with the chosen characters in its text and guesses.

    Raises:
        CorrectionError: a choice does not fit: no restored character stands there, its sentence
            has changed, it is chosen for twice, or what was chosen is none of its candidates.
            Nothing is applied then.

    Example:
        >>> from .channel import Channel
        >>> from .values import Candidate
        >>> guess = Guess(Span(1, 2), "字", 0.8, (Candidate("字", 0.8), Candidate("块", 0.2)))
        >>> damaged = Repair("一字", Channel("windows-1254"), (guess,), ())
        >>> done = apply_choices(damaged, [Choice(1, "块")])
        >>> done.text, done.guesses[0].chosen
        ('一块', '块')
    """
    guesses = {guess.span.start: guess for guess in repair.guesses}
    made: dict[int, Guess] = {}
    for choice in choices:
        guess = guesses.get(choice.start)
        if guess is None:
            raise CorrectionError(f"{choice.name}: no restored character stands there")
        if choice.start in made:
            raise CorrectionError(f"{choice.name}: this character is chosen for twice")
        if choice.sentence:
            now = sentence(repair.text, guess.span).cut(repair.text)
            if _damaged(repair, choice.sentence) != _damaged(repair, now):
                change = f"from {choice.sentence!r} to {now!r}"
                raise CorrectionError(f"{choice.name}: the text there has changed, {change}")
        try:
            made[choice.start] = chosen_instead(guess, choice.chosen)
        except ValueError as error:
            raise CorrectionError(f"{choice.name}: {error}") from None
    parts: list[str] = []
    moved: list[Guess] = []
    position = shift = 0
    for guess in repair.guesses:
        new = made.get(guess.span.start, guess)
        start = guess.span.start + shift
        moved.append(replace(new, span=Span(start, start + len(new.chosen))))
        parts += (repair.text[position : guess.span.start], new.chosen)
        position = guess.span.end
        shift += len(new.chosen) - (guess.span.end - guess.span.start)
    parts.append(repair.text[position:])
    return replace(repair, text="".join(parts), guesses=tuple(moved))


def _damaged(repair: Repair, text: str) -> str:
    return repair.channel.damage(text) if repair.channel else text


def chosen_instead(guess: Guess, text: str) -> Guess:
    """The same guess with another of its candidates chosen.

    Args:
        guess: the guess.
        text: the text of the candidate.

    Returns:
        The guess, its span as long as the new text.

    Raises:
        ValueError: there is no such candidate.

    Example:
        >>> from .values import Candidate
        >>> guess = Guess(Span(1, 2), "字", 0.8, (Candidate("字", 0.8), Candidate("块", 0.2)))
        >>> chosen_instead(guess, "块").probability
        0.2
    """
    for candidate in guess.candidates:
        if candidate.text == text:
            span = Span(guess.span.start, guess.span.start + len(text))
            return replace(guess, span=span, chosen=text, probability=candidate.probability)
    names = " ".join(candidate.text for candidate in guess.candidates[:12])
    raise ValueError(f"{text!r} is no candidate for {guess.chosen!r}; its candidates: {names}")
