"""One connection to a service: at its pace, with patience, and within limits.

A service may be down, slow or overloaded, and may answer with anything. Whatever it does ends in
an answer that could be read or in one of the errors here, in bounded time and memory.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Self, TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

import requests

from ..errors import LLMPaperError
from .exchange import Budget, redirect_target, session_within

T = TypeVar("T")

LIMIT = 20_000_000
"""The most bytes that an answer may have, unpacked; a hundred papers need less than one million."""
PAUSES = (5.0, 15.0, 45.0)
"""Seconds before each further attempt, where the service names none."""
LONGEST_PAUSE = 120.0
"""What a service may ask for with Retry-After; if it asks for more, it is given up."""
_CHUNK = 8192
_TOTAL = 10
"""How many times as long as a silence a request may take in all."""
_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_OVERLOADED = frozenset([408, 425, 429])
# The request itself is not taken: too long, or an identifier in it is none.
_REFUSED = frozenset([400, 413, 414, 422])


class ServiceError(LLMPaperError):
    """A service gave no answer that can be used: which, and what happened."""


class RefusedError(Exception):
    """A service does not take a request, though it may take one for fewer papers."""


class NonsenseError(Exception):
    """An answer is not what the service is known to answer; the text says what it is."""


class Clock:
    """The time, and how it is spent; tests have one of their own."""

    def now(self) -> float:
        """Seconds from any start."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let time go by."""
        time.sleep(seconds)


