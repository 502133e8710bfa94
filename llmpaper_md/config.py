"""Configuration: ``llmpaper-md.toml``, or ``[tool.llmpaper-md]`` in ``pyproject.toml``.

The file nearest to the list counts, from the list's own folder upward.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .columns import FIELDS, Field
from .errors import ConfigError

FILE_NAME = "llmpaper-md.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """What a project sets for its lists.

    ``columns`` are names of columns beside the known ones, by field; ``exclude`` are patterns
    of paths, relative to ``folder``, that are passed over when a folder is searched.
    """

    columns: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    folder: Path | None = None

    def excludes(self, path: Path) -> bool:
        """Whether ``path``, or a folder that it stands in, is excluded.

        >>> config = Config(exclude=("drafts", "*.zh.md"), folder=Path("/lists"))
        >>> [config.excludes(Path("/lists") / p) for p in ("a.md", "drafts/a.md", "x/b.zh.md")]
        [False, True, True]
        """
        if not self.exclude or self.folder is None:
            return False
        try:
            relative = path.absolute().relative_to(self.folder.absolute())
        except ValueError:
            return False
        parts = [relative, *relative.parents][:-1]
        names = [part.as_posix() for part in parts] + [part.name for part in parts]
        from fnmatch import fnmatch  # few exclude anything

        return any(fnmatch(name, pattern) for name in names for pattern in self.exclude)


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


def _config(table: object, path: Path, prefix: str) -> Config:
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: {prefix}: expected a table, found {_kind(table)}")
    keys = ("columns", "exclude")
    for key in table:
        if key not in keys:
            raise ConfigError(f"{path}: {_join(prefix, key)}: unknown key{_nearest(key, keys)}")
    columns = table.get("columns", {})
    if not isinstance(columns, dict):
        raise ConfigError(
            f"{path}: {_join(prefix, 'columns')}: expected a table of column names by field, "
            f"found {_kind(columns)}"
        )
    for key in columns:
        if key not in FIELDS:
            name = _join(prefix, f"columns.{key}")
            raise ConfigError(f"{path}: {name}: unknown field{_nearest(key, FIELDS)}")
    return Config(
        columns={
            key: _strings(columns[key], path, _join(prefix, f"columns.{key}"))
            for key in FIELDS
            if key in columns
        },
        exclude=_strings(table.get("exclude", []), path, _join(prefix, "exclude")),
        folder=path.parent,
    )


def _strings(value: object, path: Path, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{path}: {key}: expected a list of strings, found {_kind(value)}")
    return tuple(value)


def _join(prefix: str, key: str) -> str:
    return f"{prefix}.{key}" if prefix else key


def _nearest(key: str, known: Iterable[str]) -> str:
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
