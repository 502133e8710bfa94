"""``export`` and ``schema``: what is in a list, as data."""

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
    complain_of_no_papers,
    keep_sources,
    write,
    write_to,
)

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..reading.document import Document
    from .common import Commands


# As `export.schemas` has them: loading it here would make every --help wait for it.
_SCHEMAS = ("records", "paper", "findings", "repair", "comparison", "merge", "settings")

_EXPORT = """\
Print the papers of lists as data: json (everything, with tables, sections and places), jsonl (a
paper on a line), csv, bibtex, urls (the addresses and where they stand), or html (a page to search
in a browser).
"""
_SCHEMA = """\
Print the JSON Schema of what a command writes (records: export --to json; paper: a line of export
--to jsonl; findings: lint --output-format json; repair: repair --json; comparison: diff
--output-format json; merge: merge --json), or of the settings.
"""


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    export = commands.add_parser(
        "export", help="print the records, or make a page of them", description=_EXPORT
    )
    export.add_argument(
        "--to", choices=(*_FORMATS, "html"), default="json", help="the format (default: json)"
    )
    export.add_argument("-o", "--output", metavar="OUT", help="write the result to OUT")
    for option, (form, what) in _OPTIONS.items():
        export.add_argument(f"--{option}", action="store_true", help=f"with --to {form}: {what}")
    add_shared_files(export)
    add_files(export)
    export.set_defaults(run=_export)

    schema = commands.add_parser(
        "schema", help="print the JSON Schema of what is written or set", description=_SCHEMA
    )
    schema.add_argument(
        "name", metavar="NAME", choices=_SCHEMAS, help=f"one of {', '.join(_SCHEMAS)}"
    )
    schema.set_defaults(run=_schema)


def _export(arguments: argparse.Namespace) -> int:
    for option, (form, _) in _OPTIONS.items():
        if getattr(arguments, option) and arguments.to != form:
            raise LLMPaperError(f"--{option} goes with --to {form}")
    if arguments.to == "html":
        from .page import write_page

        return write_page(arguments)
    sources = Sources(arguments)
    found = list(sources.documents())
    for document in found:
        if not document.papers:
            complain_of_no_papers(document.source.name)
    # Where nothing could be read, what the file held before is worth more than nothing.
    if found or (are_many(arguments.files) and not arguments.output):
        text = _FORMATS[arguments.to](found, arguments)
        keep_sources(arguments.output, (document.source.name for document in found))
        write_to(arguments, text)
    return FAILED if sources.failed else DONE


def _json(found: Sequence[Document], arguments: argparse.Namespace) -> str:
    from ..export.json_records import to_json

    # An array where more than one file may come, so that a caller knows which to expect.
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


# What makes each format of the documents, and the options that go with one format only.
_FORMATS: dict[str, Callable[[Sequence[Document], argparse.Namespace], str]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "bibtex": _bibtex,
    "urls": _urls,
}
_OPTIONS = {
    "bom": ("csv", "begin with a byte order mark, by which Excel knows UTF-8"),
    "lychee": ("urls", "the addresses alone, as the link checker lychee reads them"),
}


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from ..export.schemas import schema

    write(json.dumps(schema(arguments.name), ensure_ascii=False, indent=2) + "\n")
    return DONE
