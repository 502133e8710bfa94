"""What fuzzing found stays mended; ``python -m tests.fuzzing`` finds more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fuzzing.__main__ import _TARGETS, _seeds
from tests.fuzzing.targets import TARGETS

FOUND: dict[str, str] = json.loads(
    Path(__file__).with_name("fuzzing").joinpath("found.json").read_text("utf-8")
)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("what", FOUND)
def test_what_was_found_once(what: str, target: str) -> None:
    TARGETS[target](FOUND[what])


@pytest.mark.parametrize("target", TARGETS)
def test_some_seeds(target: str) -> None:
    for seed in list(_seeds())[::25]:
        TARGETS[target](seed)


def test_the_command_knows_the_targets() -> None:
    assert tuple(TARGETS) == _TARGETS
