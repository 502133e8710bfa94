"""Text that is safe to send to a terminal, and its colours."""

from __future__ import annotations

import os
import re
from typing import TextIO

# Controls, among them those that steer a terminal, and the marks that turn text around.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""The text with each control character shown as an escape.

    >>> print(printable("a\x1b[31mb"))
    a\x1b[31mb
    """
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

    def star(self, text: str) -> str:
        """Yellow."""
        return self._paint("33", text)
