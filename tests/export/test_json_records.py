from __future__ import annotations

import json
from pathlib import Path

from llmpaper_md import Source, parse, read, to_dict, to_json, to_jsonl

HERE = Path(__file__).parents[1]
SOURCE_README = HERE.parent / "fixtures" / "README.repaired.md"


def test_the_whole_export_of_the_source_readme() -> None:
    """To take a new one: ``llmpaper-md export FILE | python -m json.tool --no-ensure-ascii``."""
    source = read(SOURCE_README)
    document = parse(Source.of(source.text, "fixtures/README.repaired.md"))
    expected = HERE.joinpath("snapshots", "README.repaired.json").read_text("utf-8")
    data = json.loads(to_json(document))
    assert json.dumps(data, ensure_ascii=False, indent=4) + "\n" == expected
    assert data == to_dict(document)


def test_each_record_is_a_line() -> None:
    text = to_json([parse("# a\n\n| Paper |\n|-|\n| b |\n| c |"), parse("")])
    assert [document["papers"][1:] != [] for document in json.loads(text)] == [True, False]
    assert [line.startswith('{"id"') for line in text.splitlines()].count(True) == 2


def test_every_place_in_the_export_is_where_it_says() -> None:
    source = read(SOURCE_README)
    links = 0
    for paper in to_dict(parse(source))["papers"]:
        assert source.line(paper["line"])[paper["column"] - 1] == "|"
        for link in paper["links"]:
            text = source.line(link["line"])[link["column"] - 1 :]
            assert text.startswith({"inline": "[", "bare": "http"}[link["kind"]])
            assert link["url"] in text
            links += 1
    assert links > 200


def test_what_is_absent_is_null() -> None:
    (paper,) = to_dict(parse("| Paper |\n| - |\n| Title |"))["papers"]
    empty = {name for name, value in paper.items() if value is None}
    assert empty == {
        *("id", "id_text", "stars", "star_glyph", "url", "arxiv_id", "arxiv_version", "doi"),
        *("openreview_id", "name", "authors", "year", "year_from", "date", "date_text", "venue"),
        *("introduction", "introduction_text", "list"),
    }


def test_surplus_cells_are_kept() -> None:
    record = to_dict(parse("| Paper |\n| - |\n| a | b |\n\n| x |\n| - |\n| 1 | 2 |"))
    assert record["papers"][0]["surplus"] == ["b"]
    assert [table["rows"][0]["cells"] for table in record["tables"]] == [["a", "b"], ["1", "2"]]
    assert [table["kind"] for table in record["tables"]] == ["papers", "other"]


def test_the_json_holds_nothing_that_steers_a_terminal() -> None:
    hostile = "a\x1b[31m\x9b\u202e\u2028\ud800\x7f文"
    text = to_json(parse(f"| Paper |\n| - |\n| {hostile} |"))
    assert json.loads(text)["papers"][0]["title"] == hostile
    assert not set(text) & set("\x1b\x9b\u202e\u2028\ud800\x7f")
    assert "文" in text


def test_each_line_is_a_record_with_its_source() -> None:
    documents = [
        parse(read(SOURCE_README)),
        parse(Source.of("| Paper |\n| - |\n| x\u2028 |", "b.md")),
    ]
    lines = to_jsonl(documents).splitlines()
    expected = [
        {"schema_version": 2, "source": record["source"], **paper}
        for record in map(to_dict, documents)
        for paper in record["papers"]
    ]
    assert list(map(json.loads, lines)) == expected
    assert to_jsonl(documents[1]) == lines[-1] + "\n"
    assert to_jsonl([]) == to_jsonl(parse("")) == ""
