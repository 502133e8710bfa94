"""Messages through a pipe between two processes: eight bytes with the length, then the content."""

from __future__ import annotations

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from io import RawIOBase

_LENGTH = 8


def send(pipe: RawIOBase, message: bytes) -> None:
    """Send a message.

    Raises:
        OSError: nobody reads at the other end.
    """
    for part in (len(message).to_bytes(_LENGTH, "big"), message):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) :]


def receive(pipe: RawIOBase) -> bytes | None:
    """The next message; None where the other end was closed before a whole one came.

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
