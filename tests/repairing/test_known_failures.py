"""What goes wrong and is known: once it goes right, the entry is to be moved to the repairs."""

import json
from pathlib import Path

import pytest

from llmpaper_md.repairing import Channel, repair

CHANNEL = Channel("windows-1254", soft_hyphens="dropped")
AROUND = "请先阅读下面的说明，然后再开始安装程序。"
KNOWN = json.loads(Path(__file__).with_name("known_failures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, marks=pytest.mark.xfail(strict=True, reason=entry["reason"]))
        for entry in KNOWN
    ],
    ids=[entry["text"] for entry in KNOWN],
)
def test_a_known_failure(entry: dict[str, str]) -> None:
    """The text is expected to come out wrong; if it does not, this fails."""
    if "damaged" in entry:
        assert repair(entry["damaged"]).text == entry["text"]
    else:
        text = f"{AROUND}\n{entry['text']}\n{AROUND}\n"
        assert repair(CHANNEL.damage(text)).text == text


@pytest.mark.parametrize(
    "entry", [entry for entry in KNOWN if "damaged" not in entry], ids=lambda entry: entry["text"]
)
def test_a_known_failure_is_unsure_or_consistent(entry: dict[str, str]) -> None:
    """Even a wrong repair gives its input back, and the right character is a candidate."""
    text = f"{AROUND}\n{entry['text']}\n{AROUND}\n"
    done = repair(CHANNEL.damage(text))
    assert CHANNEL.damage(done.text) == CHANNEL.damage(text)
    for guess in done.guesses:
        right = text[guess.span.start : guess.span.end]
        assert right in {candidate.text for candidate in guess.candidates}
