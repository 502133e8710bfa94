"""A file so large that GitHub cuts it, or soon will.

## What it does

Reports files that have reached 90 % of the limit. A Chinese character takes three bytes.

## Why it matters

GitHub shows the first 512,000 bytes of a README and leaves out the rest, whole tables of it, with
only a note at the end.

## Example

A file of 461,000 bytes.

## Use instead

A file of 460,000 bytes.

## Fix safety

There is no fix: move a part to another file, and write tables without padding (`llmpaper-md format
--table-style compact`).

## Since

0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choices import Severity
from ...setting_types import Option, PositiveNumber
from ...source import Span
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = None
MAX_BYTES = Option(
    "max-bytes", PositiveNumber(), 512_000, "The bytes of UTF-8 after which GitHub cuts a README."
)
OPTIONS = (MAX_BYTES,)

_NEAR = 0.9


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem at the place where the file is cut, or in the first line if it is near."""
    source, limit = context.source, context.option(MAX_BYTES)
    if len(source.text) * 4 <= limit * _NEAR:
        return
    data = source.text.encode("utf-8", "surrogatepass")
    if len(data) > limit:
        place = len(data[:limit].decode("utf-8", "ignore"))
        message = (
            f"file of {len(data):,} bytes: GitHub cuts a README here, after {limit:,}; "
            "move a part to another file"
        )
        yield Problem(message, Span(place, place))
    elif len(data) > limit * _NEAR:
        message = (
            f"file of {len(data):,} bytes: GitHub cuts a README after {limit:,}; "
            "move a part to another file"
        )
        yield Problem(message, Span(0, len(source.line(1))))
