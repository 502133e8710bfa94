"""What a repair hands on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..source import Span
from .channel import Channel

SURE: Final = 0.99
"""From this probability on a restored character counts as sure."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One character that a damaged one can have been.

    Attributes:
        text: the character; rarely with the ``?`` or blank after it, where it is not known whether
            that was one of its bytes.
        probability: its posterior probability, 0 to 1.

    Example:
        >>> from llmpaper_md import repair
        >>> repair("æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚").guesses[0].candidates[0].text
        '绍'
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Guess:
    """One restored character.

    Attributes:
        span: where it stands in the repaired text, in code points.
        chosen: what was put there.
        probability: the posterior probability of that.
        candidates: all it can have been, the most probable first.

    Example:
        >>> from llmpaper_md import repair
        >>> guess = repair("æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚").guesses[0]
        >>> guess.span, guess.chosen, guess.probability > 0.99
        (Span(start=3, end=4), '绍', True)
    """

    span: Span
    chosen: str
    probability: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text and what was done to it.

    Attributes:
        text: the repaired text; the text itself where nothing was wrong.
        channel: how it was damaged; None where no bytes were found misread throughout.
        guesses: one for each character that had lost bytes, from left to right.
        steps: what was done, in words, in the order in which it was done.

    Example:
        >>> from llmpaper_md import repair
        >>> done = repair("æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚")
        >>> done.text, [guess.chosen for guess in done.guesses]
        ('我们介绍一种新的方法。', ['绍', '种'])
        >>> done.channel.codec
        'windows-1254'
    """

    text: str
    channel: Channel | None
    guesses: tuple[Guess, ...]
    steps: tuple[str, ...]

    def marked(self, below: float = SURE) -> str:
        """The text with each character that is less sure than ``below`` (0 to 1) as ⟦this⟧.

        Example:
            >>> Repair("一字", None, (Guess(Span(1, 2), "字", 0.8, ()),), ()).marked()
            '一⟦字⟧'
        """
        parts: list[str] = []
        position = 0
        for guess in self.guesses:
            if guess.probability < below:
                parts += (self.text[position : guess.span.start], f"⟦{guess.chosen}⟧")
                position = guess.span.end
        return "".join((*parts, self.text[position:]))


@dataclass(frozen=True, slots=True)
class Question:
    """An unsure character as it is put to a caller's ``choose``.

    Attributes:
        before: the repaired text of its line up to it.
        after: the repaired text of its line after it.
        chosen: what the language model would put there.
        candidates: all it can have been, the most probable first.

    Example:
        >>> from llmpaper_md import repair
        >>> def ask(question: Question) -> str | None:
        ...     print(question.before, question.chosen, question.after)
        ...     return "不"
        >>> repair("æ•ˆæœä¸å¤§æ¨¡å‹ç›¸å½“ã€‚", choose=ask).text
        效果 与 大模型相当。
        '效果不大模型相当。'
    """

    before: str
    after: str
    chosen: str
    candidates: tuple[Candidate, ...]


Chooser = Callable[[Question], str | None]
"""Answers with the text of one candidate, or None to leave the choice as it is."""
