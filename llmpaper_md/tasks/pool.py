"""Worker processes that run the same task on many files. They neither print nor write.

Each worker has its own two pipes to this process, and a thread here that sends it one file after
another. So either side notices when the other ends, and no shared lock can be left held.
`concurrent.futures.ProcessPoolExecutor` has a single pipe for all results: if a worker is killed
while writing to it, this process waits for the rest forever, and so do the other workers for their
turn (seen with Python 3.11.7).

`multiprocessing` is not used because it starts Python with the current folder on ``sys.path``, for
its workers and for its resource tracker: a file ``pickle.py`` next to the lists would run. A worker
here never has that folder on its path. It gets the path of this process, from which the command
line has removed it (see `llmpaper_md.current_folder`).
"""

from __future__ import annotations

import marshal
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar, cast

from ..config import Config
from ..current_folder import is_current
from ..errors import LLMPaperError, WorkerError
from ..source import Source
from ..tasks.messages import receive, send

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from io import RawIOBase

Result = TypeVar("Result")
_Task = Callable[[Source, Config, Callable[[int, int], None]], Result]
_POLL = 0.1
"""Seconds to wait at a time, so that progress is shown and Ctrl-C is noticed."""

# The package is imported from the same folder as here. That folder is on the path for this import
# only, since it may be the current folder. Before that, only built-in modules are imported.
_WORKER = """\
import marshal, sys
requests = open(0, "rb", buffering=0, closefd=False)
def read(length):
    data = b""
    while len(data) < length:
        part = requests.read(length - len(data))
        if not part:
            sys.exit(1)
        data += part
    return data
setting = read(int.from_bytes(read(8), "big"))
sys.path, sys.pycache_prefix, home = marshal.loads(setting)
sys.path.insert(0, home)
import llmpaper_md
del sys.path[0]
from llmpaper_md.tasks.worker import serve
serve(requests)
"""


class Job(Generic[Result]):
    """The work on one file; ``outcome`` is None until it is done."""

    def __init__(self, source: Source, settings: Config) -> None:
        self.source = source
        self.outcome: tuple[Source, Result] | LLMPaperError | None = None
        self.request = pickle.dumps((source, settings), pickle.HIGHEST_PROTOCOL)


class _Ended(Exception):  # noqa: N818 - internal to this module
    """A worker ended, or did not start.

    ``why`` is the system's reason for a failed start; None if the worker had started.
    """

    def __init__(self, code: int | None, *, was_ready: bool, why: str | None = None) -> None:
        self.code = code
        self.was_ready = was_ready
        self.why = why


