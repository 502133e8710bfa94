"""What services do wrong, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import pytest

from llmpaper_md.fetching import client
from llmpaper_md.fetching.arxiv import Arxiv
from llmpaper_md.fetching.client import Client, Clock
from llmpaper_md.fetching.crossref import Crossref
from llmpaper_md.fetching.fetch import Outcome, fetch
from llmpaper_md.lists.known_titles import Record
from tests.fetching import services
from tests.fetching.services import (
    BOMB,
    ENTRY,
    ERROR,
    NO_ENTRY,
    Reply,
    Services,
    entries,
    feed,
    works,
    zipped,
)

TITLES = {"1706.03762": "Attention Is All You Need", "cs/9605103": "Reinforcement Learning"}
ASKED = list(TITLES)
DOIS = ["10.1000/a", "10.1000/b"]
PAGE = "<!DOCTYPE html><html><head><title>Sorry</title></head><body>Rate exceeded.</body></html>"
RIGHT = feed(entries(TITLES))


class FakeClock(Clock):
    """Time goes by where somebody sleeps, and as much as ``step`` whenever it is looked at."""

    def __init__(self, step: float = 0.0) -> None:
        self.time = 0.0
        self.step = step
        self.slept: list[float] = []

    def now(self) -> float:
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.slept.append(seconds)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with services.running() as here:
        here.arxiv = dict(TITLES)
        here.crossref = {name: [f"Title of {name}"] for name in DOIS}
        yield here


class HasUrl(Protocol):
    url: str


class Run:
    """One fetch: what came of it."""

    def __init__(
        self,
        web: HasUrl,
        names: list[str],
        *,
        timeout: float = 30.0,
        clock: FakeClock | None = None,
    ) -> None:
        is_doi = names[0].startswith("10.")
        service = Crossref(f"{web.url}/crossref") if is_doi else Arxiv(f"{web.url}/arxiv")
        self.titles: dict[object, object] = {}
        self.progress: list[tuple[int, int]] = []
        self.clock = clock or FakeClock()
        with Client(
            service.name, service.interval, agent="test", timeout=timeout, clock=self.clock
        ) as connection:
            self.outcome: Outcome = fetch(
                service,
                connection,
                names,
                keep=self._keep,
                progress=lambda done, total: self.progress.append((done, total)),
            )

    def _keep(self, records: Iterable[Record]) -> None:
        for record in records:
            self.titles[record.get("arxiv_id") or record["doi"]] = record["title"]


def test_a_service_that_is_well_is_asked_once(web: Services) -> None:
    run = Run(web, ASKED)
    assert (run.titles, run.outcome) == (TITLES, Outcome(found=ASKED, answered=True))
    assert (len(web.asked), run.clock.slept) == (1, [])


# What goes wrong once, is asked again, and is right then.
PASSING: list[Reply] = [
    Reply("", status=500),
    Reply("", status=502),
    Reply("slow down", status=429),
    Reply(RIGHT, cut=True),
    Reply(RIGHT[:-9]),
    Reply(RIGHT[: len(RIGHT) // 2]),
    Reply(PAGE),
    Reply(""),
    Reply("Rate exceeded."),
    Reply("<?xml version='1.0' encoding='klingon'?><feed/>"),
    Reply("<rss><channel/></rss>"),
    Reply(RIGHT.encode("utf-16")[2:]),
    Reply("no gzip", headers={"Content-Encoding": "gzip"}),
    Reply(BOMB),
    Reply(feed(ERROR.format(id="9913.00001"))),
    Reply(feed(entries({"2005.14165": "Language Models are Few-Shot Learners"}))),
]


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_asked_again(web: Services, fault: Reply) -> None:
    web.faults["arxiv"] = [fault]
    run = Run(web, ASKED)
    assert (run.titles, run.outcome.error) == (TITLES, None)
    assert (len(web.asked), run.clock.slept) == (2, [5.0])


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Reply("", status=503), "returned HTTP status 503"),
        (Reply(RIGHT, cut=True), "closed the connection in the middle of a response"),
        (Reply(PAGE), "returned a web page instead of a feed"),
        (Reply("Oops"), "returned something other than XML instead of a feed"),
        (Reply(BOMB), "returned something other than XML instead of a feed"),
        (Reply("<rss/>"), "returned XML that is not an Atom feed"),
        (Reply(feed(ERROR.format(id="x"))), "returned an error (incorrect id format for x)"),
        (
            Reply(feed(entries({"2005.14165": "x"}))),
            "returned papers that were not requested",
        ),
    ],
)
def test_what_stays_is_given_up_after_some_attempts(web: Services, fault: Reply, what: str) -> None:
    web.faults["arxiv"] = [fault] * 10
    run = Run(web, ASKED)
    assert run.outcome == Outcome(error=f"arXiv {what}, 4 times in a row")
    assert (len(web.asked), run.clock.slept) == (4, [5.0, 15.0, 45.0])


@pytest.mark.parametrize("status", [401, 403, 404, 451])
def test_what_no_patience_mends_is_given_up_at_once(web: Services, status: int) -> None:
    web.faults["arxiv"] = [Reply(PAGE, status=status)]
    assert Run(web, ASKED).outcome.error == f"arXiv returned HTTP status {status}"
    assert len(web.asked) == 1


DATE = {"Date": "Mon, 01 Jan 2001 00:00:00 GMT"}


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0"}, 3.0),  # never faster than the terms allow
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "soon"}, 5.0),
        ({"Retry-After": "²"}, 5.0),
        ({"Retry-After": "Mon, 01 Jan 2001 00:00:09 GMT"} | DATE, 9.0),
        ({"Retry-After": "Mon, 01 Jan 1999 00:00:00 GMT"} | DATE, 3.0),
    ],
)
def test_a_service_says_when_to_come_again(
    web: Services, headers: dict[str, str], pause: float
) -> None:
    web.faults["arxiv"] = [Reply("", status=429, headers=headers)]
    run = Run(web, ASKED)
    assert (run.outcome.found, run.clock.slept) == (ASKED, [pause])


def test_a_service_that_wants_to_be_left_alone_is(web: Services) -> None:
    web.faults["arxiv"] = [Reply("", status=503, headers={"Retry-After": "86400"})]
    run = Run(web, ASKED)
    expected = "arXiv returned HTTP status 503 and asks for a pause of 86,400 seconds"
    assert (run.outcome.error, run.clock.slept) == (expected, [])


def test_a_service_that_says_nothing_is_given_up(web: Services) -> None:
    web.faults["arxiv"] = [Reply("", hangs=True)] * 4
    run = Run(web, ASKED, timeout=0.05)
    assert run.outcome.error == "arXiv takes too long to answer, 4 times in a row"


def test_an_answer_that_stops_in_the_middle_is_given_up(web: Services) -> None:
    web.faults["arxiv"] = [Reply(RIGHT, cut=True, hangs=True)] * 4
    run = Run(web, ASKED, timeout=0.05)
    assert run.outcome.error == "arXiv takes too long to answer, 4 times in a row"


def test_an_answer_that_never_ends_is_given_up(web: Services) -> None:
    web.arxiv = dict.fromkeys(ASKED, "long " * 10000)
    run = Run(web, ASKED, clock=FakeClock(step=100.0))
    assert run.outcome.error == "arXiv takes too long to answer, 4 times in a row"


@pytest.mark.parametrize("pack", [Reply, zipped])
def test_a_huge_answer_is_not_read_to_its_end(
    web: Services, pack: Callable[[str], Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LIMIT", 1_000_000)
    web.faults["arxiv"] = [pack(" " * 5_000_000)]
    assert Run(web, ASKED).outcome.error == "arXiv returned more than 1,000,000 bytes"
    assert len(web.asked) == 1


def test_a_paper_that_does_not_exist_is_unknown(web: Services) -> None:
    run = Run(web, [*ASKED, "2301.99999"])
    assert (run.titles, run.outcome.unknown) == (TITLES, ["2301.99999"])
    # An answer may leave out a paper under load, so that it is asked for once more.
    assert [asked.identifiers for asked in web.asked] == [[*ASKED, "2301.99999"], ["2301.99999"]]
    web.asked.clear()
    assert Run(web, ["2301.99999"]).outcome == Outcome(unknown=["2301.99999"], answered=True)
    assert len(web.asked) == 2


def test_what_an_answer_leaves_out_is_asked_again(web: Services) -> None:
    web.faults["arxiv"] = [Reply(feed(NO_ENTRY)), Reply(feed(entries({ASKED[1]: "x"})))]
    run = Run(web, ASKED)
    assert run.titles == {ASKED[0]: TITLES[ASKED[0]], ASKED[1]: "x"}
    assert run.outcome == Outcome(found=[ASKED[1], ASKED[0]], answered=True)
    assert run.clock.slept == [3.0, 3.0]
    assert run.progress == [(0, 2), (0, 2), (1, 2)]


def test_an_identifier_that_cannot_be_does_not_keep_the_others(web: Services) -> None:
    names = ["2013.00001", *ASKED, "2399.00001"]
    run = Run(web, names)
    assert (run.titles, run.outcome.unknown) == (TITLES, ["2013.00001", "2399.00001"])
    assert (run.outcome.error, len(web.asked)) == (None, 3)


def test_a_request_that_is_refused_without_a_word_is_halved(web: Services) -> None:
    def refuse(asked: services.Asked) -> Reply:
        bad = "10.1000/007" in asked.identifiers
        return Reply('{"status": "failed"}', status=400) if bad else web.right(asked)

    names = [f"10.1000/{number:03}" for number in range(50)]
    web.crossref = {name: ["x"] for name in names}
    web.faults["crossref"] = [refuse] * 100
    run = Run(web, names)
    assert run.outcome.refused == ["10.1000/007"]
    assert list(run.titles) == [name for name in names if name != "10.1000/007"]
    assert len(web.asked) < 15


def test_a_service_that_refuses_everything_is_given_up(web: Services) -> None:
    web.faults["crossref"] = [Reply("", status=400)] * 100
    run = Run(web, [f"10.1000/{number}" for number in range(500)])
    assert run.outcome.error == "Crossref returned HTTP status 400"
    assert len(web.asked) < 20


def test_entries_that_were_not_asked_for_are_left_out(web: Services) -> None:
    web.faults["arxiv"] = [Reply(feed(entries({"2005.14165": "GPT-3", **TITLES})))]
    run = Run(web, ASKED)
    assert (run.titles, run.outcome.unasked, run.outcome.found) == (TITLES, 1, ASKED)


def test_a_title_that_is_missing_is_none(web: Services) -> None:
    bare = ENTRY.format(id=ASKED[0], title=" \n ")
    without = bare.replace("<title> \n </title>", "").replace(ASKED[0], ASKED[1])
    web.faults["arxiv"] = [Reply(feed(bare + without))]
    run = Run(web, ASKED)
    assert (run.titles, run.outcome) == ({}, Outcome(untitled=ASKED, answered=True))


def test_subject_classes_are_not_part_of_an_identifier_there(web: Services) -> None:
    web.arxiv = {"math/0309136": "The entropy formula"}
    run = Run(web, ["math.GT/0309136", "math/0309136"])
    assert run.titles == dict.fromkeys(["math.GT/0309136", "math/0309136"], "The entropy formula")
    assert web.asked[0].identifiers == ["math/0309136"]


def test_a_doi_that_crossref_has_not_is_unknown(web: Services) -> None:
    run = Run(web, [*DOIS, "10.5281/zenodo.1"])
    assert (list(run.titles), run.outcome.unknown) == (DOIS, ["10.5281/zenodo.1"])


@pytest.mark.parametrize(
    "body",
    [
        "",
        PAGE,
        works([])[:-1],
        "[]",
        "null",
        '{"message": "Resource not found."}',
        '{"message": {"items": {}}}',
        "[" * 100_000,
        "9" * 10_000,
        works([{"DOI": "10.1000/c", "title": ["x"]}]),
        works([{"DOI": ["10.1000/a"]}]),
    ],
)
def test_works_that_are_none_are_asked_for_again(web: Services, body: str) -> None:
    web.faults["crossref"] = [Reply(body)]
    run = Run(web, DOIS)
    assert (list(run.titles), run.clock.slept) == (DOIS, [5.0])


@pytest.mark.parametrize("title", [None, [], [""], [None], 7, {"a": "b"}, ["<i></i>"]])
def test_a_work_without_a_title_is_untitled(web: Services, title: object) -> None:
    web.faults["crossref"] = [Reply(works([{"DOI": DOIS[0], "title": title}]))]
    assert Run(web, DOIS[:1]).outcome == Outcome(untitled=DOIS[:1], answered=True)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A < B and C > D", "A < B and C > D"),
        ("On <mml:math xmlns:mml='x'><mml:mi>k</mml:mi></mml:math>-means", "On k-means"),
        ("Line\n   feeds\u2028and\ttabs", "Line feeds and tabs"),
        ("half \ud800 a pair", "half ? a pair"),
        ("Q&amp;A", "Q&A"),
    ],
)
def test_titles_are_plain_text(web: Services, title: str, expected: str) -> None:
    web.faults["crossref"] = [Reply(works([{"DOI": DOIS[0].upper(), "title": [title]}]))]
    assert Run(web, DOIS[:1]).titles == {DOIS[0]: expected}
