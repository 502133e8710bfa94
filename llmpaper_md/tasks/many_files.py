"""The same work for each of many files, by one process or several.

What comes of the work is handed over in the order of the files, whatever the number of processes.
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

Made = TypeVar("Made")
Progress = Callable[[float], None]
"""Told how many files are done, parts of them included."""
Task = Callable[[Source, Config, Callable[[int, int], None]], Made]
"""The work for one file: from its text and settings to a value. It is told whom to tell how far it
is. With several processes it is sent to each of them, and so are what it is given and makes."""
Name = str | LLMPaperError
"""A file, or why there is none."""

_AHEAD = 3
"""How many files for each process are read, worked on or wait for their turn."""
_MOST_PROCESSES = 61 if os.name == "nt" else 10_000  # what Windows can wait for


def each(
    names: Sequence[Name],
    read: Callable[[str], tuple[Source, Config]],
    task: Task[Made],
    *,
    processes: int = 1,
    progress: Progress = lambda _: None,
) -> Generator[tuple[Source, Made] | LLMPaperError, None, None]:
    """Each file with what was made of it, or why nothing was.

    A file is read when those before it that are the same file have been handed over, so that what
    the caller writes then is read. No more than a few files a process are held at a time.

    Args:
        names: the files.
        read: reads one, here and not in another process.
        task: the work.
        processes: how many do it; with 1 this one does.
        progress: told how far it is.

    Raises:
        WorkerError: no process can be started.
    """
    processes = min(processes, len(names), _MOST_PROCESSES)
    if processes <= 1:
        yield from _here(names, read, task, progress)
        return
    from .pool import Pool  # slow to load

    pool = Pool(task, processes)
    try:
        yield from _there(pool, names, read, progress)
    except BaseException:
        pool.kill()
        raise
    pool.close()


def _here(
    names: Sequence[Name],
    read: Callable[[str], tuple[Source, Config]],
    task: Task[Made],
    progress: Progress,
) -> Generator[tuple[Source, Made] | LLMPaperError, None, None]:
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
            made = task(source, settings, within)
        except LLMPaperError as error:
            failed = error
        except MemoryError:
            # Only once it is handled is what was made so far let go.
            failed = no_memory(name)
        else:
            yield source, made
            continue
        yield failed


def _there(
    pool: Pool[Made],
    names: Sequence[Name],
    read: Callable[[str], tuple[Source, Config]],
    progress: Progress,
) -> Generator[tuple[Source, Made] | LLMPaperError, None, None]:
    waiting: deque[tuple[object, LLMPaperError | Job[Made]]] = deque()
    handed_over = 0

    def first() -> tuple[Source, Made] | LLMPaperError:
        """What comes of the file whose turn it is."""
        nonlocal handed_over
        outcome = _outcome(waiting[0][1])
        while outcome is None:
            done = sum(_outcome(held) is not None for _, held in waiting)
            progress(handed_over + done)
            pool.wait()
            outcome = _outcome(waiting[0][1])
        waiting.popleft()
        handed_over += 1
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
    held: LLMPaperError | Job[Made],
) -> tuple[Source, Made] | LLMPaperError | None:
    return held if isinstance(held, LLMPaperError) else held.outcome


def _is_waiting(name: str, waiting: Iterable[tuple[object, object]]) -> bool:
    identity = _identity(name)
    return identity is not None and any(other == identity for other, _ in waiting)


def _identity(name: str) -> object:
    """What two names of one file have in common, None where that is not known."""
    try:
        status = os.stat(name)  # noqa: PTH116 - no Path where the name is none
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
