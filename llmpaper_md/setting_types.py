"""Types of settings: validation of a value from TOML, and its JSON Schema.

An `Option` is the one declaration of a setting: its key, type, default and help. Validation, the
JSON Schema of the settings and the pages of the rules derive from it. The settings of a project
declare theirs in `config`, a rule declares its own in its module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from .errors import ConfigError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]

_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_MAX_SHOWN = 40


class SettingType(Protocol[T_co]):
    """The type of a setting."""

    def read(self, value: object, where: str) -> T_co:
        """Validate a value.

        Args:
            value: the value from TOML.
            where: the file and the key, for the message.

        Raises:
            ConfigError: the value is not of this type.
        """

    def schema(self) -> Schema:
        """The JSON Schema of a value."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """A setting: its key in TOML, its type, its default, and one sentence on what it does."""

    key: str
    type: SettingType[T]
    default: T
    help: str

    def schema(self) -> Schema:
        """The JSON Schema of the setting."""
        schema = {**self.type.schema(), "description": self.help}
        if isinstance(self.default, str | int):
            schema["default"] = self.default
        return schema


class Flag:
    """True or false."""

    def read(self, value: object, where: str) -> bool:
        """Validate a value."""
        if not isinstance(value, bool):
            raise ConfigError(f"{where}: expected true or false, found {_kind(value)}")
        return value

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"type": "boolean"}


class PositiveNumber:
    """A whole number, at least 1."""

    def read(self, value: object, where: str) -> int:
        """Validate a value."""
        if type(value) is not int or value < 1:
            raise ConfigError(f"{where}: expected a whole number of at least 1, {_found(value)}")
        return value

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"type": "integer", "minimum": 1}


class Choice(Generic[T]):
    """One of a few words."""

    def __init__(self, *words: T) -> None:
        self.words = words

    def read(self, value: object, where: str) -> T:
        """Validate a value."""
        for word in self.words:
            if word == value:
                return word
        expected = " or ".join(map(str, self.words))
        raise ConfigError(f"{where}: expected {expected}, {_found(value)}")

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"enum": list(self.words)}


class Text:
    """A text. ``check`` is called with it and with the place for a message, and may raise."""

    def __init__(self, check: Callable[[str, str], None] | None = None) -> None:
        self._check = check

    def read(self, value: object, where: str) -> str:
        """Validate a value."""
        if not isinstance(value, str):
            raise ConfigError(f"{where}: expected a string, found {_kind(value)}")
        if self._check:
            self._check(value, where)
        return value

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"type": "string"}


class Texts:
    """A list of texts."""

    def read(self, value: object, where: str) -> tuple[str, ...]:
        """Validate a value."""
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{where}: expected a list of strings, found {_kind(value)}")
        return tuple(value)

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return _TEXTS


class ListOf(Generic[T]):
    """A list of values of one type, at least one."""

    def __init__(self, values: SettingType[T]) -> None:
        self._values = values

    def read(self, value: object, where: str) -> tuple[T, ...]:
        """Validate a value."""
        if not isinstance(value, list | tuple) or not value:
            raise ConfigError(f"{where}: expected a list with at least one value, {_found(value)}")
        return tuple(self._values.read(item, where) for item in value)

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"type": "array", "items": self._values.schema(), "minItems": 1}


class Names(Texts):
    """A list of known names. ``known`` is called only if there are any."""

    def __init__(self, known: Callable[[], Sequence[str]], what: str) -> None:
        self._known = known
        self._what = what

    def read(self, value: object, where: str) -> tuple[str, ...]:
        """Validate a value."""
        names = super().read(value, where)
        for name in names:
            check_name(name, self._known(), self._what, where)
        return names

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"type": "array", "items": {"enum": list(self._known())}}


class TableOf(Generic[T]):
    """A table of values of one type.

    Args:
        values: the type of the values.
        known: the allowed keys; any if None.
        what: what a key is called in messages.
    """

    def __init__(
        self,
        values: SettingType[T],
        known: Callable[[], Sequence[str]] | None = None,
        what: str = "key",
    ) -> None:
        self._values, self._known, self._what = values, known, what

    def read(self, value: object, where: str) -> Mapping[str, T]:
        """Validate a value."""
        table = as_table(value, where)
        for key in table:
            if self._known:
                check_name(key, self._known(), self._what, where)
        return {key: self._values.read(item, f"{where}.{key}") for key, item in table.items()}

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        values = self._values.schema()
        if not self._known:
            return {"type": "object", "additionalProperties": values}
        properties = dict.fromkeys(self._known(), values)
        return {"type": "object", "properties": properties, "additionalProperties": False}


def as_table(value: object, where: str) -> Mapping[str, Any]:
    """The value, if it is a table.

    Raises:
        ConfigError: it is not a table.
    """
    if not isinstance(value, Mapping):
        raise ConfigError(f"{where}: expected a table, found {_kind(value)}")
    return value


def check_name(name: str, known: Iterable[str], what: str, where: str) -> None:
    """Check that a name is known.

    Raises:
        ConfigError: it is not; the message suggests a known one.

    >>> check_name("empty-rows", ["empty-row"], "rule", "--select")
    Traceback (most recent call last):
    llmpaper_md.errors.ConfigError: --select: unknown rule 'empty-rows'; did you mean 'empty-row'?
    """
    if name not in (names := list(known)):
        raise ConfigError(f"{where}: unknown {what} {name!r}{suggest(name, names)}")


def suggest(name: str, known: Sequence[str]) -> str:
    """The end of a message about an unknown name: the most similar known name, or all of them."""
    import difflib  # only where a message is written

    close = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"


def _found(value: object) -> str:
    # A hexadecimal number may be too large to be converted to decimal.
    shown = repr(value) if isinstance(value, str) else _kind(value)
    return f"found {shown}" if len(shown) <= _MAX_SHOWN else f"found {shown[:_MAX_SHOWN]}…"


def _kind(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false",
        dict: "a table",
        float: "a number",
        int: "a number",
        list: "a list of other values",
        str: "a string",
    }
    return names.get(type(value), "a date")
