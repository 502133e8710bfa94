"""``python -m llmpaper_md``."""

import sys

from .current_folder import CurrentFolderOffPath

# For good: what runs when the interpreter ends may import something, too.
CurrentFolderOffPath().__enter__()

from .cli.command_line import run  # noqa: E402 - nothing is imported before that

sys.exit(run())
