"""What a repair hands on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

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


Kind = Literal["exact", "guessed", "suspected", "lost"]
"""What became of a damaged run: read back in the only way there is; restored with guesses; left,
because it may be damaged or not; left, because nothing can be read from it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that was damaged, or may have been.

    Attributes:
        original: where it stands in the text at hand, in code points.
        span: where it stands in the repaired text.
        before: the text at hand.
        channel: how it was damaged, in words.
        kind: what became of it.
        evidence: what speaks for that, in words.
        proved: whether damaging what it became gives what was there, byte for byte.

    Example:
        >>> from llmpaper_md import repair
        >>> [run] = repair("| ⭐ | æˆ‘ä»¬å­¦ä¹ |").runs
        >>> run.kind, run.before, run.original
        ('guessed', 'æˆ‘ä»¬å­¦ä¹', Span(start=6, end=17))
    """

    original: Span
    span: Span
    before: str
    channel: str
    kind: Kind
    evidence: str = ""
    proved: bool = False

    @property
    def repaired(self) -> bool:
        """Whether the repaired text has something else in its place."""
        return self.kind in ("exact", "guessed")


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text and what was done to it.

    Attributes:
        text: the repaired text; the text itself where nothing was wrong.
        channel: how it was damaged; None where no bytes were found misread throughout.
        guesses: one for each character that had lost bytes, from left to right.
        steps: what was done, in words, in the order in which it was done.
        runs: the damaged stretches, from left to right, those included that were left.

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
    runs: tuple[Run, ...] = ()

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
