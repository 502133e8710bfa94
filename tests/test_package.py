from __future__ import annotations

import subprocess
import sys

import pytest

import llmpaper_md


@pytest.mark.parametrize("name", llmpaper_md.__all__)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(llmpaper_md, name).__doc__ or name == "__version__"


def test_no_module_hides_a_public_function() -> None:
    """A function that is called as a module would be lost once that module is imported."""
    script = "import llmpaper_md.cli, llmpaper_md as p; print([n for n in p.__all__ if not callable(getattr(p, n))])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['__version__']\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = llmpaper_md.nonsense
