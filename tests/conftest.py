"""Hypothesis profiles: the usual run is quick and the same every time, so that a change is judged by
what it does; ``--hypothesis-profile=night`` searches longer, and elsewhere every time."""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Started in the background by a shell, the tests would hand on that Ctrl-C is ignored.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("night", deadline=None, max_examples=20_000)
settings.load_profile("default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that are slow, start processes, build the site or compare times run only with ``-m``."""
    asked = config.getoption("-m")
    unasked = [name for name in ("cluster", "docs", "growth", "jobs", "slow") if name not in asked]
    left_out = [item for item in items if any(map(item.get_closest_marker, unasked))]
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, outside any workflow."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path
