"""Repair text whose UTF-8 bytes were misread and partly lost."""

from __future__ import annotations

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
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

# Who needs but the table of radicals need not load ftfy: names are imported when asked for.
_HOMES = {
    "Channel": "channel",
    "Choice": "review",
    "apply_choices": "review",
    "repair": "engine",
    "sentence": "review",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES.get(name, 'values')}", __name__), name)
    globals()[name] = value
    return value
