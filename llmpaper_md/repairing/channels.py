"""What every way of misreading has in common, and the ways that can be named.

A channel damages text, names itself in words, and reads those words back. Behind it stand
`channel.Channel` (UTF-8 read through a page of one byte a character) and
`multibyte.MultiByteChannel` (two bytes a character).
"""

from __future__ import annotations

from typing import Protocol

from .channel import Channel
from .multibyte import MultiByteChannel, multi_byte_page


class AnyChannel(Protocol):
    """A way in which UTF-8 text was misread."""

    @property
    def codec(self) -> str:
        """The name of the code page."""

    def damage(self, text: str) -> str:
        """Do to clean text what the channel did."""

    def describe(self) -> str:
        """Say in words what happened; `parse_channel` reads the words back."""


def parse_channel(text: str) -> Channel | MultiByteChannel:
    """Read a channel of any kind from words.

    Args:
        text: a code page in any usual spelling, then perhaps what became of what it does not have.

    Returns:
        The channel.

    Raises:
        ChannelError: the code page or a phrase is unknown.

    Example:
        >>> parse_channel("cp1252").describe()
        'windows-1252, undefined bytes dropped, soft hyphens kept'
        >>> parse_channel("cp936, ? for what fits nothing").describe()
        'gbk, ? for what fits nothing'
    """
    if multi_byte_page(text.partition(",")[0]):
        return MultiByteChannel.parse(text)
    return Channel.parse(text)
