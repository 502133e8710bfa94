"""The URLs of a list, and the configuration of lychee that docs offers for them."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from llmpaper_md import Source, parse, read, to_urls

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "fixtures" / "README.repaired.md"
CONFIG = ROOT / "docs" / "lychee.toml"
LYCHEE = shutil.which("lychee", path=sysconfig.get_path("scripts")) or shutil.which("lychee")
lychee = pytest.mark.skipif(not LYCHEE, reason="lychee is not installed")
# What lychee 0.24 says it expects where a key is none.
KEYS = """
    files_from verbose no_progress host_stats extensions default_extension cache max_cache_age
    cache_exclude_status dump dump_inputs archive suggest max_redirects max_retries min_tls
    max_concurrency host_concurrency host_request_interval threads user_agent insecure scheme offline
    include exclude exclude_file exclude_path exclude_all_private exclude_private exclude_link_local
    exclude_loopback include_mail remap fallback_extensions index_files header accept accept_timeouts
    include_fragments timeout retry_wait_time method base_url root_dir basic_auth github_token
    skip_missing no_ignore hidden include_verbatim glob_ignore_case output mode format generate
    require_https cookie_jar include_wikilinks preprocess hosts
""".split()
LIST = """\
[outside](https://outside.org)

| Paper | Notes |
| ----- | ----- |
| [A](https://a.org/x) | [again](https://a.org/x), https://b.org |
| [B](mailto:b@b.org) | [local](other.md) ftp://b.org [c](HTTP://c.org) |
| [A](https://a.org/x) | <http:///nohost> |

| Other |
| ----- |
| [B](https://b.org) [D](<https://d.org/a b>) |
"""


def test_each_once_with_its_rows() -> None:
    assert to_urls(parse(Source.of(LIST, "a.md"))) == (
        "https://a.org/x\ta.md:5,7\n"
        "https://b.org\ta.md:5,11\n"
        "HTTP://c.org\ta.md:6\n"
        "https://d.org/a%20b\ta.md:11\n"
    )


def test_of_several_files() -> None:
    documents = [
        parse(Source.of(LIST, "a.md")),
        parse(Source.of(LIST.partition("\n")[2], "b\tc\udcff.md")),
    ]
    first = to_urls(documents).split("\n")[0]
    assert first == "https://a.org/x\ta.md:5,7\tb\\u0009c\ufffd.md:4,6"
    assert to_urls([]) == ""


def test_every_row_named_holds_the_url() -> None:
    source = read(FIXTURE)
    lines = to_urls(parse(Source.of(source.text, "a.md"))).splitlines()
    assert len(lines) == 198
    for line in lines:
        url, place = line.split("\t")
        assert all(url in source.line(int(row)) for row in place.removeprefix("a.md:").split(","))


BARE = [
    ("https://a.org/中文", "https://a.org/%E4%B8%AD%E6%96%87"),
    ("https://a.org/%E4%B8%AD", "https://a.org/%E4%B8%AD"),
    ("http://例子.cn:8080/x", "http://xn--fsqu00a.cn:8080/x"),
    ("https://a.org/A_(b)", "https://a.org/A_(b)"),
    ("https://a.org/c)", "https://a.org/c%29"),
    ("https://a.org/d.", "https://a.org/d%2E"),
    ("https://a.org/e!,", "https://a.org/e%21%2C"),
    ("https://a.org/f|g`h", "https://a.org/f%7Cg%60h"),
    ("https://a.org/?a=b&c=d#e", "https://a.org/?a=b&c=d#e"),
    ("https://a.org/~i/j_k*l", "https://a.org/~i/j_k*l"),
]


def _table(urls: list[str]) -> str:
    links = (f"[x](<{url}>)".replace("|", r"\|") for url in urls)
    return "| Paper |\n| - |\n" + "".join(f"| {link} |\n" for link in links)


def test_bare_ones_are_ascii_and_end_where_they_end() -> None:
    document = parse(_table([url for url, _ in BARE]))
    assert to_urls(document, bare=True).splitlines() == [bare for _, bare in BARE]


@lychee
@pytest.mark.parametrize("text", [_table([url for url, _ in BARE]), read(FIXTURE).text])
def test_lychee_reads_all_of_each(tmp_path: Path, text: str) -> None:
    urls = to_urls(parse(text), bare=True)
    (tmp_path / "urls.txt").write_text(urls)
    found = _lychee(tmp_path, "--dump", "urls.txt").stdout
    assert sorted(found.splitlines()) == sorted(urls.splitlines())


def test_the_configuration_has_known_keys_only() -> None:
    settings = tomllib.loads(CONFIG.read_text("utf-8"))
    assert set(settings) <= set(KEYS)
    assert {"403", "429"} <= set(settings["accept"])
    assert settings["exclude_loopback"]


class _Answers(BaseHTTPRequestHandler):
    """The status that the path says."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@lychee
def test_lychee_takes_the_configuration(tmp_path: Path, site: str) -> None:
    (tmp_path / "urls.txt").write_text(f"{site}/200\n{site}/403\n{site}/404\n")
    passed_over = _lychee(tmp_path, "urls.txt")
    assert "3 Excluded" in passed_over.stdout
    # The pace is for hosts of other people.
    local = ["--exclude-loopback=false", "--exclude-private=false", "--host-request-interval=1ms"]
    asked = _lychee(tmp_path, *local, "urls.txt")
    assert asked.returncode == 2
    assert f"[404] {site}/404" in asked.stdout
    assert "2 OK" in asked.stdout


def _lychee(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LYCHEE or "", "--config", str(CONFIG), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_those_of_papers_in_text_are_between_those_of_tables() -> None:
    text = (
        "- [Nets of pebbles](https://arxiv.org/abs/2301.00001)\n"
        "  [[code](https://github.com/a/b)]\n\n"
        "| Paper |\n| - |\n| [A](https://a.org) |\n\n"
        "- [Drops of pebbles](https://arxiv.org/abs/2301.00002)\n- [x](https://x.org)\n"
    )
    assert to_urls(parse(Source.of(text, "a.md"))) == (
        "https://arxiv.org/abs/2301.00001\ta.md:1\n"
        "https://github.com/a/b\ta.md:2\n"
        "https://a.org\ta.md:6\n"
        "https://arxiv.org/abs/2301.00002\ta.md:8\n"
    )
