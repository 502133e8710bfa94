"""Texts made to hurt: how time grows with them, and that very big ones are read at all.

The slow ones: ``python -m pytest -m slow``; those that compare times: ``-m growth``.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from llmpaper_md import LintOptions, fix, format_text, lint, parse, repair
from llmpaper_md.cli import main
from llmpaper_md.export.json_records import to_json
from llmpaper_md.report.summary import summarize
from llmpaper_md.report.terminal import Style
from tests.hostile_inputs import HEAD, LIST, MAKERS, ROW, said

OPTIONS = LintOptions(strict=True, today=date(2026, 1, 1))


pytestmark = pytest.mark.usefixtures("folder")


def _fix(text: str) -> object:
    return fix(text, OPTIONS, unsafe=True)


def _show(text: str) -> object:
    return list(summarize(parse(text), Style(io.StringIO())))


WORK: dict[str, Callable[[str], object]] = {
    "show and export": lambda text: (_show(text), to_json(parse(text))),
    "repair": repair,
    "lint": lambda text: lint(text, OPTIONS),
    "lint --fix": _fix,
    "format": format_text,
}
SMALL, TIMES = 250, 8
FLOOR = 0.05
"""Seconds below which nothing is compared: on a busy machine they say nothing."""


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


@pytest.mark.growth
@pytest.mark.parametrize("name", MAKERS)
def test_time_grows_no_faster_than_the_text(name: str) -> None:
    make = MAKERS[name]
    for what, work in WORK.items():
        before = max(_seconds(work, make(SMALL)), FLOOR / TIMES)
        now = _seconds(work, make(SMALL * TIMES))
        if now > before * TIMES * 3:  # once more: the machine may have been busy
            before = max(_seconds(work, make(SMALL)), FLOOR / TIMES)
            now = _seconds(work, make(SMALL * TIMES))
        assert now < before * TIMES * 3, what


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_a_large_text_of_it(name: str) -> None:
    text = MAKERS[name](200_000)
    for work in WORK.values():
        work(text)


# Of each: a size for every run and one for the slow ones, the text, how many papers it lists.
BIG: dict[str, tuple[tuple[int, int], Callable[[int], str], int | None]] = {
    "a line of {} bytes": ((1_000_000, 100_000_000), lambda size: "x" * size, 0),
    "a row of {} cells": ((10_000, 100_000), lambda size: HEAD + "| a " * size + "|\n", 1),
    "{} rows": ((1_000, 100_000), lambda size: HEAD + ROW * size, None),
    "{} brackets in one another": (
        (2_000, 100_000),
        lambda size: HEAD + "| 1 | " + "[" * size + "a" + "]" * size + " |\n",
        1,
    ),
    "emphasis {} deep": (
        (2_000, 100_000),
        lambda size: HEAD + "| 1 | " + "*a " * size + " b*" * size + " |\n",
        1,
    ),
    "{} stars in a cell": (
        (10_000, 1_000_000),
        lambda size: HEAD + "| 1" + "★" * size + " | A |\n",
        1,
    ),
    "a URL of {} bytes": (
        (100_000, 1_000_000),
        lambda size: HEAD + "| 1 | [A](https://a.org/" + "b" * size + ") |\n",
        1,
    ),
    "lists {} deep": (
        (100, 1_000),
        lambda size: "".join("  " * level + "- a\n" for level in range(size)) + "\n" + LIST,
        1,
    ),
}


def _big(index: int) -> list[ParameterSet]:
    return [
        pytest.param(
            make,
            sizes[index],
            sizes[index] if papers is None else papers,
            id=name.format(f"{sizes[index]:,}"),
        )
        for name, (sizes, make, papers) in BIG.items()
    ]


def _is_read_and_left_alone(
    make: Callable[[int], str], size: int, papers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands that read, and `format`, which changes nothing twice."""
    file = Path("list.md")
    file.write_text(make(size), "utf-8")
    before = file.read_bytes()
    assert main(["show", "list.md"]) == 0
    assert f": {papers:,} paper" in capsys.readouterr().out
    assert main(["repair", "--check", "list.md"]) == 0
    assert main(["lint", "--exit-zero", "--statistics", "list.md"]) == 0
    assert file.read_bytes() == before
    assert main(["format", "-i", "list.md"]) == 0
    assert main(["format", "--check", "list.md"]) == 0
    said(capsys)


@pytest.mark.parametrize(("make", "size", "papers"), _big(0))
def test_big(
    make: Callable[[int], str], size: int, papers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _is_read_and_left_alone(make, size, papers, capsys)


@pytest.mark.slow
@pytest.mark.parametrize(("make", "size", "papers"), _big(1))
def test_very_big(
    make: Callable[[int], str], size: int, papers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _is_read_and_left_alone(make, size, papers, capsys)
