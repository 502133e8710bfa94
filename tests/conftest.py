"""Hypothesis profiles: the usual run is quick, ``--hypothesis-profile=night`` searches longer."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150
)
settings.register_profile("night", deadline=None, max_examples=20_000)
settings.load_profile("default")
