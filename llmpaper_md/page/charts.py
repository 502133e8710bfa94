"""Bar charts as plain numbers, for a template to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

HEIGHT = 72
"""The height of the tallest bar."""
_STEP, _WIDTH = 30, 22
# With more values than this, gaps between them are omitted.
_MOST = 30


class Bar(NamedTuple):
    """A bar: the value, the number of papers with it, and its position."""

    value: int
    number: int
    x: int
    height: float


class Chart(NamedTuple):
    """A bar chart; ``name`` is the name of the values."""

    title: str
    name: str
    bars: tuple[Bar, ...]
    scale: float
    width: int

    @property
    def summary(self) -> str:
        """The chart in words."""
        return "; ".join(f"{bar.value}: {bar.number:,}" for bar in self.bars if bar.number)


def bar_chart(title: str, name: str, counts: Mapping[int, int]) -> Chart:
    """A bar chart of counts by value, including values in between with a count of 0.

    Args:
        title: the title.
        name: the name of the values.
        counts: the count of each value; at least one value.

    >>> chart = bar_chart("Papers by year", "year", {2020: 1, 2022: 4})
    >>> [(bar.value, bar.number, bar.height) for bar in chart.bars], chart.summary
    ([(2020, 1, 18.0), (2021, 0, 0.0), (2022, 4, 72.0)], '2020: 1; 2022: 4')
    """
    first, last = min(counts), max(counts)
    values = range(first, last + 1) if last - first < _MOST else sorted(counts)
    scale = HEIGHT / max(counts.values())
    bars = tuple(
        Bar(value, counts.get(value, 0), index * _STEP, round(counts.get(value, 0) * scale, 2))
        for index, value in enumerate(values)
    )
    return Chart(title, name, bars, scale, len(bars) * _STEP - (_STEP - _WIDTH))
