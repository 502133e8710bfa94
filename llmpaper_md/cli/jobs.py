"""Running a command on its files with several processes, a progress bar and a summary."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from ..errors import LLMPaperError
from .common import Sources, number, print_status

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import TypeVar

    from ..source import Source
    from ..tasks.many_files import Task

    Result = TypeVar("Result")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add the argument."""
    parser.add_argument(
        "-j",
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="process N files in parallel; 0: one per CPU (default: 1)",
    )


def _jobs(text: str) -> int:
    jobs = number(text, int, lambda value: value >= 0, "a whole number of at least 0")
    if jobs:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))  # those that this process may use
    return os.cpu_count() or 1


def run_with_progress(
    sources: Sources,
    arguments: argparse.Namespace,
    doing: str,
    task: Task[Result],
    on_result: Callable[[Source, Result], None],
) -> int:
    """Run a task on each file, with a progress bar on a terminal.

    Args:
        sources: the files; errors are printed.
        arguments: the arguments of the command.
        doing: the activity, for the progress bar.
        task: processes one file; neither prints nor writes.
        on_result: prints or writes the result. It is called in this process, in the order of the
            files.

    Returns:
        The number of files, including those that failed.
    """
    from contextlib import closing

    from ..report.terminal import ProgressBar
    from ..tasks.many_files import run_tasks

    names = list(sources.names())
    only = "<stdin>" if names == ["-"] else names[0] if len(names) == 1 else None
    label = f"{doing} {only or f'{len(names):,} files'}"
    with ProgressBar(sys.stderr, label) as bar:
        outcomes = run_tasks(
            names,
            sources.read,
            task,
            processes=arguments.jobs,
            progress=lambda done: bar.update(done, len(names)),
        )
        with closing(outcomes):
            for outcome in outcomes:
                bar.clear()
                if isinstance(outcome, LLMPaperError):
                    sources.fail(outcome)
                    continue
                try:
                    on_result(*outcome)
                except LLMPaperError as error:
                    sources.fail(error)
    return len(names)


def print_summary(count: int, sources: Sources, changed: int, done: str, *, would: bool) -> None:
    """Print one line on what happened to several files; nothing for a single file.

    Args:
        count: the number of files.
        sources: the files, some of which may have failed.
        changed: the number of files whose text changed.
        done: what was done to those, as a participle.
        would: whether nothing was written, only checked.
    """
    if count < 2:
        return
    if would:
        done = f"would be {done}"
    unchanged = count - changed - sources.failures
    text = f"{count:,} files: {changed:,} {done}, {unchanged:,} unchanged"
    print_status(text + (f", {sources.failures:,} failed" if sources.failures else ""))
