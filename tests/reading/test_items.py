"""List items and paragraphs, as GitHub's parser finds them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading.blocks import Item, read_blocks
from llmpaper_md.source import Source


def describe(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        texts = " / ".join(one.content.text.replace("\n", "⏎") for one in item.paragraphs)
        yield f"{item.line} {'  ' * (item.depth - 1)}{item.marker} {texts} (list {item.list_number})"
        yield from describe(item.children)


def items(text: str) -> list[str]:
    return list(describe(read_blocks(Source.of(text)).items))


NO_ITEMS = {
    "a line after a paragraph that no list interrupts": "a\n14. b",
    "no space after the marker": "-a\n1.b",
    "code in a fence": "```\n- a\n```",
    "indented code": "    - a",
    "a comment": "<!--\n- a\n-->",
    "an HTML block": "<ul>\n- a\n</ul>",
    "a line under a heading": "a\n-",
    "a thematic break": "* * *",
    "a row of a table": "| - a | - b |\n| - | - |\n| - c | - d |",
    "front matter": "---\n- a\n---",
}


@pytest.mark.parametrize("text", NO_ITEMS.values(), ids=NO_ITEMS.keys())
def test_leaves_alone(text: str) -> None:
    assert items(text) == []


ITEMS = {
    "three kinds of markers are three lists": (
        "- a\n* b\n+ c",
        ["1 - a (list 1)", "2 * b (list 2)", "3 + c (list 3)"],
    ),
    "numbers": ("1. a\n1. b\n3) c", ["1 1. a (list 1)", "2 1. b (list 1)", "3 3) c (list 2)"]),
    "lists in items": (
        "- a\n  - b\n    1. c\n  - d\n- e",
        ["1 - a (list 1)", "2   - b (list 2)", "3     1. c (list 3)", "4   - d (list 2)", "5 - e (list 1)"],
    ),
    "a list in one line": ("- - a", ["1 -  (list 1)", "1   - a (list 2)"]),
    "lazy continuation": ("- a\nb\n  c", ["1 - a⏎b⏎c (list 1)"]),
    "a line that no item continues": ("- a\n\nb\n- c", ["1 - a (list 1)", "4 - c (list 2)"]),
    "several paragraphs": ("1. a\n\n   b\n\n    c\n1. d", ["1 1. a / b / c (list 1)", "6 1. d (list 1)"]),
    "too little indentation": ("10. a\n\n   b", ["1 10. a (list 1)"]),
    "code in an item": ("- a\n  ```\n  - b\n  ```\n  c", ["1 - a / c (list 1)"]),
    "a heading in an item": ("- # a\n  b", ["1 - a / b (list 1)"]),
    "an empty item": ("-\n- a", ["1 -  (list 1)", "2 - a (list 1)"]),
    "a quote": ("> - a\n>   b\n> - c", ["1 - a⏎b (list 1)", "3 - c (list 1)"]),
    "a quote in an item": ("- a\n  > b\n  > - c", ["1 - a / b (list 1)", "3   - c (list 2)"]),
    "details": (
        "<details>\n<summary>x</summary>\n\n- a\n\n</details>\n\n- b",
        ["4 - a (list 1)", "8 - b (list 2)"],
    ),
    "line breaks": ("- a<br>b  \n  c\\\n  d", ["1 - a<br>b  ⏎c\\⏎d (list 1)"]),
    "tasks": ("- [ ] a\n- [x] b", ["1 - a (list 1)", "2 - b (list 1)"]),
    "a tab": ("-\ta\n\n\tb", ["1 - a / b (list 1)"]),
    "deeper than markdown-it-py goes": (
        "- " * 25 + "a",
        [f"1 {'  ' * depth}- {'a' * (depth == 24)} (list {depth + 1})" for depth in range(25)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ITEMS.values(), ids=ITEMS.keys())
def test_finds(text: str, expected: list[str]) -> None:
    assert items(text) == expected


def test_paragraphs_are_those_in_no_item() -> None:
    blocks = read_blocks(Source.of("a\nb\n\n- c\n\nd\n\n> e\n\n# f\n\n```\ng\n```\n"))
    assert [(one.content.text, one.line, one.last_line) for one in blocks.paragraphs] == [
        ("a\nb", 1, 2), ("d", 6, 6), ("e", 8, 8),
    ]  # fmt: skip


def test_a_span_is_from_the_marker_to_the_end_of_the_text() -> None:
    text = "x\n\n - a  \n   - b\n\n     c\n\n\n - d"
    first, second = read_blocks(Source.of(text)).items
    assert first.span.cut(text) == "- a  \n   - b\n\n     c"
    assert first.paragraphs[0].span.cut(text) == "a"
    assert first.children[0].span.cut(text) == "- b\n\n     c"
    assert second.span.cut(text) == "- d"


def test_what_is_read_twice_is_equal() -> None:
    blocks = read_blocks(Source.of("- a\n  - b\n\nc"))
    assert blocks == read_blocks(Source.of("- a\n  - b\n\nc"))
    assert pickle.loads(pickle.dumps(blocks)) == blocks  # noqa: S301 - it is our own


LINES = st.sampled_from([
    "- a", "* a", "+", "1. a", "2) a", "- - a", "  - a", "    - a", "a", "  a", "", "> - a", "> a", "# a",
    "```", "    a", "<div>", "</details>", "| a |", "| - |", "\t- a", "-", "- [x] a", "---", "- > 1. a",
])  # fmt: skip


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_items_hold_one_another(text: str) -> None:
    blocks = read_blocks(Source.of(text))
    waiting = [(item, 1) for item in blocks.items]
    while waiting:
        item, depth = waiting.pop()
        assert item.depth == depth
        assert text.startswith(item.marker, item.span.start)
        for one in item.paragraphs:
            assert item.span.start <= one.span.start <= one.span.end <= item.span.end
        for child in item.children:
            assert item.span.start < child.span.start <= child.span.end <= item.span.end
            assert child.list_number > item.list_number
        starts = [child.span.start for child in item.children]
        assert starts == sorted(starts)
        waiting += ((child, depth + 1) for child in item.children)
