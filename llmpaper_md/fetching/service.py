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
    """What an answer says of the papers that were asked for.

    ``found`` has the record of each by the identifier that was asked for, ``untitled`` those it
    knows but gives no title for, ``unknown`` those it says are none; of the others it says nothing.
    ``unasked`` counts the entries about other papers.
    """

    found: dict[str, Record] = field(default_factory=dict)
    untitled: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    unasked: int = 0

    @property
    def settled(self) -> set[str]:
        """The papers that it says something of."""
        return self.found.keys() | self.untitled | self.unknown

    def checked(self) -> Answer:
        """The answer, when all of it is read.

        Raises:
            NonsenseError: it speaks of other papers only.
        """
        self.untitled -= self.found.keys()
        if self.unasked and not self.settled:
            raise NonsenseError("papers that were not asked for")
        return self


class Service(Protocol):
    """How a service is asked, and what it answers."""

    name: str
    """For messages."""
    interval: float
    """The least seconds between two requests, by its terms."""

    def groups(self, identifiers: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The papers in groups, each of which it is asked for at once."""
        ...

    def address(self, identifiers: Sequence[str]) -> str:
        """Where it is asked for the papers of a group, or of a part of one."""
        ...

    def parameters(self, identifiers: Sequence[str]) -> dict[str, str]:
        """The query that asks for these papers."""
        ...

    def read(self, body: bytes, identifiers: Sequence[str]) -> Answer:
        """What the body of an answer says of the papers that were asked for.

        Raises:
            NonsenseError: it is not what the service is known to answer.

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
