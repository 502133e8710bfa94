"""``export --to html``: a list as a page, repaired first if it is garbled."""

from __future__ import annotations

import argparse

from ..errors import LLMPaperError
from .common import (
    DONE,
    FAILED,
    Sources,
    are_many,
    print_status,
    protect_sources,
    warn_no_papers,
    write_to,
)
from .jobs import run_with_progress

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from ..source import Source
    from ..tasks.page_task import PageOutcome


def write_page(arguments: argparse.Namespace) -> int:
    """Make a page of the one input file."""
    from ..page import html

    html.require()
    if are_many(arguments.files):
        raise LLMPaperError("--to html works with a single file")
    from ..tasks.page_task import PageTask

    protect_sources(arguments.output, arguments.files)
    sources = Sources(arguments)
    arguments.jobs = 1

    def on_result(source: Source, outcome: PageOutcome) -> None:
        for line in outcome.messages:
            print_status(line)
        if not outcome.has_papers:
            warn_no_papers(source.name)
        write_to(arguments, outcome.html)

    task = PageTask(_source_url(arguments.files[0], arguments.output))
    run_with_progress(sources, arguments, "repairing", task, on_result)
    return FAILED if sources.failed else DONE


def _source_url(name: str, output: str | None) -> str | None:
    """The list's address relative to the page; a printed page is taken to be next to its list."""
    import os
    from pathlib import Path

    from ..filenames import percent_encoded

    if name == "-":
        return ""
    if output is None:
        return None
    try:
        relative = os.path.relpath(name, Path(output).parent)
    except ValueError:  # another drive
        return None
    return percent_encoded(Path(relative).as_posix())
