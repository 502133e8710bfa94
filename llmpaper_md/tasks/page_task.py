"""``export --to html`` for one file: the list is repaired first if it is garbled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..config import Config
from ..linting.checking import check
from ..page.html import to_html
from ..reading.conflicts import refuse_conflicts
from ..reading.parser import parse
from ..repairing import SURE, repair
from ..source import Source
from .repair_task import repair_messages


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """The result for one file.

    Attributes:
        html: the page.
        messages: what was repaired, one line each; empty if the list was not garbled.
        has_papers: whether the list has any papers.
    """

    html: str
    messages: tuple[str, ...]
    has_papers: bool


@dataclass(frozen=True, slots=True)
class PageTask:
    """The arguments of ``llmpaper-md export --to html`` that matter to one file.

    Attributes:
        source_url: the address of the list as seen from the page, if there is one.
    """

    source_url: str | None

    def __call__(
        self, source: Source, settings: Config, progress: Callable[[int, int], None]
    ) -> PageOutcome:
        """Make the page.

        Raises:
            ConflictError: the list has an unresolved merge conflict.
        """
        refuse_conflicts(source)
        repaired = repair(source.text, progress=progress)
        messages: tuple[str, ...] = ()
        if repaired.text != source.text:
            messages = repair_messages(source, repaired, SURE)
            source = Source.of(repaired.text, source.name)
        document = parse(
            source, columns=settings.columns, max_stars=settings.max_stars, read=settings.read
        )
        html = to_html(
            document,
            # Without a date nothing expires: otherwise the page would change from day to day.
            findings=check(document, settings.lint_options(source.name)),
            repair=repaired,
            source_url=self.source_url,
        )
        return PageOutcome(html, messages, bool(document.papers))
