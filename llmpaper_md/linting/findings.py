"""What a rule hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..source import Edit, Span

Severity = Literal["error", "warning"]
Level = Literal["default", "strict"]
Applicability = Literal["safe", "unsafe"]


class Related(NamedTuple):
    """Another place that a finding speaks of, such as the other of two duplicates."""

    span: Span
    message: str


class Fix(NamedTuple):
    """Edits that make a finding go away.

    ``safe``: what a reader sees, and where links lead, stays as it was meant. ``unsafe``: a person
    should look at the result.
    """

    edits: tuple[Edit, ...]
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place: which rule says so, and what to do."""

    rule: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
