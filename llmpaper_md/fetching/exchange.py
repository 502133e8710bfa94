"""Requests within limits of time and size, whatever the other side sends, and however slowly.

The timeout of ``requests`` applies between two pieces of a response: a service that sends a byte
now and then never exceeds it. Here each wait, from the look-up of the host to the last byte, ends
when the time for the whole request is over; and bytes count as they arrive, including those of the
status line and the headers.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

_Found = list[tuple[Any, Any, int, str, Any]]


class Budget:
    """The time and the bytes that a request has left.

    Args:
        seconds: for the whole request.
        silence: the most seconds without anything from the other side.
        size: the most bytes received from the network.
        now: another clock, which may run faster.

    """

    def __init__(
        self, seconds: float, silence: float, size: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._silence = silence
        self._size = size
        self._now = now
        self._begun = (time.monotonic(), now())

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self._left() <= 0

    @property
    def is_exceeded(self) -> bool:
        """Whether more bytes have been received than allowed."""
        return self._size < 0

    def patience(self) -> float:
        """The most seconds that the next wait may take.

        Raises:
            TimeoutError: the time is over.
        """
        if (left := self._left()) <= 0:
            raise TimeoutError
        return min(left, self._silence)

    def spend(self, size: int) -> None:
        """Count bytes that were received.

        Raises:
            OSError: there are too many.
        """
        self._size -= size
        if self.is_exceeded:
            raise OSError("too many bytes")

    def _left(self) -> float:
        real, other = self._begun
        return self._seconds - max(time.monotonic() - real, self._now() - other)


def session_within(budget: Callable[[], Budget]) -> requests.Session:
    """A session whose requests stay within a budget.

    Args:
        budget: returns the budget of the current request.

    """
    session = _Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(budget))
    return session


def redirect_target(response: requests.Response) -> str | None:
    """The target of a redirect, None for other responses."""
    if not response.is_redirect:
        return None
    return response.headers["Location"].encode("latin-1").decode("utf-8", "replace")


class _Session(requests.Session):
    """A session that ignores redirects: otherwise it reads their bodies even if it follows none."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: see `redirect_target`."""


class _Adapter(HTTPAdapter):
    """The adapter of a session, with the connections of `_limited`."""

    def __init__(self, budget: Callable[[], Budget]) -> None:
        self._budget = budget
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        self._limit(self.poolmanager, direct=True)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **named)
        if not known:
            # Connections to a SOCKS proxy are made differently; only each wait is limited.
            self._limit(manager, direct=not proxy.lower().startswith("socks"))
        return manager

    def _limit(self, manager: Any, *, direct: bool) -> None:
        manager.pool_classes_by_scheme = {
            scheme: _limited(pool, self._budget, direct=direct)
            for scheme, pool in manager.pool_classes_by_scheme.items()
        }


def _limited(pool: Any, budget: Callable[[], Budget], *, direct: bool) -> Any:
    """A class of urllib3's connection pools whose connections stay within a budget."""

    class Response(http.client.HTTPResponse):
        """A response whose waits and bytes count from the status line on."""

        def __init__(self, sock: socket.socket, *arguments: Any, **named: Any) -> None:
            super().__init__(sock, *arguments, **named)
            raw: Any = self.fp.detach()
            self.fp = io.BufferedReader(_Metered(raw, sock, budget()))

    class Connection(pool.ConnectionCls):  # type: ignore[misc]
        response_class = Response

        def _new_conn(self) -> socket.socket:
            if not direct:
                made: socket.socket = super()._new_conn()
                return made
            try:
                return _connect(self._dns_host, self.port, self.socket_options, budget())
            except TimeoutError as error:
                raise ConnectTimeoutError(self, "too slow") from error
            except OSError as error:
                raise NewConnectionError(self, str(error)) from error

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})


class _Metered(io.RawIOBase):
    """The bytes of a socket, within a budget."""

    def __init__(self, raw: Any, sock: socket.socket, budget: Budget) -> None:
        self._raw = raw
        self._socket = sock
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(self._budget.patience())
        count: int | None = self._raw.readinto(buffer)
        self._budget.spend(count or 0)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _connect(
    host: str, port: int, options: list[tuple[Any, ...]] | None, budget: Budget
) -> socket.socket:
    """A connection to a host by any of its addresses.

    Its timeout is the time that is left, which limits the TLS handshake as a whole.
    """
    error: OSError = OSError("it has no address")
    for family, kind, protocol, _, address in _look_up(host.strip("[]"), port, budget.patience()):
        connection = socket.socket(family, kind, protocol)
        try:
            for option in options or ():
                connection.setsockopt(*option)
            connection.settimeout(budget.patience())
            connection.connect(address)
            connection.settimeout(budget.patience())
        except OSError as failed:
            connection.close()
            error = failed
        else:
            return connection
    raise error


def _look_up(host: str, port: int, patience: float) -> _Found:
    """The addresses of a host. The system's look-up has no timeout, so it runs in a thread."""
    outcome: queue.SimpleQueue[_Found | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            outcome.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:  # raised again in the calling thread
            outcome.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = outcome.get(timeout=patience)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found
