"""Other people's cases, where they are at hand: nothing fails, and what always holds holds for them.

They stand in ``shared/third-party`` beside the repository and are not copied into it:

- ``gfm/gfm_spec.json``: the specification of GitHub Flavored Markdown (github/cmark-gfm, CC BY-SA 4.0),
  from hukkin/mdformat-gfm at 3ab8cac2;
- ``markdown-it-py/commonmark.json``: that of CommonMark (CC BY-SA 4.0), and ``tables.md``, from
  executablebooks/markdown-it-py (MIT) at 2c3f71ec;
- ``ftfy/*.json``: from rspeer/python-ftfy (Apache-2.0) at 74dd0452.

What each of them says itself is held in `test_github` (where tables stand), `test_format` (how what is
formatted is shown) and `repairing/test_files` (what is repaired, and what is not).
"""

from __future__ import annotations

import json

import pytest

from tests.builders import SHARED
from tests.fuzzing.targets import TARGETS

CASES = SHARED / "third-party"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="other people's cases are not here")


def _texts(name: str) -> list[str]:
    text = CASES.joinpath(name).read_text("utf-8")
    if name.endswith(".md"):
        return text.split("\n.\n")
    return [
        case["markdown"] if "markdown" in case else case["original"] for case in json.loads(text)
    ]


@pytest.mark.parametrize("target", ["parse", "format", "fix"])
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("gfm/gfm_spec.json", 600),
        ("markdown-it-py/commonmark.json", 600),
        ("markdown-it-py/tables.md", 80),
        ("ftfy/in-the-wild.json", 30),
        ("ftfy/negative.json", 30),
        ("ftfy/synthetic.json", 10),
        ("ftfy/known-failures.json", 5),
    ],
)
def test_what_always_holds(name: str, count: int, target: str) -> None:
    texts = _texts(name)
    assert len(texts) >= count
    if name.endswith("commonmark.json") and target != "parse":
        texts = texts[::5]  # the rest is in GitHub's specification, too
    for text in texts:
        TARGETS[target](text)
        # As a cell, too.
        cell = text.replace("\n", " ").replace("\r", " ")
        TARGETS[target](f"| ID | Paper |\n| - | - |\n| 1 | {cell} |\n")
