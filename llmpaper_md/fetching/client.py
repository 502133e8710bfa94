"""A connection to a service: at its rate, with retries, and within limits.

A service may be down, slow or overloaded, and may return anything. Whatever it does, the result is
a parsed response or one of the errors here, in bounded time and memory.
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
"""The most bytes of a response, decompressed; a hundred papers need less than one million."""
PAUSES = (5.0, 15.0, 45.0)
"""Seconds before each retry, unless the service asks for a pause itself."""
LONGEST_PAUSE = 120.0
"""The longest pause accepted from Retry-After; if a service asks for more, it is given up."""
_CHUNK = 8192
_TOTAL = 10
"""How many times the timeout a whole request may take."""
_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_OVERLOADED = frozenset([408, 425, 429])
# The request itself is refused: it is too long, or an identifier in it is invalid.
_REFUSED = frozenset([400, 413, 414, 422])


class ServiceError(LLMPaperError):
    """A service returned nothing that can be used; the message names it and says why."""


class RefusedError(Exception):
    """A service refused a request; it may accept one for fewer papers."""


class NonsenseError(Exception):
    """A response of a kind that the service is not known to return; the message says which."""


class Clock:
    """The time; tests have their own."""

    def now(self) -> float:
        """Seconds from any start."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Client:
    """The connection to one service; a context manager.

    Args:
        service: its name, for messages.
        interval: the least seconds between the ends and beginnings of two requests.
        agent: the User-Agent header.
        timeout: the most seconds to wait for a connection or for the next byte; a whole request,
            from the look-up of the host to the last byte, may take ten times as long.
        until: the time, by the clock, after which no more requests are sent.
        waiting: called before the pause of a retry, with the reason and the seconds.
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
        """Send a request, retry it if that may help, and return what ``read`` makes of it.

        Args:
            url: the URL, without its query.
            parameters: the query.
            read: parses the body, or raises `NonsenseError`.

        Raises:
            ServiceError: there is no response, it is too large, or it is nonsense each time.
            RefusedError: the service refused this request.

        """
        for pause in (*PAUSES, None):
            wanted: float | None = None
            self._check_time("gets no more requests")
            try:
                status, wanted, body = self._get(url, parameters)
                if status == 200:
                    return read(body)
                what = f"returned HTTP status {status}"
                if status in _REFUSED:
                    return self._read_refusal(body, read, what)
                if status == 404:
                    return self._read_missing(body, read, what)
                if status < 500 and status not in _OVERLOADED:
                    raise ServiceError(f"{self._service} {what}")
            except NonsenseError as error:
                what = f"returned {error}"
            except OSError as error:
                what = self._describe(error)
            if wanted is not None and wanted > LONGEST_PAUSE:
                raise ServiceError(
                    f"{self._service} {what} and asks for a pause of {wanted:,.0f} seconds"
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
            raise ServiceError(f"{self._service} {what}: the time limit is reached")

    def _read_missing(self, body: bytes, read: Callable[[bytes], T], what: str) -> T:
        """Read a response with status 404, which may be about the papers."""
        try:
            return read(body)
        except NonsenseError:
            raise ServiceError(f"{self._service} {what}") from None

    def _read_refusal(self, body: bytes, read: Callable[[bytes], T], what: str) -> T:
        """Read a refusal, which may name the papers."""
        try:
            return read(body)
        except NonsenseError:
            raise RefusedError(what) from None

    def _get(self, url: str, parameters: Mapping[str, str]) -> tuple[int, float | None, bytes]:
        """The status, the pause in seconds that the service asks for, and the body."""
        if (left := self._free_at - self._clock.now()) > 0:
            self._clock.sleep(left)
        total = min(_TOTAL * self._timeout, self._until - self._clock.now())
        self._budget = Budget(total, self._timeout, 2 * LIMIT, self._clock.now)
        try:
            return self._exchange(url, parameters)
        except ValueError:  # requests has several for URLs, some of them also for other errors
            raise ServiceError(f"{self._service}: {url} is not a valid URL") from None
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
        """Send a request, and follow redirects on the same host."""
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
        return ServiceError(f"{self._service} returned more than {LIMIT:,} bytes")

    def _redirected(self, url: str, target: str) -> str:
        """Where a redirect leads, if that is on the same host, and not from https to http.

        Raises:
            ServiceError: it leads elsewhere.
        """
        # As requests will parse it: other parsers may read an odd URL differently.
        try:
            there = requests.Request("GET", urljoin(url, target)).prepare().url or ""
            before, after = urlsplit(url), urlsplit(there)
            _origin(after)
        except ValueError:
            raise ServiceError(f"{self._service} redirects to an invalid URL") from None
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
                f"{self._service} redirects to {where}, which is not followed; if it has moved "
                "there, set its new URL"
            )
        return there

    @staticmethod
    def _describe(error: OSError) -> str:
        """What happened, in plain words."""
        if isinstance(error, requests.Timeout):
            return "takes too long to answer"
        if isinstance(error, requests.exceptions.SSLError):
            return "has no certificate that this machine trusts"
        if isinstance(error, requests.exceptions.ProxyError):
            return "cannot be reached: the proxy refuses the connection"
        if isinstance(error, requests.TooManyRedirects):
            return "redirects too often"
        if isinstance(error, requests.ConnectionError):
            # While a body is read, a time-out comes as this error.
            slow = "Read timed out" in str(error)
            return "takes too long to answer" if slow else "cannot be reached"
        return "closed the connection in the middle of a response"


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
