from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from llmpaper_md import parse, read, to_bibtex, to_csv, to_json, to_jsonl, to_urls
from llmpaper_md.cli import main

Out = pytest.CaptureFixture[bytes]
PAPER = "| ID | Paper |\n| - | - |\n| 1★ | [论文](https://arxiv.org/abs/1706.03762) |\n"
WRITERS = {
    "json": to_json,
    "jsonl": to_jsonl,
    "csv": to_csv,
    "bibtex": to_bibtex,
    "urls": to_urls,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(PAPER, "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", WRITERS)
def test_prints_or_writes_one_file_or_more(form: str, folder: Path, capsysbinary: Out) -> None:
    for files in (["a.md"], ["a.md", "b.md"]):
        documents = [parse(read(name)) for name in files]
        expected = WRITERS[form](documents if len(files) > 1 else documents[0]).encode()
        assert main(["export", "--to", form, *files]) == 0
        assert capsysbinary.readouterr() == (expected, b"")
        assert main(["export", "--to", form, "-o", "out", *files]) == 0
        assert capsysbinary.readouterr() == (b"", b"")
        assert (folder / "out").read_bytes() == expected


@pytest.mark.parametrize("form", WRITERS)
def test_reads_standard_input(
    form: str, capsysbinary: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAPER.encode())))
    assert main(["export", "--to", form, "-"]) == 0
    assert b"1706.03762" in capsysbinary.readouterr().out


@pytest.mark.parametrize("form", WRITERS)
def test_a_list_without_papers_is_no_error(form: str, folder: Path, capsysbinary: Out) -> None:
    (folder / "a.md").write_text("")
    assert main(["export", "--to", form, "a.md"]) == 0
    err = capsysbinary.readouterr().err
    assert err.startswith(b"llmpaper-md: a.md: no papers found; ")


def test_options_of_formats(capsysbinary: Out) -> None:
    assert main(["export", "--to", "csv", "--bom", "a.md"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"\xef\xbb\xbfsource,")
    assert main(["export", "--to", "urls", "--lychee", "a.md", "b.md"]) == 0
    assert capsysbinary.readouterr().out == b"https://arxiv.org/abs/1706.03762\n"
    assert main(["export", "--bom", "a.md"]) == 2
    assert capsysbinary.readouterr().err == b"llmpaper-md: --bom requires --to csv\n"
    assert main(["export", "--to", "csv", "--lychee", "a.md"]) == 2
    assert capsysbinary.readouterr().err == b"llmpaper-md: --lychee requires --to urls\n"


def test_a_list_is_not_written_over(folder: Path, capsysbinary: Out) -> None:
    assert main(["export", "--to", "csv", "-o", "./b.md", "a.md", "b.md"]) == 2
    message = b"llmpaper-md: ./b.md: is also an input file; choose another output file\n"
    assert capsysbinary.readouterr() == (b"", message)
    assert (folder / "b.md").read_text("utf-8") == PAPER


def test_what_failed_does_not_keep_the_others(folder: Path, capsysbinary: Out) -> None:
    assert main(["export", "-o", "out", "missing.md", "a.md"]) == 2
    assert len(json.loads((folder / "out").read_text("utf-8"))) == 1
    assert main(["export", "-o", "out", "missing.md", "gone.md"]) == 2
    assert len(json.loads((folder / "out").read_text("utf-8"))) == 1
    capsysbinary.readouterr()
    assert main(["export", "-o", "no/out", "a.md"]) == 2
    assert capsysbinary.readouterr().err.startswith(b"llmpaper-md: no/out: cannot be written")


def test_bibtex_says_what_to_install(capsysbinary: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    assert main(["export", "--to", "bibtex", "a.md"]) == 2
    assert capsysbinary.readouterr() == (
        b"",
        b"llmpaper-md: BibTeX needs pip install 'llmpaper-md[bibtex]'\n",
    )
