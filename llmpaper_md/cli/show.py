"""``show``: a summary of a list, and its papers."""

from __future__ import annotations

import argparse
import os
import sys

from .common import DONE, FAILED, FINDINGS, Sources, add_files, number, print_error

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from .common import Commands

_DESCRIPTION = """\
Print a summary of a list: its sections with their numbers of papers and stars, and the papers with
the most stars; on a terminal, also all papers by section. With --stars or --section, print only the
selected papers; exits with 1 if there are none.
"""
_EPILOG = """\
Titles are truncated to the width of the terminal, or to COLUMNS if that is set. Otherwise nothing
is truncated.
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "show",
        help="print a summary, and the papers by section",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add_files(parser)
    parser.add_argument(
        "--papers",
        action=argparse.BooleanOptionalAction,
        help="list the papers, or not (default: only on a terminal)",
    )
    parser.add_argument(
        "--stars", type=_stars, metavar="N", help="print only papers with at least N stars"
    )
    parser.add_argument(
        "--section",
        metavar="TEXT",
        help="print only papers in sections whose number or title contains TEXT",
    )
    parser.add_argument(
        "--skipped",
        action="store_true",
        help="print the list items and paragraphs that link to a paper but were not read as one",
    )
    parser.set_defaults(run=_show)


def _stars(text: str) -> int:
    return number(text, int, lambda value: value >= 0, "a whole number of at least 0")


def _show(arguments: argparse.Namespace) -> int:
    from ..report.listing import Selection, list_papers, list_skipped, select
    from ..report.summary import heading, summarize
    from ..report.terminal import Style

    selects = arguments.stars is not None or arguments.section is not None
    selection = Selection(arguments.stars or 0, arguments.section)
    lists = arguments.papers
    if lists is None:
        lists = selects or sys.stdout.isatty()
    style = Style(sys.stdout)
    width = _width()
    sources = Sources(arguments)
    shown = 0
    for document in sources.documents():
        if arguments.skipped:
            for line in list_skipped(document, width):
                print(line)
            continue
        groups = select(document, selection) if lists or selects else []
        if selects and not groups:
            continue
        if shown:
            print()
        shown += 1
        if selects:
            print(heading(document, [paper for _, papers in groups for paper in papers], style))
        else:
            for line in summarize(document, style):
                print(line)
        if lists and groups:
            print()
            for line in list_papers(groups, style, width):
                print(line)
    if sources.failed:
        return FAILED
    if selects and not shown:
        print_error(f"no papers {selection.describe()}")
        return FINDINGS
    return DONE


def _width() -> int | None:
    """The width of a line in terminal columns; None if it is unlimited."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        return int(columns)
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
