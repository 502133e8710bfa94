"""Data flows one way: the table in CONTRIBUTING.md is what the code does."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "llmpaper_md"


def _ranks() -> dict[str, int]:
    table = ROOT.joinpath("CONTRIBUTING.md").read_text("utf-8").partition("## The house")[2]
    rows = re.findall(r"^\| (`[^|]+) \|", table.partition("\n## ")[0], re.MULTILINE)
    return {
        name.rstrip("/"): rank
        for rank, row in enumerate(rows)
        for name in re.findall("`(.+?)`", row)
    }


def _imports() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of modules, by their parts, of which the first imports from the second."""
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = parts[: len(parts) - node.level]
                modules = [node.module] if node.module else [name.name for name in node.names]
                yield from ((parts, (*base, *str(module).split("."))) for module in modules)


def test_each_room_imports_from_those_above_it_only() -> None:
    ranks = _ranks()
    outside = {"__init__", "__main__", "_version"}
    pairs = {(a[0], b[0]) for a, b in _imports() if not outside.intersection((a[0], b[0]))}
    pairs = {(a, b) for a, b in pairs if a != b}
    assert len(pairs) > 60
    assert {room for pair in pairs for room in pair} <= ranks.keys()
    assert {(a, b) for a, b in pairs if ranks[a] < ranks[b]} == set()


def test_every_room_is_in_the_table() -> None:
    # Python leaves the compiled files of a folder that is gone behind.
    rooms = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in PACKAGE.rglob("*.py")}
    rooms -= {"__init__", "__main__", "_version"}
    assert rooms == _ranks().keys()


def test_file_names_are_unique() -> None:
    names = Counter(path.name for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    assert {name for name, count in names.items() if count > 1} == set()


def test_no_command_imports_another_command() -> None:
    """What commands share is in `cli.arguments`, `cli.common`, `cli.jobs` and `cli.output`."""
    commands = {
        path.stem
        for path in PACKAGE.joinpath("cli").glob("*.py")
        if re.search(r"^def add_to\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {"lint", "normalize", "render", "repair"} <= commands
    imports = {(a[1], b[1]) for a, b in _imports() if a[0] == b[0] == "cli" and len(b) > 1}
    assert {(a, b) for a, b in imports if a in commands and b in commands} == set()
