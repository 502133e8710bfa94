"""Processes that do the same work for many files. They neither print nor write.

Each has a pipe of its own to this one, so that the end of either is seen at the other, and nothing
is shared that one could leave locked. `concurrent.futures.ProcessPoolExecutor` has one pipe for
what all of them make: one that is killed while it writes there leaves this process waiting for the
rest, and the others for their turn, for ever (seen with Python 3.11.7).
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from ..config import Config
from ..errors import LLMPaperError, WorkerError
from ..source import Source

Made = TypeVar("Made")
_Task = Callable[[Source, Config, Callable[[int, int], None]], Made]
_LOOK = 0.1
"""Seconds for which is waited at a time, so that the progress is told and Ctrl-C heard."""


class Job(Generic[Made]):
    """The work for one file; ``outcome`` is what came of it, None while nothing did."""

    def __init__(self, source: Source, settings: Config) -> None:
        self.source = source
        self.settings = settings
        self.outcome: tuple[Source, Made] | LLMPaperError | None = None


class _Worker(Generic[Made]):
    """A process, and what it works on. It is started anew, not forked, as on every system."""

    def __init__(self, task: _Task[Made]) -> None:
        self.job: Job[Made] | None = None
        self.is_ready = False
        context = multiprocessing.get_context("spawn")
        self.connection, there = context.Pipe()
        self.process = context.Process(target=_serve, args=(there, task), daemon=True)
        with _interrupts_blocked():
            self.process.start()
        there.close()  # with its end in that process alone, its death closes the pipe

    def end(self) -> int | None:
        """See it end; its exit code."""
        self.connection.close()
        self.process.join()
        return self.process.exitcode


class Pool(Generic[Made]):
    """As many processes as have work, up to a number."""

    def __init__(self, task: _Task[Made], processes: int) -> None:
        self.processes = processes
        self._task = task
        self._queue = deque[Job[Made]]()
        self._workers: list[_Worker[Made]] = []

    def submit(self, source: Source, settings: Config) -> Job[Made]:
        """Have the work done for a file."""
        job = Job[Made](source, settings)
        self._queue.append(job)
        busy = sum(worker.job is not None for worker in self._workers)
        if len(self._workers) < min(self.processes, busy + len(self._queue)):
            self._workers.append(_Worker(self._task))
        self._hand_out()
        return job

    def wait(self) -> None:
        """Wait for what any process makes, but not for long.

        Raises:
            WorkerError: a process does not even start.
        """
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection), timeout=_LOOK):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                received = worker.connection.recv()
            except (EOFError, OSError):
                self._lose(worker)
                continue
            if worker.job is None:
                worker.is_ready = True
            else:
                self._settle(worker, received)
        self._hand_out()

    def _hand_out(self) -> None:
        for worker in list(self._workers):
            if self._queue and worker.is_ready and worker.job is None:
                worker.job = job = self._queue.popleft()
                try:
                    worker.connection.send((job.source, job.settings))
                except OSError:
                    self._lose(worker)

    def _settle(self, worker: _Worker[Made], made: Made | LLMPaperError) -> None:
        job = worker.job
        if job is not None:
            job.outcome = made if isinstance(made, LLMPaperError) else (job.source, made)
        worker.job = None

    def _lose(self, worker: _Worker[Made]) -> None:
        """Say of the file on which a process came to its end that it failed; others take its place.

        Raises:
            WorkerError: it was at work on none, and another one would fare no better.
        """
        self._workers.remove(worker)
        code = worker.end()
        if not worker.is_ready:
            raise WorkerError(f"a process for the work does not start (exit code {code})")
        if worker.job is not None:
            self._settle(
                worker,
                WorkerError(
                    f"{worker.job.source.name}: the process at work on this file came to its end "
                    f"(exit code {code}), killed or for want of memory; try fewer --jobs"
                ),
            )
        if self._queue:
            self._workers.append(_Worker(self._task))

    def close(self) -> None:
        """End the processes, which have no more work."""
        for worker in self._workers:
            worker.end()

    def kill(self) -> None:
        """End the processes, whatever they do."""
        for worker in self._workers:
            worker.process.terminate()
        self.close()


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Have a process that is started meanwhile not hear Ctrl-C.

    A terminal sends it to each of them. This one ends them; by themselves they would complain.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # starting it, as the first process does, would unblock them
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection[Any, Any], task: _Task[Any]) -> None:
    """In another process: do what comes through the pipe until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        connection.send(None)  # there
        while True:
            source, settings = connection.recv()
            try:
                made = task(source, settings, _nobody)
            except LLMPaperError as error:
                made = error
            connection.send(made)


def _nobody(done: int, of: int) -> None:
    """Told how far the work is: what is shown is how many files are done."""
