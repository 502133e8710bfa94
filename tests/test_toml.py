"""TOML from strangers: what is nested deep is refused before it is parsed, and nothing else is."""

from __future__ import annotations

import time
import tomllib
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from llmpaper_md import toml

DOTS = "." * 500
OPEN = "[{" * 500
VALID = [
    "",
    "a = 1",
    f"a = '{DOTS}{OPEN}'",
    f'a = "{DOTS}{OPEN}"',
    f'a = "\\"{DOTS}{OPEN}"',
    f'a = "\\\\" # "{DOTS}{OPEN}',
    f"a = '\\' # '{DOTS}{OPEN}",
    f'a = """{DOTS}\n"{OPEN}\n""{DOTS}"""',
    f'a = """\\"""{DOTS}{OPEN}"""',
    f'a = """""{DOTS}"""""\nb = ""',
    f"a = '''{DOTS}\n'{OPEN}\n''{DOTS}'''",
    f"a = '''''{DOTS}'''''\nb = ''",
    f"a = '' # '{DOTS}{OPEN}",
    f"# {DOTS}{OPEN}\na = 1 # {DOTS}",
    f'"{DOTS}{OPEN}" = 1\n[\'{DOTS}\'."{OPEN}"]\n',
    "a = [\n" + "1.5, # ...\n" * 500 + "]",
    "a = [" + "[1.5], " * 500 + "]",
    "a = [" + "{b.c = 1.5}, " * 500 + "]",
    "a = {" + ", ".join(f"b{n}.c = [1.5]" for n in range(500)) + "}",
    "".join(f"[a.b{n}]\nc.d = 2020-01-01T00:00:00.5Z\n" for n in range(500)),
    "[[a.b]]\nc.d = 1.5\n" * 500,
    "a = " + "[" * 32 + "]" * 32,
    ".".join("a" * 32) + " = 1",
    "[" + ".".join("a" * 32) + "]",
    "a = 'https://a.org/b.c.d'\r\nb.c = 1.5\r\n" + "".join(f"c{n}.d = 1.5\r\n" for n in range(500)),
]
DEEP = {
    "a key": ".".join("a" * 40_000) + " = 1",
    "a key of strings": ".".join(["'.'", '"a"'] * 20_000) + " = 1",
    "a key with spaces": " . ".join("a" * 40_000) + " = 1",
    "a key in an inline table": "a = { " + ".".join("a" * 40_000) + " = 1 }",
    "a key in a table in an array": "a = [\n{ b = 1 },\n{ " + ".".join("a" * 40_000) + " = 1 }]",
    "a header": "[" + ".".join("a" * 40_000) + "]\n" + "".join(f"b.c{n} = 1\n" for n in range(999)),
    "a header of an array": "[[" + ".".join("a" * 40_000) + "]]",
    "an array": "a = " + "[" * 40_000,
    "an array that is closed": "a = " + "[" * 40_000 + "]" * 40_000,
    "an array on lines": "a = " + "[ # ]\n" * 40_000 + "]" * 40_000,
    "an inline table": "a = " + "{a=" * 40_000,
    "both": "a = " + "[{a=" * 20_000,
    "after strings": 'a = [\'\'\'[\'\'\', "\\"]", """\\"]""", ' + "[" * 40_000,
    "33 names": "b = 1\n" + ".".join("a" * 33) + " = 1",
    "33 arrays": "b = 1\na = " + "[" * 33 + "]" * 33,
}


@pytest.mark.parametrize("text", VALID)
def test_leaves_alone(text: str) -> None:
    assert toml.loads(text) == tomllib.loads(text)


@pytest.mark.parametrize("name", DEEP)
def test_refuses(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"than 32 (names|deep) \(line \d+\)$|than 32 deep"):
            toml.loads(DEEP[name])
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_names_the_line() -> None:
    with pytest.raises(ValueError, match=r"^a key of more than 2 names \(line 4\)$"):
        toml.loads('a = """\n\n"""\na.b.c = 1', deepest=2)
    with pytest.raises(ValueError, match=r"^nested more than 1 deep \(line 2\)$"):
        toml.loads("a = [\n[]]", deepest=1)


_PIECES = [
    "'",
    '"',
    "'''",
    '"""',
    "\\",
    "#",
    "\n",
    "[",
    "]",
    "{",
    "}",
    ".",
    "=",
    ",",
    "a",
    " ",
    "1",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_what_is_not_deep_is_as_the_parser_says(text: str) -> None:
    """Whatever is broken is left to the parser, which says what is wrong."""

    def outcome(loads: Callable[[str], Any]) -> object:
        try:
            return loads(text)
        except ValueError as error:
            return str(error)

    found = outcome(toml.loads)
    expected = outcome(tomllib.loads)
    assert found == expected or (isinstance(expected, str) and "more than 32" in str(found))


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece", ["'''", '"""', '\\"""', "''a'", '"\\', "[a]\n", "a=[", "''", '""', "#", "\n", '"""\\']
)
def test_takes_no_longer_than_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        try:
            toml._check(text, 10**9)
        finally:
            return time.perf_counter() - start  # noqa: B012

    small = min(seconds(60_000) for _ in range(3))
    assert min(seconds(960_000) for _ in range(3)) < 16 * 4 * max(small, 0.0005)
