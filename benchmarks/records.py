"""Records read from public lists, beside gold records read by hand.

``python -m benchmarks.records GOLD.json LISTS`` scores each list that the gold names, as it was at
the commit named: ``LISTS/OWNER/NAME`` are clones of the repositories. The gold is an array of
lists with ``repo``, ``commit``, ``path`` and ``rows`` (or ``items``, of bullet lists), which have
the facts of a record each: ``line``, ``part`` (from 1, where a cell holds several papers),
``is_paper`` and the fields. ``FIELD_also`` are values that may pass as well; where ``is_paper`` is
``"either"``, a record is not counted. ``--show`` prints what was not read as in the gold.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

from llmpaper_md import Paper, parse
from llmpaper_md.reading.links import canonical, repository

IDENTIFIERS = ("arxiv_id", "doi", "openreview_id")
_NOT_COMPARED = re.compile(r"[*_`\s]+")
_OTHERS = re.compile(r"[\s,;，]*(?:and others|et\.?\s*al\.?|等)\W*$", re.IGNORECASE)

Gold = Mapping[str, Any]


class Score:
    """How many of the gold's values were read, of each field, and what was read instead."""

    def __init__(self) -> None:
        self.right: dict[str, int] = defaultdict(int)
        self.total: dict[str, int] = defaultdict(int)
        self.wrong: list[str] = []

    def count(self, field: str, right: bool, note: str = "") -> None:
        """Count one value."""
        self.total[field] += 1
        self.right[field] += right
        if not right:
            self.wrong.append(f"{field}: {note}")

    def add(self, other: Score) -> None:
        """Count what another score did."""
        for field, total in other.total.items():
            self.total[field] += total
            self.right[field] += other.right[field]

    def cell(self, field: str) -> str:
        """The share of a field as text."""
        right, total = self.right[field], self.total[field]
        return f"{right} of {total}" + (f" ({100 * right / total:.1f} %)" if total else "")


def score(text: str, rows: list[Gold]) -> Score:
    """Score what is read from a text."""
    found: dict[int, list[Paper]] = defaultdict(list)
    for paper in parse(text).papers:
        found[paper.line].append(paper)
    result = Score()
    for row in rows:
        papers = found[row["line"]]
        part = row.get("part") or 1
        read = papers[part - 1] if part <= len(papers) else None
        if row["is_paper"] is True:
            _score_paper(result, row, read)
        elif row["is_paper"] is False:
            note = f"line {row['line']}: {read.title if read else None!r} ({row.get('kind')})"
            result.count("rows without a paper left out", read is None, note)
    return result


def _score_paper(result: Score, row: Gold, found: Paper | None) -> None:
    where = f"line {row['line']}" + (f" ({row['part']})" if row.get("part", 1) > 1 else "")
    result.count("papers found", found is not None, f"{where}: {row['title']!r}")
    paper = found or Paper()
    for field, right in _judged(row, paper):
        names = IDENTIFIERS if field == "identifiers" else (field.partition(" ")[0],)
        values = [getattr(paper, name) for name in names]
        wanted = [row.get(name) for name in names]
        result.count(field, right, f"{where}: {values!r}, gold has {wanted!r}")
    for field in ("url", "authors", "venue", "code") if found else ():
        if not row.get(field) and not any(row.get(f"{field}_also") or ()):
            value = getattr(paper, field)
            result.count(f"no {field} made up", not value, f"{where}: {value!r}")


def _judged(row: Gold, paper: Paper) -> Iterator[tuple[str, bool]]:
    """Whether each field that the gold has is right."""
    yield "title", _plain(paper.title) in {_plain(row["title"]), *map(_plain, _also(row, "title"))}
    if row.get("url"):
        urls = [row["url"], *(row.get("paper_urls") or ()), *_also(row, "url")]
        yield "url", bool(paper.url) and canonical(paper.url or "") in map(canonical, urls)
    for name in IDENTIFIERS:
        if row.get(name):
            field = name.removesuffix("_id")
            allowed = {text.lower() for text in (row[name], *_also(row, field), *_also(row, name))}
            yield "identifiers", (getattr(paper, name) or "").lower() in allowed
    if row.get("authors"):
        texts = [row["authors"], *_also(row, "authors")]
        yield "authors", _people(paper.authors) in map(_people, texts)
    year = row.get("year") or row.get("heading_year")
    if year:
        yield "year", paper.year in (year, *_also(row, "year"))
        yield (
            f"year from the {row.get('year_from') or 'row'}",
            paper.year
            in (
                year,
                *_also(row, "year"),
            ),
        )
    if row.get("venue"):
        yield "venue", _plain(paper.venue) in map(_plain, [row["venue"], *_also(row, "venue")])
    if row.get("code"):
        wanted = {*map(_code, row["code"])}
        given = {*map(_code, paper.code)}
        yield "code", wanted <= given and given <= wanted | {*map(_code, _also(row, "code"))}


def _also(row: Gold, field: str) -> list[Any]:
    return [value for value in row.get(f"{field}_also") or () if value is not None]


def _plain(text: str | None) -> str:
    return _NOT_COMPARED.sub(" ", normalize("NFKC", text or "")).strip(" .").casefold()


def _people(text: str | None) -> str:
    return _plain(_OTHERS.sub("", text or ""))


def _code(url: str) -> str:
    return canonical(repository(url) or url).lower()


def main(arguments: list[str]) -> None:
    """Print the score of each list, and of all."""
    show = "--show" in arguments
    gold, lists = (Path(name) for name in arguments if name != "--show")
    scores: dict[str, Score] = {}
    for wanted in json.loads(gold.read_text("utf-8")):
        command = ["git", "-C", str(lists / wanted["repo"]), "show"]
        command.append(f"{wanted['commit']}:{wanted['path']}")
        text = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
        scores[wanted["repo"]] = score(text, wanted.get("rows") or wanted["items"])
    total = Score()
    for name, own in scores.items():
        total.add(own)
        print(f"{name}: " + ", ".join(f"{field} {own.cell(field)}" for field in own.total))
        if show:
            print(*(f"  {note}" for note in own.wrong), sep="\n")
    print("\n| what | right |\n| --- | ---: |")
    for field in total.total:
        print(f"| {field} | {total.cell(field)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
