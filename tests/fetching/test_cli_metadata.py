"""``llmpaper-md metadata``, with services that stand on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpaper_md.cli import main
from llmpaper_md.fetching import client
from tests.fetching import services
from tests.fetching.services import Asked, Reply, Services

Out = pytest.CaptureFixture[str]
ATTENTION, BERT, ALPHAFOLD = "1706.03762", "1810.04805", "10.1038/s41586-021-03819-2"
LIST = f"""\
| ID | Paper |
| - | - |
| 1 | [Attention is all you need](https://arxiv.org/abs/{ATTENTION}v5) |
| 2 | [BERT: Pre-training](https://arxiv.org/pdf/{BERT}.pdf) |
| 3 | [AlphaFold](https://doi.org/{ALPHAFOLD}) |
"""
TITLES = {
    ATTENTION: "Attention Is All\n  You Need",
    BERT: "BERT: Pre-training of Deep Bidirectional Transformers",
}


class FakeClock(client.Clock):
    """Time goes by only where somebody sleeps."""

    time = 1000.0
    slept: list[float]

    def now(self) -> float:
        return FakeClock.time

    def sleep(self, seconds: float) -> None:
        FakeClock.time += seconds
        FakeClock.slept.append(seconds)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(client, "Clock", FakeClock)
    monkeypatch.setattr(FakeClock, "slept", [], raising=False)
    Path("list.md").write_text(LIST)
    with services.running() as here:
        here.arxiv = dict(TITLES)
        here.crossref = {
            ALPHAFOLD: ["Highly accurate <i>protein</i> structure prediction &amp; more"]
        }
        yield here


def metadata(web: Services, *arguments: str) -> int:
    return main(["metadata", "list.md", "-o", "m.jsonl", *web.options, *arguments])


def many(count: int) -> dict[str, str]:
    return {f"2301.{number:05}": f"Title {number}" for number in range(1, count + 1)}


def list_of(names: dict[str, str]) -> str:
    rows = (f"| [x](https://arxiv.org/abs/{name}) |\n" for name in names)
    return "| Paper |\n| - |\n" + "".join(rows)


def fetched() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("m.jsonl").read_text().splitlines()]


def test_writes_the_titles_of_all_papers(web: Services, capsys: Out) -> None:
    assert metadata(web, "--email", "a@example.org") == 0
    assert Path("m.jsonl").read_text() == (
        '{"arxiv_id": "1706.03762", "title": "Attention Is All You Need", '
        '"authors": ["Ashish Vaswani", "Noam Shazeer"], '
        '"published": "2017-06-12", "source": "arxiv"}\n'
        '{"arxiv_id": "1810.04805", "title": "BERT: Pre-training of Deep Bidirectional '
        'Transformers", "authors": ["Ashish Vaswani", "Noam Shazeer"], '
        '"published": "2017-06-12", "source": "arxiv"}\n'
        '{"doi": "10.1038/s41586-021-03819-2", '
        '"title": "Highly accurate protein structure prediction & more", "source": "crossref"}\n'
    )
    assert capsys.readouterr().err == "m.jsonl: 3 titles, 3 of them new\n"
    arxiv, crossref = web.asked
    assert arxiv.parameters == {"id_list": f"{ATTENTION},{BERT}", "max_results": "2"}
    assert crossref.parameters == {
        "filter": f"doi:{ALPHAFOLD}",
        "select": "DOI,title",
        "rows": "1",
        "mailto": "a@example.org",
    }
    assert arxiv.headers["User-Agent"].endswith(" (mailto:a@example.org)")


def test_lint_finds_a_wrong_title_with_what_was_fetched(web: Services, capsys: Out) -> None:
    Path("list.md").write_text(LIST.replace("Attention is all", "Something else is all"))
    assert metadata(web) == 0
    capsys.readouterr()
    lint = ["lint", "--select", "wrong-title", "--metadata", "m.jsonl", "list.md"]
    web.asked.clear()
    assert main(lint) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        'list.md:3:7: wrong-title arxiv:1706.03762 has the title "Attention Is All You Need"'
    )
    assert 'doi:10.1038/s41586-021-03819-2 has the title "Highly accurate' in out
    assert "Found 2 errors" in out
    assert web.asked == []


def test_what_is_known_is_not_asked_again(web: Services, capsys: Out) -> None:
    known = '\n{"title":"Mine", "arxiv_id":"1706.03762", "note": "by hand"}\r\n'
    Path("m.jsonl").write_text(known, newline="")
    assert metadata(web) == 0
    assert [asked.identifiers for asked in web.asked] == [[BERT], [ALPHAFOLD]]
    with Path("m.jsonl").open(newline="") as file:
        assert file.read().startswith(known)
    before = Path("m.jsonl").read_bytes()
    web.asked.clear()
    assert metadata(web) == 0
    assert (web.asked, Path("m.jsonl").read_bytes()) == ([], before)
    assert capsys.readouterr().err.endswith("m.jsonl: 3 titles, 0 of them new\n")


def test_refresh_asks_again_and_keeps_what_is_of_others(web: Services) -> None:
    other = '{"doi": "10.1000/other", "title": "Other"}'
    Path("m.jsonl").write_text(f'{{"arxiv_id": "{ATTENTION}", "title": "Old"}}\n{other}\n')
    assert metadata(web, "--refresh") == 0
    assert [record["title"] for record in fetched()][:2] == ["Attention Is All You Need", "Other"]
    assert len(fetched()) == 4
    web.faults["arxiv"] = [Reply("", status=403)]
    web.faults["crossref"] = [Reply("", status=403)]
    before = Path("m.jsonl").read_bytes()
    assert metadata(web, "--refresh") == 2
    assert Path("m.jsonl").read_bytes() == before


def test_large_lists_are_asked_for_in_groups_at_the_pace_of_the_terms(web: Services) -> None:
    web.arxiv = many(250)
    Path("list.md").write_text(list_of(web.arxiv))
    assert metadata(web) == 0
    assert [len(asked.identifiers) for asked in web.asked] == [100, 100, 50]
    assert FakeClock.slept == [3.0, 3.0]
    assert len(fetched()) == 250


def test_an_interruption_keeps_what_was_there(
    web: Services, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.arxiv = many(150)
    Path("list.md").write_text(list_of(web.arxiv))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FakeClock, "sleep", interrupted)
        assert metadata(web) == 130
    assert len(fetched()) == 100
    assert "run the same command again" in capsys.readouterr().err
    assert metadata(web) == 0
    assert (len(fetched()), len(web.asked[-1].identifiers)) == (150, 50)


def test_an_error_in_the_middle_keeps_what_was_there(web: Services, capsys: Out) -> None:
    web.arxiv = many(150)
    Path("list.md").write_text(list_of(web.arxiv))
    web.faults["arxiv"] = [web.right, Reply("Forbidden", status=403)]
    assert metadata(web) == 1
    assert len(fetched()) == 100
    assert capsys.readouterr().err == (
        "llmpaper-md: arXiv returned HTTP status 403; 50 of 150 papers are still to be "
        "fetched; run the same command again later\n"
        "m.jsonl: 100 titles, 100 of them new\n"
    )


def test_a_malformed_file_is_named_and_left_alone(web: Services, capsys: Out) -> None:
    text = f'{{"arxiv_id": "{BERT}", "title": "x"}}\n{{"arxiv_id": 1706.03762, "title": "x"}}\n'
    Path("m.jsonl").write_text(text)
    assert metadata(web) == 2
    expected = "llmpaper-md: m.jsonl:2: expected an object with arxiv_id or doi, and title\n"
    assert capsys.readouterr().err == expected
    assert (Path("m.jsonl").read_text(), web.asked) == (text, [])
    assert main(["metadata", "list.md", "-o", "list.md"]) == 2
    assert Path("list.md").read_text() == LIST


def test_what_somebody_else_writes_meanwhile_is_left_alone(web: Services, capsys: Out) -> None:
    Path("m.jsonl").write_text("")

    def write(asked: Asked) -> Reply:
        Path("m.jsonl").write_text("theirs")
        return web.right(asked)

    web.faults["arxiv"] = [write]
    assert metadata(web) == 2
    assert "changed by another program" in capsys.readouterr().err
    assert Path("m.jsonl").read_text() == "theirs"


def test_a_service_that_is_down_does_not_keep_the_other(web: Services, capsys: Out) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    down = f"http://127.0.0.1:{port}/"
    assert metadata(web, "--arxiv-url", down) == 1
    assert [record.get("doi") for record in fetched()] == [ALPHAFOLD]
    assert capsys.readouterr().err.splitlines()[0] == (
        "llmpaper-md: arXiv cannot be reached, 4 times in a row; 2 of 2 papers are still to be "
        "fetched; run the same command again later"
    )
    assert FakeClock.slept == [5.0, 15.0, 45.0]
    Path("m.jsonl").unlink()
    assert metadata(web, "--arxiv-url", down, "--crossref-url", down) == 2
    assert not Path("m.jsonl").exists()  # lint would find nothing wrong with an empty one


def test_on_a_terminal_it_says_why_nothing_happens(
    web: Services, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    web.faults["arxiv"] = [Reply("", status=503), Reply("", status=429)]
    assert metadata(web) == 0
    assert capsys.readouterr().err == (
        "\r\x1b[KarXiv returned HTTP status 503: retrying in 5 seconds\n"
        "\r\x1b[KarXiv returned HTTP status 429: retrying in 15 seconds\n"
        "m.jsonl: 3 titles, 3 of them new\n"
    )


def test_a_list_without_identifiers_asks_for_nothing(web: Services, capsys: Out) -> None:
    Path("list.md").write_text("| Paper |\n| - |\n| [A](https://example.org/a.pdf) |\n")
    assert metadata(web) == 0
    assert (web.asked, Path("m.jsonl").read_text()) == ([], "")
    assert capsys.readouterr().err == "m.jsonl: 0 titles, 0 of them new\n"


def test_a_list_that_cannot_be_read_does_not_keep_the_others(web: Services, capsys: Out) -> None:
    assert main(["metadata", "no.md", "list.md", "-o", "m.jsonl", *web.options]) == 2
    assert len(fetched()) == 3
    assert capsys.readouterr().err.startswith("llmpaper-md: no.md: no such file\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--email", "nobody"],
            "--email: nobody: expected an email address such as name@example.org",
        ),
        (["--email", "a@b\r\nX: y"], r"--email: a@b\r\nX: y: expected an email address"),
        (["--arxiv-url", "file:///etc"], "--arxiv-url: file:///etc: expected a URL such as"),
        (["--arxiv-url", "http://[x/"], "arXiv: http://[x/ is not a valid URL"),
        (["-o", "-"], "-: expected a regular file"),
        (["-o", "."], ".: expected a regular file"),
        (["-o", "no/m.jsonl"], "no/m.jsonl: cannot be written: no such folder no"),
    ],
)
def test_bad_arguments_are_one_line(
    web: Services, capsys: Out, arguments: list[str], expected: str
) -> None:
    web.faults["crossref"] = [Reply("", status=403)]
    assert metadata(web, *arguments) == 2
    assert capsys.readouterr().err.startswith(f"llmpaper-md: {expected}")
    assert not Path("m.jsonl").exists()


@pytest.mark.parametrize("seconds", ["0", "nan", "x", "1e9"])
def test_a_time_out_is_a_number_of_seconds(web: Services, seconds: str) -> None:
    with pytest.raises(SystemExit):
        metadata(web, "--timeout", seconds)


@pytest.mark.parametrize("module", ["requests", "defusedxml"])
def test_without_the_extra_it_says_what_to_install(web: Services, module: str) -> None:
    script = (
        f"import sys; sys.modules['{module}'] = None\n"
        "from llmpaper_md.cli import main\n"
        "sys.exit(main(['metadata', 'list.md', '-o', 'm.jsonl']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    expected = "llmpaper-md: metadata needs pip install 'llmpaper-md[metadata]'\n"
    assert (done.returncode, done.stderr) == (2, expected)


def test_what_could_not_be_had_is_named(web: Services, capsys: Out) -> None:
    web.arxiv.pop(BERT)
    assert metadata(web) == 0
    assert capsys.readouterr().err == (
        "llmpaper-md: arXiv has no record of 1810.04805\nm.jsonl: 2 titles, 2 of them new\n"
    )
    assert BERT not in Path("m.jsonl").read_text()
    foreign = services.entries({"2005.14165": "GPT-3", BERT: ""})
    web.faults["arxiv"] = [Reply(services.feed(foreign))]
    assert metadata(web) == 1
    assert capsys.readouterr().err == (
        "llmpaper-md: arXiv has no title for 1810.04805\n"
        "llmpaper-md: arXiv returned papers that were not requested: 1 ignored\n"
        "m.jsonl: 2 titles, 0 of them new\n"
    )
    web.faults["arxiv"] = [Reply("", status=400)]
    assert metadata(web) == 2
    assert capsys.readouterr().err == "llmpaper-md: arXiv rejected the request for 1810.04805\n"
