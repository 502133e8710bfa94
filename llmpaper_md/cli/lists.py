"""``diff`` and ``merge``: two lists compared, and joined."""

from __future__ import annotations

import argparse
import sys

from ..errors import LLMPaperError
from .common import DONE, FINDINGS, Sources, add_config, say, write
from .output import add_output, put

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from ..reading.document import Document
    from .common import Commands

_DIFF = """\
Say which papers came, went and changed from A to B, whatever their order and the form of their
tables. Exits with 1 where the lists differ.
"""
_MERGE = """\
Print A with the papers that only B has: in the tables of the same sections, or in new sections at
the end. Cells that are empty in A are filled from B. What B says otherwise, or has no column in
A, is said on standard error; exits with 1 then. --in-place writes to A.
"""
_FORMATS = ("text", "markdown", "json")


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    diff = commands.add_parser("diff", help="say what is new in a list", description=_DIFF)
    _add_lists(diff)
    diff.add_argument(
        "--output-format",
        choices=_FORMATS,
        default="text",
        help="markdown is for the description of a pull request (default: text)",
    )
    diff.add_argument(
        "--only-papers",
        action="store_true",
        help="look only for papers that one list lacks: translations of one list, say",
    )
    diff.set_defaults(run=_diff)

    joint = commands.add_parser("merge", help="join two lists", description=_MERGE)
    _add_lists(joint)
    output = add_output(joint)
    output.add_argument(
        "--json", action="store_true", help="print the new list, and what was done, as JSON"
    )
    joint.set_defaults(run=_merge)


def _add_lists(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="Markdown file, or - for standard input")
    parser.add_argument("b", metavar="B", help="another one")
    add_config(parser)


def _documents(arguments: argparse.Namespace) -> tuple[Document, Document]:
    from ..reading.conflicts import refuse_conflicts
    from ..reading.parser import parse

    if arguments.a == arguments.b == "-":
        raise LLMPaperError("standard input can be read once: name a file for one of the lists")
    sources = Sources(arguments)

    def document(name: str) -> Document:
        source, settings = sources.read(name)
        found = parse(source, columns=settings.columns, max_stars=settings.max_stars)
        refuse_conflicts(source, found.blocks)
        return found

    return document(arguments.a), document(arguments.b)


def _diff(arguments: argparse.Namespace) -> int:
    from ..lists.comparing import compare

    done = compare(*_documents(arguments), only_papers=arguments.only_papers)
    if arguments.output_format == "json":
        from ..export.json_comparison import comparison_json

        write(comparison_json(done))
    elif arguments.output_format == "markdown":
        from ..report.comparison_text import markdown_report

        write("\n".join(markdown_report(done)) + "\n")
    else:
        from ..report.comparison_text import text_report
        from ..report.terminal import Style

        for line in text_report(done, Style(sys.stdout)):
            print(line)
    return DONE if done.is_same else FINDINGS


def _merge(arguments: argparse.Namespace) -> int:
    from ..merging.joining import merge
    from ..report.merge_text import merge_report

    if arguments.in_place and arguments.a == "-":
        raise LLMPaperError("standard input cannot be written back; leave out --in-place")
    a, b = _documents(arguments)
    done = merge(a, b)
    if arguments.json:
        from ..export.json_comparison import merged_json

        write(merged_json(a.source, b.source, done))
    else:
        put(a.source, done.text, arguments)
        for line in merge_report(a.source, b.source, done):
            say(line)
    changed = done.text != a.source.text and (arguments.check or arguments.diff)
    return FINDINGS if changed or done.conflicts else DONE
