"""``diff`` and ``merge``: compare and merge two lists."""

from __future__ import annotations

import argparse
import sys

from ..errors import LLMPaperError
from .common import DONE, FINDINGS, Sources, add_config, print_status, write
from .output import add_output, write_result

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from ..reading.document import Document
    from .common import Commands

_DIFF = """\
Report which papers were added, removed or changed from A to B, whatever their order and the layout
of their tables. Exits with 1 if the lists differ.
"""
_MERGE = """\
Print A with the papers that only B has: in the tables of the same sections, or in new sections at
the end. Cells that are empty in A are filled from B. Where B differs from A, or a cell of B has no
column in A, that is reported as a conflict on standard error; exits with 1 then. --in-place writes
to A.
"""
_FORMATS = ("text", "markdown", "json")


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    diff = commands.add_parser(
        "diff", help="report what changed between two lists", description=_DIFF
    )
    _add_lists(diff)
    diff.add_argument(
        "--output-format",
        choices=_FORMATS,
        default="text",
        help="output format; markdown is for the description of a pull request (default: text)",
    )
    diff.add_argument(
        "--only-papers",
        action="store_true",
        help="report only added and removed papers, for example to compare translations of a list",
    )
    diff.set_defaults(run=_diff)

    merge = commands.add_parser("merge", help="merge two lists", description=_MERGE)
    _add_lists(merge)
    output = add_output(merge)
    output.add_argument(
        "--json", action="store_true", help="print the new list and what was done as JSON"
    )
    merge.set_defaults(run=_merge)


def _add_lists(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="Markdown file, or - for standard input")
    parser.add_argument("b", metavar="B", help="the list to compare or merge with")
    add_config(parser)


def _documents(arguments: argparse.Namespace) -> tuple[Document, Document]:
    from ..reading.conflicts import refuse_conflicts
    from ..reading.parser import parse

    if arguments.a == arguments.b == "-":
        raise LLMPaperError("standard input can be read only once: name a file for A or B")
    sources = Sources(arguments)

    def document(name: str) -> Document:
        source, settings = sources.read(name)
        found = parse(
            source, columns=settings.columns, max_stars=settings.max_stars, read=settings.read
        )
        refuse_conflicts(source, found.blocks)
        return found

    return document(arguments.a), document(arguments.b)


def _diff(arguments: argparse.Namespace) -> int:
    from ..lists.comparing import compare

    comparison = compare(*_documents(arguments), only_papers=arguments.only_papers)
    if arguments.output_format == "json":
        from ..export.json_comparison import comparison_json

        write(comparison_json(comparison))
    elif arguments.output_format == "markdown":
        from ..export.markdown_comparison import comparison_markdown

        write(comparison_markdown(comparison))
    else:
        from ..report.comparison_text import text_report
        from ..report.terminal import Style

        for line in text_report(comparison, Style(sys.stdout)):
            print(line)
    return DONE if comparison.is_same else FINDINGS


def _merge(arguments: argparse.Namespace) -> int:
    from ..merging.joining import merge
    from ..report.merge_text import merge_report

    if arguments.in_place and arguments.a == "-":
        raise LLMPaperError("--in-place cannot be used with standard input")
    a, b = _documents(arguments)
    result = merge(a, b)
    if arguments.json:
        from ..export.json_merge import merge_json

        write(merge_json(a.source, b.source, result))
    else:
        write_result(a.source, result.text, arguments)
        for line in merge_report(a.source, b.source, result):
            print_status(line)
    changed = result.text != a.source.text and (arguments.check or arguments.diff)
    return FINDINGS if changed or result.conflicts else DONE
