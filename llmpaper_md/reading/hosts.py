"""Hosts that lead nowhere."""

from __future__ import annotations

import re

from .links import is_at

# Kept free for examples (RFC 2606), or one's own machine.
_PLACEHOLDERS = ("example.com", "example.org", "example.net", "localhost")
_OWN_MACHINE = ("127.0.0.1", "[::1]")
_PORT = re.compile(r":\d*$", re.ASCII)


def is_placeholder(host: str) -> bool:
    """Whether a host, as from `links.host`, is a placeholder or the reader's own machine.

    >>> is_placeholder("www.example.com"), is_placeholder("localhost:7860")
    (True, True)
    """
    name = host.rpartition(":")[0] if _PORT.search(host) else host
    return name in _OWN_MACHINE or is_at(name, *_PLACEHOLDERS)
