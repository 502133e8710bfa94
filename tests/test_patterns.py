"""No regular expression of the package takes longer than in proportion to its text.

Every pattern is found by reading the package's code: whatever is handed to a function of `re`. Each is
fed, by the methods that the package calls on it, texts made of the pattern's own characters, and texts
that match until the last character does not. What is compared is the time of a text with that of
one sixteen times as long, so that they run on their own: ``python -m pytest -m growth``.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cache
from itertools import product, takewhile
from types import ModuleType
from typing import Any

import pytest

import llmpaper_md
from llmpaper_md.repairing.channel import policies
from llmpaper_md.repairing.inversion import Inverter

_FUNCTIONS = frozenset("compile match fullmatch search finditer findall split sub subn".split())
# What is put together while the program runs, and so cannot be read from the code.
_MADE_LATER = {
    (
        "config",
        '"|".join(translate(os.path.normcase(pattern)) for pattern in patterns)',
    ): "what `fnmatch` makes of a pattern in the settings",
    ("export.tex", "separator"): "a set",
    (
        "reading.dates",
        r'''rf"(?<![\w.])(?:{form})(?![^\W\d_]*\d|[./-]\d)"''',
    ): "of a fixed length, less its spaces",
    ("reading.inline", "_ATTRIBUTE.format(name=name)"): "found as _HREF, _SRC and _ALT",
    (
        "linting.rules.invisible_character",
        """f"[{re.escape(''.join(found))}]+\"""",
    ): "a set, repeated",
    ("linting.bare_urls", r'''rf"(?<=\d)(?:{digits})$"'''): "found in _CUTS",
    ("repairing.evidence", "pattern"): "three characters at most",
    (
        "repairing.misread_chinese",
        'f"[{leads}][{rest}][{leads}][{rest}]".replace(UNDEFINED, "")',
    ): "four characters",
    ("repairing.multibyte", 'f"(?<={beside})[{shown}](?={beside})"'): "three characters",
    ("repairing.multibyte", "one + more"): "twelve characters at most",
    ("repairing.review", '"".join(parts)'): "one sentence, its guesses as alternatives",
    ("repairing.multibyte", 'f"[{_class(telling)}]"'): "a set",
    ("repairing.evidence", """f"[^\\x00-\\x7f{re.escape(''.join(sorted(union)))}]+\""""): "a set",
    ("repairing.inversion", """f"[^{ascii_}{re.escape(''.join(self.characters))}]\""""): "a set",
    (
        "repairing.inversion",
        'b"(?:" + alone + b"(?:" + _VALID + b")|" + damaged + b")+"',
    ): "found in an Inverter",
    ("repairing.inversion", "damaged"): "found in an Inverter",
}
# Patterns that would take long on a long text and are never given one.
_BOUNDED = {
    "reading.links._TRAILING": "looked for in 64 characters",
    "words._LINE_END": "in the first characters of a text, as many as a message shows",
    "repairing.engine._CELL_EDGE": "matched from the beginning only, by another name",
    "repairing.engine._FORMATTED_EDGE": "matched from the beginning only, by another name",
}


