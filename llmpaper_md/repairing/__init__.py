"""Repair text whose UTF-8 bytes were misread and partly lost."""

from .channel import Channel
from .engine import repair
from .review import Choice, apply_choices, sentence
from .values import SURE, Candidate, Chooser, Guess, Question, Repair

__all__ = [
    "SURE",
    "Candidate",
    "Channel",
    "Choice",
    "Chooser",
    "Guess",
    "Question",
    "Repair",
    "apply_choices",
    "repair",
    "sentence",
]
