"""``metadata``: fetch the correct titles of a list's papers, for ``lint --metadata``."""

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
    number,
    print_error,
    print_status,
    write_file,
)

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..fetching.fetch import Outcome
    from ..fetching.service import Service
    from ..lists.known_titles import KnownTitles, Record
    from .common import Commands

_DESCRIPTION = """\
Fetch the titles of the papers in a list from arXiv and Crossref, and write them to a file for
lint --metadata. Titles already in the file are not fetched again.
"""
_EXTRA = "metadata needs pip install 'llmpaper-md[metadata]'"


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "metadata",
        help="fetch correct titles from arXiv and Crossref",
        description=_DESCRIPTION,
    )
    add_files(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help="file of titles; if it exists, titles are added to it",
    )
    parser.add_argument(
        "--refresh", action="store_true", help="fetch again the titles that are already in OUT"
    )
    parser.add_argument(
        "--email", metavar="ADDRESS", help="contact address to send to the services (optional)"
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=30.0,
        metavar="SECONDS",
        help="how long to wait for a silent service; a request may take ten times as long in total "
        "(default: 30)",
    )
    parser.add_argument(
        "--max-time",
        type=_hours,
        default=3600.0,
        metavar="SECONDS",
        help="stop after this time and keep what was fetched (default: 3600)",
    )
    add_shared_files(parser)
    mirrors = parser.add_argument_group("mirrors")
    mirrors.add_argument("--arxiv-url", metavar="URL", help="use this URL instead of arXiv")
    mirrors.add_argument("--crossref-url", metavar="URL", help="use this URL instead of Crossref")
    parser.set_defaults(run=_run)


def _seconds(text: str) -> float:
    return number(text, float, lambda value: 0 < value <= 3600, "a number above 0 and at most 3600")


def _hours(text: str) -> float:
    return number(
        text, float, lambda value: 0 < value <= 1e6, "a number above 0 and at most 1000000"
    )


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
        print_status(
            f"{output.name}: what was fetched is kept; run the same command again to continue"
        )
        raise
    if not any(outcome.answered for outcome in outcomes) and (outcomes or sources.failed):
        return FAILED
    output.create()
    found = sum(len(outcome.found) for outcome in outcomes)
    print_status(f"{output.name}: {len(output.known.titles):,} titles, {found:,} of them new")
    if sources.failed:
        return FAILED
    settled = found + sum(len(outcome.unknown) for outcome in outcomes)
    return DONE if settled == sum(map(len, wanted.values())) else FINDINGS


def _check(arguments: argparse.Namespace) -> None:
    """Check the arguments that are sent to the services."""
    import re

    from ..errors import ConfigError

    email = arguments.email
    if email is not None and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", email):
        raise ConfigError(f"--email: {email}: expected an email address such as name@example.org")
    for option in ("arxiv_url", "crossref_url"):
        url = getattr(arguments, option)
        if url is not None and not re.match(r"https?://[^/\s]", url):
            name = option.replace("_", "-")
            raise ConfigError(f"--{name}: {url}: expected a URL such as https://example.org/")


class _Output:
    """The file of titles, rewritten whenever there is something new."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        from pathlib import Path

        from ..errors import SourceError
        from ..lists.known_titles import LARGEST, KnownTitles
        from ..source import read

        self.name = name = str(arguments.output)
        path = Path(name)
        self._arguments = arguments
        self._text: str | None = None
        # Checked now, not after everything was fetched.
        if name == "-" or (path.exists() and not path.is_file()):
            raise SourceError(f"{name}: expected a regular file, which can be read again later")
        if not path.exists():
            if not path.parent.is_dir():
                raise SourceError(f"{name}: cannot be written: no such folder {path.parent}")
            self.known: KnownTitles = KnownTitles()
            return
        self._text = read(name, limit=LARGEST).text
        self.known = KnownTitles.load(self._text, name)

    def keep(self, records: Iterable[Record]) -> None:
        """Add records and write the file."""
        for record in records:
            self.known.put(record)
        self._write()

    def create(self) -> None:
        """Create the file if it does not exist: lint accepts it even if it has no titles."""
        if self._text is None:
            self._write()

    def _write(self) -> None:
        text = self.known.dump()
        # If there was no file, there must still be none: another run may have created one.
        write_file(self._arguments, self.name, text, before=self._text or "")
        self._text = text


def _identifiers(sources: Sources) -> dict[str, dict[str, str]]:
    """The identifiers of the papers, as first written in the lists, by canonical key."""
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
    """Fetch from each service what is wanted from it."""
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
                waiting=_report_wait if sys.stderr.isatty() else None,
            ) as client,
            ProgressBar(sys.stderr, f"asking {service.name}") as bar,
        ):
            outcome = fetch(service, client, names, keep=output.keep, progress=bar.update)
        _report(service.name, outcome, len(names))
        outcomes.append(outcome)
    return outcomes


def _report_wait(what: str, seconds: float) -> None:
    """Show on a terminal why nothing is happening, in place of the progress bar."""
    sys.stderr.write("\r\x1b[K")
    print_status(f"{what}: retrying in {seconds:.0f} seconds")


def _report(service: str, outcome: Outcome, asked: int) -> None:
    """Print what went wrong, one line each."""
    for names, what in (
        (outcome.unknown, "has no record of"),
        (outcome.untitled, "has no title for"),
        (outcome.refused, "rejected the request for"),
    ):
        if names:
            print_error(f"{service} {what} {', '.join(names)}")
    if outcome.unasked:
        print_error(
            f"{service} returned papers that were not requested: {outcome.unasked:,} ignored"
        )
    if outcome.error:
        settled = outcome.found + outcome.unknown + outcome.untitled + outcome.refused
        print_error(
            f"{outcome.error}; {asked - len(settled):,} of {asked:,} papers are still to be "
            "fetched; run the same command again later"
        )
