"""What all channels have in common, and parsing their descriptions.

A channel damages text and describes itself in words, which are parsed here. There are two kinds:
`channel.Channel` (UTF-8 read as a single-byte code page) and `multibyte.MultiByteChannel` (read as
a code page of two bytes a character).
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
        """Damage clean text as the channel does."""

    def describe(self) -> str:
        """The channel in words, which `parse_channel` reads back."""


def parse_channel(text: str) -> Channel | MultiByteChannel:
    """A channel of any kind from its description.

    Args:
        text: a code page in any usual spelling, perhaps with phrases that `describe` uses.

    Returns:
        The channel.

    Raises:
        ChannelError: the code page or a phrase is unknown.

    Example:
        >>> parse_channel("cp1252").describe()
        'windows-1252, undefined bytes dropped, soft hyphens kept'
        >>> parse_channel("cp936, invalid bytes replaced by ?").describe()
        'gbk, invalid bytes replaced by ?'
    """
    if multi_byte_page(text.partition(",")[0]):
        return MultiByteChannel.parse(text)
    return Channel.parse(text)
