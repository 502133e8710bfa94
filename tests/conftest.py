"""Hypothesis profiles: the usual run is quick and the same every time, so that a change is judged by
what it does; ``--hypothesis-profile=night`` searches longer, and elsewhere every time."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("night", deadline=None, max_examples=20_000)
settings.load_profile("default")
