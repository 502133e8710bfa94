"""Ask a service for many papers, group by group, and keep what comes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..lists.known_titles import Record
from .client import Client, RefusedError, ServiceError
from .service import Service

# So many in a row, and it is not for the papers. From a group of a hundred down to three that are
# refused side by side it takes ten.
_REFUSALS = 12


class _Group(NamedTuple):
    """Papers to ask for; ``again`` if an answer has left them out before."""

    identifiers: tuple[str, ...]
    again: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of the papers that a service was asked for.

    ``unknown`` do not exist there, ``untitled`` have no title there, ``refused`` it takes no
    request for; ``unasked`` counts what it said of others. ``answered`` says whether it gave any
    answer, ``error`` why it was given up before all were asked for.
    """

    found: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unasked: int = 0
    answered: bool = False
    error: str | None = None


def fetch(
    service: Service,
    client: Client,
    identifiers: Sequence[str],
    *,
    keep: Callable[[Iterable[Record]], None],
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Ask a service for papers.

    What an answer leaves out is asked for once more, as long as each answer brings something:
    services leave papers out under load. A request that is refused is halved, so that one
    identifier that is none does not stand in the way of the others.

    Args:
        service: which.
        client: the connection to it.
        identifiers: the papers, each once.
        keep: is given the records of each answer before the next request.
        progress: is called with how many papers are settled, and of how many.

    """
    outcome = Outcome()
    pending = [_Group(group) for group in service.groups(identifiers)][::-1]
    refusals = 0
    while pending:
        if progress:
            left = sum(len(group.identifiers) for group in pending)
            progress(len(identifiers) - left, len(identifiers))
        group = pending.pop()
        asked = group.identifiers
        try:
            answer = client.ask(
                service.address(asked),
                service.parameters(asked),
                lambda body, asked=asked: service.read(body, asked),  # type: ignore[misc]
            )
        except RefusedError as refusal:
            refusals += 1
            if refusals > _REFUSALS:
                outcome.error = f"{service.name} {refusal}"
                break
            if len(asked) == 1:
                outcome.refused += asked
                continue
            middle = len(asked) // 2
            pending += (group._replace(identifiers=asked[middle:]),)
            pending += (group._replace(identifiers=asked[:middle]),)
            continue
        except ServiceError as error:
            outcome.error = str(error)
            break
        refusals = 0
        outcome.answered = True
        outcome.unasked += answer.unasked
        if answer.found:
            # In the order of the list, whatever that of the answer is.
            keep(answer.found[name] for name in asked if name in answer.found)
        for kind in ("found", "unknown", "untitled"):
            getattr(outcome, kind).extend(name for name in asked if name in getattr(answer, kind))
        left_out = tuple(name for name in asked if name not in answer.settled)
        if left_out and group.again and not answer.settled:
            outcome.unknown += left_out
        elif left_out:
            # An error about one identifier says nothing of the others.
            again = group.again or not answer.unknown
            pending.append(_Group(left_out, again))
    return outcome
