"""Configuration: ``llmpaper-md.toml``, or ``[tool.llmpaper-md]`` in ``pyproject.toml``.

The file nearest to the list applies, searching upwards from the list's folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .choices import (
    ENDS_OF_LINE,
    ITEM_TEMPLATE,
    PLACES,
    SEVERITIES,
    TABLE_STYLES,
    EndOfLine,
    Place,
    Severity,
    TableStyle,
)
from .errors import ConfigError
from .formatting.format_options import MAX_TABLE_WIDTH, FormatOptions
from .reading.columns import COLUMN_NAMES, Field
from .reading.stars import MAX_STARS
from .setting_types import (
    Choice,
    Flag,
    ListOf,
    Names,
    Option,
    PositiveNumber,
    SettingType,
    TableOf,
    Text,
    Texts,
    as_table,
    suggest,
)
from .source import read_bytes

if TYPE_CHECKING:
    from .linting.options import LintOptions

FILE_NAME = "llmpaper-md.toml"
LARGEST = 1 << 20
"""The most bytes that a settings file may have."""


def _option(type_: SettingType[Any], default: Any, help_: str) -> Any:
    """A dataclass field with the declaration of a setting."""
    metadata = {"type": type_, "help": help_}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def _check_template(template: str, where: str) -> None:
    from .formatting.item_template import check_template  # only where one is set

    check_template(template, where)


def _rule_names() -> Sequence[str]:
    from .linting.registry import RULES  # only where a rule is named

    return RULES


_RULES = Names(_rule_names, "rule")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project. Each field is a setting, declared here and nowhere else.

    ``rule_options`` are the options that rules declare, by key; ``folder`` is the folder of the
    settings file, to which path patterns are relative.
    """

    columns: Mapping[Field, tuple[str, ...]] = _option(
        COLUMN_NAMES,
        {},
        "Column names in addition to the known ones, by field.",
    )
    exclude: tuple[str, ...] = _option(
        Texts(), (), "Path patterns to skip when a folder is searched."
    )
    select: tuple[str, ...] = _option(_RULES, (), "Run only these rules.")
    ignore: tuple[str, ...] = _option(_RULES, (), "Do not run these rules.")
    strict: bool = _option(Flag(), False, "Also run the strict rules.")
    severity: Mapping[str, Severity] = _option(
        TableOf(Choice(*SEVERITIES), _rule_names, "rule"), {}, "The severity of rules."
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = _option(
        TableOf(_RULES), {}, "Rules not to run, by path pattern."
    )
    read: tuple[Place, ...] = _option(
        ListOf(Choice(*PLACES)), PLACES, "Where in a list papers are looked for."
    )
    max_stars: int = _option(PositiveNumber(), MAX_STARS, "The maximum number of stars in a list.")
    table_style: TableStyle = _option(
        Choice(*TABLE_STYLES), "keep", "How the cells of tables are padded."
    )
    max_table_width: int = _option(
        PositiveNumber(),
        MAX_TABLE_WIDTH,
        "The width, in terminal columns, up to which the last column of a table is padded.",
    )
    item_template: str = _option(
        Text(_check_template),
        ITEM_TEMPLATE,
        "How a paper is written as a list item (render --style bullets).",
    )
    end_of_line: EndOfLine = _option(
        Choice(*ENDS_OF_LINE), "keep", "The line ending; keep: leave line endings as they are."
    )
    rule_options: Mapping[str, object] = field(default_factory=dict)
    folder: Path | None = None

    def lint_options(self, path: str) -> LintOptions:
        """The rule options for a file."""
        from .linting.options import LintOptions  # only what lints needs them

        return LintOptions(
            select=self.select,
            ignore=self.ignored(path),
            strict=self.strict,
            severity=self.severity,
            columns=self.columns,
            max_stars=self.max_stars,
            read=self.read,
            rule_options=self.rule_options,
        )

    def format_options(self) -> FormatOptions:
        """How lists are written."""
        return FormatOptions(
            self.table_style,
            self.max_table_width,
            self.end_of_line,
            columns=self.columns,
            max_stars=self.max_stars,
            read=self.read,
        )

    def ignored(self, path: str) -> tuple[str, ...]:
        """The rules that do not run on a file.

        >>> config = Config(ignore=("a",), per_file_ignores={"*.zh.md": ("b",)}, folder=Path("/l"))
        >>> config.ignored("/l/x.md"), config.ignored("/l/x.zh.md")
        (('a',), ('a', 'b'))
        """
        found = list(self.ignore)
        if self.per_file_ignores:
            parts = self._parts(Path(path))
            for pattern, names in self.per_file_ignores.items():
                if _matches(parts, (pattern,)):
                    found += names
        return tuple(found)

    def excludes(self, path: Path) -> bool:
        """Whether ``path``, or a folder that contains it, is excluded.

        >>> config = Config(exclude=("drafts", "*.zh.md"), folder=Path("/lists"))
        >>> [config.excludes(Path("/lists") / p) for p in ("a.md", "drafts/a.md", "x/b.zh.md")]
        [False, True, True]
        """
        return bool(self.exclude) and _matches(self._parts(path), self.exclude)

    def _parts(self, path: Path) -> list[str]:
        """What a pattern may match: relative paths and names of the file and its parent folders."""
        if self.folder is None:
            return []
        try:
            relative = path.absolute().relative_to(self.folder.absolute())
        except ValueError:
            return []
        parts = [relative, *relative.parents][:-1]
        return [part.as_posix() for part in parts] + [part.name for part in parts]


def _matches(parts: Iterable[str], patterns: tuple[str, ...]) -> bool:
    match = _matcher(patterns).match
    return any(match(os.path.normcase(part)) for part in parts)


@cache
def _matcher(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One regular expression for all patterns: compiling them separately takes longer."""
    from fnmatch import translate  # few settings have patterns

    return re.compile("|".join(translate(os.path.normcase(pattern)) for pattern in patterns))


def find(folder: Path) -> Config:
    """The settings that apply in ``folder``; the defaults if there are none.

    Raises:
        ConfigError: the file is not a regular file, is too large, or is not valid.

    """
    folder = folder.absolute()
    for place in (folder, *folder.parents):
        if (path := place / FILE_NAME).exists():
            return _config(_read(path, only_regular=True), path, "")
        if (path := place / "pyproject.toml").is_file():
            table = _read(path, only_with=_OUR_TABLE, only_regular=True)
            tool = table.get("tool", {})
            if isinstance(tool, dict) and "llmpaper-md" in tool:
                return _config(tool["llmpaper-md"], path, "tool.llmpaper-md")
    return Config()


def load(path: Path) -> Config:
    """The settings in a file that was named explicitly, and so may be a pipe.

    Raises:
        ConfigError: the file cannot be read, is too large, or is not valid.

    """
    table = _read(path)
    if path.name == "pyproject.toml":
        tool = table.get("tool", {})
        section = tool.get("llmpaper-md", {}) if isinstance(tool, dict) else tool
        return _config(section, path, "tool.llmpaper-md")
    return _config(table, path, "")


# How a pyproject.toml can contain our table. Searching for this is faster than parsing TOML, and
# most files do not have it.
_OUR_TABLE = re.compile(
    r"""^[ \t]*(?:
        \[[ \t]*["']?tool["']?[ \t]*(?:\]|\.[ \t]*["']?llmpaper-md) | ["']?tool["']?[ \t]*[.=]
    )""",
    re.MULTILINE | re.VERBOSE,
)


def _read(
    path: Path, *, only_with: re.Pattern[str] | None = None, only_regular: bool = False
) -> dict[str, Any]:
    """The TOML in a file; empty, without parsing it, if it does not match ``only_with``."""
    try:
        text = read_bytes(path, LARGEST, only_regular=only_regular).decode("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: byte offset {error.start}") from None
    if only_with and not only_with.search(text):
        return {}
    from .toml import loads  # usually there is no file to read

    try:
        return loads(text)
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


def settings() -> tuple[Option[Any], ...]:
    """The declarations of all settings in documentation order, those of rules last."""
    from .linting.registry import rule_options

    return (*_declared().values(), *rule_options().values())


def _declared() -> dict[str, Option[Any]]:
    """The settings that are fields of `Config`, by the field's name."""
    return {
        field.name: Option(
            field.name.replace("_", "-"),
            field.metadata["type"],
            None if field.default is MISSING else field.default,
            field.metadata["help"],
        )
        for field in fields(Config)
        if field.metadata
    }


def _config(table: object, path: Path, prefix: str) -> Config:
    table = as_table(table, f"{path}: {prefix}" if prefix else str(path))

    def where(key: str) -> str:
        return f"{path}: {prefix}.{key}" if prefix else f"{path}: {key}"

    declared = _declared()
    values: dict[str, Any] = {}
    for name, option in declared.items():
        if option.key in table:
            values[name] = option.type.read(table[option.key], where(option.key))
    others = [key for key in table if key.replace("-", "_") not in declared or "_" in key]
    if others:
        from .linting.registry import rule_options  # loads all rules

        of_rules = rule_options()
        for key in others:
            if key not in of_rules:
                known = [option.key for option in settings()]
                raise ConfigError(f"{where(key)}: unknown setting{suggest(key, known)}")
        values["rule_options"] = {
            key: of_rules[key].type.read(table[key], where(key)) for key in others
        }
    return Config(**values, folder=path.parent)
