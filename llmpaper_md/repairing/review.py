"""Applying the choices of a person to the guesses of a repair.

These are the values in a review file; reading and writing the file is done elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..errors import CorrectionError
from ..source import SPACES, Span
from .edits import Edit
from .result import Chooser, Guess, Question, Repair

_LINE_ENDS: Final = re.compile(r"[\r\n]")
_SENTENCE_ENDS: Final = re.compile(r"[。！？；|]|[.!?;](?=[ \t])")
_LONGEST: Final = 4000
"""How far a sentence can extend to each side: a line may be a whole book."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for one restored character.

    Attributes:
        start: the offset of the character in the repaired text, in code points.
        chosen: the text to put there.
        sentence: the sentence around it as it was shown, see `sentence`; not checked if empty.
        name: the name of the choice in messages.
        candidates: what else could have been chosen, if that is known.
    """

    start: int
    chosen: str
    sentence: str = ""
    name: str = "a choice"
    candidates: tuple[str, ...] = ()


def sentence(text: str, span: Span) -> Span:
    """The span of the sentence around a character, within its line and, in a table, its cell.

    Args:
        text: the repaired text.
        span: the character in it, in code points.

    Returns:
        The span of the sentence with its closing sign, without surrounding spaces.

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
        start + len(around) - len(around.lstrip(SPACES)), start + len(around.rstrip(SPACES))
    )


def apply_choices(repair: Repair, choices: Iterable[Choice]) -> Repair:
    """Put the choices of a person into a repaired text.

    A choice fits if its sentence and the present one are the same when damaged: then it does not
    matter which guesses another model, or the person, made in it.

    Args:
        repair: the repair, made of the same text as when the choices were made.
        choices: the choices, in any order; a choice that changes nothing is checked as well.

    Returns:
        The repair with the chosen characters in its text and guesses.

    Raises:
        CorrectionError: a choice does not fit: no restored character is there, its sentence
            has changed, there are two choices for it, or the choice is not a candidate. Nothing
            is applied then.

    Example:
        >>> from .channel import Channel
        >>> from .result import Candidate
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
            raise CorrectionError(f"{choice.name}: no restored character is there")
        if choice.start in made:
            raise CorrectionError(f"{choice.name}: there are two choices for this character")
        if choice.sentence:
            now = sentence(repair.text, guess.span).cut(repair.text)
            if not _same(repair, choice.sentence, guess.span):
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


def _same(repair: Repair, said: str, span: Span) -> bool:
    """Whether a sentence is the one around a guess, whatever was chosen for the guesses in it."""
    around = sentence(repair.text, span)
    now = around.cut(repair.text)
    if said == now or _damaged(repair, said) == _damaged(repair, now):
        return True
    parts: list[str] = []
    place = around.start
    for guess in repair.guesses:
        if around.start <= guess.span.start and guess.span.end <= around.end:
            texts = sorted({candidate.text for candidate in guess.candidates}, key=len)
            parts.append(re.escape(repair.text[place : guess.span.start]))
            parts.append(f"(?:{'|'.join(map(re.escape, reversed(texts)))})")
            place = guess.span.end
    parts.append(re.escape(repair.text[place : around.end]))
    return re.fullmatch("".join(parts), said) is not None


def apply_to_repaired(text: str, choices: Iterable[Choice]) -> str:
    """Put the choices of a person into a text that was repaired before.

    Args:
        text: the repaired text, in which some choices may already stand.
        choices: what was chosen; each with its sentence and its candidates.

    Returns:
        The text with every choice.

    Raises:
        CorrectionError: a choice does not fit: its sentence has changed, or something else than
            one of its candidates stands there. Nothing is applied then.

    Example:
        >>> apply_to_repaired("多头注意字", [Choice(4, "块", "多头注意字", "", ("字", "块"))])
        '多头注意块'
        >>> apply_to_repaired("多头注意块", [Choice(4, "块", "多头注意字", "", ("字", "块"))])
        '多头注意块'
    """
    ordered = sorted(choices, key=lambda choice: choice.start)
    places: dict[int, tuple[Choice, str]] = {}
    for choice in ordered:
        texts = sorted({*choice.candidates, choice.chosen}, key=len, reverse=True)
        there = next((t for t in texts if text.startswith(t, choice.start)), None)
        if there is None:
            raise CorrectionError(f"{choice.name}: none of its candidates is there")
        if choice.start in places:
            raise CorrectionError(f"{choice.name}: there are two choices for this character")
        places[choice.start] = (choice, there)
    for choice, there in places.values():
        around = sentence(text, Span(choice.start, choice.start + len(there)))
        now = around.cut(text)
        open_ = {
            start - around.start: (other, standing)
            for start, (other, standing) in places.items()
            if around.start <= start < around.end
        }
        if choice.sentence and not _equal_but_for(now, choice.sentence, open_):
            change = f"from {choice.sentence!r} to {now!r}"
            raise CorrectionError(f"{choice.name}: the text there has changed, {change}")
    for start in sorted(places, reverse=True):
        choice, there = places[start]
        text = text[:start] + choice.chosen + text[start + len(there) :]
    return text


def _equal_but_for(now: str, said: str, open_: Mapping[int, tuple[Choice, str]]) -> bool:
    """Whether two sentences are the same, characters that were chosen for aside."""
    parts: list[str] = []
    place = 0
    for start, (choice, there) in sorted(open_.items()):
        texts = sorted({*choice.candidates, choice.chosen}, key=len, reverse=True)
        parts += (re.escape(now[place:start]), f"(?:{'|'.join(map(re.escape, texts))})")
        place = start + len(there)
    parts.append(re.escape(now[place:]))
    return re.fullmatch("".join(parts), said) is not None


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
        >>> from .result import Candidate
        >>> guess = Guess(Span(1, 2), "字", 0.8, (Candidate("字", 0.8), Candidate("块", 0.2)))
        >>> chosen_instead(guess, "块").probability
        0.2
    """
    for candidate in guess.candidates:
        if candidate.text == text:
            span = Span(guess.span.start, guess.span.start + len(text))
            return replace(guess, span=span, chosen=text, probability=candidate.probability)
    names = " ".join(candidate.text for candidate in guess.candidates[:12])
    raise ValueError(f"{text!r} is not a candidate for {guess.chosen!r}; candidates: {names}")


