"""Coverage-guided fuzzing with atheris; see `tests.fuzzing.__main__`."""
