"""The reference of the command line as a Markdown page, made from the parser.

To update it: ``python -m llmpaper_md.cli.reference > docs/cli.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from .command_line import build_parser

_HEAD = """\
# Command line

Generated from `llmpaper-md COMMAND --help`. How files are found and written, and what the
exit codes mean: [Settings, files and exit codes](settings.md).
"""


def reference() -> str:
    """The page: each command with its usage, what it does, and its arguments."""
    parser = build_parser()
    commands = next(
        action.choices
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return "\n".join([_HEAD, *(line for name in commands for line in _command(commands[name]))])


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    name = parser.prog.partition(" ")[2]
    yield f"## {name}\n"
    yield f"{_text((parser.description or '').strip(chr(10)))}\n"
    for group in parser._action_groups:
        actions = [
            action for action in group._group_actions if "--help" not in action.option_strings
        ]
        if not actions:
            continue
        title = (group.title or "options").capitalize()
        yield f"| {title} | |\n| --- | --- |"
        for action in actions:
            text = _text(action.help or "").replace("\n", " ").replace("|", r"\|")
            yield f"| {_names(action)} | {text} |"
        yield ""


def _names(action: argparse.Action) -> str:
    value = ""
    if action.nargs != 0:
        choices = "\\|".join(map(str, action.choices)) if action.choices else None
        value = (
            action.metavar if isinstance(action.metavar, str) else choices or action.dest.upper()
        )
    if not action.option_strings:
        return f"`{value}{' …' if action.nargs in ('+', '*') else ''}`"
    options = (
        f"`{option} {value}`" if value else f"`{option}`" for option in action.option_strings
    )
    return ", ".join(options)


def _text(text: str) -> str:
    """The text with Markdown markup escaped."""
    return text.replace("%%", "%").replace("<", "&lt;").replace("*", r"\*").replace("[", r"\[")


if __name__ == "__main__":
    print(reference(), end="")
