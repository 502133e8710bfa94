"""arXiv and Crossref on this machine: they answer as the real ones do, or go wrong as told."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=&amp;start=0</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-01-01T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{total}</opensearch:totalResults>
{entries}</feed>
"""
ENTRY = """\
  <entry>
    <id>http://arxiv.org/abs/{id}v5</id>
    <updated>2023-08-02T00:41:18Z</updated>
    <published>2017-06-12T17:57:34Z</published>
    <title>{title}</title>
    <summary>  The dominant …
</summary>
    <author><name>Ashish Vaswani</name></author>
    <author>
      <name>Noam Shazeer</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Google</arxiv:affiliation>
    </author>
    <link href="http://arxiv.org/abs/{id}v5" rel="alternate" type="text/html"/>
  </entry>
"""
NO_ENTRY = "  <entry>\n    <title></title>\n  </entry>\n"
ERROR = """\
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_{id}</id>
    <title>Error</title>
    <summary>incorrect id format for {id}</summary>
    <author><name>arXiv api core</name></author>
  </entry>
"""
BOMB = (
    '<!DOCTYPE feed [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    + ']><feed xmlns="http://www.w3.org/2005/Atom"><title>&a11;</title></feed>'
)


@dataclass
class Reply:
    """An answer: ``cut`` ends it in the middle, ``hangs`` never gives it; both: never the rest."""

    body: bytes | str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    hangs: bool = False


Fault = Callable[["Asked"], Reply] | Reply


@dataclass
class Asked:
    """A request: of which service, its parameters and headers, and what follows in the path."""

    service: str
    parameters: dict[str, str]
    headers: dict[str, str]
    path: str = ""

    @property
    def identifiers(self) -> list[str]:
        if self.service == "arxiv":
            return self.parameters["id_list"].split(",")
        if self.path:
            return [unquote(self.path)]
        return [name.removeprefix("doi:") for name in self.parameters["filter"].split(",")]


def entries(titles: Mapping[str, str]) -> str:
    return "".join(ENTRY.format(id=name, title=escape(title)) for name, title in titles.items())


def feed(entries: str, total: int = 1) -> str:
    return FEED.format(entries=entries, total=total)


def works(items: list[dict[str, Any]]) -> str:
    message = {"total-results": len(items), "items-per-page": 20, "items": items}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message})


def zipped(text: str) -> Reply:
    return Reply(gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})


class Services:
    """Both services; ``faults`` are what they answer first, before they answer as they should."""

    def __init__(self, url: str, done: threading.Event) -> None:
        self.arxiv: dict[str, str] = {}
        self.crossref: dict[str, list[str]] = {}
        self.faults: dict[str, list[Fault]] = {"arxiv": [], "crossref": []}
        self.asked: list[Asked] = []
        self.url = url
        self.done = done

    @property
    def options(self) -> list[str]:
        return ["--arxiv-url", f"{self.url}/arxiv", "--crossref-url", f"{self.url}/crossref"]

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.faults[asked.service]:
            fault = self.faults[asked.service].pop(0)
            return fault if isinstance(fault, Reply) else fault(asked)
        return self.right(asked)

    def right(self, asked: Asked) -> Reply:
        """The answer of a service that is well."""
        names = asked.identifiers
        if asked.service == "crossref" and asked.path:
            if names[0] not in self.crossref:
                return Reply("Resource not found.", status=404)
            message = {"DOI": names[0], "title": self.crossref[names[0]]}
            return Reply(json.dumps({"status": "ok", "message-type": "work", "message": message}))
        if asked.service == "crossref":
            # As Crossref does: each comma begins another filter, and one it does not know fails.
            for part in asked.parameters["filter"].split(","):
                if not part.startswith("doi:"):
                    return Reply('{"status": "failed"}', status=400)
            rows = int(asked.parameters.get("rows", "20"))
            known = [name for name in names if name in self.crossref][:rows]
            return Reply(works([{"DOI": n, "title": self.crossref[n]} for n in known]))
        for name in names:  # as arXiv does: one that cannot be fails all
            if "." in name and not 1 <= int(name[2:4]) <= 12:
                return Reply(feed(ERROR.format(id=name)), status=400)
        rows = int(asked.parameters.get("max_results", "10"))
        found = {name: self.arxiv[name] for name in reversed(names) if name in self.arxiv}
        answered = dict(list(found.items())[:rows])
        missing = NO_ENTRY * (len(found) < len(names))
        return Reply(feed(entries(answered) + missing, total=len(names)))


@contextmanager
def running() -> Iterator[Services]:
    """The services, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            service, _, path = parts.path.strip("/").partition("/")
            asked = Asked(service, query, dict(self.headers), path)
            reply = services.reply(asked)
            if reply.hangs and not reply.cut:
                services.done.wait(60)
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            if "Date" in reply.headers:
                self.send_response_only(reply.status)
            else:
                self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if reply.cut else body)
            if reply.hangs:
                services.done.wait(60)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # a client that hangs up in the middle is what some tests are about

    with Server(("127.0.0.1", 0), Handler) as server:
        services = Services(f"http://127.0.0.1:{server.server_port}", threading.Event())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield services
        finally:
            services.done.set()
            server.shutdown()
            thread.join()
