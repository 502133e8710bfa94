"""The command line: arguments, exit codes, printing.

Each command has a module with its arguments and what it does, and imports what it needs when it
runs, so that ``--help`` and ``--version`` cost no more than the interpreter and the argument
parser. This module imports nothing until the current folder is off ``sys.path``: see
`llmpaper_md.current_folder`.
"""

from ..current_folder import CurrentFolderOffPath

TYPE_CHECKING = False  # what typing's own says, without importing it
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the command line with ``argv`` (those of the process by default).

    While it runs, ``sys.path`` is without the current folder.

    Returns:
        The exit code: 0 done, 1 findings or changes needed, 2 could not do the work.
    """
    with CurrentFolderOffPath():
        from .command_line import run

        return run(argv)
