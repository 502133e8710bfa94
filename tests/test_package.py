from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import llmpaper_md

GARBLED = Path(__file__).parent.parent / "fixtures" / "README.garbled.md"


@pytest.mark.parametrize("name", llmpaper_md.__all__)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(llmpaper_md, name).__doc__ or name in ("__version__", "FLAT_COLUMNS")


def test_no_module_hides_a_public_function() -> None:
    """A function that is called as a module would be lost once that module is imported."""
    script = "import llmpaper_md.cli, llmpaper_md as p; print([n for n in p.__all__ if not callable(getattr(p, n))])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['__version__', 'FLAT_COLUMNS']\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = llmpaper_md.nonsense


def test_functions_and_what_they_return_pickle() -> None:
    """They can be sent to other processes and machines, and their results come back."""
    source = llmpaper_md.read(GARBLED)
    # A part of the file, so that its repair takes no time.
    text = source.text[: source.text.index("## 2")]
    for function in (llmpaper_md.repair, llmpaper_md.parse, llmpaper_md.lint):
        assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301 - it is our own
        result = function(text)
        assert result
        again = pickle.loads(pickle.dumps(result))  # noqa: S301 - likewise
        assert again == result
        assert repr(again) == repr(result)
