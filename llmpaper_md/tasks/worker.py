"""What runs in each of the processes that `pool` starts."""

from __future__ import annotations

import os
import pickle
import sys

from ..errors import LLMPaperError, no_memory
from .messages import receive, send

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from io import RawIOBase
    from typing import NoReturn


def serve(requests: RawIOBase) -> None:
    """Do the work for what comes through a pipe until its other end is closed.

    The first message is the task, each further one a text with its settings. One goes back when
    the task is there, and one for each text: what was made of it, or the error that says why
    nothing was.
    """
    answers = open(1, "wb", buffering=0, closefd=False)  # noqa: SIM115 - a descriptor
    sys.stdout = sys.stderr  # what anything prints must not get between the answers
    first = receive(requests)
    if first is not None:
        task = pickle.loads(first)  # noqa: S301 - from the process that started this one
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
    except OSError:  # the process that started this one is gone
        _end()


def _end() -> NoReturn:
    """End this process at once: nothing is left to write, and taking modules down takes time."""
    os._exit(0)


def _progress(done: int, of: int) -> None:
    """Told how far the work is; what is shown is how many files are done."""