class Client:
    """The connection to one service; a context manager.

    Args:
        service: its name, for messages.
        interval: the least seconds between the ends and beginnings of two requests.
        agent: what it is told about who asks.
        timeout: the most seconds it may take to connect or to go on; a request may take ten
            times that in all, from the look-up of its name to the last byte.
        until: when it is asked no more, whatever is left to ask, by the clock.
        waiting: is told why and for how many seconds, before a pause that another attempt needs.
        clock: for tests.

    """

    def __init__(
        self,
        service: str,
        interval: float,
        *,
        agent: str,
        timeout: float = 30.0,
        until: float = math.inf,
        waiting: Callable[[str, float], None] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._service = service
        self._interval = interval
        self._timeout = timeout
        self._until = until
        self._waiting = waiting
        self._clock = clock or Clock()
        self._free_at = self._clock.now()
        self._budget = Budget(0, 0, 0)
        self._session = session_within(lambda: self._budget)
        self._session.headers["User-Agent"] = agent

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def ask(self, url: str, parameters: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """Ask, again after a pause where that may help, and return what ``read`` makes of it.

        Args:
            url: the address, without its query.
            parameters: the query.
            read: makes a value of the body, or raises `NonsenseError`.

        Raises:
            ServiceError: there is no answer, it is too large, or it is nonsense each time.
            RefusedError: the service does not take this request.

        """
        for pause in (*PAUSES, None):
            wanted: float | None = None
            self._check_time("is not asked any more")
            try:
                status, wanted, body = self._get(url, parameters)
                if status == 200:
                    return read(body)
                what = f"answers with HTTP status {status}"
                if status in _REFUSED:
                    return self._read_refusal(body, read, what)
                if status == 404:
                    return self._read_missing(body, read, what)
                if status < 500 and status not in _OVERLOADED:
                    raise ServiceError(f"{self._service} {what}")
            except NonsenseError as error:
                what = f"answers with {error}"
            except OSError as error:
                what = self._describe(error)
            if wanted is not None and wanted > LONGEST_PAUSE:
                raise ServiceError(
                    f"{self._service} {what} and asks to be left alone for {wanted:,.0f} seconds"
                )
            if pause is not None:
                pause = pause if wanted is None else wanted
                self._check_time(what, pause)
                self._free_at = max(self._free_at, self._clock.now() + pause)
                if self._waiting:
                    self._waiting(f"{self._service} {what}", pause)
        raise ServiceError(f"{self._service} {what}, {len(PAUSES) + 1} times in a row")

    def _check_time(self, what: str, pause: float = 0.0) -> None:
        """Make sure that there is time for a request, after a pause."""
        if max(self._clock.now() + pause, self._free_at) >= self._until:
            raise ServiceError(f"{self._service} {what}: the time for asking is over")

    def _read_missing(self, body: bytes, read: Callable[[bytes], T], what: str) -> T:
        """What an answer that there is nothing says of the papers, if it is about them."""
        try:
            return read(body)
        except NonsenseError:
            raise ServiceError(f"{self._service} {what}") from None

    def _read_refusal(self, body: bytes, read: Callable[[bytes], T], what: str) -> T:
        """What a refusal says of the papers, if it says anything."""
        try:
            return read(body)
        except NonsenseError:
            raise RefusedError(what) from None

    def _get(self, url: str, parameters: Mapping[str, str]) -> tuple[int, float | None, bytes]:
        """Status, seconds to wait before the next request if the service says so, and body."""
        if (left := self._free_at - self._clock.now()) > 0:
            self._clock.sleep(left)
        total = min(_TOTAL * self._timeout, self._until - self._clock.now())
        self._budget = Budget(total, self._timeout, 2 * LIMIT, self._clock.now)
        try:
            return self._exchange(url, parameters)
        except ValueError:  # requests has several for addresses, which are errors of others too
            raise ServiceError(f"{self._service}: {url} is no address to ask") from None
        except OSError:
            if self._budget.is_exceeded:
                raise self._too_large() from None
            if self._budget.is_over:
                raise requests.Timeout from None
            raise
        finally:
            self._free_at = self._clock.now() + self._interval

    def _exchange(
        self, url: str, parameters: Mapping[str, str] | None
    ) -> tuple[int, float | None, bytes]:
        """Ask, and go where the answer leads on the same host."""
        for _ in range(_REDIRECTS + 1):
            with self._session.get(
                url, params=parameters, stream=True, timeout=self._timeout, allow_redirects=False
            ) as response:
                target = redirect_target(response)
                if target is None:
                    return response.status_code, _retry_after(response), self._body(response)
                url, parameters = self._redirected(response.url, target), None
        raise requests.TooManyRedirects

    def _body(self, response: requests.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > LIMIT:
                raise self._too_large()
            self._budget.patience()
        return bytes(body)

    def _too_large(self) -> ServiceError:
        return ServiceError(f"{self._service} answers with more than {LIMIT:,} bytes")

    def _redirected(self, url: str, target: str) -> str:
        """Where a redirect leads, if that is on the same host, and not from https to http.

        Raises:
            ServiceError: it leads elsewhere.
        """
        # As requests will read it: what another reader makes of an odd address is no use.
        try:
            there = requests.Request("GET", urljoin(url, target)).prepare().url or ""
            before, after = urlsplit(url), urlsplit(there)
            _origin(after)
        except ValueError:
            raise ServiceError(f"{self._service} redirects to what is no address") from None
        same = _origin(before) == _origin(after)
        upgraded = (
            (before.scheme, after.scheme) == ("http", "https")
            and before.hostname == after.hostname
            and _origin(before)[2] in (80, _origin(after)[2])
            and _origin(after)[2] in (443, _origin(before)[2])
        )
        if after.username is not None or not (same or upgraded):
            where = f"{after.scheme}://{after.netloc.rpartition('@')[2]}"
            raise ServiceError(
                f"{self._service} redirects to {where}, which is not asked; if it has moved "
                "there, give its new address"
            )
        return there

    @staticmethod
    def _describe(error: OSError) -> str:
        """What happened, for a person; the texts of the errors are for programmers."""
        if isinstance(error, requests.Timeout):
            return "takes too long to answer"
        if isinstance(error, requests.exceptions.SSLError):
            return "has no certificate that this machine trusts"
        if isinstance(error, requests.exceptions.ProxyError):
            return "cannot be reached: the proxy does not let through"
        if isinstance(error, requests.TooManyRedirects):
            return "sends from one address to another and back"
        if isinstance(error, requests.ConnectionError):
            # While a body is read, a time-out comes as this error.
            slow = "Read timed out" in str(error)
            return "takes too long to answer" if slow else "cannot be reached"
        return "breaks off in the middle of an answer"


def _origin(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or _PORTS.get(address.scheme)


def _retry_after(response: requests.Response) -> float | None:
    """The seconds that a Retry-After header asks for.

    A date counts from the Date of the same answer: this machine's clock may be wrong.
    """
    header = response.headers.get("Retry-After", "").strip(" ")
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        until, now = (
            parsedate_to_datetime(text) for text in (header, response.headers.get("Date", ""))
        )
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
