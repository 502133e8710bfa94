"""What a caller can choose for a run of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ..columns import Field
from .findings import Severity

ArxivForm = Literal["consistent", "abs", "pdf"]


@dataclass(frozen=True, slots=True)
class Options:
    """Which rules run, and what they are told.

    ``select`` and ``ignore`` are names of rules: with ``select``, only those run. ``strict`` adds
    the rules of that level. ``severity`` changes the severity of a rule. ``max_bytes`` is where a
    README is cut. ``today`` is the day that expiry is judged by; without one it is not judged.
    ``titles`` are titles that are known to be right, by canonical key (see `links.canonical`).
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    severity: Mapping[str, Severity] = field(default_factory=dict)
    columns: Mapping[Field, Sequence[str]] = field(default_factory=dict)
    max_stars: int = 5
    max_bytes: int = 512_000
    arxiv_form: ArxivForm = "consistent"
    today: date | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
