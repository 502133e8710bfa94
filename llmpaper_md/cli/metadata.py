"""``metadata``: fetch the right titles of a list's papers, for ``lint --metadata``."""

from __future__ import annotations

import argparse
import sys

from .common import (
    DONE,
    FAILED,
    FINDINGS,
    Sources,
    add_files,
    add_shared_files,
    complain,
    number,
    say,
    write_file,
)

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..fetching.fetch import Outcome
    from ..fetching.service import Service
    from ..lists.known_titles import KnownTitles, Record
    from .common import Commands

_DESCRIPTION = """\
Ask arXiv and Crossref for the titles of the papers in a list, and write them to a file that
lint --metadata reads. What the file holds already is not asked for again.
"""
_EXTRA = "metadata needs pip install 'llmpaper-md[metadata]'"


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "metadata", help="fetch right titles from arXiv and Crossref", description=_DESCRIPTION
    )
    add_files(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help="the file of titles; it is read first if it is there",
    )
    parser.add_argument(
        "--refresh", action="store_true", help="ask again for what is in OUT already"
    )
    parser.add_argument(
        "--email", metavar="ADDRESS", help="told to the services, to write to you; optional"
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=30.0,
        metavar="SECONDS",
        help="how long to wait for a service that says nothing; a request may take ten times "
        "that in all (default: 30)",
    )
    parser.add_argument(
        "--max-time",
        type=_hours,
        default=3600.0,
        metavar="SECONDS",
        help="when to stop asking, and keep what was fetched (default: 3600)",
    )
    add_shared_files(parser)
    mirrors = parser.add_argument_group("mirrors")
    mirrors.add_argument("--arxiv-url", metavar="URL", help="ask here instead of arXiv")
    mirrors.add_argument("--crossref-url", metavar="URL", help="ask here instead of Crossref")
    parser.set_defaults(run=_run)


def _seconds(text: str) -> float:
    return number(text, float, lambda value: 0 < value <= 3600, "a number above 0, up to 3600")


def _hours(text: str) -> float:
    return number(text, float, lambda value: 0 < value <= 1e6, "a number above 0, up to 1000000")


def _run(arguments: argparse.Namespace) -> int:
    _check(arguments)
    output = _Output(arguments)
    sources = Sources(arguments)
    wanted = _identifiers(sources)
    if not arguments.refresh:
        wanted = {
            kind: {key: name for key, name in names.items() if key not in output.known.titles}
            for kind, names in wanted.items()
        }
    try:
        outcomes = _ask(wanted, output, arguments) if any(wanted.values()) else []
    except KeyboardInterrupt:
        say(f"{output.name}: what was fetched is kept: run the same command again to go on")
        raise
    if outcomes and not any(outcome.answered for outcome in outcomes):
        return FAILED
    output.create()
    found = sum(len(outcome.found) for outcome in outcomes)
    say(f"{output.name}: {len(output.known.titles):,} titles, {found:,} of them fetched now")
    if sources.failed:
        return FAILED
    settled = found + sum(len(outcome.unknown) for outcome in outcomes)
    return DONE if settled == sum(map(len, wanted.values())) else FINDINGS


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what no service could be asked with."""
    import re

    from ..errors import ConfigError

    email = arguments.email
    if email is not None and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", email):
        raise ConfigError(f"--email: {email}: expected an address such as name@example.org")
    for option in ("arxiv_url", "crossref_url"):
        url = getattr(arguments, option)
        if url is not None and not re.match(r"https?://[^/\s]", url):
            name = option.replace("_", "-")
            raise ConfigError(f"--{name}: {url}: expected an address such as https://example.org/")


class _Output:
    """The file of titles, written whole whenever there is something new."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        from pathlib import Path

        from ..errors import SourceError
        from ..lists.known_titles import LARGEST, KnownTitles
        from ..source import read

        self.name = name = str(arguments.output)
        path = Path(name)
        self._arguments = arguments
        self._text: str | None = None
        # Found out now, not after the services have been asked.
        if name == "-" or (path.exists() and not path.is_file()):
            raise SourceError(f"{name}: expected a file, which can be read again later")
        if not path.exists():
            if not path.parent.is_dir():
                raise SourceError(f"{name}: cannot be written: there is no folder {path.parent}")
            self.known: KnownTitles = KnownTitles()
            return
        self._text = read(name, limit=LARGEST).text
        self.known = KnownTitles.load(self._text, name)

    def keep(self, records: Iterable[Record]) -> None:
        """Add records and write the file, or leave it as it is."""
        for record in records:
            self.known.put(record)
        self._write()

    def create(self) -> None:
        """Write the file if there is none: lint can be given it even if it has no title."""
        if self._text is None:
            self._write()

    def _write(self) -> None:
        text = self.known.dump()
        # Where there was no file, there is to be none still: another run may have begun one.
        write_file(self._arguments, self.name, text, before=self._text or "")
        self._text = text


