"""Processes that do the same work for many files. They neither print nor write.

Each has two pipes of its own to this process, and a thread here that hands it one file after
another. So the end of either process is seen by the other one, and nothing is shared that one could
leave locked. `concurrent.futures.ProcessPoolExecutor` has one pipe for what all of them make: one
that is killed while it writes there leaves this process waiting for the rest, and the others for
their turn, for ever (seen with Python 3.11.7).

`multiprocessing` is not used because it starts Python with the current folder on ``sys.path``, for
its processes and for its resource tracker: a file ``pickle.py`` beside the lists would run. Here a
worker never has that folder on its path. It is given the path of this process, from which the
command line has taken it off (see `llmpaper_md.current_folder`).
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

TYPE_CHECKING = False  # what typing's own says
if TYPE_CHECKING:
    from io import RawIOBase

Made = TypeVar("Made")
_Task = Callable[[Source, Config, Callable[[int, int], None]], Made]
_LOOK = 0.1
"""Seconds for which is waited at a time, so that the progress is shown and Ctrl-C noticed."""

# The package comes from the folder that it came from here, which is on the path for no other
# module: it may be the current folder. Before that nothing is imported that is not built in.
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


class Job(Generic[Made]):
    """The work for one file; ``outcome`` is what came of it, None until something did."""

    def __init__(self, source: Source, settings: Config) -> None:
        self.source = source
        self.outcome: tuple[Source, Made] | LLMPaperError | None = None
        self.request = pickle.dumps((source, settings), pickle.HIGHEST_PROTOCOL)


class _Ended(Exception):  # noqa: N818 - none of ours is to catch it
    """A worker ended, or did not start.

    ``why`` is what the system says to a start that failed; None where the worker has ended.
    """

    def __init__(self, code: int | None, *, was_ready: bool, why: str | None = None) -> None:
        self.code = code
        self.was_ready = was_ready
        self.why = why


class Pool(Generic[Made]):
    """As many processes as have work, up to a number."""

    def __init__(self, task: _Task[Made], processes: int) -> None:
        self.processes = processes
        self._first_messages = (_setting(), pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        self._unsettled = 0
        self._queue = SimpleQueue[Job[Made] | None]()
        self._answers = SimpleQueue[tuple[Job[Made], bytes | Exception]]()
        self._threads: list[Thread] = []
        self._starting = Lock()
        self._workers: set[_Worker] = set()
        self._is_killed = False

    def submit(self, source: Source, settings: Config) -> Job[Made]:
        """Have the work done for a file."""
        job = Job[Made](source, settings)
        self._unsettled += 1
        self._queue.put(job)
        if len(self._threads) < min(self.processes, self._unsettled):
            # A daemon, so that a mistake of ours does not keep this process from ending.
            thread = Thread(target=self._hand_out, daemon=True)
            thread.start()
            self._threads.append(thread)
        return job

    def wait(self) -> None:
        """Wait for what any process makes, but not for long.

        Raises:
            WorkerError: a process does not even start.
        """
        try:
            job, answer = self._answers.get(timeout=_LOOK)
        except Empty:
            return
        self._unsettled -= 1
        if isinstance(answer, _Ended):
            job.outcome = _error(job.source.name, answer)
        elif isinstance(answer, Exception):
            raise answer
        else:
            made = pickle.loads(answer)  # noqa: S301 - from a process of ours
            job.outcome = made if isinstance(made, LLMPaperError) else (job.source, made)

    def close(self) -> None:
        """End the processes, which have no more work."""
        for _ in range(self.processes):
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def kill(self) -> None:
        """End the processes, whatever they do."""
        with self._starting:
            self._is_killed = True
            for worker in self._workers:
                worker.process.kill()
        self.close()

    def _hand_out(self) -> None:
        """In a thread: have one process after another work on what is in the queue.

        The next one is started only when there is something for it to do.
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
    """A process, and the pipes to it. Its methods are for one thread.

    It is a new Python on every system, not a copy of this process.

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
                env={name: os.environ[name] for name in os.environ if name not in _NOT_HANDED_ON},
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise _Ended(None, was_ready=False, why=why) from None
        self._requests = cast("RawIOBase", self.process.stdin)
        self._answers = cast("RawIOBase", self.process.stdout)

    def greet(self, messages: tuple[bytes, ...]) -> None:
        """Send what a worker is sent first, and wait until it is ready.

        Raises:
            _Ended: it ended before.
        """
        try:
            for message in messages:
                send(self._requests, message)
            answer = receive(self._answers)
        except OSError:
            answer = None
        if answer is None:
            raise _Ended(self.end(), was_ready=False)

    def ask(self, request: bytes) -> bytes:
        """What it answers.

        Raises:
            _Ended: it ended before it had answered.
        """
        try:
            send(self._requests, request)
            answer = receive(self._answers)
        except OSError:
            answer = None
        if answer is None:
            raise _Ended(self.end(), was_ready=True)
        return answer

    def end(self) -> int:
        """See it end; its exit code."""
        self._requests.close()
        self._answers.close()
        return self.process.wait()


_NOT_HANDED_ON = {"PYTHONPATH", "PYTHONINSPECT"}
"""Variables that a worker does without: it is given its path, and ends when it has no more work."""


def _command() -> list[str]:
    """How a worker is started: as this process was, but without the current folder on its path."""
    if not sys.executable or getattr(sys, "frozen", False):
        raise ValueError("there is no Python interpreter to start it with; use --jobs 1")
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
    """What a worker must know before it imports anything."""
    path = [entry for entry in sys.path if not is_current(entry)]
    home = Path(__file__).absolute().parents[2]
    return marshal.dumps((path, sys.pycache_prefix, str(home)))


def _error(name: str, ended: _Ended) -> LLMPaperError:
    """What the end of a process means for the file that it was given.

    Raises:
        WorkerError: it did not start, and another one would fare no better.
    """
    if ended.why:
        raise WorkerError(f"a process for the work does not start: {ended.why}")
    if not ended.was_ready:
        raise WorkerError(f"a process for the work does not start (exit code {ended.code})")
    return WorkerError(
        f"{name}: the process at work on this file came to its end "
        f"(exit code {ended.code}), killed or for want of memory; try fewer --jobs"
    )


def _block_interrupts() -> None:
    """Have the processes that this thread starts not be interrupted by Ctrl-C.

    A terminal sends it to each of them. This process ends them; by themselves they would print a
    traceback. They inherit what a thread blocks; on Windows they are a group of their own.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
