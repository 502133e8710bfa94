"""Configuration: ``llmpaper-md.toml``, or ``[tool.llmpaper-md]`` in ``pyproject.toml``.

The file nearest to the list counts, from the list's own folder upward.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import ConfigError
from .reading.columns import FIELDS, Field

if TYPE_CHECKING:
    from .formatting.normal_form import EndOfLine, TableStyle
    from .linting.findings import Severity
    from .linting.options import ArxivForm

FILE_NAME = "llmpaper-md.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """What a project sets for its lists.

    ``columns`` are names of columns beside the known ones, by field; ``exclude`` are patterns
    of paths, relative to ``folder``, that are passed over when a folder is searched.
    ``per_file_ignores`` are names of rules by such patterns. The rest is told to the rules (see
    `linting.Options`) or says how tables are written (see `formatting.FormatOptions`).
    """

    columns: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_stars: int = 5
    arxiv_form: ArxivForm = "consistent"
    table_style: TableStyle = "compact"
    max_table_width: int = 120
    end_of_line: EndOfLine = "keep"
    folder: Path | None = None

    def ignored(self, path: str) -> tuple[str, ...]:
        """The rules that are left out for a file.

        >>> config = Config(ignore=("a",), per_file_ignores={"*.zh.md": ("b",)}, folder=Path("/l"))
        >>> config.ignored("/l/x.md"), config.ignored("/l/x.zh.md")
        (('a',), ('a', 'b'))
        """
        found = list(self.ignore)
        for pattern, names in self.per_file_ignores.items():
            if self._matches(Path(path), (pattern,)):
                found += names
        return tuple(found)

    def excludes(self, path: Path) -> bool:
        """Whether ``path``, or a folder that it stands in, is excluded.

        >>> config = Config(exclude=("drafts", "*.zh.md"), folder=Path("/lists"))
        >>> [config.excludes(Path("/lists") / p) for p in ("a.md", "drafts/a.md", "x/b.zh.md")]
        [False, True, True]
        """
        return self._matches(path, self.exclude)

    def _matches(self, path: Path, patterns: Sequence[str]) -> bool:
        if not patterns or self.folder is None:
            return False
        try:
            relative = path.absolute().relative_to(self.folder.absolute())
        except ValueError:
            return False
        from fnmatch import fnmatch  # few settings have patterns

        parts = [relative, *relative.parents][:-1]
        names = [part.as_posix() for part in parts] + [part.name for part in parts]
        return any(fnmatch(name, pattern) for name in names for pattern in patterns)


def find(folder: Path) -> Config:
    """The configuration that holds in ``folder``; the defaults where there is none.

    Raises:
        ConfigError: the file found is no TOML, or not as described.

    """
    folder = folder.absolute()
    for place in (folder, *folder.parents):
        if (path := place / FILE_NAME).exists():
            return load(path)
        if (path := place / "pyproject.toml").is_file():
            tool = _read(path, only_with=_OUR_TABLE).get("tool", {})
            if isinstance(tool, dict) and "llmpaper-md" in tool:
                return _config(tool["llmpaper-md"], path, "tool.llmpaper-md")
    return Config()


def load(path: Path) -> Config:
    """The configuration in a file.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or not as described.

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


