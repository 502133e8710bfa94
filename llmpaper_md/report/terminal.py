"""Text that is safe to send to a terminal, and its colours."""

from __future__ import annotations

import os
import re
import time
from typing import Self, TextIO

# Controls, among them those that steer a terminal, and the marks that turn text around.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# What GitHub's runner takes for the beginning of a command to itself: the one at the beginning of a
# line, after any blanks, the other, older one anywhere in it.
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)")


def printable(text: str) -> str:
    r"""The text with each control character shown as an escape.

    >>> print(printable("a\x1b[31mb"))
    a\x1b[31mb

    In a step of a GitHub workflow a text is no command to the runner, either.
    """
    if os.environ.get("GITHUB_ACTIONS") == "true":
        text = _COMMAND.sub(lambda match: rf"{match[1] or ''}\x{ord(match[0][-1]):x}", text)
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


class Style:
    """Colours where the stream is a terminal that wants them, nothing otherwise.

    ``NO_COLOR`` (https://no-color.org) and ``TERM=dumb`` are honoured, ``FORCE_COLOR`` too.
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
    """A bar on a terminal, shown after a second and drawn ten times a second at most."""

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
        """Take it away, so that something else can be printed; it comes back with an update."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
