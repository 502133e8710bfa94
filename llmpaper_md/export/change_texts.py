"""Papers and their changes in a few words, for the reports of a comparison."""

from __future__ import annotations

from ..lists.comparing import Change, ChangedPaper, Comparison, Value
from ..reading.document import Paper
from ..unprintable import printable

_WIDTH = 40
_BEFORE = 10  # characters shown before the first difference of two long texts


def split_renumbered(comparison: Comparison) -> tuple[list[ChangedPaper], int]:
    """The changed papers, without those whose ID alone changed, and the number of those.

    A paper that is added or removed changes the IDs of all papers after it.
    """
    changed = [
        paper
        for paper in comparison.changed
        if [change.field for change in paper.changes] != ["id"]
    ]
    return changed, len(comparison.changed) - len(changed)


def paper_name(paper: Paper, other: Paper | None = None) -> str:
    """The title of a paper, or else its URL or text, on one line; ``other`` is another version."""
    texts = (paper.title, other.title if other else None, paper.url, paper.introduction_text)
    return printable(" ".join(next(filter(None, texts), "(no title)").split("\n")))


def change_texts(change: Change) -> tuple[str, str]:
    """The value before and after, shortened so that the difference shows."""
    old, new = _text(change.before), _text(change.after)
    if change.field == "url":
        return old or "none", new or "none"
    if isinstance(change.before, str) and isinstance(change.after, str):
        shared = next(
            (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
            min(len(old), len(new)),
        )
        first = shared - _BEFORE if max(len(old), len(new)) > _WIDTH else 0
        return _excerpt(old, first), _excerpt(new, first)
    return _excerpt(old, 0) if old else "none", _excerpt(new, 0) if new else "none"


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        value = " / ".join(value)
    return "" if value is None else printable(" ".join(str(value).split("\n")))


def _excerpt(text: str, first: int) -> str:
    start = max(first, 0)
    shown = text[start : start + _WIDTH]
    before, after = "…" * bool(start), "…" * (start + _WIDTH < len(text))
    return f"{before}{shown}{after}" or "none"