def _identifiers(sources: Sources) -> dict[str, dict[str, str]]:
    """The identifiers of the papers in the lists, as they are written first, by canonical key."""
    wanted: dict[str, dict[str, str]] = {"arxiv": {}, "doi": {}}
    for document in sources.documents():
        for paper in document.papers:
            for kind, name in (("arxiv", paper.arxiv_id), ("doi", paper.doi)):
                if name:
                    wanted[kind].setdefault(f"{kind}:{name.lower()}", name)
    return wanted


def _ask(
    wanted: dict[str, dict[str, str]], output: _Output, arguments: argparse.Namespace
) -> list[Outcome]:
    """Ask each service for what is wanted of it."""
    from .._version import __version__
    from ..errors import LLMPaperError
    from ..report.terminal import ProgressBar

    try:
        from ..fetching.arxiv import URL as ARXIV_URL, Arxiv
        from ..fetching.client import Client, Clock
        from ..fetching.crossref import URL as CROSSREF_URL, Crossref
        from ..fetching.fetch import fetch
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("requests", "defusedxml"):
            raise LLMPaperError(_EXTRA) from None
        raise

    email = arguments.email
    agent = f"llmpaper-md/{__version__}" + (f" (mailto:{email})" if email else "")
    services: dict[str, Service] = {
        "arxiv": Arxiv(arguments.arxiv_url or ARXIV_URL),
        "doi": Crossref(arguments.crossref_url or CROSSREF_URL, email),
    }
    until = Clock().now() + arguments.max_time
    outcomes = []
    for kind, service in services.items():
        names = list(wanted[kind].values())
        if not names:
            continue
        with (
            Client(
                service.name,
                service.interval,
                agent=agent,
                timeout=arguments.timeout,
                until=until,
                waiting=_say_why if sys.stderr.isatty() else None,
            ) as client,
            ProgressBar(sys.stderr, f"asking {service.name}") as bar,
        ):
            outcome = fetch(service, client, names, keep=output.keep, progress=bar.update)
        _report(service.name, outcome, len(names))
        outcomes.append(outcome)
    return outcomes


def _say_why(what: str, seconds: float) -> None:
    """Tell who sits in front of a terminal why nothing happens, over the progress bar."""
    sys.stderr.write("\r\x1b[K")
    say(f"{what}: once more in {seconds:.0f} seconds")


def _report(service: str, outcome: Outcome, asked: int) -> None:
    """Say what did not go as it should, a line each."""
    for names, what in (
        (outcome.unknown, "knows no"),
        (outcome.untitled, "gives no title for"),
        (outcome.refused, "takes no request for"),
    ):
        if names:
            complain(f"{service} {what} {', '.join(names)}")
    if outcome.unasked:
        complain(f"{service} answered about papers not asked for; left out: {outcome.unasked:,}")
    if outcome.error:
        settled = outcome.found + outcome.unknown + outcome.untitled + outcome.refused
        complain(
            f"{outcome.error}; {asked - len(settled):,} of {asked:,} papers are still to be asked "
            "for: run the same command again later"
        )
