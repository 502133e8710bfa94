"""Services that are slow on purpose, that answer without an end, or send elsewhere."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from llmpaper_md.cli import main
from llmpaper_md.fetching import client
from llmpaper_md.fetching.client import Client, ServiceError
from llmpaper_md.fetching.crossref import Crossref
from tests.fetching import services
from tests.fetching.services import Reply, Services

from .test_fetching import ASKED, DOIS, RIGHT, TITLES, FakeClock, Run

HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/atom+xml\r\n"
CHUNKED = f"{HEAD}Transfer-Encoding: chunked\r\n\r\n"
SIZED = f"{HEAD}Content-Length: {len(RIGHT.encode())}\r\n\r\n"
# What is sent at once, and what follows it byte by byte without an end.
SLOW: dict[str, tuple[str, str]] = {
    "status line": ("", "HTTP/1.1 200 " + "O" * 1000),
    "headers": (HEAD + "X-Long: ", "a" * 1000),
    "many headers": (HEAD, "A: b\r\n" * 90),
    "answers before the answer": ("", "HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "size of a chunk": (CHUNKED, "0" * 1000),
    "extension of a chunk": (CHUNKED + "5;", "a" * 1000),
    "chunks": (CHUNKED, "1\r\na\r\n" * 100),
    "trailer": (CHUNKED + "1\r\na\r\n0\r\n", "A: b\r\n" * 100),
    "body": (SIZED, " " * 1000),
    "body without a size": (HEAD + "\r\n", " " * 1000),
    "redirect": ("HTTP/1.1 302 Found\r\nLocation: ", "/" * 1000),
}
ENDLESS: dict[str, tuple[str, str]] = {
    "header": (HEAD + "X-Long: ", "a"),
    "headers": (HEAD, "A: b\r\n"),
    "answers before the answer": ("", "HTTP/1.1 100 Continue\r\n\r\n"),
    "size of a chunk": (CHUNKED, "0"),
    "extension of a chunk": (CHUNKED + "5;", "a"),
    "trailer": (CHUNKED + "1\r\na\r\n0\r\n", "A: b\r\n"),
    "body": (HEAD + "\r\n", " "),
    "redirect": ("HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n", " "),
}


class _Raw:
    """A server that sends what it likes, to each connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connections = 0


@contextmanager
def sending(send: Callable[[socket.socket], None]) -> Iterator[_Raw]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = _Raw(f"http://127.0.0.1:{server.getsockname()[1]}")
        done = threading.Event()

        def answer(connection: socket.socket) -> None:
            with connection:
                try:
                    connection.recv(65536)
                    send(connection)
                except OSError:
                    pass  # the other side has had enough

        def serve() -> None:
            server.settimeout(0.05)
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                connection.settimeout(10)
                here.connections += 1
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield here
        finally:
            done.set()
            thread.join()


def trickle(first: str, then: str, pause: float = 0.02) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        connection.sendall(first.encode())
        for byte in then:
            time.sleep(pause)
            connection.sendall(byte.encode())

    return send


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(client, "_TOTAL", 4)


@pytest.fixture
def web() -> Iterator[Services]:
    with services.running() as here:
        here.arxiv = dict(TITLES)
        yield here


T = TypeVar("T")


def timed(run: Callable[[], T]) -> tuple[float, T]:
    begun = time.monotonic()
    value = run()
    return time.monotonic() - begun, value


@pytest.mark.parametrize(("first", "then"), SLOW.values(), ids=SLOW)
def test_a_trickle_is_given_up_when_the_time_is_over(first: str, then: str) -> None:
    with sending(trickle(first, then)) as here:
        took, outcome = timed(lambda: Run(here, ASKED, timeout=0.1).outcome)
    assert outcome.error == "arXiv takes too long to answer, 4 times in a row"
    assert here.connections == 4
    assert 1.5 < took < 10  # four times 0.4 seconds, on a machine that may be busy


