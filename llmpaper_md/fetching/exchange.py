"""Requests within limits of time and size, whatever the other side sends, and however slowly.

The time limit of ``requests`` counts from one piece of an answer to the next: a service that sends
a byte now and then is never too slow for it. Here each wait, from the look-up of the name to the
last byte, is for no longer than what is left of the whole; and bytes count as they arrive, in the
status line and headers too.
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
    """What a request may still take.

    Args:
        seconds: in all.
        silence: the most seconds without anything from the other side.
        size: bytes of its answers, as they come over the network.
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
        """Whether more bytes have come than may."""
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
        """Take bytes that have come off.

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
    """A session whose requests keep within a budget.

    Args:
        budget: asked for that of the request at hand.

    """
    session = _Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(budget))
    return session


def redirect_target(response: requests.Response) -> str | None:
    """Where an answer sends, None where it is no redirect."""
    if not response.is_redirect:
        return None
    return response.headers["Location"].encode("latin-1").decode("utf-8", "replace")


class _Session(requests.Session):
    """A session that leaves redirects alone: told not to follow one, it still reads all of it."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: see `redirect_target`."""


class _Adapter(HTTPAdapter):
    """What connects a session, with the connections of `_limited`."""

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
            # A SOCKS proxy is spoken to in a way of its own, within the time of each wait.
            self._limit(manager, direct=not proxy.lower().startswith("socks"))
        return manager

    def _limit(self, manager: Any, *, direct: bool) -> None:
        manager.pool_classes_by_scheme = {
            scheme: _limited(pool, self._budget, direct=direct)
            for scheme, pool in manager.pool_classes_by_scheme.items()
        }


def _limited(pool: Any, budget: Callable[[], Budget], *, direct: bool) -> Any:
    """A class of urllib3's connection pools, with connections that keep within a budget."""

    class Response(http.client.HTTPResponse):
        """An answer, of which each piece is waited for and counted, from the status line on."""

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

    Its time limit is what is left: the handshake of TLS keeps to that as a whole.
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
    """The addresses of a host. What the system takes for that has no limit, so that it is left."""
    outcome: queue.SimpleQueue[_Found | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            outcome.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:  # whatever it is, it belongs to whoever asked
            outcome.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = outcome.get(timeout=patience)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found
