"""Argument groups that several commands have, and what their values mean.

A command module imports these and no other command: see `tests/test_house.py`.
"""

from __future__ import annotations

import argparse

from ..choices import ENDS_OF_LINE, SORT_KEYS, TABLE_STYLES
from ..errors import ChannelError, ConfigError
from .common import number

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from datetime import date

    from ..source import Source
    from ..tasks.format_task import FormatArguments
    from ..tasks.rule_arguments import RuleArguments


def add_rule_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose rules and give them what they depend on."""
    rules = parser.add_argument_group("rules")
    rules.add_argument("--select", metavar="NAMES", help="run only these rules, comma-separated")
    rules.add_argument("--ignore", metavar="NAMES", help="do not run these rules, comma-separated")
    rules.add_argument("--strict", action="store_true", help="also run the strict rules")
    rules.add_argument(
        "--today",
        metavar="DATE",
        help="date to use as the current day, as YYYY-MM-DD, in rules that depend on it "
        "(default: today)",
    )
    rules.add_argument(
        "--metadata",
        metavar="FILE",
        help="compare titles with those in FILE, which llmpaper-md metadata writes",
    )


def rule_arguments(arguments: argparse.Namespace) -> RuleArguments:
    """The values of the arguments that `add_rule_arguments` adds.

    Raises:
        LLMPaperError: a rule name or the date is not valid, or the metadata file cannot be read.
    """
    from ..tasks.rule_arguments import RuleArguments

    return RuleArguments(
        select=rule_names("--select", arguments.select),
        ignore=rule_names("--ignore", arguments.ignore),
        strict=arguments.strict,
        today=_today(arguments.today),
        titles=_titles(arguments.metadata),
    )


def rule_names(option: str, text: str | None) -> tuple[str, ...]:
    """The names of rules in a comma-separated text.

    Raises:
        ConfigError: there is no such rule.
    """
    from ..linting.registry import RULES
    from ..setting_types import check_name

    names = tuple(name.strip(" ") for name in (text or "").split(",") if name.strip(" "))
    for name in names:
        check_name(name, RULES, "rule", option)
    return names


def _today(text: str | None) -> date:
    from datetime import date

    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--today: {text}: expected a date such as 2026-01-31") from None


def _titles(name: str | None) -> dict[str, str]:
    """The correct titles of papers by canonical key, from JSON Lines."""
    if name is None:
        return {}
    from ..lists.known_titles import LARGEST, KnownTitles
    from ..source import read

    return KnownTitles.load(read(name, limit=LARGEST).text, name).titles


def add_format_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say how tables are written."""
    group = parser.add_argument_group("format")
    group.add_argument(
        "--table-style",
        choices=TABLE_STYLES,
        help="keep: change only what is broken, and keep the style of each table; compact: one "
        "space on either side of a cell; aligned: cells padded so that columns line up (default: "
        "keep, or as in the settings)",
    )
    group.add_argument(
        "--max-table-width",
        type=_width,
        metavar="N",
        help="do not pad the last column of an aligned table that would be wider than N terminal "
        "columns (default: 120, or as in the settings)",
    )
    group.add_argument(
        "--end-of-line",
        choices=ENDS_OF_LINE,
        help="line ending to write; keep: leave line endings as they are (default: keep, or as in "
        "the settings)",
    )
    group.add_argument(
        "--sort",
        choices=SORT_KEYS,
        help="sort the papers within each table: id and title ascending, stars and year descending",
    )


def _width(text: str) -> int:
    return number(text, int, lambda value: value >= 1, "a whole number of at least 1")


def format_arguments(arguments: argparse.Namespace) -> FormatArguments:
    """The values of the arguments that `add_format_arguments` adds."""
    from ..tasks.format_task import FormatArguments

    return FormatArguments(
        arguments.table_style, arguments.max_table_width, arguments.end_of_line, arguments.sort
    )


def add_channel_argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument that says how the text was damaged."""
    parser.add_argument(
        "--channel",
        metavar="NAME",
        help="how the text was damaged, if known: a code page (windows-1254, gbk) or a full "
        'description ("windows-1254, undefined bytes dropped, soft hyphens dropped")',
    )


def check_channel(name: str | None) -> None:
    """Check the name of a channel before any file is read.

    Raises:
        ChannelError: there is no such channel.
    """
    if name is None:
        return
    from ..repairing import parse_channel

    try:
        parse_channel(name)
    except ChannelError as error:
        raise ChannelError(f"--channel: {error}") from None


def read_corrections(name: str | None) -> Source | None:
    """The file of corrections, if one is named.

    Raises:
        SourceError: it cannot be read.
    """
    if name is None:
        return None
    from ..export.json_repairs import LARGEST
    from ..source import read

    return read(name, limit=LARGEST)