@pytest.mark.parametrize(("first", "then"), ENDLESS.values(), ids=ENDLESS)
def test_an_answer_without_an_end_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, first: str, then: str
) -> None:
    monkeypatch.setattr(client, "LIMIT", 200_000)
    sent = 0

    def send(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(first.encode())
        piece = (then * 10_000)[:10_000].encode()
        while True:
            connection.sendall(piece)
            sent += len(piece)

    with sending(send) as here:
        outcome = Run(here, ASKED, timeout=5).outcome
    assert outcome.error
    assert "takes too long" not in outcome.error
    assert sent < 8_000_000 * here.connections  # what the system buffers


def test_a_slow_handshake_is_given_up() -> None:
    # The head of a TLS record of 16 KiB, which then comes byte by byte.
    with sending(trickle("\x16\x03\x03@\x00", "a" * 1000)) as here:
        here.url = here.url.replace("http:", "https:")
        took, outcome = timed(lambda: Run(here, ASKED, timeout=0.1).outcome)
    assert outcome.error
    assert took < 10


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_slow_proxy_is_given_up(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    with sending(trickle("", "HTTP/1.1 200 " + "O" * 1000)) as here:
        monkeypatch.setenv(f"{scheme}_proxy", here.url)
        asked = _Raw(f"{scheme}://name.invalid")
        took, outcome = timed(lambda: Run(asked, ASKED, timeout=0.1).outcome)
    assert outcome.error == "arXiv takes too long to answer, 4 times in a row"
    assert here.connections == 4
    assert took < 10


def test_a_look_up_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        done.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    here = _Raw("http://name.invalid")
    took, outcome = timed(lambda: Run(here, ASKED, timeout=0.05).outcome)
    done.set()
    assert outcome.error == "arXiv takes too long to answer, 4 times in a row"
    assert took < 10


def test_all_addresses_of_a_name_share_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # Listening, and never accepting: once its queue is full, nobody is answered.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        address = server.getsockname()
        full = [socket.socket() for _ in range(4)]
        for waiting in full:
            waiting.setblocking(False)
            waiting.connect_ex(address)
        entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", address)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [entry] * 50)
        here = _Raw("http://name.invalid")
        took, _ = timed(lambda: Run(here, ASKED, timeout=0.1))
        for waiting in full:
            waiting.close()
    assert took < 10


def test_the_command_ends_when_its_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"| [A](https://arxiv.org/abs/1706.{n:05}) |\n" for n in range(1, 301))
    Path("list.md").write_text(f"| Paper |\n| - |\n{rows}", "utf-8")
    with sending(trickle(SIZED, " " * 10_000)) as here:
        options = ["--arxiv-url", here.url, "--timeout", "5", "--max-time", "0.5"]
        took, _ = timed(lambda: main(["metadata", "-o", "out.jsonl", *options, "list.md"]))
    assert took < 10
    assert "arXiv takes too long to answer: the time limit is reached; 300 of 300 papers" in (
        capsys.readouterr().err
    )


def test_no_pause_is_longer_than_the_time_that_is_left(web: Services) -> None:
    web.faults["arxiv"] = [Reply("", status=503)] * 9
    clock = FakeClock()
    with (
        Client("arXiv", 3.0, agent="test", until=17.0, clock=clock) as connection,
        pytest.raises(ServiceError, match=r"returned HTTP status 503: the time limit is reached"),
    ):
        connection.ask(f"{web.url}/arxiv", {"id_list": "1706.03762"}, bytes)
    assert clock.slept == [5.0]


REDIRECTS = [302, 301, 303, 307, 308]


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_on_the_same_host_is_followed(web: Services, status: int) -> None:
    web.faults["arxiv"] = [
        lambda asked: Reply("", status=status, headers={"Location": f"/arxiv?{query(asked)}"})
    ]
    assert Run(web, ASKED).titles == TITLES
    assert len(web.asked) == 2


def query(asked: services.Asked) -> str:
    return "&".join(f"{name}={value}" for name, value in asked.parameters.items())


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("http://localhost:{port}/arxiv", "http://localhost:{port}"),
        ("//localhost/x", "http://localhost"),
        ("http://127.0.0.1/x", "http://127.0.0.1"),
        ("http://127.0.0.1:{other}/x", "http://127.0.0.1:{other}"),
        ("https://127.0.0.1:{other}/x", "https://127.0.0.1:{other}"),
        ("http://a:b@127.0.0.1:{port}/x", "http://127.0.0.1:{port}"),
        ("http://127.0.0.1:{port}@localhost:{port}/x", "http://localhost:{port}"),
        ("http://localhost:{port}\\@127.0.0.1:{port}/x", None),
        ("ftp://127.0.0.1:{port}/x", None),
        ("file:///etc/passwd", None),
        ("http://[x/", None),
        ("http://127.0.0.1:99999/x", None),
    ],
)
def test_a_redirect_elsewhere_is_not(web: Services, location: str, where: str | None) -> None:
    port = int(web.url.rpartition(":")[2])
    names = {"port": port, "other": port + 1}
    web.faults["arxiv"] = [Reply("", status=302, headers={"Location": location.format(**names)})]
    error = Run(web, ASKED).outcome.error
    assert error
    assert "redirects to" in error
    if where:
        assert f"redirects to {where.format(**names)}, which is not followed" in error
    assert len(web.asked) == 1


