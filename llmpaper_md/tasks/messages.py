"""Messages through a pipe between two processes: eight bytes for the length, then the content."""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from io import RawIOBase

_LENGTH = 8


def send(pipe: RawIOBase, message: bytes) -> None:
    """Send a message.

    Raises:
        OSError: the other end is closed.
    """
    for part in (len(message).to_bytes(_LENGTH, "big"), message):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) :]


def receive(pipe: RawIOBase) -> bytes | None:
    """The next message; None if the other end was closed before a whole message arrived.

    Raises:
        OSError: the pipe cannot be read.
    """
    length = _read(pipe, _LENGTH)
    return None if length is None else _read(pipe, int.from_bytes(length, "big"))


def _read(pipe: RawIOBase, length: int) -> bytes | None:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        count = pipe.readinto(rest)
        if not count:
            return None
        rest = rest[count:]
    return bytes(data)
