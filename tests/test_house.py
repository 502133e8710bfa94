"""Data flows one way: the table in CONTRIBUTING.md is what the code does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "llmpaper_md"
# `Document.to_dicts` is a convenience: it imports what makes the rows when it is called.
ALLOWED = {("document", "export")}


def _ranks() -> dict[str, int]:
    table = ROOT.joinpath("CONTRIBUTING.md").read_text("utf-8").partition("## The house")[2]
    rows = re.findall(r"^\| (`[^|]+) \|", table.partition("\n## ")[0], re.MULTILINE)
    return {
        name.rstrip("/"): rank
        for rank, row in enumerate(rows)
        for name in re.findall("`(.+?)`", row)
    }


def _imports() -> Iterator[tuple[str, str]]:
    """Pairs of rooms, of which the first imports from the second."""
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == len(parts):
                modules = [node.module] if node.module else [name.name for name in node.names]
                yield from ((parts[0], str(module).partition(".")[0]) for module in modules)


def test_each_room_imports_from_those_above_it_only() -> None:
    ranks = _ranks()
    outside = {"__init__", "__main__", "_version"}
    pairs = {pair for pair in _imports() if not outside.intersection(pair)}
    assert len(pairs) > 60
    assert {room for pair in pairs for room in pair} <= ranks.keys()
    assert {(a, b) for a, b in pairs if ranks[a] < ranks[b]} == ALLOWED
