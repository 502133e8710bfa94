"""``export`` and ``schema``: what is in a list, as data."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from .common import DONE, FAILED, Sources, add_files, are_many, complain, write, write_to

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..document import Document
    from .common import Commands


_FORMATS = ("json", "html")
_SCHEMAS = ("records", "findings", "repair", "settings")


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    export = commands.add_parser("export", help="print the records, or make a page of them")
    export.add_argument("--to", choices=_FORMATS, default="json", help="format (default: json)")
    export.add_argument("-o", "--output", metavar="OUT", help="write to OUT")
    add_files(export)
    export.set_defaults(run=_export)

    schema = commands.add_parser("schema", help="print the JSON Schema of what is written or set")
    schema.add_argument("name", metavar="NAME", choices=_SCHEMAS, help=", ".join(_SCHEMAS))
    schema.set_defaults(run=_schema)


def _documents(sources: Sources) -> Iterator[Document]:
    from ..errors import LLMPaperError
    from ..papers import parse

    for source, settings in sources:
        try:
            yield parse(source, column_names=settings.columns)
        except LLMPaperError as error:
            sources.fail(error)


def _export(arguments: argparse.Namespace) -> int:
    if arguments.to == "html":
        from .page import write_page

        return write_page(arguments)
    from ..export.records import to_json

    sources = Sources(arguments)
    found = list(_documents(sources))
    for document in found:
        if not document.papers:
            complain(f"{document.source.name}: no papers were found")
    # An array where more than one file may come, so that a caller knows which to expect.
    many = are_many(arguments.files)
    if found or many:
        write_to(arguments.output, to_json(found if many else found[0]))
    return FAILED if sources.failed else DONE


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from ..export.schemas import schema

    write(json.dumps(schema(arguments.name), ensure_ascii=False, indent=2) + "\n")
    return DONE
