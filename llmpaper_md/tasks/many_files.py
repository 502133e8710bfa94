"""Running the same task on many files, in this process or in several.

Results are yielded in the order of the files, whatever the number of processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from ..config import Config
from ..errors import LLMPaperError, no_memory
from ..source import Source

if TYPE_CHECKING:
    from .pool import Job, Pool

Result = TypeVar("Result")
Progress = Callable[[float], None]
"""Called with the number of files done, including fractions of a file."""
Task = Callable[[Source, Config, Callable[[int, int], None]], Result]
"""The work on one file: from its text, its settings and a progress callback to a result. With
several processes the task, its arguments and its results are pickled."""
Name = str | LLMPaperError
"""The name of a file, or the error in its place."""

_AHEAD = 3
"""The most files per process that are read ahead, in progress or waiting for their turn."""
_MOST_PROCESSES = 61 if os.name == "nt" else 10_000  # the limit of Windows


def run_tasks(
    names: Sequence[Name],
    read: Callable[[str], tuple[Source, Config]],
    task: Task[Result],
    *,
    processes: int = 1,
    progress: Progress = lambda _: None,
) -> Generator[tuple[Source, Result] | LLMPaperError, None, None]:
    """Run a task on each file, and yield the file with its result, or the error.

    If several names refer to the same file, each is read only after the result of the one before
    has been yielded, so that what the caller has written is read. Only a few files per process are
    held in memory at a time.

    Args:
        names: the files.
        read: reads a file, in this process.
        task: the work on one file.
        processes: how many processes to start; with 1, this process does the work.
        progress: called with the number of files done.

    Raises:
        WorkerError: no process can be started.
    """
    processes = min(processes, len(names), _MOST_PROCESSES)
    if processes <= 1:
        yield from _run_serial(names, read, task, progress)
        return
    from .pool import Pool  # slow to import

    pool = Pool(task, processes)
    try:
        yield from _run_parallel(pool, names, read, progress)
    except BaseException:
        pool.kill()
        raise
    pool.close()


def _run_serial(
    names: Sequence[Name],
    read: Callable[[str], tuple[Source, Config]],
    task: Task[Result],
    progress: Progress,
) -> Generator[tuple[Source, Result] | LLMPaperError, None, None]:
    failed: LLMPaperError
    for number, name in enumerate(names):
        progress(number)
        if isinstance(name, LLMPaperError):
            yield name
            continue

        def within(done: int, of: int, number: int = number) -> None:
            progress(number + (done / of if of else 0))

        try:
            source, settings = read(name)
            result = task(source, settings, within)
        except LLMPaperError as error:
            failed = error
        except MemoryError:
            # Leaving the handler releases the memory.
            failed = no_memory(name)
        else:
            yield source, result
            continue
        yield failed


def _run_parallel(
    pool: Pool[Result],
    names: Sequence[Name],
    read: Callable[[str], tuple[Source, Config]],
    progress: Progress,
) -> Generator[tuple[Source, Result] | LLMPaperError, None, None]:
    waiting: deque[tuple[object, LLMPaperError | Job[Result]]] = deque()
    yielded = 0

    def first() -> tuple[Source, Result] | LLMPaperError:
        """The outcome of the file whose turn it is."""
        nonlocal yielded
        outcome = _outcome(waiting[0][1])
        while outcome is None:
            done = sum(_outcome(held) is not None for _, held in waiting)
            progress(yielded + done)
            pool.wait()
            outcome = _outcome(waiting[0][1])
        waiting.popleft()
        yielded += 1
        return outcome

    for name in names:
        if isinstance(name, LLMPaperError):
            waiting.append((None, name))
            continue
        while len(waiting) >= _AHEAD * pool.processes or _is_waiting(name, waiting):
            yield first()
        identity = _identity(name)
        try:
            source, settings = read(name)
        except LLMPaperError as error:
            waiting.append((identity, error))
        except MemoryError:
            waiting.append((identity, no_memory(name)))
        else:
            waiting.append((identity, pool.submit(source, settings)))
    while waiting:
        yield first()


def _outcome(
    held: LLMPaperError | Job[Result],
) -> tuple[Source, Result] | LLMPaperError | None:
    return held if isinstance(held, LLMPaperError) else held.outcome


def _is_waiting(name: str, waiting: Iterable[tuple[object, object]]) -> bool:
    identity = _identity(name)
    return identity is not None and any(other == identity for other, _ in waiting)


def _identity(name: str) -> object:
    """A value that is equal for two names of the same file; None if unknown."""
    try:
        status = os.stat(name)  # noqa: PTH116 - the name may not be a valid path
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
