"""Whole files: the source README, and texts that others wrote, where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmpaper_md.repairing import repair
from llmpaper_md.source import read

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CLEAN = sorted((SHARED / "repair-dev").glob("*__*.md"))

# Two of ftfy's cases come out otherwise, and must: once they do not, this is to be mended.
OTHERWISE = {
    # A letter on its own may be meant, as in Portuguese, where a blank is all that is left of A0.
    "Synthetic: we can recognize Ã at the end of a word when it absorbs a following space",
    # ftfy makes U+FFFD of it; left as it is, a person can still read more.
    "For goodness' sake. We can come close to fixing this, but fail in the last step",
}


def test_the_source_readme() -> None:
    """At most 20 of 1,255 wrong, and no wrong one that looks sure."""
    true = read(ROOT / "fixtures" / "README.repaired.md").text
    done = repair(read(ROOT / "fixtures" / "README.garbled.md").text)
    assert done.channel
    assert done.channel.describe() == "windows-1254, undefined bytes dropped, soft hyphens dropped"
    assert len(done.guesses) == 1255
    assert len(done.text) == len(true)
    wrong = [g for g in done.guesses if g.span.cut(true) != g.chosen]
    assert len(wrong) <= 20
    assert max(guess.probability for guess in wrong) < 0.99
    guessed = {guess.span.start for guess in done.guesses}
    assert all(
        a == b for i, (a, b) in enumerate(zip(done.text, true, strict=True)) if i not in guessed
    )
    assert repair(done.text).text == done.text


@pytest.mark.parametrize("name", ["README.repaired.md"])
def test_a_clean_list_stays(name: str) -> None:
    text = read(ROOT / "fixtures" / name).text
    assert repair(text).text == text


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="other people's texts are not here")


@needs_shared
def test_clean_texts_of_others_stay() -> None:
    texts = [path.read_bytes().decode() for path in CLEAN]
    for path in ("gfm/gfm_spec.json", "markdown-it-py/commonmark.json"):
        cases = json.loads(SHARED.joinpath("third-party", path).read_text("utf-8"))
        texts += ["\n\n".join(case["markdown"] + case["html"] for case in cases)]
    assert len(texts) == 6
    assert [text for text in texts if repair(text).text != text] == []


@needs_shared
def test_what_ftfy_must_leave_alone_stays() -> None:
    cases = json.loads(SHARED.joinpath("third-party/ftfy/negative.json").read_text("utf-8"))
    assert len(cases) > 30
    for case in cases:
        assert repair(case["original"]).text == case["original"], case["label"]


@needs_shared
@pytest.mark.parametrize("name", ["in-the-wild", "synthetic", "language-names"])
def test_what_ftfy_repairs_comes_out_right(name: str) -> None:
    """As ftfy decodes it; what else its defaults change, such as curled quotes, is not wanted."""
    cases = json.loads(SHARED.joinpath(f"third-party/ftfy/{name}.json").read_text("utf-8"))
    wrong = {
        case["label"]
        for case in cases
        if repair(case["original"]).text != case.get("fixed-encoding", case["fixed"])
    }
    assert wrong == {case["label"] for case in cases} & OTHERWISE