class Pool(Generic[Result]):
    """A limited number of workers, started as needed."""

    def __init__(self, task: _Task[Result], processes: int) -> None:
        self.processes = processes
        self._first_messages = (_setting(), pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        self._unsettled = 0
        self._queue = SimpleQueue[Job[Result] | None]()
        self._answers = SimpleQueue[tuple[Job[Result], bytes | Exception]]()
        self._threads: list[Thread] = []
        self._starting = Lock()
        self._workers: set[_Worker] = set()
        self._is_killed = False

    def submit(self, source: Source, settings: Config) -> Job[Result]:
        """Queue the work on a file."""
        job = Job[Result](source, settings)
        self._unsettled += 1
        self._queue.put(job)
        if len(self._threads) < min(self.processes, self._unsettled):
            # A daemon, so that a bug here cannot keep this process from ending.
            thread = Thread(target=self._hand_out, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                # There is no memory for another thread. Those that there are do its work.
                if not self._threads:
                    raise MemoryError from None
            else:
                self._threads.append(thread)
        return job

    def wait(self) -> None:
        """Wait briefly for the result of any worker.

        Raises:
            WorkerError: a worker could not be started.
        """
        try:
            job, answer = self._answers.get(timeout=_POLL)
        except Empty:
            return
        self._unsettled -= 1
        if isinstance(answer, _Ended):
            job.outcome = _error(job.source.name, answer)
        elif isinstance(answer, Exception):
            raise answer
        else:
            made = pickle.loads(answer)  # noqa: S301 - from our own worker
            job.outcome = made if isinstance(made, LLMPaperError) else (job.source, made)

    def close(self) -> None:
        """End the workers once there is no more work."""
        for _ in range(self.processes):
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def kill(self) -> None:
        """End the workers at once."""
        with self._starting:
            self._is_killed = True
            for worker in self._workers:
                worker.process.kill()
        self.close()

    def _hand_out(self) -> None:
        """In a thread: send the queued files to a worker, and start a new one if it ends.

        A worker is started only when there is something for it to do.
        """
        _block_interrupts()
        worker: _Worker | None = None
        while (job := self._queue.get()) is not None and not self._is_killed:
            answer: bytes | Exception
            try:
                worker = worker or self._start()
                answer = worker.ask(job.request)
            except _Ended as ended:
                answer = ended
                self._forget(worker)
                worker = None
            except Exception as error:  # raised by `wait`
                answer = error
            self._answers.put((job, answer))
        if worker:
            worker.end()
            self._forget(worker)

    def _start(self) -> _Worker:
        with self._starting:
            if self._is_killed:
                raise _Ended(None, was_ready=True)
            worker = _Worker()
            self._workers.add(worker)
        try:
            worker.greet(self._first_messages)
        except _Ended:
            self._forget(worker)
            raise
        return worker

    def _forget(self, worker: _Worker | None) -> None:
        with self._starting:
            if worker:
                self._workers.discard(worker)


class _Worker:
    """A worker process and the pipes to it, used by one thread.

    It is a new Python process on every system, never a fork of this one.

    Raises:
        _Ended: it cannot be started.
    """

    def __init__(self) -> None:
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                _command(),
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={name: os.environ[name] for name in os.environ if name not in _NOT_INHERITED},
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise _Ended(None, was_ready=False, why=why) from None
        self._requests = cast("RawIOBase", self.process.stdin)
        self._answers = cast("RawIOBase", self.process.stdout)

    def greet(self, messages: tuple[bytes, ...]) -> None:
        """Send the first messages, and wait until the worker is ready.

        Raises:
            _Ended: it ended before that.
        """
        self._exchange(messages, was_ready=False)

    def ask(self, request: bytes) -> bytes:
        """Send a request and wait for the answer.

        Raises:
            _Ended: the worker ended before it had answered.
        """
        return self._exchange((request,), was_ready=True)

    def _exchange(self, messages: tuple[bytes, ...], *, was_ready: bool) -> bytes:
        try:
            for message in messages:
                send(self._requests, message)
            answer = receive(self._answers)
        except OSError:
            answer = None
        if answer is None:
            raise _Ended(self.end(), was_ready=was_ready)
        return answer

    def end(self) -> int:
        """Wait for it to end; returns its exit code."""
        self._requests.close()
        self._answers.close()
        return self.process.wait()


_NOT_INHERITED = {"PYTHONPATH", "PYTHONINSPECT"}
"""Variables not passed to a worker: it is given its path, and must end when it has no more work."""


def _command() -> list[str]:
    """The command for a worker: as this process, but without the current folder on its path."""
    if not sys.executable or getattr(sys, "frozen", False):
        raise ValueError("no Python interpreter to start it with; use --jobs 1")
    flags = sys.flags
    letters = {
        "-I": flags.isolated,
        "-E": flags.ignore_environment,
        "-s": flags.no_user_site,
        "-S": flags.no_site,
        "-B": sys.dont_write_bytecode,
    }
    return [
        sys.executable,
        "-P",
        *(letter for letter, is_set in letters.items() if is_set),
        *(["-O"] * flags.optimize),
        *(["-b"] * flags.bytes_warning),
        *(f"-W{warning}" for warning in sys.warnoptions),
        *(
            f"-X{name}" if value is True else f"-X{name}={value}"
            for name, value in getattr(sys, "_xoptions", {}).items()
        ),
        "-c",
        _WORKER,
    ]


def _setting() -> bytes:
    """What a worker needs before it imports anything."""
    path = [entry for entry in sys.path if not is_current(entry)]
    home = Path(__file__).absolute().parents[2]
    return marshal.dumps((path, sys.pycache_prefix, str(home)))


def _error(name: str, ended: _Ended) -> LLMPaperError:
    """The error for the file that a worker was processing when it ended.

    Raises:
        WorkerError: it did not start, and another one would not either.
    """
    if ended.why:
        raise WorkerError(f"cannot start a worker process: {ended.why}")
    if not ended.was_ready:
        raise WorkerError(f"cannot start a worker process (exit code {ended.code})")
    return WorkerError(
        f"{name}: the worker process for this file ended (exit code "
        f"{ended.code}): killed, or out of memory; try fewer --jobs"
    )


def _block_interrupts() -> None:
    """Keep Ctrl-C from interrupting the workers that this thread starts.

    A terminal sends it to each of them, and they would print a traceback; this process ends them
    instead. They inherit the signals that a thread blocks; on Windows they are their own group.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
