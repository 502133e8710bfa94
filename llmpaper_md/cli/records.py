"""``export`` and ``schema``: lists as data."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from ..errors import LLMPaperError
from .common import (
    DONE,
    FAILED,
    Sources,
    add_files,
    add_shared_files,
    are_many,
    protect_sources,
    warn_no_papers,
    write,
    write_to,
)

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from ..reading.document import Document
    from .common import Commands


# Repeated from `export.schemas`: importing that here would slow down every --help.
_SCHEMAS = ("records", "paper", "findings", "repair", "comparison", "merge", "settings")

_EXPORT = """\
Print the papers of lists as data: json (everything, including tables, sections and positions),
jsonl (one paper per line), csv, bibtex, urls (each URL with the lines it appears on), or html (a
page to search in a browser).
"""
_SCHEMA = """\
Print the JSON Schema of the output of a command (records: export --to json; paper: a line of
export --to jsonl; findings: lint --output-format json; repair: repair --json; comparison: diff
--output-format json; merge: merge --json) or of the settings.
"""


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    export = commands.add_parser(
        "export", help="export records: JSON, CSV, BibTeX and others", description=_EXPORT
    )
    export.add_argument(
        "--to", choices=(*_FORMATS, "html"), default="json", help="output format (default: json)"
    )
    export.add_argument("-o", "--output", metavar="OUT", help="write the result to OUT")
    for option, (form, what) in _OPTIONS.items():
        export.add_argument(f"--{option}", action="store_true", help=f"with --to {form}: {what}")
    add_shared_files(export)
    add_files(export)
    export.set_defaults(run=_export)

    schema = commands.add_parser(
        "schema", help="print the JSON Schema of an output or of the settings", description=_SCHEMA
    )
    schema.add_argument(
        "name", metavar="NAME", choices=_SCHEMAS, help=f"one of {', '.join(_SCHEMAS)}"
    )
    schema.set_defaults(run=_schema)


def _export(arguments: argparse.Namespace) -> int:
    for option, (form, _) in _OPTIONS.items():
        if getattr(arguments, option) and arguments.to != form:
            raise LLMPaperError(f"--{option} requires --to {form}")
    if arguments.to == "html":
        from .page import write_page

        return write_page(arguments)
    sources = Sources(arguments)
    found = list(sources.documents())
    for document in found:
        if not document.papers:
            warn_no_papers(document.source.name)
    # If nothing could be read, the old contents of the output file are worth more than nothing.
    if found or (are_many(arguments.files) and not arguments.output):
        text = _FORMATS[arguments.to](found, arguments)
        protect_sources(arguments.output, (document.source.name for document in found))
        write_to(arguments, text)
    return FAILED if sources.failed else DONE


def _json(found: Sequence[Document], arguments: argparse.Namespace) -> str:
    from ..export.json_records import to_json

    # An array whenever there may be several files, so that a caller knows what to expect.
    return to_json(found if are_many(arguments.files) else found[0])


def _jsonl(found: Sequence[Document], arguments: argparse.Namespace) -> str:
    from ..export.jsonl import to_jsonl

    return to_jsonl(found)


def _csv(found: Sequence[Document], arguments: argparse.Namespace) -> str:
    from ..export.csv import to_csv

    return to_csv(found, bom=arguments.bom)


def _bibtex(found: Sequence[Document], arguments: argparse.Namespace) -> str:
    from ..export.bibtex import to_bibtex

    return to_bibtex(found)


def _urls(found: Sequence[Document], arguments: argparse.Namespace) -> str:
    from ..export.urls import to_urls

    return to_urls(found, bare=arguments.lychee)


# The function for each format, and the options that only one format has.
_FORMATS: dict[str, Callable[[Sequence[Document], argparse.Namespace], str]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "bibtex": _bibtex,
    "urls": _urls,
}
_OPTIONS = {
    "bom": ("csv", "begin with a byte order mark, so that Excel detects UTF-8"),
    "lychee": ("urls", "only the URLs, as input for the link checker lychee"),
}


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from ..export.schemas import schema

    write(json.dumps(schema(arguments.name), ensure_ascii=False, indent=2) + "\n")
    return DONE
