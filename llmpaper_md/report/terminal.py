"""Colours and progress bars on a terminal."""

from __future__ import annotations

import os
import time
from typing import Self, TextIO

from ..unprintable import printable


class Style:
    """Colours if the stream is a terminal that supports them, otherwise plain text.

    ``NO_COLOR`` (https://no-color.org), ``TERM=dumb`` and ``FORCE_COLOR`` are respected.
    """

    def __init__(self, stream: TextIO) -> None:
        wanted = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._on = bool(wanted or os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._on and text else text

    def bold(self, text: str) -> str:
        """Emphasised."""
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        """Less important."""
        return self._paint("2", text)

    def error(self, text: str) -> str:
        """Red."""
        return self._paint("31", text)

    def new(self, text: str) -> str:
        """Green."""
        return self._paint("32", text)

    def star(self, text: str) -> str:
        """Yellow."""
        return self._paint("33", text)


class ProgressBar:
    """A progress bar on a terminal, shown after a second and redrawn at most ten times a second."""

    _WIDTH = 30

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream = stream
        self._label = printable(label)
        self._next = time.monotonic() + 1.0 if stream.isatty() else float("inf")
        self._drawn = False

    def update(self, done: float, total: float) -> None:
        """Show how much of the work is done, in any unit."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + 0.1
        self._drawn = True
        share = done / total if total else 1.0
        filled = "#" * round(share * self._WIDTH)
        self._stream.write(f"\r{self._label} [{filled:<{self._WIDTH}}] {share:4.0%}")
        self._stream.flush()

    def clear(self) -> None:
        """Remove it, so that something else can be printed; the next update shows it again."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