def _modules() -> Iterator[tuple[str, ModuleType, str]]:
    root = llmpaper_md.__name__
    for info in pkgutil.walk_packages(llmpaper_md.__path__, f"{root}."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        assert module.__file__
        with open(module.__file__, encoding="utf-8") as file:  # noqa: PTH123
            yield info.name.removeprefix(f"{root}."), module, file.read()


@cache
def _collect() -> tuple[dict[str, re.Pattern[Any]], dict[str, set[str]], set[tuple[str, str]]]:
    """The patterns by a name, the methods called on each name, and what could not be read."""
    patterns: dict[str, re.Pattern[Any]] = {}
    methods: dict[str, set[str]] = defaultdict(set)
    unread: set[tuple[str, str]] = set()
    for name, module, source in _modules():
        for key, value in vars(module).items():
            for index, held in enumerate(value.values() if isinstance(value, dict) else [value]):
                if isinstance(held, re.Pattern):
                    patterns.setdefault(f"{name}.{key}" + (f"[{index}]" if index else ""), held)
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in _FUNCTIONS:
                continue
            called_on = node.func.value
            if isinstance(called_on, ast.Name) and called_on.id == "re":
                shown = ast.unparse(node.args[0])
                whole = ast.unparse(node) if node.func.attr == "compile" else f"re.compile({shown})"
                try:
                    found = eval(whole, {**vars(module), "re": re})  # noqa: S307 - our own code
                except NameError:
                    unread.add((name, ast.get_source_segment(source, node.args[0]) or ""))
                    continue
                if node.func.attr != "compile" or found not in patterns.values():
                    patterns[f"{name}:{node.lineno}"] = found
                    methods[f"{name}:{node.lineno}"].add(node.func.attr)
            elif isinstance(called_on, ast.Name):
                methods[f"{name}.{called_on.id}"].add(node.func.attr)
    return patterns, methods, unread


@cache
def _patterns() -> dict[str, tuple[re.Pattern[Any], frozenset[str]]]:
    patterns, methods, _ = _collect()
    found: dict[re.Pattern[Any], tuple[str, set[str]]] = {}
    for name, pattern in patterns.items():
        found.setdefault(pattern, (name, set()))[1].update(methods[name])
    for channel in policies("windows-1252", "ä¸\xadæ–‡?\xa0 "):
        made = Inverter(channel)
        found.setdefault(made.damaged, (f"Inverter({channel.describe()}).damaged", set()))
        found.setdefault(made.stretch, (f"Inverter({channel.describe()}).stretch", set()))
    return {
        name: (pattern, frozenset(used - {"compile"})) for pattern, (name, used) in found.items()
    }


def test_every_pattern_is_known() -> None:
    patterns, _, unread = _collect()
    assert len(patterns) > 100
    assert unread == set(_MADE_LATER)


def _parts(tree: Any) -> Iterator[tuple[Any, Any]]:
    for operation, argument in tree:
        yield operation, argument
        for inner in argument if isinstance(argument, list | tuple) else [argument]:
            if isinstance(inner, list):
                for branch in inner:
                    if hasattr(branch, "data"):
                        yield from _parts(branch)
            elif hasattr(inner, "data"):
                yield from _parts(inner)


def _sample(tree: Any) -> str:
    """A short text that a parsed pattern matches, or nearly."""
    text = ""
    for operation, argument in tree:
        name = str(operation)
        if name == "LITERAL":
            text += chr(argument)
        elif name == "NOT_LITERAL":
            text += "a" if argument != ord("a") else "b"
        elif name == "ANY":
            text += "a"
        elif name == "IN":
            text += _member(argument)
        elif name == "BRANCH":
            text += _sample(argument[1][0])
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            text += _sample(argument[-1] if name == "SUBPATTERN" else argument)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += _sample(argument[2]) * max(argument[0], 1)
    return text


_CATEGORIES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_WORD": "a",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_WORD": "-",
    "CATEGORY_NOT_SPACE": "a",
}


def _member(items: Any) -> str:
    """A character of a set."""
    if str(items[0][0]) == "NEGATE":
        taken = "".join(_member([item]) for item in items[1:])
        return next(c for c in "ab1 -文" if c not in taken)
    name, value = str(items[0][0]), items[0][1]
    if name == "CATEGORY":
        return _CATEGORIES[str(value)]
    return chr(value[0] if name == "RANGE" else value)


def _tree(pattern: re.Pattern[Any]) -> Any:
    text = pattern.pattern
    source = text.decode("latin-1") if isinstance(text, bytes) else text
    return importlib.import_module("re._parser").parse(source, pattern.flags & ~re.UNICODE)


def _head(pattern: re.Pattern[Any]) -> str:
    """What stands before the first repeat of a pattern."""
    before = takewhile(lambda part: not str(part[0]).endswith("REPEAT"), _tree(pattern))
    return _sample(before)


def _units(pattern: re.Pattern[Any]) -> list[str]:
    """What an attack repeats: characters of the pattern, pairs of them, what its repeats match."""
    tree = _tree(pattern)
    letters: dict[str, None] = {}
    wholes = {_sample(tree): None}
    for operation, argument in _parts(tree):
        if str(operation) in ("LITERAL", "IN"):
            letters[_sample([(operation, argument)])] = None
        elif str(operation).endswith("REPEAT"):
            wholes[_sample(argument[2])] = None
    few = list(letters)[:_LETTERS]
    return [
        unit
        for unit in {
            **dict.fromkeys(few),
            **wholes,
            **dict.fromkeys(map("".join, product(few, few))),
        }
        if unit
    ]


_LETTERS = 5
_SIZES = (30, 480, 7_680)
_STEP = 16
_TOO_SHORT = 0.01
"""Seconds that are too few to be compared on a busy machine."""


def _seconds(pattern: re.Pattern[Any], used: frozenset[str], text: str) -> float:
    data: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    for anchored in used & {"match", "fullmatch"}:
        getattr(pattern, anchored)(data)
    if not used or used - {"match", "fullmatch"}:
        # Not only the first match: what goes over a whole text must do so once.
        deque(pattern.finditer(data), 0)
    return time.process_time() - start


@pytest.mark.growth
@pytest.mark.parametrize("name", sorted(_patterns().keys() - _BOUNDED))
def test_takes_time_in_proportion_to_the_text(name: str) -> None:
    pattern, used = _patterns()[name]
    heads = {"": None, _head(pattern): None}
    for unit in _units(pattern):
        for head, tail in product(heads, ("", "\0")):
            before = 0.0
            for size in _SIZES:
                text = head + unit * (size // len(unit)) + tail
                now = _seconds(pattern, used, text)
                if now > _TOO_SHORT:
                    now = min(now, _seconds(pattern, used, text))
                assert now < max(before, _TOO_SHORT / _STEP) * _STEP * 4, (head, unit, tail, size)
                before = now
