"""Processes that do the same work for many files. They neither print nor write."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from ..config import Config
from ..errors import LLMPaperError, WorkerError
from ..source import Source

Made = TypeVar("Made")
_LOOK = 0.1
"""Seconds for which is waited at a time, so that the progress is told and Ctrl-C heard."""


class Pool(Generic[Made]):
    """Processes that are started anew, not forked: it is the same on every system."""

    def __init__(
        self,
        task: Callable[[Source, Config, Callable[[int, int], None]], Made],
        processes: int,
    ) -> None:
        self.processes = processes
        self._others = frozenset(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(task,),  # sent once: titles that are known can be many
        )

    def submit(self, source: Source, settings: Config) -> Future[Made]:
        """Have the work done for a file."""
        try:
            with _interrupts_blocked():
                return self._executor.submit(_work, source, settings)
        except BrokenProcessPool as error:
            # What was done before is still to be handed over, in its turn.
            broken = Future[Made]()
            broken.set_exception(error)
            return broken

    def is_done(self, future: Future[Made]) -> bool:
        """Whether the work is done, now or in a moment."""
        return bool(wait([future], timeout=_LOOK).done)

    def outcome(self, source: Source, future: Future[Made]) -> tuple[Source, Made] | LLMPaperError:
        """What came of the work that is done.

        Raises:
            WorkerError: a process came to its end.
        """
        try:
            return source, future.result()
        except LLMPaperError as error:
            return error
        except BrokenProcessPool:
            raise WorkerError(
                f"{source.name}: a process at work on this file or one of the next was killed or "
                "crashed; this file and those after it were left alone; try fewer --jobs"
            ) from None

    def close(self) -> None:
        """End the processes when they have done their work."""
        self._executor.shutdown()

    def kill(self) -> None:
        """End the processes at once."""
        for process in multiprocessing.active_children():
            if process not in self._others:
                process.terminate()
        self._executor.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Have processes that are started meanwhile, and their threads, not hear Ctrl-C.

    A terminal sends it to each of them. This one ends them; by themselves they would complain.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the other processes --------------------------------------------------------------------

_task: Callable[[Source, Config, Callable[[int, int], None]], Any]


def _begin(task: Callable[[Source, Config, Callable[[int, int], None]], Any]) -> None:
    global _task
    _task = task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Do not wait for work from a process that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(source: Source, settings: Config) -> Any:
    return _task(source, settings, _nobody)


def _nobody(done: int, of: int) -> None:
    """Told how far the work is: what is shown is how many files are done."""
