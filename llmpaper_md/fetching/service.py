"""What the services have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..lists.known_titles import Record
from .client import NonsenseError

_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(slots=True)
class Answer:
    """What a response has about the papers that were requested.

    ``found`` has records by the identifier that was requested, ``untitled`` the papers without a
    title, ``unknown`` those that do not exist; others are not mentioned. ``unasked`` counts the
    entries about other papers.
    """

    found: dict[str, Record] = field(default_factory=dict)
    untitled: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    unasked: int = 0

    @property
    def settled(self) -> set[str]:
        """The papers that it mentions."""
        return self.found.keys() | self.untitled | self.unknown

    def checked(self) -> Answer:
        """The response, once all of it is read.

        Raises:
            NonsenseError: it is about other papers only.
        """
        self.untitled -= self.found.keys()
        if self.unasked and not self.settled:
            raise NonsenseError("papers that were not requested")
        return self


class Service(Protocol):
    """The requests to a service, and its responses."""

    name: str
    """For messages."""
    interval: float
    """The seconds between two requests, by its terms."""

    def groups(self, identifiers: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The papers in groups, one for each request."""
        ...

    def address(self, identifiers: Sequence[str]) -> str:
        """The URL for the papers of a group, or of a part of one."""
        ...

    def parameters(self, identifiers: Sequence[str]) -> dict[str, str]:
        """The query for these papers."""
        ...

    def read(self, body: bytes, identifiers: Sequence[str]) -> Answer:
        """Parse the body of a response.

        Raises:
            NonsenseError: it is not of a kind that the service is known to return.

        """
        ...


def in_groups(identifiers: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Identifiers in groups of a size, the last one perhaps smaller."""
    for start in range(0, len(identifiers), size):
        yield tuple(identifiers[start : start + size])


def one_line(text: str) -> str:
    r"""A title as one line that can be written as UTF-8.

    >>> one_line("Attention Is\n  All You Need\ud800")
    'Attention Is All You Need?'
    """
    return _SPACES.sub(" ", text).strip(" ").encode("utf-8", "replace").decode("utf-8")