def test_from_https_to_http_is_not_followed() -> None:
    with Client("X", 1.0, agent="test") as connection:
        for before, after in (
            ("https://a.org/x", "http://a.org/x"),
            ("https://a.org/x", "http://a.org:443/x"),
            ("http://a.org:8080/x", "https://a.org/x"),
            ("http://a.org/x", "https://b.org/x"),
        ):
            with pytest.raises(ServiceError, match="which is not followed"):
                connection._redirected(before, after)
        for before, after in (
            ("http://a.org/x", "https://a.org/x"),
            ("https://a.org/x", "https://A.org:443/y"),
            ("http://a.org:8080/x", "https://a.org:8080/x"),
        ):
            assert connection._redirected(before, after).lower().startswith("https://a.org")


def test_redirects_are_counted(web: Services) -> None:
    web.faults["arxiv"] = [Reply("", status=302, headers={"Location": "/arxiv"})] * 100
    error = Run(web, ASKED).outcome.error
    assert error == "arXiv redirects too often, 4 times in a row"
    assert len(web.asked) == 4 * 6


COMMAS = [
    "10.1001/jama.251.19.2504,2509",
    "10.1000/a,from-pub-date:2020",
    "10.1000/a,b/../c?d#e%2F&f",
]


@pytest.mark.parametrize("doi", COMMAS)
def test_a_doi_with_a_comma_adds_no_filter(web: Services, doi: str) -> None:
    web.crossref = {name: [f"Title of {name}"] for name in (*DOIS, doi)}
    run = Run(web, [doi, *DOIS])
    assert run.titles == {name: f"Title of {name}" for name in (doi, *DOIS)}
    assert [asked.identifiers for asked in web.asked] == [DOIS, [doi]]
    filters = [
        part for asked in web.asked for part in asked.parameters.get("filter", "").split(",")
    ]
    assert set(filters) <= {*(f"doi:{name}" for name in DOIS), ""}


def test_a_doi_with_a_comma_that_crossref_has_not_is_unknown(web: Services) -> None:
    run = Run(web, ["10.1000/x,y"])
    assert (run.outcome.unknown, run.outcome.error, len(web.asked)) == (["10.1000/x,y"], None, 1)
    web.faults["crossref"] = [Reply("<html>no such page</html>", status=404)]
    assert Run(web, ["10.1000/x,y"]).outcome.error == "Crossref returned HTTP status 404"


def test_where_a_doi_with_a_comma_is_asked() -> None:
    service = Crossref("https://mirror.org/works/?token=a", "me@example.org")
    assert service.address(["10.1/a,b/c"]) == "https://mirror.org/works/10.1%2Fa%2Cb%2Fc?token=a"
    assert service.parameters(["10.1/a,b"]) == {"mailto": "me@example.org"}
    assert list(service.groups(list(itertools.chain(["10.1/a,b"], DOIS)))) == [
        tuple(DOIS),
        ("10.1/a,b",),
    ]