def ask(choose: Chooser, below: float, edit: Edit, before: str, after: str) -> None:
    """Ask about each unsure guess of an edit, and put the answers into it.

    Args:
        choose: asked for each guess; answers with the text of a candidate, or None to keep it.
        below: the probability from which on a guess counts as sure, 0 to 1.
        edit: the edit; its text and guesses become those of the answers.
        before: the text of the line before the edit.
        after: the text of the line after it.

    Raises:
        ValueError: an answer is no candidate.

    Example:
        >>> from .result import Candidate
        >>> guess = Guess(Span(0, 1), "字", 0.8, (Candidate("字", 0.8), Candidate("块", 0.2)))
        >>> edit = Edit(0, 1, "字", [guess])
        >>> ask(lambda question: "块", 0.99, edit, "汉", "")
        >>> edit.text, edit.guesses[0].chosen
        ('块', '块')
    """
    shift = 0
    for number, guess in enumerate(edit.guesses):
        span = Span(guess.span.start + shift, guess.span.end + shift)
        guess = replace(guess, span=span)
        if guess.probability < below:
            start, end = edit.text[: span.start], edit.text[span.end :]
            answer = choose(Question(before + start, end + after, guess.chosen, guess.candidates))
            if answer is not None and answer != guess.chosen:
                guess = chosen_instead(guess, answer)
                edit.text = start + answer + end
                shift += guess.span.end - span.end
        edit.guesses[number] = guess
