"""Request many papers from a service, group by group, keeping each result at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..lists.known_titles import Record
from .client import Client, RefusedError, ServiceError
from .service import Service

# After so many refusals in a row the papers are not to blame: it takes ten to find three invalid
# identifiers next to each other in a group of a hundred.
_REFUSALS = 12


class _Group(NamedTuple):
    """Papers to request; ``again`` if a response has left them out before."""

    identifiers: tuple[str, ...]
    again: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of the papers that were requested from a service.

    ``unknown`` do not exist there, ``untitled`` have no title there, requests for ``refused`` were
    refused; ``unasked`` counts entries about other papers. ``answered`` is true after any response;
    ``error`` is why the service was given up before all papers were requested.
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
    """Request papers from a service.

    Papers that a response leaves out are requested again as long as each response has some of them:
    services leave papers out under load. A request that is refused is split in two, so that one
    invalid identifier does not keep the others from being found.

    Args:
        service: the service.
        client: the connection to it.
        identifiers: the papers, each once.
        keep: called with the records of each response before the next request.
        progress: called with the number of settled papers and of all papers.

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
            # In the order of the list, not of the response.
            keep(answer.found[name] for name in asked if name in answer.found)
        for kind in ("found", "unknown", "untitled"):
            getattr(outcome, kind).extend(name for name in asked if name in getattr(answer, kind))
        left_out = tuple(name for name in asked if name not in answer.settled)
        if left_out and group.again and not answer.settled:
            outcome.unknown += left_out
        elif left_out:
            # An error about one identifier says nothing about the others.
            again = group.again or not answer.unknown
            pending.append(_Group(left_out, again))
    return outcome
