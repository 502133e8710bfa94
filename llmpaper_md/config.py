"""Configuration: ``llmpaper-md.toml``, or ``[tool.llmpaper-md]`` in ``pyproject.toml``.

The file nearest to the list counts, from the list's own folder upward.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .choices import ENDS_OF_LINE, SEVERITIES, TABLE_STYLES, EndOfLine, Severity, TableStyle
from .errors import ConfigError
from .formatting.format_options import MAX_TABLE_WIDTH, FormatOptions
from .reading.columns import COLUMN_NAMES, Field
from .reading.stars import MAX_STARS
from .setting_types import (
    Choice,
    Flag,
    Names,
    Option,
    PositiveNumber,
    SettingType,
    TableOf,
    Texts,
    as_table,
    suggest,
)
from .source import read_bytes

if TYPE_CHECKING:
    from .linting.options import LintOptions

FILE_NAME = "llmpaper-md.toml"
LARGEST = 1 << 20
"""How many bytes settings may have."""


def _option(type_: SettingType[Any], default: Any, help_: str) -> Any:
    """The field of a setting, which holds its declaration."""
    metadata = {"type": type_, "help": help_}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def _rule_names() -> Sequence[str]:
    from .linting.registry import RULES  # only where a rule is named

    return RULES


_RULES = Names(_rule_names, "rule")


@dataclass(frozen=True, slots=True)
class Config:
    """What a project sets for its lists. Each field is a setting, declared here and nowhere else.

    ``rule_options`` are the options that rules declare, by key; ``folder`` is that of the file,
    to which patterns of paths are relative.
    """

    columns: Mapping[Field, tuple[str, ...]] = _option(
        COLUMN_NAMES,
        {},
        "Names of columns in addition to the known ones, by what they hold.",
    )
    exclude: tuple[str, ...] = _option(
        Texts(), (), "Patterns of paths that are skipped when a folder is searched."
    )
    select: tuple[str, ...] = _option(_RULES, (), "Run only these rules.")
    ignore: tuple[str, ...] = _option(_RULES, (), "Do not run these rules.")
    strict: bool = _option(Flag(), False, "Run the strict rules too.")
    severity: Mapping[str, Severity] = _option(
        TableOf(Choice(*SEVERITIES), _rule_names, "rule"), {}, "The severity of rules."
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = _option(
        TableOf(_RULES), {}, "Rules not to run, by pattern of path."
    )
    max_stars: int = _option(PositiveNumber(), MAX_STARS, "The most stars that a list gives.")
    table_style: TableStyle = _option(
        Choice(*TABLE_STYLES), "compact", "How the cells of tables are padded."
    )
    max_table_width: int = _option(
        PositiveNumber(),
        MAX_TABLE_WIDTH,
        "The width, in columns of a terminal, up to which the last column of a table is aligned.",
    )
    end_of_line: EndOfLine = _option(
        Choice(*ENDS_OF_LINE), "keep", "What lines end with; keep: as they do now."
    )
    rule_options: Mapping[str, object] = field(default_factory=dict)
    folder: Path | None = None

    def lint_options(self, path: str) -> LintOptions:
        """The options of the rules for a file."""
        from .linting.options import LintOptions  # only what lints needs them

        return LintOptions(
            select=self.select,
            ignore=self.ignored(path),
            strict=self.strict,
            severity=self.severity,
            columns=self.columns,
            max_stars=self.max_stars,
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
        )

    def ignored(self, path: str) -> tuple[str, ...]:
        """The rules that are left out for a file.

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
        """Whether ``path``, or a folder that it stands in, is excluded.

        >>> config = Config(exclude=("drafts", "*.zh.md"), folder=Path("/lists"))
        >>> [config.excludes(Path("/lists") / p) for p in ("a.md", "drafts/a.md", "x/b.zh.md")]
        [False, True, True]
        """
        return bool(self.exclude) and _matches(self._parts(path), self.exclude)

    def _parts(self, path: Path) -> list[str]:
        """What a pattern may match: the path in the folder, those of the folders, and names."""
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
    """What matches a name that any of the patterns does: one by one they take long to compile."""
    from fnmatch import translate  # few settings have patterns

    return re.compile("|".join(translate(os.path.normcase(pattern)) for pattern in patterns))


def find(folder: Path) -> Config:
    """The configuration that holds in ``folder``; the defaults where there is none.

    Raises:
        ConfigError: the file found is no regular file, is too large, is no TOML, or not as
            described.

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
    """The configuration in a file, which is named by a person and so may be a pipe.

    Raises:
        ConfigError: the file cannot be read, is too large, is no TOML, or not as described.

    """
    table = _read(path)
    if path.name == "pyproject.toml":
        tool = table.get("tool", {})
        section = tool.get("llmpaper-md", {}) if isinstance(tool, dict) else tool
        return _config(section, path, "tool.llmpaper-md")
    return _config(table, path, "")


# The ways in which a pyproject.toml can hold our table. Reading TOML takes longer than to look
# for them, and most have none.
_OUR_TABLE = re.compile(
    r"""^[ \t]*(?:
        \[[ \t]*["']?tool["']?[ \t]*(?:\]|\.[ \t]*["']?llmpaper-md) | ["']?tool["']?[ \t]*[.=]
    )""",
    re.MULTILINE | re.VERBOSE,
)


def _read(
    path: Path, *, only_with: re.Pattern[str] | None = None, only_regular: bool = False
) -> dict[str, Any]:
    """The TOML in a file; nothing, without a look at the rest, if it lacks ``only_with``."""
    try:
        text = read_bytes(path, LARGEST, only_regular=only_regular).decode("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: byte offset {error.start}") from None
    if only_with and not only_with.search(text):
        return {}
    from .toml import loads  # mostly there is no file to read

    try:
        return loads(text)
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


def settings() -> tuple[Option[Any], ...]:
    """The declarations of all settings, those of rules last, in the order of the documentation."""
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
