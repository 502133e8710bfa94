"""A list as a self-contained HTML page to search, filter and sort."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..choices import Severity
from ..errors import LLMPaperError
from ..filenames import percent_encoded
from ..linting.findings import Finding
from ..reading.document import Document
from ..reading.parser import as_document
from ..repairing import SURE, Guess, Repair
from ..source import Source, Span
from ..words import counted
from .overview import Overview
from .page_rows import link_url
from .runs import Run

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_HAN = re.compile("[\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LINE_COMMAND = re.compile(r"(?:(?<=[\r\n])|^)([^\S\r\n]*):(?=:)")
_SURROGATE = re.compile("[\ud800-\udfff]")  # UTF-8 has no bytes for them
_SHOWN = 0.001
_CONTEXT = 24


def to_html(
    document: str | Source | Document,
    *,
    findings: Sequence[Finding] = (),
    repair: Repair | None = None,
    source_url: str | None = None,
) -> str:
    """A list as a single HTML page that works offline.

    The page searches, filters and sorts the papers, shows findings next to their rows, and marks
    restored characters. It is complete without JavaScript, which only adds the controls. No text of
    the list is run: all of it is escaped, only ``http`` and ``https`` URLs become links, and the
    Content-Security-Policy of the page allows its own script and style and nothing else.

    Args:
        document: the list, as text, `Source` or `Document`.
        findings: the findings of `lint`.
        repair: the repair that produced its text, whose guesses are marked.
        source_url: the URL of the list relative to the page, to which ``#L`` and a line number are
            appended; by default the file name. If empty, there are no links to the source.

    Returns:
        The page, with lines that end in a line feed.

    Raises:
        LLMPaperError: Jinja2 is not installed.
        ValueError: the text of the list is not the repaired text.

    >>> page = to_html("| Paper |\\n| - |\\n| <script>alert(1)</script> |")
    >>> "<title>1 paper" in page, "<script>alert" in page
    (True, False)
    """
    template = _template()
    document = as_document(document)
    if repair and repair.text != document.source.text:
        raise ValueError("the text of the list is not the repaired text")
    if source_url is None:
        source_url = percent_encoded(Path(document.source.name).name)
    papers = Overview(document, findings, repair.guesses if repair else ())
    css, js = _beside("page.css"), _beside("page.js")
    page = template.render(
        papers=papers,
        title=_title(document, papers),
        name=document.source.name,
        source=source_url,
        css=css,
        js=js,
        policy=f"default-src 'none'; script-src {_hash(js)}; style-src {_hash(css)}; "
        "base-uri 'none'; form-action 'none'",
        guesses=[_context(document, guess) for guess in papers.other_guesses],
    )
    # The output must contain no commands to GitHub's runner. Our own files contain none, so any
    # match is in text from the list.
    page = _LINE_COMMAND.sub(r"\1&#58;", page).replace("##[", "#&#35;[")
    return _SURROGATE.sub("\ufffd", page)


def require() -> None:
    """Check that pages can be made, before any other work.

    Raises:
        LLMPaperError: Jinja2 is not installed.
    """
    _environment()


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise LLMPaperError("an HTML page needs pip install 'llmpaper-md[html]'") from None
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        candidates=_candidates,
        groups=_groups,
        lang=_lang,
        link=link_url,
        plural=counted,
        severities=_severities,
    )
    environment.tests["unsure"] = lambda guess: guess.probability < SURE
    return environment


@cache
def _template() -> Template:
    return _environment().from_string(_beside("page.html.jinja"))


@cache
def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _title(document: Document, papers: Overview) -> str:
    """The first heading of the file, or else its number of papers."""
    titled = next((section.title for section in document.sections if section.title), None)
    return titled or counted(len(papers.rows), "paper")


def _severities(findings: Iterable[Finding]) -> str:
    """The numbers of errors and warnings."""
    counts = Counter(finding.severity for finding in findings)
    kinds: tuple[Severity, ...] = ("error", "warning")
    return ", ".join(counted(counts[kind], kind) for kind in kinds if counts[kind])


def _percent(probability: float) -> str:
    """A probability as a percentage; 100% only if it is certain."""
    return f"{min(probability, 0.9999):.2%}" if probability >= SURE else f"{probability:.1%}"


def _candidates(guess: Guess) -> str:
    """A restored character and its alternatives in one line."""
    text = f"{guess.chosen} restored, {_percent(guess.probability)} sure"
    others = [
        f"{candidate.text} {_percent(candidate.probability)}"
        for candidate in guess.candidates
        if candidate.text != guess.chosen and candidate.probability >= _SHOWN
    ]
    return f"{text}; or {', '.join(others[:8])}" if others else text


def _groups(runs: Iterable[Run]) -> list[tuple[str | None, list[Run]]]:
    """Consecutive runs with the same URL, grouped."""
    return [(url, list(group)) for url, group in groupby(runs, key=lambda run: run.url)]


def _lang(text: str) -> str:
    """The language for a browser's fonts and a screen reader's voice, or "" if unknown."""
    return "zh" if _HAN.search(text) else ""


class _Context(NamedTuple):
    """A restored character outside the rows of papers, with some text around it."""

    line: int
    before: str
    guess: Guess
    after: str


def _context(document: Document, guess: Guess) -> _Context:
    source = document.source
    line = source.position(guess.span.start).line
    whole = source.line_span(line)
    start = max(whole.start, guess.span.start - _CONTEXT)
    end = min(whole.end, guess.span.end + _CONTEXT)
    before = Span(start, guess.span.start).cut(source.text)
    return _Context(line, before, guess, Span(guess.span.end, end).cut(source.text).rstrip("\r\n"))
