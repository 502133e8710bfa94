"""What is fuzzed: for any text, what must hold. Each target fails by an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from llmpaper_md import (
    ConflictError,
    LintOptions,
    fix,
    format_text,
    from_json,
    normalize,
    parse,
    render,
    repair,
)
from llmpaper_md.export.json_records import to_json
from llmpaper_md.reading.conflicts import find_conflicts
from llmpaper_md.reading.tables import Grid
from llmpaper_md.source import SPACES, Source

OPTIONS = LintOptions(strict=True, today=date(2026, 1, 1))


def fuzz_parse(text: str) -> None:
    """Cells stand where they say, and nothing but blanks and pipes stands between them."""
    document = parse(text)
    to_json(document)
    for block in document.blocks.blocks:
        if not isinstance(block, Grid):
            continue
        for row in (block.header, *block.rows):
            rest = row.span.start
            for cell in row.cells:
                assert cell.span.cut(text) == cell.raw
                assert not text[rest : cell.span.start].strip(SPACES + "|")
                rest = cell.span.end
            assert not text[rest : row.span.end].strip(SPACES + "|\v\f")


def fuzz_repair(text: str) -> None:
    """A repair is not repaired again, and its guesses stand where they say."""
    done = repair(text)
    for guess in done.guesses:
        assert guess.span.cut(done.text) == guess.chosen
    assert repair(done.text).text == done.text


def _is_refused(text: str, make: Callable[[str], object]) -> bool:
    """Whether a text has a merge conflict, of which nothing is made."""
    if not find_conflicts(Source.of(text)):
        return False
    try:
        make(text)
    except ConflictError:
        return True
    raise AssertionError("it was not refused")


def fuzz_fix(text: str) -> None:
    """Fixes come to an end, and there is nothing left to fix."""
    if _is_refused(text, fix):
        return
    done = fix(text, OPTIONS, unsafe=True)
    again = fix(done.text, OPTIONS, unsafe=True)
    assert (again.text, again.applied) == (done.text, ())


def fuzz_format(text: str) -> None:
    """The normal form is proven (ProofError), and its own normal form."""
    if _is_refused(text, format_text):
        return
    once = format_text(text)
    assert format_text(once) == once


def fuzz_normalize(text: str) -> None:
    """The whole is its own normal form, or says what is still garbled in it.

    A fix may take out what kept the repair from being sure of a line.
    """
    if _is_refused(text, normalize):
        return
    once = normalize(text, OPTIONS)
    garbled = {"mojibake", "lost-bytes"}.intersection(finding.rule for finding in once.left)
    assert garbled or normalize(once.text, OPTIONS).text == once.text


def fuzz_render(text: str) -> None:
    """A list can be written from its records, and is then written the same again."""
    document = parse(text)
    for records in (document, from_json(to_json(document))):
        written = render(records)
        assert render(parse(written)) == written


TARGETS: dict[str, Callable[[str], None]] = {
    "parse": fuzz_parse,
    "repair": fuzz_repair,
    "fix": fuzz_fix,
    "format": fuzz_format,
    "normalize": fuzz_normalize,
    "render": fuzz_render,
}
