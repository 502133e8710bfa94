"""``render``: write a list, or a block of one, from records."""

from __future__ import annotations

import argparse

from .arguments import add_format_arguments, format_arguments
from .common import DONE, FINDINGS, add_config, print_status, protect_sources
from .output import add_output, write_result

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from .common import Commands

_DESCRIPTION = """\
Write a list of papers from records: JSON as written by export, an array of objects with title,
url, stars, section and so on, or JSON Lines. With --into, replace the block of a file between the
lines <!-- llmpaper-md: begin NAME --> and <!-- llmpaper-md: end NAME -->, and nothing else.
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "render",
        help="write a list from records",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "records", metavar="RECORDS", help="JSON or JSON Lines file, or - for standard input"
    )
    add_config(parser, "the list")
    parser.add_argument("--into", metavar="FILE", help="replace a block of FILE")
    parser.add_argument(
        "--name", metavar="NAME", default="papers", help="name of the block (default: papers)"
    )
    parser.add_argument(
        "--level",
        type=int,
        choices=range(1, 7),
        default=1,
        help="level of the outermost headings (default: 1)",
    )
    parser.add_argument(
        "--style",
        choices=("tables", "bullets"),
        default="tables",
        help="write tables, or list items by the setting item-template (default: tables)",
    )
    add_output(parser, in_place=False)
    add_format_arguments(parser)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from .. import config
    from ..export.json_loading import from_json
    from ..formatting.marked_blocks import fill_block
    from ..formatting.rendering import render
    from ..source import Source, read

    protect_sources(arguments.output, [arguments.records])
    records = read(arguments.records)
    target = arguments.into or arguments.output
    settings = (
        config.load(Path(arguments.config))
        if arguments.config
        else config.find(Path(target).parent if target else Path())
    )
    options = format_arguments(arguments).options(settings)
    text = render(
        from_json(records.text, records.name),
        options,
        level=arguments.level,
        item_template=settings.item_template if arguments.style == "bullets" else None,
        left_out=lambda message: print_status(f"{records.name}: {message}"),
    )
    before = Source.of("", arguments.output or "<stdout>")
    if arguments.into:
        before = read(arguments.into)
        text = fill_block(before, arguments.name, text)
    elif arguments.output and Path(arguments.output).is_file():
        before = read(arguments.output)
    # A block is written back to its file unless the text goes elsewhere.
    arguments.in_place = bool(arguments.into) and not (
        arguments.output or arguments.diff or arguments.check
    )
    write_result(before, text, arguments)
    changed = text != before.text
    if changed and (arguments.in_place or arguments.check):
        print_status(f"{before.name}: {'written' if arguments.in_place else 'would change'}")
    return FINDINGS if changed and (arguments.check or arguments.diff) else DONE
