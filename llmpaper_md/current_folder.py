"""The current folder is data: a command imports nothing from it.

Python itself puts that folder first on ``sys.path`` for ``python -m``, ``python -c`` and programs
on standard input. A file ``pickle.py`` next to the lists would then run instead of the standard
module as soon as that is needed.

This module, the package's ``__init__`` and everything else that is imported before the folder is
off the path have no ``from __future__`` and import nothing but `os` and `sys`, which Python has
already loaded: any other import could come from that folder.
"""

# ruff: noqa: PTH100, PTH109, PTH121
# pathlib would be imported.

import os
import sys

TYPE_CHECKING = False  # as in typing, without importing it
if TYPE_CHECKING:
    from types import TracebackType


def is_current(entry: object) -> bool:
    """Whether an entry of ``sys.path`` means the current folder, whichever that is."""
    return entry in ("", os.curdir)


class CurrentFolderOffPath:
    """A context in which ``sys.path`` does not contain the current folder.

    It removes the entries ``""`` and ``"."``, the first entry if it is the full path of the current
    folder (``python -m``, or a script in that folder), and those that come from an empty entry in
    ``PYTHONPATH``. Paths named there or in a ``.pth`` file are somebody's choice and remain. The
    package itself may come from the current folder, as in a checkout: its remaining modules are
    found by its ``__path__``.

    >>> before = list(sys.path)
    >>> sys.path.insert(0, "")
    >>> with CurrentFolderOffPath():
    ...     "" in sys.path
    False
    >>> del sys.path[0]
    >>> sys.path == before
    True
    """

    def __enter__(self) -> None:
        found = _found()
        self._taken = [(index, sys.path[index]) for index in found]
        for index in reversed(found):
            del sys.path[index]

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: "BaseException | None",
        trace: "TracebackType | None",
    ) -> None:
        for index, entry in self._taken:
            sys.path.insert(index, entry)


def _found() -> list[int]:
    """The indexes of the current folder in ``sys.path``."""
    found = [index for index, entry in enumerate(sys.path) if is_current(entry)]
    try:
        here = os.getcwd()
        if not sys.flags.safe_path and 0 not in found and os.path.samefile(sys.path[0], here):
            found.insert(0, 0)
    except (OSError, IndexError):  # one of them does not exist: nothing can be imported from it
        return found
    if _is_in_by_accident(here):
        found = sorted({*found, *(i for i, entry in enumerate(sys.path) if entry == here)})
    return found


def _is_in_by_accident(here: str) -> bool:
    """Whether ``PYTHONPATH`` has an empty entry, as in ``$UNSET:/other``, and does not name it."""
    if sys.flags.ignore_environment:
        return False
    entries = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    named = [os.path.abspath(entry) for entry in entries if entry]
    return "" in entries[1:] + entries[:-1] and here not in named
