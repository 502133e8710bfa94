"""``export --to html``: a list as a page, repaired first where it is garbled."""

from __future__ import annotations

import argparse
import sys

from ..errors import LLMPaperError, no_memory
from .common import (
    DONE,
    FAILED,
    Sources,
    are_many,
    complain_of_no_papers,
    keep_sources,
    say,
    write_to,
)

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..config import Config
    from ..source import Source


def write_page(arguments: argparse.Namespace) -> int:
    """Make a page of the one file that is named."""
    from ..page import html as page

    page.require()
    if are_many(arguments.files):
        raise LLMPaperError("--to html takes one file")
    keep_sources(arguments.output, arguments.files)
    sources = Sources(arguments)
    for source, settings in sources:
        try:
            write_to(arguments, _page(source, settings, arguments.output))
        except LLMPaperError as error:
            sources.fail(error)
        except MemoryError:
            sources.fail(no_memory(source.name))
    return FAILED if sources.failed else DONE


def _page(source: Source, settings: Config, output: str | None) -> str:
    from ..linting.linter import check
    from ..page.html import to_html
    from ..reading.conflicts import refuse_conflicts
    from ..reading.parser import parse
    from ..repairing import SURE, repair
    from ..report.terminal import ProgressBar
    from ..source import Source

    refuse_conflicts(source)
    with ProgressBar(sys.stderr, f"repairing {source.name}") as bar:
        done = repair(source.text, progress=bar.update)
    if done.text != source.text:
        unsure = sum(guess.probability < SURE for guess in done.guesses)
        say(
            f"{source.name}: repaired first: {len(done.guesses):,} characters had lost bytes and "
            f"were restored, {unsure:,} of them less sure than {SURE:g}"
        )
        source = Source.of(done.text, source.name)
    document = parse(source, columns=settings.columns, max_stars=settings.max_stars)
    if not document.papers:
        complain_of_no_papers(source.name)
    # Expiry is not judged: the page would be another one tomorrow.
    options = settings.lint_options(source.name)
    return to_html(
        document,
        findings=check(document, options),
        repair=done,
        source_url=_source_url(source.name, output),
    )


def _source_url(name: str, output: str | None) -> str | None:
    """The list's address as seen from the page; a page that is printed stands beside its list."""
    import os
    from pathlib import Path

    from ..filenames import percent_encoded

    if name == "<stdin>":
        return ""
    if output is None:
        return None
    try:
        relative = os.path.relpath(name, Path(output).parent)
    except ValueError:  # another drive
        return None
    return percent_encoded(Path(relative).as_posix())
