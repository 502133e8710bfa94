"""The result of a repair."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from ..source import Span
from .channel import Channel

SURE: Final = 0.99
"""The probability from which a restored character is certain."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One character that a damaged one may have been.

    Attributes:
        text: the character; rarely with the ``?`` or space after it, if that may have been one of
            its bytes.
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
        span: its place in the repaired text, in code points.
        chosen: the text that was chosen.
        probability: the posterior probability of that choice.
        candidates: everything it may have been, the most probable first.

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
"""What became of a damaged run: restored in the only possible way; restored with guesses; not
changed, because it may be intact; not changed, because it cannot be restored."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of the text that was damaged, or may have been.

    Attributes:
        original: its place in the damaged text, in code points.
        span: its place in the repaired text.
        before: the damaged text.
        channel: how it was damaged, in words.
        kind: what became of it: ``exact`` (restored in the only possible way), ``guessed``,
            ``suspected`` (not changed, as it may be intact) or ``lost`` (cannot be restored).
        evidence: the evidence for that, in words.
        proved: whether damaging the result gives the damaged text, byte for byte.

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
        """Whether it was changed."""
        return self.kind in ("exact", "guessed")


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text and what was done to it.

    Attributes:
        text: the repaired text; the same text if nothing was wrong.
        channel: the first single-byte channel that was found; None if there is none.
        guesses: one for each character that had lost bytes, in order.
        steps: what was done, in words, in order.
        runs: the damaged parts, in order, including those that were not changed.

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
        """The text with each character of a probability below ``below`` (0 to 1) as ⟦this⟧.

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
    """An uncertain character, for a caller's ``choose``.

    Attributes:
        before: the repaired text of its line before it.
        after: the repaired text of its line after it.
        chosen: the choice of the language model.
        candidates: everything it may have been, the most probable first.

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
"""Returns the text of one of the candidates, or None to keep the model's choice."""
