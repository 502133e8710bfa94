"""The command line: arguments, exit codes, printing.

Each module holds one or two commands and imports what they need only when they run, so that
``--help`` and ``--version`` cost no more than the interpreter and the argument parser. This module
imports nothing until the current folder is off ``sys.path``: see `llmpaper_md.current_folder`.
"""

from ..current_folder import CurrentFolderOffPath

TYPE_CHECKING = False  # as in typing, without the time that importing typing takes
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the command line with ``argv`` (by default ``sys.argv[1:]``).

    While it runs, ``sys.path`` does not contain the current folder.

    Returns:
        The exit code: 0 success, 1 findings or changes needed, 2 failure.
    """
    with CurrentFolderOffPath():
        from .command_line import run

        return run(argv)
