"""The work on the files of a command, by as many processes as are asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from ..errors import LLMPaperError
from .common import Sources, number, say

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from typing import TypeVar

    from ..source import Source
    from ..tasks.many_files import Task

    Made = TypeVar("Made")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add the argument."""
    parser.add_argument(
        "-j",
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="work on N files at a time, 0: as many as there are CPUs (default: 1)",
    )


def _jobs(text: str) -> int:
    jobs = number(text, int, lambda value: value >= 0, "a whole number from 0 on")
    if jobs:
        return jobs
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))  # those that this process may use
    return os.cpu_count() or 1


def work_on(
    sources: Sources,
    arguments: argparse.Namespace,
    doing: str,
    task: Task[Made],
    put: Callable[[Source, Made], None],
) -> int:
    """Do the work for each file, with a progress bar on a terminal, and put out what is made.

    Args:
        sources: the files; those that fail are complained of.
        arguments: those of the command.
        doing: what is done, for the progress bar.
        task: makes something of one file; neither prints nor writes.
        put: prints or writes it. It is called here, in the order of the files.

    Returns:
        How many files there were, with those that failed.
    """
    from contextlib import closing

    from ..report.terminal import ProgressBar
    from ..tasks.many_files import each

    names = list(sources.names())
    only = "<stdin>" if names == ["-"] else names[0] if len(names) == 1 else None
    label = f"{doing} {only or f'{len(names):,} files'}"
    with ProgressBar(sys.stderr, label) as bar:
        outcomes = each(
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
                    put(*outcome)
                except LLMPaperError as error:
                    sources.fail(error)
    return len(names)


def sum_up(count: int, sources: Sources, changed: int, done: str, *, would: bool) -> None:
    """Say in one line what became of several files; nothing where there was one.

    Args:
        count: how many there were.
        sources: the files, of which some may have failed.
        changed: how many have a new text.
        done: what became of those.
        would: whether it did not, as nothing was to be written.
    """
    if count < 2:
        return
    if would:
        done = f"would be {done}"
    unchanged = count - changed - sources.failures
    text = f"{count:,} files: {changed:,} {done}, {unchanged:,} left as they are"
    say(text + (f", {sources.failures:,} failed" if sources.failures else ""))
