"""What runs in each worker that `pool` starts."""

from __future__ import annotations

import os
import pickle
import sys

from ..errors import LLMPaperError, no_memory
from .messages import receive, send

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from io import RawIOBase
    from typing import NoReturn


def serve(requests: RawIOBase) -> None:
    """Run the task for each request from a pipe, until its other end is closed.

    The first message is the task, each further one a text with its settings. An empty answer
    confirms the task; the answer to each text is its result or an error.
    """
    answers = open(1, "wb", buffering=0, closefd=False)  # noqa: SIM115 - a descriptor
    sys.stdout = sys.stderr  # nothing printed may get between the answers
    first = receive(requests)
    if first is not None:
        task = pickle.loads(first)  # noqa: S301 - from the parent process
        _answer(answers, b"")
    while (request := receive(requests)) is not None:
        source, settings = pickle.loads(request)  # noqa: S301 - likewise
        try:
            made = task(source, settings, _progress)
        except LLMPaperError as error:
            made = error
        except MemoryError:
            made = no_memory(source.name)
        _answer(answers, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    _end()


def _answer(answers: RawIOBase, message: bytes) -> None:
    try:
        send(answers, message)
    except OSError:  # the parent process is gone
        _end()


def _end() -> NoReturn:
    """End this process at once: nothing is left to write, and a regular exit takes time."""
    os._exit(0)


def _progress(done: int, of: int) -> None:
    """Ignored: progress is shown per file."""
