r"""What must not reach a terminal or a log unchanged, and the escapes that are shown instead.

Two kinds of text have effects when printed. Invisible characters control a terminal (controls),
reorder text (text direction marks and isolates), or hide text (tags, variation selectors, fillers).
And GitHub's runner executes commands in the output of a workflow step: ``::name::`` at the
beginning of a line, after optional whitespace, and ``##[name]`` anywhere in a line (actions/runner,
ActionCommand.cs). The result does not depend on the destination or the environment: the same text
is always shown in the same way.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Pictographs, which may be followed by a variation selector and joined to each other.
_PICTOGRAPH = "©®‼⁉™ℹ↔-↪⌚-⏿Ⓜ▪-➿⤴⤵⬅-⭕〰〽㊗㊙\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
_SKIN = "\U0001f3fb-\U0001f3ff"
# Scripts in which joiners affect how letters are written: Hebrew to Mongolian, Brahmic scripts.
_JOINING = "\u0590-\u109f\u1700-\u1aff\ua800-\uabff\U00011000-\U00011fff"
_NEVER_SEEN = "".join(
    (
        # Controls except tab, line endings too; soft hyphen, fillers, joiners, direction marks.
        "\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b",
        "\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb",
        # Controls of hieroglyphs, shorthand and music; tags and the other variation selectors.
        "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff",
        # Surrogates and noncharacters.
        "\ud800-\udfff\ufdd0-\ufdef",
        *(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17)),
    )
)
_SOMETIMES_SEEN = "\u200c\u200d\ufe0e\ufe0f"
_CONDITIONS = (
    f"(?<=[{_NEVER_SEEN}])"
    f"|(?<=[\ufe0e\ufe0f])(?<![{_PICTOGRAPH}0-9#*][\ufe0e\ufe0f])"
    f"|(?<=\u200d)(?:(?![{_PICTOGRAPH}{_JOINING}])"
    f"|(?<![{_PICTOGRAPH}{_SKIN}\ufe0f{_JOINING}]\u200d))"
    f"|(?<=\u200c)(?:(?![{_JOINING}])|(?<![{_JOINING}]\u200c))"
)
# One character class first, then the conditions: a pattern that begins with alternatives is
# several times as slow to search for.
UNSEEN = re.compile(f"[{_NEVER_SEEN}{_SOMETIMES_SEEN}](?:{_CONDITIONS})")
"""A character that is invisible or controls the terminal.

Variation selectors and joiners count unless they are part of an emoji or between letters of a
script that needs them.
"""

UNSAFE = re.compile(f"[#{_NEVER_SEEN}{_SOMETIMES_SEEN}](?:(?<=#)(?=#\\[)|{_CONDITIONS})")
"""The same, and the first character of what GitHub's runner takes for a command within a line."""

_LINE_END = re.compile(r"\r\n?|\n")
_LINE_COMMAND = re.compile(r"^(\s*):(?=:)")
_LINE_COMMANDS = re.compile(r"(?:(?<=[\r\n])|^\ufeff?)([^\S\r\n]*):(?=:)")
_INSIDE = re.compile(r"#(?=#\[)")
# The commands of actions/runner (ActionCommandManager.cs), and the headings of its log.
_KNOWN = (
    "add-mask|add-matcher|add-path|command|debug|echo|endgroup|error|group|internal-set-repo-path|"
    "notice|remove-matcher|save-state|section|set-env|set-output|stop-commands|warning"
)
_COMMAND = re.compile(
    rf"(?:(?<=[\r\n])|^\ufeff?)[^\S\r\n]*::(?P<new>{_KNOWN})(?: [^\r\n]*?)?::"
    rf"|##\[(?P<old>{_KNOWN})(?=[ \]])",
    re.IGNORECASE,
)


class Command(NamedTuple):
    """A command to GitHub's runner in a text: its name, and its line from 1."""

    name: str
    line: int


def find_command(text: str) -> Command | None:
    r"""The first command to GitHub's runner in a text, if there is one.

    >>> find_command("a\n ::add-mask::b\n")
    Command(name='add-mask', line=2)
    >>> find_command("::: note\n##[Title](https://a.org)")
    """
    found = _COMMAND.search(text)
    if found is None:
        return None
    line = len(_LINE_END.findall(text, 0, found.start(found.lastgroup or 0))) + 1
    return Command((found["new"] or found["old"]).lower(), line)


def without_commands(text: str) -> str:
    r"""The text, of any number of lines, with commands to GitHub's runner escaped.

    >>> print(without_commands(" ::add-mask::a\n+##[group]b"))
     \x3a:add-mask::a
    +\x23#[group]b
    """
    return _INSIDE.sub(r"\\x23", _LINE_COMMANDS.sub(r"\1\\x3a", text))


def printable(text: str) -> str:
    r"""The text on one line, safe to print on a terminal and in the log of a GitHub workflow.

    Invisible characters are shown as escapes, and so is the first character of what GitHub's runner
    may take for a command. Everything that is printed on a terminal goes through here.

    >>> print(printable("a\x1b[31mb\u200e"))
    a\x1b[31mb\u200e
    >>> print(printable(" ::add-mask::a ##[group]b 👩‍💻"))
     \x3a:add-mask::a \x23#[group]b 👩‍💻
    """
    text = _LINE_COMMAND.sub(r"\1\\x3a", text)
    return UNSAFE.sub(_as_escape, text)


def _as_escape(match: re.Match[str]) -> str:
    return r"\x23" if match[0] == "#" else match[0].encode("unicode_escape").decode()
