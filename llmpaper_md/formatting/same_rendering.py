"""The proof that a rendered list contains everything in its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..errors import ProofError
from ..escaping import fit_cell
from ..reading import links
from ..reading.document import Document, Paper
from ..reading.paper_links import leads_to_thing
from ..reading.sections import split_number
from ..reading.text_pieces import trimmed_title


def prove_rendered(papers: Sequence[Paper], after: Document) -> None:
    """Compare records with the list that was written from them.

    Raises:
        ProofError: a paper, or something in its record, is not in the list.
    """
    if len(papers) != len(after.papers):
        raise ProofError(f"not written: {len(papers)} papers would be read as {len(after.papers)}")
    for number, (old, new) in enumerate(zip(papers, after.papers, strict=True), 1):
        for name, was, now in _differences(old, new):
            raise ProofError(
                f"not written: the {name} of paper {number} ({old.title or old.url}) cannot be "
                f"written: {was!r} would be read as {now!r}"
            )


def item_differences(written: Mapping[int, Paper], after: Document, template: str) -> Iterator[str]:
    """What list items would be read as, where that is not what they were written from.

    The text has all that the template names; what of it is a title, and whether words are authors
    or a venue, the reader of text can only tell from its form.

    Args:
        written: the papers, by the line of their item.
        after: the list as it is read.
        template: what the items were written by.
    """
    entries = {entry.line: entry for entry in after.entries}
    for line, old in written.items():
        if line not in entries:
            why = "" if old.links or old.url else ", as it has no link"
            yield f"{old.title}: written, but not read as a paper again{why}"
            continue
        new = entries[line].paper
        pairs: list[tuple[str, object, object]] = [("title", _item_title(old.title), new.title)]
        if not _are_headings(old.section, new.section):
            pairs.append(("section", old.section, new.section))
        if "{url}" in template and old.url:
            pairs.append(("url", old.url, new.url))
        if "{code}" in template:
            pairs.append(("code", sorted(set(old.code) - set(new.code)), []))
        for name, was, now in pairs:
            if was != now:
                yield f"{old.title}: written, but the {name} is read as {now!r}"


def _item_title(title: str | None) -> str | None:
    """A title as it is read from text: without the signs at its ends."""
    line = _line(title)
    return trimmed_title(line) if line else None


def _differences(old: Paper, new: Paper) -> Iterator[tuple[str, object, object]]:
    """What is in a record and not in the list. Anything more in the list follows from it."""
    kept = (new.introduction or "") if old.introduction or not old.introduction_text else ""
    same: list[tuple[str, object, object]] = [
        ("id", old.id, new.id if old.id is not None else None),
        ("stars", old.stars or 0, new.stars or 0),
        ("title", _line(old.title), new.title if old.title or not old.url else None),
        ("introduction", fit_cell(old.introduction or ""), kept),
        ("extra", {k: cell for k, v in old.extra.items() if (cell := fit_cell(v))}, new.extra),
        ("surplus", old.surplus, new.surplus),
    ]
    same += (
        (name, _lines(was), _lines(now))
        for name, was, now in (
            ("authors", old.authors, new.authors),
            ("date", old.date_text or old.date, new.date_text),
            ("venue", old.venue, new.venue),
        )
        if was
    )
    if not _are_headings(old.section, new.section):
        same.append(("section", old.section, new.section))
    if old.id_text is not None:
        same.append(("id_text", _lines(old.id_text), _lines(new.id_text)))
    if old.introduction_text:
        was, now = _lines(old.introduction_text), _lines(new.introduction_text)
        same.append(("introduction", was, now))
    same += (
        (name, getattr(old, name), getattr(new, name))
        for name in ("arxiv", "doi", "openreview_id")
        if getattr(old, name) is not None
    )
    if old.own_year is not None:
        same.append(("year", old.own_year, new.year))
    if old.url is not None and not (leads_to_thing(old.url) and _leads_to(new, old.url)):
        same.append(("url", old.url, new.url))
    yield from ((name, was, now) for name, was, now in same if was != now)
    if missing := [url for url in old.code if url not in new.code]:
        yield "code", missing, new.code
    urls = {link.url for link in new.links}
    if missing := [link.url for link in old.links if link.kind != "image" and link.url not in urls]:
        yield "links", missing, sorted(urls)


def _leads_to(paper: Paper, url: str) -> bool:
    """Whether a paper that is somewhere else links to an address that is none of a paper."""
    return any(link.url == url for link in paper.links) or bool(
        {links.repository(url)} & {*paper.code}
    )


def _are_headings(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether titles are read as they were, or less what looks like a number at their head."""
    lines = [_line(title) or "" for title in old]
    return len(old) == len(new) and all(
        now in (line, split_number(line)[1]) for line, now in zip(lines, new, strict=True)
    )


def _line(text: str | None) -> str | None:
    """A text without line endings and surrounding spaces; None if nothing is left."""
    return " ".join(part.strip(" \t") for part in _split(text)) or None


def _lines(text: str | None) -> str | None:
    return "\n".join(part.strip(" \t") for part in _split(text)) or None


def _split(text: str | None) -> list[str]:
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return plain.strip(" \t\n").split("\n")