def _read(path: Path, *, only_with: re.Pattern[str] | None = None) -> dict[str, Any]:
    """The TOML in a file; nothing, without a look at the rest, if it lacks ``only_with``."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: byte offset {error.start}") from None
    if only_with and not only_with.search(text):
        return {}
    import tomllib  # slow to load, and mostly there is no file to read

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


_Choice = TypeVar("_Choice", bound=str)
_KEYS = (
    *("columns", "exclude", "select", "ignore", "strict", "severity", "per-file-ignores"),
    *("max-stars", "arxiv-form", "table-style", "max-table-width", "end-of-line"),
)
# As `linting` and `formatting` have them: every command reads settings, and most need neither.
_SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_ARXIV_FORMS: tuple[ArxivForm, ...] = ("consistent", "abs", "pdf")
_TABLE_STYLES: tuple[TableStyle, ...] = ("compact", "aligned")
_ENDS_OF_LINE: tuple[EndOfLine, ...] = ("keep", "lf", "crlf")


def _config(table: object, path: Path, prefix: str) -> Config:
    table = _table(table, path, prefix or path.name)
    for key in table:
        if key not in _KEYS:
            raise ConfigError(f"{path}: {_join(prefix, key)}: unknown key{nearest(key, _KEYS)}")
    columns = _table(table.get("columns", {}), path, _join(prefix, "columns"))
    for key in columns:
        if key not in FIELDS:
            name = _join(prefix, f"columns.{key}")
            raise ConfigError(f"{path}: {name}: unknown field{nearest(key, FIELDS)}")

    def where(key: str) -> str:
        return _join(prefix, key)

    severity = _table(table.get("severity", {}), path, where("severity"))
    per_file = _table(table.get("per-file-ignores", {}), path, where("per-file-ignores"))

    def number(key: str, default: int) -> int:
        value = table.get(key, default)
        if type(value) is not int or value < 1:
            kind = _kind(value)
            raise ConfigError(f"{path}: {where(key)}: expected a number from 1 on, found {kind}")
        return value

    def one_of(known: Sequence[_Choice], key: str) -> _Choice:
        return _one_of(known, table.get(key, known[0]), path, where(key))

    strict = table.get("strict", False)
    if not isinstance(strict, bool):
        kind = _kind(strict)
        raise ConfigError(f"{path}: {where('strict')}: expected true or false, found {kind}")
    return Config(
        columns={
            key: _strings(columns[key], path, where(f"columns.{key}"))
            for key in FIELDS
            if key in columns
        },
        exclude=_strings(table.get("exclude", []), path, where("exclude")),
        select=_rules(table.get("select", []), path, where("select")),
        ignore=_rules(table.get("ignore", []), path, where("ignore")),
        strict=strict,
        severity={
            name: _one_of(_SEVERITIES, value, path, where(f"severity.{name}"))
            for name, value in severity.items()
            if _rules([name], path, where("severity"))
        },
        per_file_ignores={
            pattern: _rules(names, path, where(f"per-file-ignores.{pattern}"))
            for pattern, names in per_file.items()
        },
        max_stars=number("max-stars", 5),
        arxiv_form=one_of(_ARXIV_FORMS, "arxiv-form"),
        table_style=one_of(_TABLE_STYLES, "table-style"),
        max_table_width=number("max-table-width", 120),
        end_of_line=one_of(_ENDS_OF_LINE, "end-of-line"),
        folder=path.parent,
    )


def _table(value: object, path: Path, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {key}: expected a table, found {_kind(value)}")
    return value


def _rules(value: object, path: Path, key: str) -> tuple[str, ...]:
    """Names of rules, each of which there is."""
    names = _strings(value, path, key)
    if names:
        from .linting.registry import RULES  # only where a rule is named

        for name in names:
            if name not in RULES:
                near = nearest(name, RULES)
                raise ConfigError(f"{path}: {key}: {name}: no rule is called so{near}")
    return names


def _one_of(known: Sequence[_Choice], value: object, path: Path, key: str) -> _Choice:
    for choice in known:
        if choice == value:
            return choice
    raise ConfigError(f"{path}: {key}: expected {' or '.join(known)}, found {value!r}")


def _strings(value: object, path: Path, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{path}: {key}: expected a list of strings, found {_kind(value)}")
    return tuple(value)


def _join(prefix: str, key: str) -> str:
    return f"{prefix}.{key}" if prefix else key


def nearest(key: str, known: Iterable[str]) -> str:
    """What to say after a name that is not known: the nearest right one, or which there are."""
    import difflib  # only where there is something to say

    known = list(known)
    close = difflib.get_close_matches(key, known, 1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"


def _kind(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false",
        dict: "a table",
        float: "a number",
        int: "a number",
        list: "a list of other things",
        str: "a string",
    }
    return names.get(type(value), "a date")
