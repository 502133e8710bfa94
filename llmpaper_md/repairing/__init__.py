"""Repair text whose UTF-8 bytes were misread and partly lost."""

from __future__ import annotations

TYPE_CHECKING = False  # like typing.TYPE_CHECKING, without importing typing
if TYPE_CHECKING:
    from .channel import Channel
    from .channels import parse_channel
    from .engine import repair
    from .multibyte import MultiByteChannel
    from .result import SURE, Candidate, Chooser, Guess, Question, Repair, Run
    from .review import Choice, apply_choices, apply_to_repaired, sentence

__all__ = [
    "SURE",
    "Candidate",
    "Channel",
    "Choice",
    "Chooser",
    "Guess",
    "MultiByteChannel",
    "Question",
    "Repair",
    "Run",
    "apply_choices",
    "apply_to_repaired",
    "parse_channel",
    "repair",
    "sentence",
]

# Names are imported on first use: the table of radicals alone does not need ftfy.
_HOMES = {
    "Channel": "channel",
    "Choice": "review",
    "MultiByteChannel": "multibyte",
    "parse_channel": "channels",
    "apply_choices": "review",
    "apply_to_repaired": "review",
    "repair": "engine",
    "sentence": "review",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES.get(name, 'result')}", __name__), name)
    globals()[name] = value
    return value
